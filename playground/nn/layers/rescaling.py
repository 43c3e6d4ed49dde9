"""Layers that bring raw inputs to a usual size, by figures known beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.errors import ConfigError, ShapeError
from playground.language import tr
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer

_SMALLEST = 1e-7


@dataclass(frozen=True)
class Rescaling(Layer):
    """Compute ``x * scale + offset``. Output shape: as the input.

    1/255 brings bytes to between 0 and 1.
    """

    scale: float = param(1 / 255, low=-1e6, high=1e6, doc="The factor.")
    offset: float = param(0.0, low=-1e6, high=1e6, doc="Added to the product.")

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        return x * self.scale + self.offset, lambda dy: (dy * self.scale, {})


@dataclass(frozen=True)
class Normalization(Layer):
    """Compute ``(x - mean) / sqrt(variance)`` by given figures. Output shape: as the input.

    One figure is for all numbers, otherwise there is one for each place on the last axis: a column
    of a table, a channel of an image. As in Keras, no deviation counts as less than 1e-7.
    """

    mean: tuple[float, ...] = param(
        (0.0,), low=-1e12, high=1e12, doc="Mean of the data: one number, or one for each column."
    )
    variance: tuple[float, ...] = param(
        (1.0,), low=0.0, high=1e24, doc="Variance of the data: one number, or one for each column."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (self.mean and self.variance):
            raise ConfigError(tr("Normalization needs at least one mean and one variance."))

    def output_shape(self, input_shape: Shape) -> Shape:
        for name in ("mean", "variance"):
            count = len(getattr(self, name))
            if count not in (1, input_shape[-1]):
                raise ShapeError(
                    tr(
                        "Normalization needs one {name}, or {0}, one for each number on the last "
                        "axis. Received: {count}."
                    ).format(input_shape[-1], name=name, count=count)
                )
        return input_shape

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        mean = np.array(self.mean, x.dtype)
        deviation = np.maximum(np.sqrt(np.array(self.variance, x.dtype)), x.dtype.type(_SMALLEST))
        return (x - mean) / deviation, lambda dy: (dy / deviation, {})
