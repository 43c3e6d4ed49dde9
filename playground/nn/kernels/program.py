"""A model laid out as kernels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.kernels.base import Kernel, Site
from playground.nn.kernels.readable import Readable
from playground.nn.layers.base import Context, Layer
from playground.nn.model import ModelWeights, Sequential


def best_kernel(layers: Sequence[Layer], input_shape: Shape) -> tuple[type[Kernel], int]:
    """Return the kernel that stands for most of the layers, from the first on, and how many."""
    matches = [(kernel, kernel.match(layers, input_shape)) for kernel in Kernel.registry]
    kernel, count = max(matches, key=lambda match: match[1])
    return (kernel, count) if count else (Readable, 1)


class Program:
    """The kernels of a chain of layers for chunks of one size. Belongs to one thread."""

    def __init__(
        self,
        model: Sequential,
        weights: ModelWeights,
        gradients: ModelWeights,
        input_shape: Shape,
        size: int,
        dtype: np.dtype[Any],
        *,
        needs_dx: bool = False,
    ) -> None:
        self._kernels: list[Kernel] = []
        self._reversed: list[Kernel] = []
        rest, shapes = model.layers, model.shapes(input_shape)
        while rest:
            place = len(model.layers) - len(rest)
            kernel, count = best_kernel(rest, shapes[place])
            own = slice(place, place + count)
            site = Site(
                model.layers[own],
                weights[own],
                gradients[own],
                shapes[place],
                size,
                dtype,
                needs_dx,
            )
            self._kernels.append(kernel(site))
            needs_dx = needs_dx or any(weights[own])
            if needs_dx:  # else nobody asks for a gradient, here or before
                self._reversed.insert(0, self._kernels[-1])
            rest = rest[count:]

    def forward(self, x: Array, context: Context) -> Array:
        """Return the outputs for a chunk, in a buffer."""
        for kernel in self._kernels:
            x = kernel.forward(x, context)
        return x

    def backward(self, dy: Array) -> Array:
        """Fill the gradients; return that at the input, if it is needed. ``dy`` is lost."""
        for kernel in self._reversed:
            dy = kernel.backward(dy)
        return dy
