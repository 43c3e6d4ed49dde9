"""The convolution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from playground.component import Pair, param
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.initializers import GlorotUniform, Initializer, Zeros
from playground.nn.layers.base import Context, Layer
from playground.nn.windows import Padding, Windows


@dataclass(frozen=True)
class Conv2D(Layer):
    """Slide ``filters`` small kernels over the image; each one's answers are a feature map.

    At every stop, the pixels under the window are a row of numbers, a *patch*. A filter answers
    with the sum of patch times kernel, plus its bias: so all the answers of all the filters are
    one matrix product, ``patches @ kernel``. (The kernel is not flipped: as in every
    neural-network library this is, strictly, a cross-correlation.)

    Input shape: ``(batch, height, width, channels)``.
    Output shape: ``(batch, new_height, new_width, filters)``, see ``Windows``.
    Weights: kernel ``(kernel_height, kernel_width, channels, filters)``; bias ``(filters,)``.
    """

    filters: int = param(32, low=1, high=1024, doc="Number of kernels, each with its feature map.")
    kernel_size: Pair = param((3, 3), low=1, high=31, doc="Height and width of a kernel, pixels.")
    strides: Pair = param((1, 1), low=1, high=31, doc="How far the window moves, down and right.")
    padding: Padding = param(
        "valid", doc='"valid": stay inside the image. "same": pad with zeros to keep its size.'
    )
    activation: ActivationFunction = param(Linear(), doc="Applied to every answer.")
    kernel_initializer: Initializer = param(GlorotUniform(), doc="How the kernels begin.")
    bias_initializer: Initializer = param(Zeros(), doc="How the bias begins.")

    @property
    def windows(self) -> Windows:
        """Where the kernels stop."""
        return Windows("Conv2D", self.kernel_size, self.strides, self.padding)

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self.windows.output_shape(input_shape), self.filters)

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        shape = (*self.kernel_size, input_shape[2], self.filters)
        return {
            "kernel": self.kernel_initializer.sample(shape, rng),
            "bias": self.bias_initializer.sample((self.filters,), rng),
        }

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        windows, kernel = self.windows, weights["kernel"]
        stops = windows.output_shape(x.shape[1:])
        padded = windows.pad(x)
        patches = _patches(padded, windows)  # a row for every stop of every image
        z = patches @ kernel.reshape(-1, self.filters) + weights["bias"]
        y, activation_backward = self.activation.forward(z.reshape(len(x), *stops, self.filters))

        def backward(dy: Array) -> tuple[Array, Weights]:
            dz = activation_backward(dy)
            answers = dz.reshape(-1, self.filters)
            d_padded = np.zeros_like(padded)
            for (i, j), seen in windows.offsets(d_padded, stops):
                seen += dz @ kernel[i, j].T  # each stop blames the pixels it saw
            gradients = {
                "kernel": (patches.T @ answers).reshape(kernel.shape),
                "bias": answers.sum(axis=0),
            }
            return windows.crop(d_padded, x.shape[1:]), gradients

        return y, backward

    def multiply_adds(self, input_shape: Shape) -> int:
        height, width = self.windows.output_shape(input_shape)
        return (
            height
            * width
            * self.kernel_size[0]
            * self.kernel_size[1]
            * (input_shape[2] * self.filters)
        )


def _patches(padded: Array, windows: Windows) -> Array:
    """Return what the window sees at every stop, ``(stops, height * width * channels)``."""
    views = sliding_window_view(padded, windows.size, axis=(1, 2))
    stops = views[:, :: windows.strides[0], :: windows.strides[1]]
    patches = stops.transpose(0, 1, 2, 4, 5, 3)  # the kernel's own order: row, column, channel
    return patches.reshape(-1, windows.size[0] * windows.size[1] * padded.shape[3])
