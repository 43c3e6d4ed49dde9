"""Points in the plane, in two classes: the toy problems, after tensorflow/playground."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset, Examples, split_rows
from playground.data.progress import Progress, unwatched
from playground.data.sources.base import DataSource


@dataclass(frozen=True)
class PointSource(DataSource, abstract=True):
    """As many points of one class as of the other, in [-1, 1] x [-1, 1] before the noise."""

    samples: int = param(400, low=10, high=100_000, log=True, doc="Number of points.")
    noise: float = param(
        0.05, low=0.0, high=1.0, doc="How far a point may be moved, in each direction."
    )
    test_split: float = param(0.2, low=0.0, high=0.8, doc="Share of the points for the last test.")

    def load(self, progress: Progress = unwatched) -> Dataset:
        rng = np.random.default_rng(self.seed)
        label = np.arange(self.samples) % 2
        points = self.points(label, rng)
        x = points + rng.uniform(-self.noise, self.noise, points.shape)
        parts = split_rows(label, self.samples, (self.validation_split, self.test_split), self.seed)
        examples = Examples(x.astype(np.float32), label)
        train, validation, test = (examples.take(rows) for rows in parts)
        progress(1.0)
        return Dataset(
            self.title,
            train,
            validation,
            test,
            classes=("orange", "blue"),
            features=("x1", "x2"),
        )

    @abstractmethod
    def points(self, label: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
        """Return the points ``(n, 2)`` of these classes, without noise."""


@dataclass(frozen=True)
class Circle(PointSource):
    """A disc of one class within a ring of the other."""

    title: ClassVar[str] = "Circle"

    def points(self, label: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
        radius = np.where(label, rng.uniform(0, 0.5, len(label)), rng.uniform(0.7, 1, len(label)))
        return _polar(radius, rng.uniform(0, 2 * np.pi, len(label)))


@dataclass(frozen=True)
class Xor(PointSource):
    """Opposite quarters of a square are of one class: no straight line parts them."""

    title: ClassVar[str] = "XOR"

    def points(self, label: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
        distance = rng.uniform(0.06, 1, (2, len(label)))  # a gap along the axes
        side = rng.choice((-1.0, 1.0), len(label))
        points: NDArray[np.float64] = distance * np.stack([side, np.where(label, side, -side)])
        return points.T


@dataclass(frozen=True)
class Gauss(PointSource):
    """Two round clouds, which a straight line parts."""

    title: ClassVar[str] = "Two clouds"

    def points(self, label: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
        # The distances of a normal distribution (Box and Muller 1958), cut off at 3 deviations.
        radius = 0.15 * np.sqrt(-2 * np.log(rng.uniform(np.exp(-4.5), 1, len(label))))
        points = _polar(radius, rng.uniform(0, 2 * np.pi, len(label)))
        return points + np.where(label, 0.45, -0.45)[:, None]


@dataclass(frozen=True)
class Spiral(PointSource):
    """Two interleaved arms, the hardest of the toy problems."""

    title: ClassVar[str] = "Spiral"

    def points(self, label: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
        radius = rng.uniform(0.05, 1.0, len(label))
        return _polar(radius, 1.75 * 2 * np.pi * radius + np.pi * label)


def _polar(radius: NDArray[np.float64], angle: NDArray[np.float64]) -> NDArray[np.float64]:
    points: NDArray[np.float64] = radius * np.stack([np.sin(angle), np.cos(angle)])
    return points.T
