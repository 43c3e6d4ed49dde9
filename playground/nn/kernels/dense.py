"""The fully connected layer: three products, written into buffers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.kernels.activations import activation_kernel
from playground.nn.kernels.base import Kernel, Site
from playground.nn.layers.base import Context, Layer
from playground.nn.layers.dense import Dense


class DenseKernel(Kernel):
    """Stands for one ``Dense`` layer."""

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        return int(type(layers[0]) is Dense and len(input_shape) == 1)

    def __init__(self, site: Site) -> None:
        layer = cast(Dense, site.layers[0])
        self._weights, self._gradients = site.weights[0], site.gradients[0]
        self._activation = activation_kernel(layer.activation)
        self._z = site.empty(site.size, layer.units)
        self._dx = site.empty(site.size, *site.input_shape) if site.needs_dx else None
        self._ones = np.ones(site.size, site.dtype)

    def forward(self, x: Array, context: Context) -> Array:
        self._x = x
        np.dot(x, self._weights["kernel"], out=self._z)
        if "bias" in self._weights:
            np.add(self._z, self._weights["bias"], out=self._z)
        self._y = self._activation.forward(self._z)
        return self._y

    def backward(self, dy: Array) -> Array:
        dz = self._activation.backward(dy, self._y)
        np.dot(self._x.T, dz, out=self._gradients["kernel"])
        if "bias" in self._gradients:
            np.dot(self._ones, dz, out=self._gradients["bias"])
        if self._dx is None:
            return dz
        return np.dot(dz, self._weights["kernel"].T, out=self._dx)
