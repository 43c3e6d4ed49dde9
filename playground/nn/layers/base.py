"""What a layer is."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playground.component import Component
from playground.nn.arrays import Array, Backward, Shape, Weights


@dataclass(frozen=True, eq=False)
class Context:
    """What a forward pass is for.

    The random numbers of a training pass follow from ``key`` alone (seed, step, chunk), so a run
    can stop anywhere and go on exactly as if it had not.
    """

    training: bool
    key: tuple[int, ...] = (0,)

    @cached_property
    def rng(self) -> np.random.Generator:
        """The generator to draw from; made when first asked for."""
        return np.random.default_rng(self.key)


INFERENCE = Context(training=False)


@dataclass(frozen=True)
class Layer(Component, family=True):
    """A differentiable function of its inputs and weights.

    A layer holds hyperparameters only. Its weights are made by ``build`` and handed back to
    every ``forward``, so one layer may be shared by threads, compared, saved and undone.
    Shapes leave out the batch axis, which is always the first axis of an array.
    """

    @abstractmethod
    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of one output example; raise ``ShapeError`` if none fits."""

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        """Return fresh weights by name; layers without weights return none."""
        return {}

    @abstractmethod
    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        """Return the outputs for a batch, and the function that takes the gradient back.

        A weight that gets no gradient is not trained; the layer itself may update it in place.
        """

    def multiply_adds(self, input_shape: Shape) -> int:
        """Return the multiplications (each with its addition) that one example costs."""
        return 0
