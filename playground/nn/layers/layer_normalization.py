"""Standardising by the example."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.nn.arrays import Array, Backward, Weights
from playground.nn.layers.base import Context
from playground.nn.layers.standardising import Standardising


@dataclass(frozen=True)
class LayerNormalization(Standardising):
    """Bring the channels of every example to mean 0 and variance 1 (Ba et al. 2016, eq. 4).

    Of an image, those of every pixel; of a text, those of every word. The other examples have no
    say, so it works the same in training and in use, and for a batch of one.
    """

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        centred = x - x.mean(axis=-1, keepdims=True)
        deviation = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + self.epsilon)
        x_hat = centred / deviation

        def backward(dy: Array) -> tuple[Array, Weights]:
            # every channel moves the mean and the variance, and through them all the others
            d_hat = self._slope(weights, dy)
            by_mean = d_hat.mean(axis=-1, keepdims=True)
            by_variance = (d_hat * x_hat).mean(axis=-1, keepdims=True)
            dx = (d_hat - by_mean - x_hat * by_variance) / deviation
            return dx, self._gradients(dy, x_hat)

        return self._stretched(weights, x_hat), backward
