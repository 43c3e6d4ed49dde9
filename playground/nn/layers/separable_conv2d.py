"""A convolution in two cheap steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from playground.component import Pair, param
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Backward, Shape, Weights, column_sums
from playground.nn.initializers import GlorotUniform, Initializer, Zeros
from playground.nn.layers.base import Context, Layer
from playground.nn.layers.depthwise_conv2d import convolve_depthwise
from playground.nn.regularizers import NoRegularizer, Regularizer
from playground.nn.windows import Padding, Windows


@dataclass(frozen=True)
class SeparableConv2D(Layer):
    """Look at the window in each channel by itself, then mix the channels of every pixel.

    It does nearly what ``Conv2D`` does with far fewer weights (Chollet 2017): the first step is a
    ``DepthwiseConv2D``, the second a ``Conv2D`` of 1 x 1.

    Input shape: ``(batch, height, width, channels)``.
    Output shape: ``(batch, new_height, new_width, filters)``, see ``Windows``.
    Weights: depthwise_kernel ``(kernel_height, kernel_width, channels, depth_multiplier)``;
    pointwise_kernel ``(1, 1, channels * depth_multiplier, filters)``; bias ``(filters,)``.
    """

    filters: int = param(32, low=1, high=1024, doc="Feature maps that come out.")
    kernel_size: Pair = param((3, 3), low=1, high=31, doc="Height and width of a kernel, pixels.")
    strides: Pair = param((1, 1), low=1, high=31, doc="How far the window moves, down and right.")
    padding: Padding = param(
        "valid", doc='"valid": stay inside the image. "same": pad with zeros to keep its size.'
    )
    dilation_rate: Pair = param(
        (1, 1),
        low=1,
        high=31,
        advanced=True,
        doc="Distance of the pixels a kernel looks at: 1 are neighbours.",
    )
    depth_multiplier: int = param(1, low=1, high=64, advanced=True, doc="Kernels for each channel.")
    activation: ActivationFunction = param(Linear(), doc="Applied to every answer.")
    use_bias: bool = param(
        True, advanced=True, doc="Give every filter a bias, added to all its answers."
    )
    depthwise_initializer: Initializer = param(
        GlorotUniform(), advanced=True, doc="How the kernels begin."
    )
    pointwise_initializer: Initializer = param(
        GlorotUniform(), advanced=True, doc="How the mixing begins."
    )
    bias_initializer: Initializer = param(Zeros(), advanced=True, doc="How the bias begins.")
    depthwise_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of large kernels."
    )
    pointwise_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of strong mixing."
    )
    bias_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of a large bias."
    )

    @property
    def windows(self) -> Windows:
        """Where the kernels stop."""
        name = type(self).__name__
        return Windows(name, self.kernel_size, self.strides, self.padding, self.dilation_rate)

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self.windows.output_shape(input_shape), self.filters)

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        channels, multiplier = input_shape[2], self.depth_multiplier
        each, mix = (channels, multiplier), (1, 1, channels * multiplier, self.filters)
        weights = {
            "depthwise_kernel": self.depthwise_initializer.sample((*self.kernel_size, *each), rng),
            "pointwise_kernel": self.pointwise_initializer.sample(mix, rng),
        }
        if self.use_bias:
            weights["bias"] = self.bias_initializer.sample((self.filters,), rng)
        return weights

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        maps, blame = convolve_depthwise(x, weights["depthwise_kernel"], self.windows)
        pointwise = weights["pointwise_kernel"]
        mix = pointwise[0, 0]
        z = maps @ mix
        if self.use_bias:
            z = z + weights["bias"]
        y, activation_backward = self.activation.forward(z)

        def backward(dy: Array) -> tuple[Array, Weights]:
            dz = activation_backward(dy)
            dx, d_kernel = blame(dz @ mix.T)
            d_mix = maps.reshape(-1, len(mix)).T @ dz.reshape(-1, self.filters)
            gradients = {
                "depthwise_kernel": d_kernel,
                "pointwise_kernel": d_mix.reshape(pointwise.shape),
            }
            if self.use_bias:
                gradients["bias"] = column_sums(dz)
            return dx, gradients

        return y, backward

    def multiply_adds(self, input_shape: Shape) -> int:
        stops = math.prod(self.windows.output_shape(input_shape))
        maps = input_shape[2] * self.depth_multiplier
        return stops * maps * (math.prod(self.kernel_size) + self.filters)
