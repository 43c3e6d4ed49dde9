"""Activation functions computed in place, where the outputs alone tell the slope."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from playground.nn.activations import ActivationFunction, Linear, ReLU, Sigmoid, Tanh
from playground.nn.arrays import Array


class ActivationKernel(ABC):
    """Applies a function to sums, in place if it can."""

    @abstractmethod
    def forward(self, z: Array) -> Array:
        """Return the outputs, in ``z`` itself if possible."""

    @abstractmethod
    def backward(self, dy: Array, y: Array) -> Array:
        """Return the gradient at the sums, in ``dy`` itself if possible; ``y`` is lost."""


class InPlace(ActivationKernel):
    """A function that never falls, so that it changes nothing about which sum is the largest."""


class LinearKernel(InPlace):
    """No activation."""

    def forward(self, z: Array) -> Array:
        return z

    def backward(self, dy: Array, y: Array) -> Array:
        return dy


class ReLUKernel(InPlace):
    """``max(z, 0)``; the slope is a mask of bits, for the outputs have no sign."""

    def forward(self, z: Array) -> Array:
        return np.maximum(z, 0, out=z)

    def backward(self, dy: Array, y: Array) -> Array:
        mask = y.view(BITS[y.dtype.itemsize])
        np.negative(mask, out=mask)  # sets the sign bit, unless y is 0
        spread_sign(mask)
        bits = dy.view(mask.dtype)
        np.bitwise_and(bits, mask, out=bits)
        return dy


class TanhKernel(InPlace):
    """``tanh(z)``, with slope ``1 - y * y``."""

    def forward(self, z: Array) -> Array:
        return np.tanh(z, out=z)

    def backward(self, dy: Array, y: Array) -> Array:
        np.multiply(y, y, out=y)
        np.subtract(1, y, out=y)
        return np.multiply(dy, y, out=dy)


class SigmoidKernel(InPlace):
    """``1 / (1 + exp(-z))`` through tanh, with slope ``y * (1 - y)``."""

    def forward(self, z: Array) -> Array:
        np.multiply(z, 0.5, out=z)
        np.tanh(z, out=z)
        np.multiply(z, 0.5, out=z)
        return np.add(z, 0.5, out=z)

    def backward(self, dy: Array, y: Array) -> Array:
        np.multiply(dy, y, out=dy)
        np.subtract(1, y, out=y)
        return np.multiply(dy, y, out=dy)


class ReadableActivation(ActivationKernel):
    """Any other function, by its own definition."""

    def __init__(self, function: ActivationFunction) -> None:
        self._function = function

    def forward(self, z: Array) -> Array:
        y, self._backward = self._function.forward(z)
        return y

    def backward(self, dy: Array, y: Array) -> Array:
        return self._backward(dy)


_IN_PLACE: dict[ActivationFunction, type[InPlace]] = {
    Linear(): LinearKernel,
    ReLU(): ReLUKernel,
    Tanh(): TanhKernel,
    Sigmoid(): SigmoidKernel,
}
BITS = {4: np.int32, 8: np.int64}
"""The whole numbers as wide as a float of so many bytes."""


def activation_kernel(function: ActivationFunction) -> ActivationKernel:
    """Return the fastest way to apply a function."""
    return _IN_PLACE[function]() if function in _IN_PLACE else ReadableActivation(function)


def is_monotonic(function: ActivationFunction) -> bool:
    """Return whether pooling may come before the function: the largest sum stays the largest."""
    return function in _IN_PLACE


def spread_sign(bits: Array) -> None:
    """Turn whole numbers into masks in place: all ones for the negative, else zero."""
    np.right_shift(bits, 8 * bits.itemsize - 1, out=bits)
