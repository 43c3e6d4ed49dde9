"""What a layer is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from playground.component import Component, Config, has_class
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.objective import Objective
from playground.nn.regularizers import NoRegularizer

if TYPE_CHECKING:
    from playground.nn.model import Sequential


def itself(array: Array) -> Array:
    """Return the array: the total of a batch that goes through in one chunk."""
    return array


@dataclass(eq=False)  # not frozen: one is made for every chunk, and that would take twice as long
class Context:
    """What a forward pass is for.

    The random numbers of a training pass follow from ``key`` alone (seed, step, chunk), so a run
    can stop anywhere and go on exactly as if it had not.

    A batch may go through the layers in chunks. A layer whose answer to one example depends on
    the others adds up what it needs of them by ``total``, and says so by ``couples_examples``.
    """

    training: bool
    key: tuple[int, ...] = (0,)
    objective: Objective | None = None
    """Where an output in the middle of the network puts its loss; None if nobody asks for it."""
    total: Callable[[Array], Array] = itself
    """Sum an array over the chunks of the batch: called in each by the same layers, in order."""
    leads: bool = True
    """Whether this is the first chunk, the one that updates the statistics of the batch."""

    @cached_property
    def rng(self) -> np.random.Generator:
        """The generator to draw from; made when first asked for."""
        return np.random.default_rng(self.key)


INFERENCE = Context(training=False)


class Head(NamedTuple):
    """The end of an output in the middle of a network."""

    shape: Shape
    activation: ActivationFunction


@dataclass(frozen=True)
class Layer(Component, family=True):
    """A differentiable function of its inputs and weights.

    A layer holds hyperparameters only. Its weights are made by ``build`` and handed back to
    every ``forward``, so one layer may be shared by threads, compared, saved and undone.
    Shapes leave out the batch axis, which is always the first axis of an array.
    """

    @classmethod
    def alias(cls, name: str, values: Mapping[str, Any]) -> Config | None:
        """Describe an ``Activation``: functions such as ``LeakyReLU`` are layers in Keras, too."""
        if not has_class(ActivationFunction, name):
            return None
        function = {"class_name": name, "config": values}
        return {"class_name": "Activation", "config": {"activation": function}}

    @property
    def chains(self) -> tuple[Sequential, ...]:
        """The chains of layers that this one is made of, each getting its input; mostly none."""
        return ()

    def with_chains(self, chains: tuple[Sequential, ...]) -> Layer:
        """Return the same layer made of other chains, as many as ``chains`` has."""
        return self

    @property
    def couples_examples(self) -> bool:
        """Whether, in training, the answer to one example depends on the others of its batch."""
        return False

    @property
    def output_activation(self) -> ActivationFunction:
        """What is applied to the outputs last; ``Linear`` if nothing is."""
        return getattr(self, "activation", Linear())

    @abstractmethod
    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of one output example; raise ``ShapeError`` if none fits."""

    def heads(self, input_shape: Shape) -> list[Head]:
        """Return what the outputs in the middle, which have a loss of their own, end with."""
        return [head for chain in self.chains for head in chain.heads(input_shape)]

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        """Return fresh weights by name; layers without weights return none."""
        return {}

    def statistics(self) -> frozenset[str]:
        """Return the names of the weights that are measured, not trained."""
        return frozenset()

    @abstractmethod
    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        """Return the outputs for a batch, and the function that takes the gradient back.

        All weights get a gradient, except ``statistics``: those the layer itself may update in
        place while training, if its context ``leads``.
        """

    def penalty(self, weights: Weights) -> tuple[float, Weights]:
        """Return what the regularizers charge, and its gradient by the weights they watch.

        ``bias_regularizer`` watches ``bias``; ``depthwise_regularizer``, ``depthwise_kernel``.
        """
        total, gradients = 0.0, {}
        for name, weight in weights.items():
            field = f"{name.removesuffix('_kernel')}_regularizer"
            regularizer = getattr(self, field, NoRegularizer())
            if regularizer != NoRegularizer():
                charge, gradients[name] = regularizer(weight)
                total += charge
        return total, gradients

    def multiply_adds(self, input_shape: Shape) -> int:
        """Return the multiplications (each with its addition) that one example costs."""
        return 0
