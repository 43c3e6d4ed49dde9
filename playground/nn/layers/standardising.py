"""What the layers that bring numbers to mean 0 and variance 1 as they go share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array, Shape, Weights, column_sums
from playground.nn.initializers import Initializer, Ones, Zeros
from playground.nn.layers.base import Layer
from playground.nn.regularizers import NoRegularizer, Regularizer


@dataclass(frozen=True)
class Standardising(Layer, abstract=True):
    """Subtract a mean, divide by a deviation, then stretch by gamma and shift by beta.

    So the layers behind get numbers of one size, and yet any size they need: it is learned.
    Input shape: ``(batch, ..., channels)``. Output shape: as the input.
    Weights: gamma ``(channels,)``, ones, and beta ``(channels,)``, zeros.
    """

    epsilon: float = param(
        0.001,
        low=1e-12,
        high=1.0,
        log=True,
        advanced=True,
        doc="Added to the variance: no division by zero.",
    )
    center: bool = param(True, doc="Shift every channel by a beta that is learned.")
    scale: bool = param(True, doc="Stretch every channel by a gamma that is learned.")
    beta_initializer: Initializer = param(Zeros(), advanced=True, doc="How the shifts begin.")
    gamma_initializer: Initializer = param(Ones(), advanced=True, doc="How the factors begin.")
    beta_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of large shifts."
    )
    gamma_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of large factors."
    )

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        channels = input_shape[-1:]
        return self._used(
            {
                "gamma": self.gamma_initializer.sample(channels, rng),
                "beta": self.beta_initializer.sample(channels, rng),
            }
        )

    def _stretched(self, weights: Weights, x_hat: Array) -> Array:
        """Return ``gamma * x_hat + beta``."""
        y = x_hat * weights["gamma"] if self.scale else x_hat
        return y + weights["beta"] if self.center else y

    def _slope(self, weights: Weights, dy: Array) -> Array:
        """Return the gradient by ``x_hat``."""
        return dy * weights["gamma"] if self.scale else dy

    def _gradients(self, dy: Array, x_hat: Array) -> Weights:
        return self._used({"gamma": column_sums(dy * x_hat), "beta": column_sums(dy)})

    def _used(self, arrays: Weights) -> Weights:
        wanted = {"gamma": self.scale, "beta": self.center}
        return {name: array for name, array in arrays.items() if wanted[name]}
