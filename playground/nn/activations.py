"""The functions a layer may apply to its outputs. To add one, add its class here."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.component import Component, param
from playground.nn.arrays import Array
from playground.nn.erf import erf

_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805


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
class LeakyReLU(ActivationFunction):
    """Compute ``z``, or ``negative_slope * z`` below 0: never quite dead (Maas et al. 2013)."""

    negative_slope: float = param(0.3, low=0.0, high=1.0, doc="Slope below 0.")

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        slope = np.where(z > 0, z.dtype.type(1), z.dtype.type(self.negative_slope))
        return z * slope, lambda dy: dy * slope


@dataclass(frozen=True)
class ELU(ActivationFunction):
    """Compute ``z``, or ``alpha * (exp(z) - 1)`` below 0 (Clevert et al. 2015, eq. 15)."""

    alpha: float = param(1.0, low=0.0, high=100.0, doc="What it falls to, far below 0, negated.")

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        below = self.alpha * np.expm1(np.minimum(z, 0))  # exp() of a large z overflows
        above = z > 0
        return np.where(above, z, below), lambda dy: dy * np.where(above, 1, below + self.alpha)


@dataclass(frozen=True)
class SELU(ActivationFunction):
    """Compute a scaled ``ELU`` that keeps mean 0 and variance 1 (Klambauer et al. 2017, eq. 14).

    It needs kernels from ``LecunNormal``.
    """

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        y, backward = ELU(_SELU_ALPHA).forward(z)
        return _SELU_SCALE * y, lambda dy: _SELU_SCALE * backward(dy)


@dataclass(frozen=True)
class GELU(ActivationFunction):
    """Compute ``z`` times the share of a unit normal below ``z`` (Hendrycks & Gimpel 2016)."""

    approximate: bool = param(False, doc="By tanh, as the first Transformers did, not by erf.")

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        share, density = _tanh_normal(z) if self.approximate else _normal(z)
        return z * share, lambda dy: dy * (share + z * density)


def _normal(z: Array) -> tuple[Array, Array]:
    """Return the share of a unit normal that lies below, and its density."""
    share = 0.5 * (1 + erf(z * math.sqrt(0.5)))
    return share, np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)


def _tanh_normal(z: Array) -> tuple[Array, Array]:
    """Return the same by a tanh: the approximation and its slope."""
    c, cubic = math.sqrt(2 / math.pi), 0.044715
    t = np.tanh(c * (z + cubic * z**3))
    return 0.5 * (1 + t), 0.5 * (1 - t * t) * c * (1 + 3 * cubic * z * z)


@dataclass(frozen=True)
class SiLU(ActivationFunction):
    """Compute ``z * sigmoid(z)``, also known as swish (Ramachandran et al. 2017)."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        share = Sigmoid()(z)
        return z * share, lambda dy: dy * share * (1 + z * (1 - share))


@dataclass(frozen=True)
class Softplus(ActivationFunction):
    """Compute ``log(1 + exp(z))``: a ReLU with a round corner (Glorot et al. 2011)."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        y = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))  # exp() of a large z overflows
        return y, lambda dy: dy * Sigmoid()(z)


@dataclass(frozen=True)
class Sigmoid(ActivationFunction):
    """Compute ``1 / (1 + exp(-z))``: a number in (0, 1), the probability of one class."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        y = 0.5 * (1 + np.tanh(0.5 * z))  # exp(-z) of a very negative z overflows
        return y, lambda dy: dy * y * (1 - y)


@dataclass(frozen=True)
class HardSigmoid(ActivationFunction):
    """Compute ``z / 6 + 1 / 2``, cut off at 0 and 1: a sigmoid of three straight lines."""

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        return np.clip(z / 6 + 0.5, 0, 1), lambda dy: dy * ((np.abs(z) < 3) / dy.dtype.type(6))


@dataclass(frozen=True)
class HardStep(ActivationFunction):
    """Compute 1 from 0 on and 0 below: the perceptron's answer (Rosenblatt 1958).

    It is flat on both sides, so no gradient passes: what lies before it does not learn.
    """

    def forward(self, z: Array) -> tuple[Array, Callable[[Array], Array]]:
        return (z >= 0).astype(z.dtype), np.zeros_like


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
