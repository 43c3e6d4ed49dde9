"""The layers in which a network forks and joins again."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from playground.component import param
from playground.errors import ShapeError
from playground.language import tr
from playground.nn.activations import Linear, ReLU
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.nested import Nested
from playground.nn.model import Sequential

_NARROW = Conv2D(filters=16, kernel_size=(1, 1), padding="same", activation=ReLU())
_WIDE = Conv2D(filters=16, kernel_size=(3, 3), padding="same", activation=ReLU())
_DOC = "Chains of layers, side by side; an empty one passes the input on."


@dataclass(frozen=True)
class Branches(Nested, abstract=True):
    """Send the input through several chains of layers, and join what they answer.

    An empty chain, ``Sequential()``, passes the input on as it is. Input shape: any that fits
    the branches. Weights: by path, see ``Nested``.
    """

    branches: tuple[Sequential, ...] = param((), doc=_DOC)

    @property
    def chains(self) -> tuple[Sequential, ...]:
        return self.branches

    def with_chains(self, chains: tuple[Sequential, ...]) -> Branches:
        return replace(self, branches=chains)

    def output_shape(self, input_shape: Shape) -> Shape:
        if not self.branches:
            raise ShapeError(
                tr("{name} has no branch; add one, or remove the layer.").format(
                    name=type(self).__name__
                )
            )
        return self._joined_shape(list(self.ends(input_shape)))

    @abstractmethod
    def _joined_shape(self, shapes: list[Shape]) -> Shape:
        """Return the shape of the branches' outputs together."""

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        passes = [
            chain.forward(own, x, context)
            for chain, own in zip(self.branches, self.split(weights), strict=True)
        ]
        outputs = [y for y, _ in passes]

        def backward(dy: Array) -> tuple[Array, Weights]:
            shares = self._shares(dy, outputs)
            taken = [back(share) for (_, back), share in zip(passes, shares, strict=True)]
            dx = reduce(np.add, [dx for dx, _ in taken])  # each branch blames the same input
            return dx, self.joined([gradients for _, gradients in taken])

        return self._join(outputs), backward

    @abstractmethod
    def _join(self, outputs: list[Array]) -> Array:
        """Return the branches' outputs as one."""

    @abstractmethod
    def _shares(self, dy: Array, outputs: list[Array]) -> list[Array]:
        """Return the gradient by the output of each branch."""


@dataclass(frozen=True)
class Concatenate(Branches):
    """Lay the outputs of the branches side by side along the last axis: of images, the channels.

    Branches with windows of several sizes make an inception module (Szegedy et al. 2014).
    Output shape: as each branch, the last axis as long as theirs together.
    """

    branches: tuple[Sequential, ...] = param(
        (Sequential((_NARROW,)), Sequential((_WIDE,))), doc=_DOC
    )

    def _joined_shape(self, shapes: list[Shape]) -> Shape:
        if len({shape[:-1] for shape in shapes}) > 1:
            raise ShapeError(
                tr(
                    "Concatenate needs branches that differ in nothing but the number of "
                    'channels; give their convolutions and pools padding "same" and equal '
                    "strides. Received: {0}."
                ).format(_listed(shapes))
            )
        return (*shapes[0][:-1], sum(shape[-1] for shape in shapes))

    def _join(self, outputs: list[Array]) -> Array:
        return np.concatenate(outputs, axis=-1)

    def _shares(self, dy: Array, outputs: list[Array]) -> list[Array]:
        ends = np.cumsum([y.shape[-1] for y in outputs])[:-1]
        return np.split(dy, ends, axis=-1)


@dataclass(frozen=True)
class Add(Branches):
    """Add up the outputs of the branches, number by number.

    With an empty branch beside the others it is a residual block (He et al. 2015, eq. 1): they
    learn what to change of the input. Where they change its shape, a 1 x 1 convolution takes
    the empty branch's place (eq. 2), as in the default. Output shape: as each branch.
    """

    branches: tuple[Sequential, ...] = param(
        (
            Sequential((replace(_NARROW, activation=Linear()),)),
            Sequential((_WIDE, replace(_WIDE, activation=Linear()))),
        ),
        doc=_DOC,
    )

    def _joined_shape(self, shapes: list[Shape]) -> Shape:
        if len(set(shapes)) > 1:
            raise ShapeError(
                tr(
                    "Add needs branches of equal shape; give them the same last filters or units, "
                    'padding "same" and equal strides. Received: {0}.'
                ).format(_listed(shapes))
            )
        return shapes[0]

    def _join(self, outputs: list[Array]) -> Array:
        return reduce(np.add, outputs)

    def _shares(self, dy: Array, outputs: list[Array]) -> list[Array]:
        return [dy] * len(outputs)


def _listed(shapes: list[Shape]) -> str:
    return ", ".join(map(str, shapes))
