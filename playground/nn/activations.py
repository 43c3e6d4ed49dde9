"""The functions a layer may apply to its outputs. To add one, add its class here."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.component import Component
from playground.nn.arrays import Array


@dataclass(frozen=True)
class ActivationFunction(Component, family=True):
    """A differentiable function of an array that keeps its shape."""

    @abstractmethod
    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        """Return the outputs, and the function that maps their gradient to the inputs'."""

    def __call__(self, z: Array) -> Array:
        """Return the outputs alone."""
        return self.forward(z)[0]


@dataclass(frozen=True)
class Linear(ActivationFunction):
    """Compute ``z``: no activation. The output for regression."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        return z, lambda dy: dy


@dataclass(frozen=True)
class ReLU(ActivationFunction):
    """Compute ``max(z, 0)`` (Nair & Hinton 2010); its slope at 0 counts as 0."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        y = np.maximum(z, 0)
        return y, lambda dy: dy * (y > 0)


@dataclass(frozen=True)
class Sigmoid(ActivationFunction):
    """Compute ``1 / (1 + exp(-z))``: a number in (0, 1), the probability of one class."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        y = 0.5 * (1 + np.tanh(0.5 * z))  # exp(-z) of a very negative z overflows
        return y, lambda dy: dy * y * (1 - y)


@dataclass(frozen=True)
class Tanh(ActivationFunction):
    """Compute ``tanh(z)``: a number in (-1, 1), with slope 1 at 0."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        y = np.tanh(z)
        return y, lambda dy: dy * (1 - y * y)


@dataclass(frozen=True)
class Softmax(ActivationFunction):
    """Compute ``exp(z) / sum(exp(z))`` over the last axis: probabilities that add up to 1."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        e = np.exp(z - z.max(axis=-1, keepdims=True))  # exp() of a large z overflows
        y = e / e.sum(axis=-1, keepdims=True)
        return y, lambda dy: y * (dy - (dy * y).sum(axis=-1, keepdims=True))
