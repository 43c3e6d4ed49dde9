"""From images to vectors."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer


@dataclass(frozen=True)
class Flatten(Layer):
    """Write the numbers of every example in one row. Input ``(batch, ...)``, output ``(batch, n)``.

    Of an image the order is row, column, channel.
    """

    def output_shape(self, input_shape: Shape) -> Shape:
        return (math.prod(input_shape),)

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        return x.reshape(len(x), -1), lambda dy: (dy.reshape(x.shape), {})
