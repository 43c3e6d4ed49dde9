"""One number in, one number out: curves to be fitted."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.data.sources.base import DataSource
from playground.data.sources.drawn_source import DrawnSource
from playground.data.sources.made import MadeSource

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class CurveSource(MadeSource, abstract=True):
    """Points scattered about a curve over [-1, 1]."""

    samples: int = param(200, low=10, high=100_000, log=True, doc="Number of points.")
    noise: float = param(0.1, low=0.0, high=1.0, doc="How far a point may lie off the curve.")

    def make(self, rng: np.random.Generator) -> Examples:
        x = rng.uniform(-1, 1, (self.samples, 1))
        y = self.curve(x) + rng.uniform(-self.noise, self.noise, x.shape)
        return Examples(x.astype(np.float32), y.astype(np.float32))

    def dataset(self, train: Examples, validation: Examples, test: Examples) -> Dataset:
        return Dataset(self.title, train, validation, test, features=("x",), targets=("y",))

    def continues(self, other: DataSource) -> bool:
        """Return whether the other is what the user has made of such points."""
        return isinstance(other, DrawnSource) and other.continues(self)

    @abstractmethod
    def curve(self, x: Numbers) -> Numbers:
        """Return the height of the curve over each ``x``."""


@dataclass(frozen=True)
class Sine(CurveSource):
    """Points scattered about a sine wave over [-1, 1]."""

    title: ClassVar[str] = "Sine wave"

    cycles: float = param(1.0, low=0.1, high=10.0, doc="Whole waves between -1 and 1.")

    def curve(self, x: Numbers) -> Numbers:
        return np.sin(np.pi * self.cycles * x)


@dataclass(frozen=True)
class Step(CurveSource):
    """Points about a staircase from -1 up to 1: a network must bend sharply to follow."""

    title: ClassVar[str] = "Stairs"

    steps: int = param(1, low=1, high=10, doc="How often the curve jumps up.")

    def curve(self, x: Numbers) -> Numbers:
        flats = self.steps + 1
        level = np.clip(np.floor(flats * (x + 1) / 2), 0, self.steps)
        return 2 * level / self.steps - 1


@dataclass(frozen=True)
class NoisyLine(CurveSource):
    """Points far off a straight line: what a network finds between them is chance."""

    title: ClassVar[str] = "Noisy line"

    noise: float = param(0.4, low=0.0, high=1.0, doc="How far a point may lie off the curve.")
    slope: float = param(0.7, low=-3.0, high=3.0, doc="How much y grows while x grows by 1.")

    def curve(self, x: Numbers) -> Numbers:
        return self.slope * x
