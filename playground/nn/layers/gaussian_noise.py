"""Random changes, against overfitting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.layers.base import Context, Layer


@dataclass(frozen=True)
class GaussianNoise(Layer):
    """While training, add normal noise of mean 0 to every number. Output shape: as the input."""

    stddev: float = param(
        0.1, low=0.0, high=100.0, log=True, doc="Standard deviation of the noise."
    )

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        if not context.training or self.stddev == 0:
            return x, lambda dy: (dy, {})
        noise = context.rng.standard_normal(x.shape, np.float32)
        return x + self.stddev * noise, lambda dy: (dy, {})
