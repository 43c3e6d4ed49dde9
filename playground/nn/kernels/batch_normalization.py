"""Standardising by the batch, with the activation behind it if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.kernels.activations import activation_kernel, is_monotonic
from playground.nn.kernels.base import Kernel, Site
from playground.nn.layers.activation import Activation
from playground.nn.layers.base import Context, Layer
from playground.nn.layers.batch_normalization import BatchNormalization


class BatchNormalizationKernel(Kernel):
    """Stands for a ``BatchNormalization``, or for one and the ``Activation`` behind it.

    With ``c = x - mean`` and ``r = 1 / deviation``, ``y = (gamma r) c + beta`` and
    ``dx = (gamma r) (dy - mean(dy) - c r^2 mean(dy c))``: every pass multiplies or adds a row of
    channels, repeated to the length of an image for longer runs.
    """

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        if type(layers[0]) is not BatchNormalization:
            return 0
        activated = len(layers) > 1 and type(layers[1]) is Activation
        return 2 if activated and is_monotonic(layers[1].output_activation) else 1

    def __init__(self, site: Site) -> None:
        self._layer = cast(BatchNormalization, site.layers[0])
        self._weights, self._gradients = site.weights[0], site.gradients[0]
        activations = [layer.output_activation for layer in site.layers[1:]]
        self._activation = activation_kernel(activations[0]) if activations else None
        *_, channels = site.input_shape
        self._shape = site.size, *site.input_shape
        self._c, self._y = site.empty(*self._shape), site.empty(*self._shape)
        self._rows = self._c.size // channels
        self._ones = np.ones(self._rows, site.dtype)
        self._repeated = site.empty(self._c.size // (site.size * channels), channels)
        self._plain = np.ones(channels, site.dtype), np.zeros(channels, site.dtype)

    def forward(self, x: Array, context: Context) -> Array:
        gamma, beta = (
            self._weights.get(name, plain)
            for name, plain in zip(("gamma", "beta"), self._plain, strict=True)
        )
        variance = self._centred(x, context)
        self._r = 1 / np.sqrt(variance + self._layer.epsilon)
        self._slope = gamma * self._r
        self._over(np.multiply, self._c, self._slope, self._y)
        self._over(np.add, self._y, beta, self._y)
        return self._activation.forward(self._y) if self._activation else self._y

    def backward(self, dy: Array) -> Array:
        dy = np.ascontiguousarray(dy)
        if self._activation:
            dy = self._activation.backward(dy, self._y)
        product = np.multiply(dy, self._c, out=self._y)
        d_beta, by_c = self._column_sums(dy), self._column_sums(product)
        for name, gradient in (("gamma", by_c * self._r), ("beta", d_beta)):
            if name in self._gradients:
                np.copyto(self._gradients[name], gradient)
        by_mean, by_variance = self._total(np.stack([d_beta, by_c])) / self._count
        self._over(np.multiply, self._c, -self._slope * self._r**2 * by_variance, self._c)
        self._over(np.subtract, dy, by_mean, dy)
        self._over(np.multiply, dy, self._slope, dy)
        return np.add(dy, self._c, out=dy)

    def _centred(self, x: Array, context: Context) -> Array:
        """Put ``x - mean`` into ``c`` and return the variance, those of the batch in training."""
        if not context.training:
            self._over(np.subtract, x, self._weights["moving_mean"], self._c)
            return self._weights["moving_variance"]
        self._total = context.total
        totals = self._total(np.append(self._column_sums(x), x.dtype.type(self._rows)))
        self._count = totals[-1]
        mean = totals[:-1] / self._count
        self._over(np.subtract, x, mean, self._c)
        squares = np.multiply(self._c, self._c, out=self._y)
        variance: Array = self._total(self._column_sums(squares)) / self._count
        if context.leads:
            self._layer.remember(self._weights, mean, variance)
        return variance

    def _column_sums(self, array: Array) -> Array:
        sums: Array = np.dot(self._ones, array.reshape(self._rows, -1))
        return sums

    def _over(self, operation: np.ufunc, array: Array, channels: Array, out: Array) -> None:
        """Apply an operation between an array and a row of channels."""
        np.copyto(self._repeated, channels)
        images, row = array.reshape(self._shape[0], -1), self._repeated.reshape(-1)
        operation(images, row, out=out.reshape(images.shape))
