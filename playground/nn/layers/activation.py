"""An activation as a layer of its own."""

from __future__ import annotations

from dataclasses import dataclass

from playground.component import param
from playground.nn.activations import ActivationFunction, ReLU
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer


@dataclass(frozen=True)
class Activation(Layer):
    """Apply a function to every number. Output shape: as the input."""

    activation: ActivationFunction = param(ReLU(), doc="The function.")

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        y, activation_backward = self.activation.forward(x)
        return y, lambda dy: (activation_backward(dy), {})
