"""The two ways to say one number about each whole feature map."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.errors import ShapeError
from playground.language import tr
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer


@dataclass(frozen=True)
class GlobalPooling2D(Layer, abstract=True):
    """Sum up each channel of an image in one number.

    Input shape: ``(batch, height, width, channels)``. Output shape: ``(batch, channels)``, or
    with ``keepdims`` ``(batch, 1, 1, channels)``.
    """

    keepdims: bool = param(False, doc="Give out images of one pixel, not rows of numbers.")

    def output_shape(self, input_shape: Shape) -> Shape:
        if len(input_shape) != 3:
            raise ShapeError(
                tr(
                    "{name} needs images, (height, width, channels); remove it, or put it before "
                    "the Flatten. Received: {input_shape}."
                ).format(name=type(self).__name__, input_shape=input_shape)
            )
        return (1, 1, input_shape[2]) if self.keepdims else input_shape[2:]

    def _shaped(self, y: Array) -> Array:
        """Return ``(batch, channels)`` in the output's shape."""
        return y[:, None, None] if self.keepdims else y


@dataclass(frozen=True)
class GlobalAveragePooling2D(GlobalPooling2D):
    """Take the mean of each feature map (Lin et al. 2013, section 3.2)."""

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        batch, *sides, channels = x.shape

        def backward(dy: Array) -> tuple[Array, Weights]:
            share = dy.reshape(batch, 1, 1, channels) / math.prod(sides)
            return np.broadcast_to(share, x.shape).copy(), {}

        return self._shaped(x.mean(axis=(1, 2))), backward


@dataclass(frozen=True)
class GlobalMaxPooling2D(GlobalPooling2D):
    """Keep the largest number of each feature map: whether it is there at all, not where.

    Of equal ones the first, by rows, gets the gradient.
    """

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        pixels = x.reshape(len(x), -1, x.shape[3])
        first = pixels.argmax(axis=1, keepdims=True)
        y = np.take_along_axis(pixels, first, axis=1)[:, 0]

        def backward(dy: Array) -> tuple[Array, Weights]:
            dx = np.zeros_like(pixels)
            np.put_along_axis(dx, first, dy.reshape(len(x), 1, -1), axis=1)
            return dx.reshape(x.shape), {}

        return self._shaped(y), backward
