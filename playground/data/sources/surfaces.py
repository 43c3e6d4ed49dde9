"""A number over each point of the plane: regression, after tensorflow/playground."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.data.dataset import Dataset, Examples
from playground.data.sources.planes import MadePoints, Points

HILLS = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)]) / 6
"""Where the six hills and valleys lie; in the original the plane ends at 6."""
_HEIGHTS = np.array([1, -1, 1, -1, 1, -1])
_WIDTH = 2 / 6


@dataclass(frozen=True)
class SurfaceSource(MadePoints, abstract=True):
    """Points all over the square, with the height of a surface there as the number to predict."""

    def make(self, rng: np.random.Generator) -> Examples:
        points = rng.uniform(-1, 1, (self.samples, 2))
        heights = self.heights(points)[:, None].astype(np.float32)
        return self.examples(points, heights, rng)

    def dataset(self, train: Examples, validation: Examples, test: Examples) -> Dataset:
        parts, plane = (train, validation, test), self.inputs
        return Dataset(self.title, *parts, features=plane.labels, targets=("z",), plane=plane)

    @abstractmethod
    def heights(self, points: Points) -> Points:
        """Return the height ``(n,)`` over each point ``(n, 2)``."""


@dataclass(frozen=True)
class Plane(SurfaceSource):
    """A slope that rises towards the upper right corner."""

    title: ClassVar[str] = "Plane"

    def heights(self, points: Points) -> Points:
        heights: Points = 0.6 * points.sum(axis=1)
        return heights


@dataclass(frozen=True)
class MultiGauss(SurfaceSource):
    """Three hills and three valleys: each falls off evenly, and the nearest counts."""

    title: ClassVar[str] = "Hills"

    def heights(self, points: Points) -> Points:
        distance = np.linalg.norm(points[:, None] - HILLS, axis=2)
        height = np.clip(1 - distance / _WIDTH, 0, 1)
        nearest = height.argmax(axis=1)
        heights: Points = _HEIGHTS[nearest] * height.max(axis=1)
        return heights
