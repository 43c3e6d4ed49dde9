"""Convolutions of each channel by itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.component import Pair, param
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Backward, Shape, Weights, column_sums
from playground.nn.initializers import GlorotUniform, Initializer, Zeros
from playground.nn.layers.base import Context, Layer
from playground.nn.regularizers import NoRegularizer, Regularizer
from playground.nn.windows import Padding, Windows


@dataclass(frozen=True)
class DepthwiseConv2D(Layer):
    """Slide kernels over each channel of the image by itself: nothing is added up over channels.

    Input shape: ``(batch, height, width, channels)``.
    Output shape: ``(batch, new_height, new_width, channels * depth_multiplier)``, the maps of the
    first channel first.
    Weights: depthwise_kernel ``(kernel_height, kernel_width, channels, depth_multiplier)``; bias
    ``(channels * depth_multiplier,)``.
    """

    kernel_size: Pair = param((3, 3), low=1, high=31, doc="Height and width of a kernel, pixels.")
    strides: Pair = param((1, 1), low=1, high=31, doc="How far the window moves, down and right.")
    padding: Padding = param(
        "valid", doc='"valid": stay inside the image. "same": pad with zeros to keep its size.'
    )
    depth_multiplier: int = param(1, low=1, high=64, doc="Kernels for each channel.")
    dilation_rate: Pair = param(
        (1, 1),
        low=1,
        high=31,
        advanced=True,
        doc="Distance of the pixels a kernel looks at: 1 are neighbours.",
    )
    activation: ActivationFunction = param(Linear(), doc="Applied to every answer.")
    use_bias: bool = param(
        True, advanced=True, doc="Give every map a bias, added to all its answers."
    )
    depthwise_initializer: Initializer = param(
        GlorotUniform(), advanced=True, doc="How the kernels begin."
    )
    bias_initializer: Initializer = param(Zeros(), advanced=True, doc="How the bias begins.")
    depthwise_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of large kernels."
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
        stops = self.windows.output_shape(input_shape)
        return (*stops, input_shape[2] * self.depth_multiplier)

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        shape = (*self.kernel_size, input_shape[2], self.depth_multiplier)
        kernel = self.depthwise_initializer.sample(shape, rng)
        if not self.use_bias:
            return {"depthwise_kernel": kernel}
        maps = input_shape[2] * self.depth_multiplier
        return {"depthwise_kernel": kernel, "bias": self.bias_initializer.sample((maps,), rng)}

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        z, blame = convolve_depthwise(x, weights["depthwise_kernel"], self.windows)
        if self.use_bias:
            z = z + weights["bias"]
        y, activation_backward = self.activation.forward(z)

        def backward(dy: Array) -> tuple[Array, Weights]:
            dz = activation_backward(dy)
            dx, d_kernel = blame(dz)
            gradients = {"depthwise_kernel": d_kernel}
            if self.use_bias:
                gradients["bias"] = column_sums(dz)
            return dx, gradients

        return y, backward

    def multiply_adds(self, input_shape: Shape) -> int:
        return math.prod(self.output_shape(input_shape)) * math.prod(self.kernel_size)


def convolve_depthwise(
    x: Array, kernel: Array, windows: Windows
) -> tuple[Array, Callable[[Array], tuple[Array, Array]]]:
    """Return what each channel's kernels answer, and what maps its gradient to both inputs'.

    ``x`` ``(batch, height, width, channels)``, ``kernel`` ``(height, width, channels, m)``,
    answers ``(batch, *stops, channels * m)``.
    """
    stops = windows.output_shape(x.shape[1:])
    padded = windows.pad(x)
    z = np.zeros((len(x), *stops, *kernel.shape[2:]), x.dtype)
    for (i, j), seen in windows.offsets(padded, stops):
        z += seen[..., None] * kernel[i, j]

    def backward(d_answers: Array) -> tuple[Array, Array]:
        dz = d_answers.reshape(z.shape)
        d_padded, d_kernel = np.zeros_like(padded), np.empty_like(kernel)
        for (i, j), seen in windows.offsets(padded, stops):
            d_kernel[i, j] = np.einsum("nhwc,nhwcm->cm", seen, dz)
        for (i, j), d_seen in windows.offsets(d_padded, stops):
            d_seen += (dz * kernel[i, j]).sum(axis=-1)  # each stop blames the pixels it saw
        return windows.crop(d_padded, x.shape[1:]), d_kernel

    return z.reshape(len(x), *stops, -1), backward
