"""The two ways to shrink an image: keep the strongest answer, or the mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import Pair, param
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer
from playground.nn.windows import Padding, Windows


@dataclass(frozen=True)
class Pooling2D(Layer, abstract=True):
    """Sum up each window of an image in one number a channel.

    Input shape: ``(batch, height, width, channels)``.
    Output shape: ``(batch, new_height, new_width, channels)``, see ``Windows``.
    """

    pool_size: Pair = param((2, 2), low=1, high=31, doc="Height and width of the window, pixels.")
    strides: Pair = param(
        (0, 0),
        low=0,
        high=31,
        doc="How far the window moves, down and right; 0: as far as it spans.",
    )
    padding: Padding = param(
        "valid", doc='"valid": stay inside the image. "same": windows may hang over its edge.'
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        down, across = self.strides
        strides = down or self.pool_size[0], across or self.pool_size[1]
        object.__setattr__(self, "strides", strides)

    @property
    def windows(self) -> Windows:
        """Where the window stops."""
        return Windows(type(self).__name__, self.pool_size, self.strides, self.padding)

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self.windows.output_shape(input_shape), input_shape[2])


@dataclass(frozen=True)
class MaxPooling2D(Pooling2D):
    """Keep the largest number of each window, so that a small shift hardly matters.

    Of equal ones the first, by rows, gets the gradient.
    """

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        windows = self.windows
        stops = windows.output_shape(x.shape[1:])
        padded = windows.pad(x, -np.inf)
        y = np.full((len(x), *stops, x.shape[3]), -np.inf, x.dtype)
        for _, seen in windows.offsets(padded, stops):
            np.maximum(y, seen, out=y)

        def backward(dy: Array) -> tuple[Array, Weights]:
            d_padded = np.zeros_like(padded)
            unclaimed = dy.copy()
            both = zip(
                windows.offsets(padded, stops), windows.offsets(d_padded, stops), strict=True
            )
            for (_, seen), (_, d_seen) in both:
                claimed = unclaimed * (seen == y)
                d_seen += claimed
                unclaimed -= claimed
            return windows.crop(d_padded, x.shape[1:]), {}

        return y, backward


@dataclass(frozen=True)
class AveragePooling2D(Pooling2D):
    """Take the mean of each window; what hangs over the edge does not count."""

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        windows = self.windows
        stops = windows.output_shape(x.shape[1:])
        padded = windows.pad(x)
        inside = windows.pad(np.ones((1, *x.shape[1:3], 1), x.dtype))
        count = _total(windows, inside, stops)
        y = _total(windows, padded, stops) / count

        def backward(dy: Array) -> tuple[Array, Weights]:
            d_padded = np.zeros_like(padded)
            share = dy / count
            for _, d_seen in windows.offsets(d_padded, stops):
                d_seen += share
            return windows.crop(d_padded, x.shape[1:]), {}

        return y, backward


def _total(windows: Windows, padded: Array, stops: Pair) -> Array:
    """Return the sum of what the window sees at every stop."""
    total = np.zeros((len(padded), *stops, padded.shape[3]), padded.dtype)
    for _, seen in windows.offsets(padded, stops):
        total += seen
    return total
