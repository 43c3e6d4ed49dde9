"""The same numbers in another shape."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playground.component import param
from playground.errors import ShapeError
from playground.language import grouped, tr
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer


@dataclass(frozen=True)
class Reshape(Layer):
    """Give the numbers of every example another shape, in the order in which ``Flatten`` has them.

    Output shape: ``target_shape``, where one side may be -1: as long as the numbers suffice for.
    """

    target_shape: tuple[int, ...] = param(
        (-1,), low=-1, high=2**20, doc="The shape of one example; -1 is whatever is left."
    )

    def output_shape(self, input_shape: Shape) -> Shape:
        numbers, sides = math.prod(input_shape), self.target_shape
        free, known = sides.count(-1), math.prod(side for side in sides if side != -1)
        fits = known > 0 and (numbers == known if free == 0 else numbers % known == 0)
        if not (sides and fits and free <= 1):
            raise ShapeError(
                tr(
                    "Reshape cannot give {numbers} numbers the shape {sides}; choose sides whose "
                    "product is {numbers}, at most one of them -1. Received: {input_shape}."
                ).format(numbers=grouped(numbers), sides=sides, input_shape=input_shape)
            )
        return tuple(numbers // known if side == -1 else side for side in sides)

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        shape = self.output_shape(x.shape[1:])
        return x.reshape(len(x), *shape), lambda dy: (dy.reshape(x.shape), {})
