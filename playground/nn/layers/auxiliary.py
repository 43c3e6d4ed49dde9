"""An output in the middle of a network."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from playground.component import param
from playground.nn.activations import Softmax
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Head, Layer
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.nested import Nested
from playground.nn.model import Sequential


@dataclass(frozen=True)
class AuxiliaryOutput(Nested):
    """Guess the answer here already, and count how wrong the guess is as part of the loss.

    The input is passed on as it is. Beside that, it goes through layers that end as the network
    does, with as many outputs and the same activation; their loss times ``loss_weight`` is added
    to the network's. So the layers before get a gradient that has not come a long way (Szegedy
    et al. 2014, section 5). In use, when nobody asks for the loss, the guess is not made.

    Output shape: as the input. Weights: by path, see ``Nested``.
    """

    layers: tuple[Layer, ...] = param(
        (Flatten(), Dense(units=10, activation=Softmax())),
        doc="From here to outputs like the network's own.",
    )
    loss_weight: float = param(
        0.3, low=0.0, high=100.0, doc="How much this output's loss counts; the network's counts 1."
    )

    @property
    def chains(self) -> tuple[Sequential, ...]:
        return (Sequential(self.layers),)

    def with_chains(self, chains: tuple[Sequential, ...]) -> AuxiliaryOutput:
        return replace(self, layers=chains[0].layers)

    def output_shape(self, input_shape: Shape) -> Shape:
        list(self.ends(input_shape))  # raises what does not fit
        return input_shape

    def heads(self, input_shape: Shape) -> list[Head]:
        (chain,), (end,) = self.chains, self.ends(input_shape)
        return [*chain.heads(input_shape), Head(end, chain.output_activation)]

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        if context.objective is None:
            trained = weights.keys() - self.statistics()
            nothing = {name: np.zeros_like(weights[name]) for name in trained}
            return x, lambda dy: (dy, nothing)
        (chain,), (own,) = self.chains, self.split(weights)
        if context.objective.takes_logits:
            chain = chain.without_output_activation()
        outputs, head_backward = chain.forward(own, x, context)
        d_outputs = context.objective(outputs, self.loss_weight)

        def backward(dy: Array) -> tuple[Array, Weights]:
            dx, gradients = head_backward(d_outputs)
            return dy + dx, self.joined([gradients])

        return x, backward
