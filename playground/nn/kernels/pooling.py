"""Pooling by itself, not behind a convolution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.kernels.activations import BITS, spread_sign
from playground.nn.kernels.base import Kernel, Site
from playground.nn.layers.base import Context, Layer
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D, Pooling2D


class Planes:
    """An image, its margins, and what each place of the window sees of it at all stops."""

    def __init__(self, site: Site, margin: float) -> None:
        windows = cast(Pooling2D, site.layers[0]).windows
        (top, bottom), (left, right) = windows.margins(site.input_shape)
        height, width, channels = site.input_shape
        shape = (site.size, height + top + bottom, width + left + right, channels)
        self.padded = np.full(shape, margin, site.dtype)
        self.image = self.padded[:, top : top + height, left : left + width]
        self.stops = windows.output_shape(site.input_shape)
        self.seen = [view for _, view in windows.offsets(self.padded, self.stops)]


class MaxPoolingKernel(Kernel):
    """Stands for a ``MaxPooling2D``: which pixel was largest is told by signs of differences."""

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        return int(type(layers[0]) is MaxPooling2D)

    def __init__(self, site: Site) -> None:
        self._x = Planes(site, float(np.finfo(site.dtype).min))
        self._dx = Planes(site, 0.0)
        shape = (site.size, *self._x.stops, site.input_shape[2])
        self._y, self._claimed = site.empty(*shape), site.empty(*shape)
        self._differences = site.empty(len(self._x.seen) - 1, *shape)
        self._bits = BITS[site.dtype.itemsize]
        self._needs_dx = site.needs_dx

    def forward(self, x: Array, context: Context) -> Array:
        np.copyto(self._x.image, x)
        first, *others = self._x.seen
        np.copyto(self._y, first)
        for seen, difference in zip(others, self._differences, strict=True):
            np.subtract(self._y, seen, out=difference)
            np.maximum(self._y, seen, out=self._y)
        return self._y

    def backward(self, dy: Array) -> Array:
        if not self._needs_dx:
            return dy
        differences = self._differences.view(self._bits)
        spread_sign(differences)
        bits = self._claimed.view(self._bits)
        self._dx.padded.fill(0)
        first, *others = self._dx.seen
        for d_seen, difference in reversed(list(zip(others, differences, strict=True))):
            np.bitwise_and(dy.view(self._bits), difference, out=bits)
            d_seen += self._claimed
            dy -= self._claimed
        first += dy
        return self._dx.image


class AveragePoolingKernel(Kernel):
    """Stands for an ``AveragePooling2D`` whose windows neither overlap nor leave the image."""

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        layer = layers[0]
        if type(layer) is not AveragePooling2D:
            return 0
        return int(layer.pool_size == layer.strides and layer.padding == "valid")

    def __init__(self, site: Site) -> None:
        windows = cast(AveragePooling2D, site.layers[0]).windows
        self._windows, self._stops = windows, windows.output_shape(site.input_shape)
        self._share = 1 / (windows.size[0] * windows.size[1])
        self._y = site.empty(site.size, *self._stops, site.input_shape[2])
        self._dx = Planes(site, 0.0)
        self._needs_dx = site.needs_dx

    def forward(self, x: Array, context: Context) -> Array:
        (_, first), *others = self._windows.offsets(x, self._stops)
        np.copyto(self._y, first)
        for _, seen in others:
            self._y += seen
        self._y *= self._share
        return self._y

    def backward(self, dy: Array) -> Array:
        if not self._needs_dx:
            return dy
        dy *= self._share
        for d_seen in self._dx.seen:
            np.copyto(d_seen, dy)
        return self._dx.padded
