"""The fully connected layer."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.errors import ShapeError
from playground.language import tr
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.initializers import GlorotUniform, Initializer, Zeros
from playground.nn.layers.base import Context, Layer
from playground.nn.regularizers import NoRegularizer, Regularizer


@dataclass(frozen=True)
class Dense(Layer):
    """Connect every input to every neuron: ``activation(x @ kernel + bias)``.

    Input shape: ``(batch, n)``, or ``(batch, length, n)``: then the same neurons look at every
    place of the sequence. Images are refused: a Flatten was forgotten, as good as always.
    Output shape: as the input, the last axis ``units``.
    Weights: kernel ``(n, units)``; bias ``(units,)``.
    """

    units: int = param(16, low=1, high=4096, doc="Number of neurons.")
    activation: ActivationFunction = param(Linear(), doc="Applied to every neuron's sum.")
    use_bias: bool = param(
        True, advanced=True, doc="Give every neuron a bias, a sum it has without any input."
    )
    kernel_initializer: Initializer = param(
        GlorotUniform(), advanced=True, doc="How the kernel begins."
    )
    bias_initializer: Initializer = param(Zeros(), advanced=True, doc="How the bias begins.")
    kernel_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of a large kernel."
    )
    bias_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of a large bias."
    )

    def output_shape(self, input_shape: Shape) -> Shape:
        if len(input_shape) not in (1, 2):
            raise ShapeError(
                tr(
                    "Dense needs flat inputs; put a Flatten before it. Received: {input_shape}."
                ).format(input_shape=input_shape)
            )
        return (*input_shape[:-1], self.units)

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        kernel = self.kernel_initializer.sample((input_shape[-1], self.units), rng)
        if not self.use_bias:
            return {"kernel": kernel}
        return {"kernel": kernel, "bias": self.bias_initializer.sample((self.units,), rng)}

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        kernel = weights["kernel"]
        z = x @ kernel
        if self.use_bias:
            z = z + weights["bias"]
        y, activation_backward = self.activation.forward(z)

        def backward(dy: Array) -> tuple[Array, Weights]:
            dz = activation_backward(dy)
            sums = dz.reshape(-1, self.units)
            gradients: Weights = {"kernel": x.reshape(-1, x.shape[-1]).T @ sums}
            if self.use_bias:
                gradients["bias"] = sums.sum(axis=0)
            return dz @ kernel.T, gradients

        return y, backward

    def multiply_adds(self, input_shape: Shape) -> int:
        return math.prod(input_shape) * self.units
