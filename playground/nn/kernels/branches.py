"""Chains side by side, each a program of its own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import cast

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.kernels.base import Kernel, Site
from playground.nn.kernels.program import Program
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.base import Context, Layer
from playground.nn.layers.branches import Add, Branches, Concatenate
from playground.nn.layers.nested import Nested
from playground.nn.model import Sequential


def programs(site: Site, chains: Sequence[Sequential]) -> list[Program]:
    """Return a program for each chain of the site's nested layer."""
    layer = cast(Nested, site.layers[0])
    weights, gradients = layer.split(site.weights[0]), layer.split(site.gradients[0])
    return [
        Program(chain, own, d_own, site.input_shape, site.size, site.dtype, needs_dx=site.needs_dx)
        for chain, own, d_own in zip(chains, weights, gradients, strict=True)
    ]


class BranchesKernel(Kernel, abstract=True):
    """What the two ways to join branches share."""

    def __init__(self, site: Site) -> None:
        layer = cast(Branches, site.layers[0])
        self._programs = programs(site, layer.branches)
        self._y = site.empty(site.size, *layer.output_shape(site.input_shape))
        self._needs_dx = site.needs_dx
        self._dx = site.empty(site.size, *site.input_shape)
        shapes = [chain.shapes(site.input_shape)[-1] for chain in layer.branches]
        self._shares = [site.empty(site.size, *shape) for shape in shapes]

    def forward(self, x: Array, context: Context) -> Array:
        self._join([program.forward(x, context) for program in self._programs])
        return self._y

    def backward(self, dy: Array) -> Array:
        self._divide(dy)
        first, *others = (
            program.backward(share)
            for program, share in zip(self._programs, self._shares, strict=True)
        )
        if not self._needs_dx:
            return dy
        np.copyto(self._dx, first)
        for other in others:
            self._dx += other
        return self._dx

    @abstractmethod
    def _join(self, outputs: list[Array]) -> None:
        """Fill ``y`` from the outputs of the branches."""

    @abstractmethod
    def _divide(self, dy: Array) -> None:
        """Fill the shares, the gradients by each output."""


class ConcatenateKernel(BranchesKernel):
    """Stands for a ``Concatenate``."""

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        return int(type(layers[0]) is Concatenate)

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        ends = np.cumsum([share.shape[-1] for share in self._shares])
        self._places = [
            slice(end - share.shape[-1], end)
            for end, share in zip(ends.tolist(), self._shares, strict=True)
        ]

    def _join(self, outputs: list[Array]) -> None:
        for place, output in zip(self._places, outputs, strict=True):
            np.copyto(self._y[..., place], output)

    def _divide(self, dy: Array) -> None:
        for place, share in zip(self._places, self._shares, strict=True):
            np.copyto(share, dy[..., place])


class AddKernel(BranchesKernel):
    """Stands for an ``Add``."""

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        return int(type(layers[0]) is Add)

    def _join(self, outputs: list[Array]) -> None:
        np.copyto(self._y, outputs[0])
        for output in outputs[1:]:
            self._y += output

    def _divide(self, dy: Array) -> None:
        for share in self._shares:
            np.copyto(share, dy)


class AuxiliaryKernel(Kernel):
    """Stands for an ``AuxiliaryOutput``."""

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        return int(type(layers[0]) is AuxiliaryOutput)

    def __init__(self, site: Site) -> None:
        layer = cast(AuxiliaryOutput, site.layers[0])
        self._weight = layer.loss_weight
        self._gradients = site.gradients[0]
        self._d_outputs: Array | None = None
        (chain,) = layer.chains
        self._with_activation, self._to_logits = (
            programs(site, (model,))[0] for model in (chain, chain.without_output_activation())
        )
        self._needs_dx = site.needs_dx

    def forward(self, x: Array, context: Context) -> Array:
        objective, self._d_outputs = context.objective, None
        if objective is not None:
            logits = objective.takes_logits
            self._program = self._to_logits if logits else self._with_activation
            self._d_outputs = objective(self._program.forward(x, context), self._weight)
        return x

    def backward(self, dy: Array) -> Array:
        if self._d_outputs is None:  # nobody asked for its loss
            for gradient in self._gradients.values():
                gradient.fill(0)
            return dy
        dx = self._program.backward(self._d_outputs)
        return np.add(dy, dx, out=dy) if self._needs_dx else dy
