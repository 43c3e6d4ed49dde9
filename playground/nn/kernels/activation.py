"""An activation as a layer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.kernels.activations import activation_kernel, is_monotonic
from playground.nn.kernels.base import Kernel, Site
from playground.nn.layers.activation import Activation
from playground.nn.layers.base import Context, Layer


class ActivationLayer(Kernel):
    """Stands for an ``Activation`` that can work in place: on a copy, for the input must stay."""

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        return int(type(layers[0]) is Activation and is_monotonic(layers[0].output_activation))

    def __init__(self, site: Site) -> None:
        self._activation = activation_kernel(cast(Activation, site.layers[0]).activation)
        self._y = site.empty(site.size, *site.input_shape)

    def forward(self, x: Array, context: Context) -> Array:
        np.copyto(self._y, x)
        return self._activation.forward(self._y)

    def backward(self, dy: Array) -> Array:
        return self._activation.backward(dy, self._y)
