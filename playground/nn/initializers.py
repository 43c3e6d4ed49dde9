"""How the weights of a layer begin. To add an initializer, add its class here."""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from playground.component import Component, param
from playground.errors import ConfigError, ShapeError
from playground.language import tr
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


def _unit_normal_within_two(shape: Shape, rng: np.random.Generator) -> Array:
    """Draw unit normals, again where they lie past two deviations."""
    values = rng.standard_normal(math.prod(shape))
    while (outside := np.flatnonzero(np.abs(values) > 2)).size:
        values[outside] = rng.standard_normal(outside.size)
    return values.reshape(shape)


def _truncated_normal(variance: float, shape: Shape, rng: np.random.Generator) -> Array:
    """Draw normals cut off at two deviations, so much wider that they have this variance."""
    deviation = math.sqrt(variance) / 0.87962566103423978  # of a unit normal cut off at +-2
    return (deviation * _unit_normal_within_two(shape, rng)).astype(np.float32)


@dataclass(frozen=True)
class Zeros(Initializer):
    """All zeros: right for a bias, useless for a kernel, whose neurons would stay equal."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return np.zeros(shape, np.float32)


@dataclass(frozen=True)
class Ones(Initializer):
    """All ones: for factors."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return np.ones(shape, np.float32)


@dataclass(frozen=True)
class Constant(Initializer):
    """The same number everywhere."""

    value: float = param(0.0, low=-1e6, high=1e6, doc="That number.")

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return np.full(shape, self.value, np.float32)


@dataclass(frozen=True)
class RandomNormal(Initializer):
    """Normal, equally wide whatever the layer: in a deep network the signal dies or explodes."""

    mean: float = param(0.0, low=-100.0, high=100.0, doc="Mean of the weights.")
    stddev: float = param(0.05, low=0.0, high=100.0, log=True, doc="Their standard deviation.")

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return rng.normal(self.mean, self.stddev, shape).astype(np.float32)


@dataclass(frozen=True)
class RandomUniform(Initializer):
    """Uniform between two bounds, whatever the layer."""

    minval: float = param(-0.05, low=-100.0, high=100.0, doc="The least weight.")
    maxval: float = param(0.05, low=-100.0, high=100.0, doc="The largest weight.")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.minval > self.maxval:
            raise ConfigError(
                tr(
                    "RandomUniform.minval must be at most maxval. Received: {minval!r} and "
                    "{maxval!r}."
                ).format(minval=self.minval, maxval=self.maxval)
            )

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return rng.uniform(self.minval, self.maxval, shape).astype(np.float32)


@dataclass(frozen=True)
class TruncatedNormal(Initializer):
    """Normal, drawn again where it lies past two deviations: that leaves 0.88 of the deviation."""

    mean: float = param(0.0, low=-100.0, high=100.0, doc="Mean of the weights.")
    stddev: float = param(0.05, low=0.0, high=100.0, log=True, doc="Deviation before the cut.")

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        values = self.mean + self.stddev * _unit_normal_within_two(shape, rng)
        return values.astype(np.float32)


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


@dataclass(frozen=True)
class LecunUniform(Initializer):
    """Uniform, with variance ``1 / inputs`` (LeCun et al. 1998, eq. 16)."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return _uniform(1 / fans(shape)[0], shape, rng)


@dataclass(frozen=True)
class LecunNormal(Initializer):
    """Normal, cut off at two deviations, with variance ``1 / inputs``: made for SELU."""

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        return _truncated_normal(1 / fans(shape)[0], shape, rng)


@dataclass(frozen=True)
class Orthogonal(Initializer):
    """Columns, or rows, at right angles: lengths are kept on the way (Saxe et al. 2013).

    The kernel is drawn as a matrix whose last axis are the units.
    """

    gain: float = param(1.0, low=0.0, high=100.0, log=True, doc="Length of every column or row.")

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        if len(shape) < 2:
            raise ShapeError(
                tr(
                    "Orthogonal is for kernels; choose another initializer, such as Zeros, for a "
                    "bias. Received: {shape}."
                ).format(shape=shape)
            )
        rows, columns = math.prod(shape[:-1]), shape[-1]
        q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
        q *= np.sign(np.diag(r))  # without this, the angles would not be evenly distributed
        matrix = q if rows >= columns else q.T
        return (self.gain * matrix).reshape(shape).astype(np.float32)


@dataclass(frozen=True)
class Identity(Initializer):
    """Ones on the diagonal of a Dense kernel: what comes in goes out."""

    gain: float = param(1.0, low=-100.0, high=100.0, doc="The numbers on the diagonal.")

    def sample(self, shape: Shape, rng: np.random.Generator) -> Array:
        if len(shape) != 2:
            raise ShapeError(
                tr(
                    "Identity is for the kernel of a Dense layer; choose another initializer. "
                    "Received: {shape}."
                ).format(shape=shape)
            )
        return (self.gain * np.eye(*shape)).astype(np.float32)
