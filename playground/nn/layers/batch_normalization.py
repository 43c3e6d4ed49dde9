"""Standardising by the batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array, Backward, Shape, Weights, column_sums
from playground.nn.layers.base import Context
from playground.nn.layers.standardising import Standardising


@dataclass(frozen=True)
class BatchNormalization(Standardising):
    """Bring every channel to mean 0 and variance 1 over the batch (Ioffe & Szegedy 2015, alg. 1).

    In use there may be no batch. So training also keeps moving means of both figures, and these
    are what counts then. The variance is that of the batch itself, ``/ n``, as in Keras.
    Weights: besides gamma and beta, moving_mean ``(channels,)``, zeros, and moving_variance
    ``(channels,)``, ones, which are measured, not trained.
    """

    momentum: float = param(
        0.99, low=0.0, high=1.0, doc="How much of the moving means each batch leaves as it is."
    )

    @property
    def couples_examples(self) -> bool:
        return True

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        channels = input_shape[-1]
        return {
            **super().build(input_shape, rng),
            "moving_mean": np.zeros(channels, np.float32),
            "moving_variance": np.ones(channels, np.float32),
        }

    def statistics(self) -> frozenset[str]:
        return frozenset({"moving_mean", "moving_variance"})

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        if not context.training:
            return self._at_rest(weights, x)
        count = context.total(np.full(1, x.size // x.shape[-1], x.dtype))
        mean = context.total(column_sums(x)) / count
        variance = context.total(column_sums(np.square(x - mean))) / count
        if context.leads:
            self.remember(weights, mean, variance)
        deviation = np.sqrt(variance + self.epsilon)
        x_hat = (x - mean) / deviation

        def backward(dy: Array) -> tuple[Array, Weights]:
            # every example moves the mean and the variance, and through them all the others
            d_hat = self._slope(weights, dy)
            by_mean = context.total(column_sums(d_hat)) / count
            by_variance = context.total(column_sums(d_hat * x_hat)) / count
            dx = (d_hat - by_mean - x_hat * by_variance) / deviation
            return dx, self._gradients(dy, x_hat)

        return self._stretched(weights, x_hat), backward

    def _at_rest(self, weights: Weights, x: Array) -> tuple[Array, Backward]:
        deviation = np.sqrt(weights["moving_variance"] + self.epsilon)
        x_hat = (x - weights["moving_mean"]) / deviation

        def backward(dy: Array) -> tuple[Array, Weights]:
            return self._slope(weights, dy) / deviation, self._gradients(dy, x_hat)

        return self._stretched(weights, x_hat), backward

    def remember(self, weights: Weights, mean: Array, variance: Array) -> None:
        """Let the moving means follow the figures of a batch."""
        for name, measured in (("moving_mean", mean), ("moving_variance", variance)):
            weights[name] += (1 - self.momentum) * (measured - weights[name])
