"""Random silence, against overfitting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer


@dataclass(frozen=True)
class Dropout(Layer):
    """While training, zero a share of the inputs and scale up the rest to keep their mean.

    Output shape: as the input. Source: Srivastava et al. 2014.
    """

    rate: float = param(0.5, low=0.0, high=0.99, doc="Share of the inputs set to zero.")

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        if not context.training or self.rate == 0:
            return x, lambda dy: (dy, {})
        kept = context.rng.random(x.shape, np.float32) >= self.rate
        scale = kept * x.dtype.type(1 / (1 - self.rate))
        return x * scale, lambda dy: (dy * scale, {})
