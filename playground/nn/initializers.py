"""How the weights of a layer begin. To add an initializer, add its class here."""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from playground.component import Component
from playground.nn.arrays import Array, Shape


@dataclass(frozen=True)
class Initializer(Component, family=True):
    """Draws the first values of a weight."""

    @abstractmethod
    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        """Return a float32 array; the last two axes of ``shape`` are inputs and outputs."""


def fans(shape: Shape) -> tuple[int, int]:
    """Return the inputs and the outputs of one unit, as Keras counts them.

    A kernel ``(inputs, units)`` has those; one of ``(height, width, channels, filters)`` has
    ``height * width * channels`` and ``height * width * filters``.
    """
    if len(shape) < 2:
        return math.prod(shape), math.prod(shape)
    receptive_field = math.prod(shape[:-2])
    return receptive_field * shape[-2], receptive_field * shape[-1]


def _uniform(variance: float, shape: Shape, rng: np.random.Generator) -> Array:
    limit = math.sqrt(3 * variance)
    return rng.uniform(-limit, limit, shape).astype(np.float32)


def _truncated_normal(variance: float, shape: Shape, rng: np.random.Generator) -> Array:
    """Draw normals, again where they lie past two deviations; the result has this variance."""
    values = rng.standard_normal(math.prod(shape))
    while (outside := np.flatnonzero(np.abs(values) > 2)).size:
        values[outside] = rng.standard_normal(outside.size)
    deviation = math.sqrt(variance) / 0.87962566103423978  # of a unit normal cut off at +-2
    return (deviation * values).reshape(shape).astype(np.float32)


@dataclass(frozen=True)
class Zeros(Initializer):
    """All zeros: right for a bias, useless for a kernel, whose neurons would stay equal."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return np.zeros(shape, np.float32)


@dataclass(frozen=True)
class GlorotUniform(Initializer):
    """Uniform, with variance ``2 / (inputs + outputs)`` (Glorot & Bengio 2010, eq. 16)."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return _uniform(2 / sum(fans(shape)), shape, rng)


@dataclass(frozen=True)
class GlorotNormal(Initializer):
    """Normal, cut off at two deviations, with variance ``2 / (inputs + outputs)``."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return _truncated_normal(2 / sum(fans(shape)), shape, rng)


@dataclass(frozen=True)
class HeUniform(Initializer):
    """Uniform, with variance ``2 / inputs`` (He et al. 2015, eq. 10): made for ReLU."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return _uniform(2 / fans(shape)[0], shape, rng)


@dataclass(frozen=True)
class HeNormal(Initializer):
    """Normal, cut off at two deviations, with variance ``2 / inputs`` (He et al. 2015)."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return _truncated_normal(2 / fans(shape)[0], shape, rng)
