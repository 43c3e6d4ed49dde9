"""The convolution."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from playground.component import Pair, param
from playground.errors import ShapeError
from playground.language import tr
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Backward, Shape, Weights, column_sums
from playground.nn.initializers import GlorotUniform, Initializer, Zeros
from playground.nn.layers.base import Context, Layer
from playground.nn.regularizers import NoRegularizer, Regularizer
from playground.nn.windows import Padding, Windows


@dataclass(frozen=True)
class Conv2D(Layer):
    """Slide ``filters`` small kernels over the image; each one's answers are a feature map.

    At every stop, the pixels under the window are a row of numbers, a *patch*. A filter answers
    with the sum of patch times kernel, plus its bias: so all the answers of all the filters are
    one matrix product, ``patches @ kernel``. (The kernel is not flipped: as in every
    neural-network library this is, strictly, a cross-correlation.)

    With groups, it is several smaller convolutions side by side: the first filters see the first
    channels only, and so on.

    Input shape: ``(batch, height, width, channels)``.
    Output shape: ``(batch, new_height, new_width, filters)``, see ``Windows``.
    Weights: kernel ``(kernel_height, kernel_width, channels / groups, filters)``; bias
    ``(filters,)``.
    """

    filters: int = param(32, low=1, high=1024, doc="Number of kernels, each with its feature map.")
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
    groups: int = param(
        1,
        low=1,
        high=1024,
        advanced=True,
        doc="Equal parts of channels and filters that do not see each other.",
    )
    activation: ActivationFunction = param(Linear(), doc="Applied to every answer.")
    use_bias: bool = param(
        True, advanced=True, doc="Give every filter a bias, added to all its answers."
    )
    kernel_initializer: Initializer = param(
        GlorotUniform(), advanced=True, doc="How the kernels begin."
    )
    bias_initializer: Initializer = param(Zeros(), advanced=True, doc="How the bias begins.")
    kernel_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of large kernels."
    )
    bias_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of a large bias."
    )

    @property
    def windows(self) -> Windows:
        """Where the kernels stop."""
        return Windows("Conv2D", self.kernel_size, self.strides, self.padding, self.dilation_rate)

    def output_shape(self, input_shape: Shape) -> Shape:
        stops = self.windows.output_shape(input_shape)
        if input_shape[2] % self.groups or self.filters % self.groups:
            raise ShapeError(
                tr(
                    "Conv2D cannot deal its channels and filters out to {groups} equal groups; "
                    "choose a number that divides both. Received: {0} channels, {filters} filters."
                ).format(input_shape[2], groups=self.groups, filters=self.filters)
            )
        return (*stops, self.filters)

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        shape = (*self.kernel_size, input_shape[2] // self.groups, self.filters)
        kernel = self.kernel_initializer.sample(shape, rng)
        if not self.use_bias:
            return {"kernel": kernel}
        return {"kernel": kernel, "bias": self.bias_initializer.sample((self.filters,), rng)}

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        groups = zip(self._dealt(x), self._dealt(weights["kernel"]), strict=True)
        parts = [convolve(channels, filters, self.windows) for channels, filters in groups]
        z = _side_by_side([answers for answers, _ in parts])
        if self.use_bias:
            z = z + weights["bias"]
        y, activation_backward = self.activation.forward(z)

        def backward(dy: Array) -> tuple[Array, Weights]:
            dz = activation_backward(dy)
            blames = [back(own) for (_, back), own in zip(parts, self._dealt(dz), strict=True)]
            gradients = {"kernel": _side_by_side([d_kernel for _, d_kernel in blames])}
            if self.use_bias:
                gradients["bias"] = column_sums(dz)
            return _side_by_side([dx for dx, _ in blames]), gradients

        return y, backward

    def _dealt(self, array: Array) -> list[Array]:
        """Return the parts of the last axis that belong to each group."""
        return np.split(array, self.groups, axis=-1)

    def multiply_adds(self, input_shape: Shape) -> int:
        stops = math.prod(self.windows.output_shape(input_shape))
        weights_of_a_filter = math.prod(self.kernel_size) * input_shape[2] // self.groups
        return stops * weights_of_a_filter * self.filters


def convolve(
    x: Array, kernel: Array, windows: Windows
) -> tuple[Array, Callable[[Array], tuple[Array, Array]]]:
    """Return what all filters answer at all stops, and what maps its gradient to both inputs'.

    ``x`` ``(batch, height, width, channels)``, ``kernel`` ``(height, width, channels, filters)``,
    answers ``(batch, *stops, filters)``.
    """
    stops, filters = windows.output_shape(x.shape[1:]), kernel.shape[3]
    padded = windows.pad(x)
    patches = _patches(padded, windows)  # a row for every stop of every image
    answers = patches @ kernel.reshape(-1, filters)

    def backward(dz: Array) -> tuple[Array, Array]:
        d_padded = np.zeros_like(padded)
        for (i, j), seen in windows.offsets(d_padded, stops):
            seen += dz @ kernel[i, j].T  # each stop blames the pixels it saw
        d_kernel = (patches.T @ dz.reshape(-1, filters)).reshape(kernel.shape)
        return windows.crop(d_padded, x.shape[1:]), d_kernel

    return answers.reshape(len(x), *stops, filters), backward


def _patches(padded: Array, windows: Windows) -> Array:
    """Return what the window sees at every stop, ``(stops, height * width * channels)``."""
    (down, across), (row, column) = windows.strides, windows.dilation
    views = sliding_window_view(padded, windows.span, axis=(1, 2))
    seen = views[:, ::down, ::across, :, ::row, ::column]
    patches = seen.transpose(0, 1, 2, 4, 5, 3)  # the kernel's own order: row, column, channel
    return patches.reshape(-1, windows.size[0] * windows.size[1] * padded.shape[3])


def _side_by_side(parts: list[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)
