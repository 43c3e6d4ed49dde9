"""Random silence, against overfitting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer

_WORDS = 2**16


@dataclass(frozen=True)
class Dropout(Layer):
    """While training, zero a share of the inputs and scale up the rest to keep their mean.

    Output shape: as the input. Source: Srivastava et al. 2014. Each number draws 16 random bits,
    so that the share is exact to 1/65,536; the scale is that of the share as it is.
    """

    rate: float = param(0.5, low=0.0, high=0.99, doc="Share of the inputs set to zero.")

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        if not context.training or self.rate == 0:
            return x, lambda dy: (dy, {})
        dropped = round(self.rate * _WORDS)
        words = context.rng.bit_generator.random_raw(-(-x.size // 4)).view(np.uint16)
        kept = words[: x.size].reshape(x.shape) >= dropped
        scale = kept * x.dtype.type(_WORDS / (_WORDS - dropped))
        return x * scale, lambda dy: (dy * scale, {})
