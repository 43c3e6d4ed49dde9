"""The fully connected layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.errors import ShapeError
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.initializers import GlorotUniform, Initializer, Zeros
from playground.nn.layers.base import Context, Layer


@dataclass(frozen=True)
class Dense(Layer):
    """Connect every input to every neuron: ``activation(x @ kernel + bias)``.

    Input shape: ``(batch, n)``. Output shape: ``(batch, units)``.
    Weights: kernel ``(n, units)``; bias ``(units,)``.
    """

    units: int = param(16, low=1, high=4096, doc="Number of neurons.")
    activation: ActivationFunction = param(Linear(), doc="Applied to every neuron's sum.")
    kernel_initializer: Initializer = param(GlorotUniform(), doc="How the kernel begins.")
    bias_initializer: Initializer = param(Zeros(), doc="How the bias begins.")

    def output_shape(self, input_shape: Shape) -> Shape:
        if len(input_shape) != 1:
            raise ShapeError(
                f"Dense needs flat inputs; put a Flatten before it. Received: {input_shape}."
            )
        return (self.units,)

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        return {
            "kernel": self.kernel_initializer.sample((*input_shape, self.units), rng),
            "bias": self.bias_initializer.sample((self.units,), rng),
        }

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        kernel = weights["kernel"]
        y, activation_backward = self.activation.forward(x @ kernel + weights["bias"])

        def backward(dy: Array) -> tuple[Array, Weights]:
            dz = activation_backward(dy)
            return dz @ kernel.T, {"kernel": x.T @ dz, "bias": dz.sum(axis=0)}

        return y, backward

    def multiply_adds(self, input_shape: Shape) -> int:
        return input_shape[0] * self.units
