"""Points in the plane, in two or more classes: the toy problems, after tensorflow/playground."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.data.sources.planes import MadePoints, Points, class_names
from playground.errors import DataError
from playground.language import tr

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class PointSource(MadePoints, abstract=True):
    """Points of two classes or more."""

    balance: float = param(
        0.5,
        low=0.1,
        high=0.9,
        doc="Share of the second class: 0.5 for as many points as of the first.",
    )

    def make(self, rng: np.random.Generator) -> Examples:
        label = self.labels()
        return self.examples(self.points(label, rng), label, rng)

    def dataset(self, train: Examples, validation: Examples, test: Examples) -> Dataset:
        names = class_names(self.class_count)
        plane = self.inputs
        parts = train, validation, test
        return Dataset(self.title, *parts, names, plane.labels, plane=plane)

    @property
    def class_count(self) -> int:
        """How many classes there are."""
        return 2

    def labels(self) -> Labels:
        """Return the class of each point, evenly mixed.

        Of more than two classes, all but the first are equally common.
        """
        weights = np.array([1 - self.balance] + [self.balance] * (self.class_count - 1))
        counts = shared_out(self.samples, weights)
        if not counts.all():
            raise DataError(
                tr(
                    "{samples} points are too few for {class_count} classes with a balance of "
                    "{balance:g}; ask for more points."
                ).format(samples=self.samples, class_count=self.class_count, balance=self.balance)
            )
        places = [(np.arange(count) + 0.5) / count for count in counts]
        order = np.argsort(np.concatenate(places), kind="stable")
        return np.repeat(np.arange(self.class_count), counts)[order]

    @abstractmethod
    def points(self, label: Labels, rng: np.random.Generator) -> Points:
        """Return the points ``(n, 2)`` of these classes, without noise."""


@dataclass(frozen=True)
class Circle(PointSource):
    """A disc of one class within a ring of the other."""

    title: ClassVar[str] = "Circle"

    def points(self, label: Labels, rng: np.random.Generator) -> Points:
        radius = np.where(label, rng.uniform(0, 0.5, len(label)), rng.uniform(0.7, 1, len(label)))
        return _polar(radius, rng.uniform(0, 2 * np.pi, len(label)))


@dataclass(frozen=True)
class Xor(PointSource):
    """Opposite quarters of a square are of one class: no straight line parts them."""

    title: ClassVar[str] = "XOR"

    def points(self, label: Labels, rng: np.random.Generator) -> Points:
        distance = rng.uniform(0.06, 1, (2, len(label)))  # a gap along the axes
        side = rng.choice((-1.0, 1.0), len(label))
        points: Points = distance * np.stack([side, np.where(label, side, -side)])
        return points.T


@dataclass(frozen=True)
class Gauss(PointSource):
    """Round clouds, of which straight lines part any two."""

    title: ClassVar[str] = "Clouds"

    classes: int = param(2, low=2, high=5, doc="Number of classes, one cloud each.")

    @property
    def class_count(self) -> int:
        return self.classes

    def points(self, label: Labels, rng: np.random.Generator) -> Points:
        # The distances of a normal distribution (Box and Muller 1958), cut off at 3 deviations.
        deviation = 0.15 * np.sin(np.pi / self.classes)  # more clouds are smaller
        radius = deviation * np.sqrt(-2 * np.log(rng.uniform(np.exp(-4.5), 1, len(label))))
        around = _polar(radius, rng.uniform(0, 2 * np.pi, len(label)))
        turn = 2 * np.pi * (label / self.classes + 5 / 8)  # the first lies at the lower left
        return around + _polar(np.full(len(label), 0.45 * np.sqrt(2)), turn)


@dataclass(frozen=True)
class Spiral(PointSource):
    """Interleaved arms, the hardest of the toy problems."""

    title: ClassVar[str] = "Spiral"

    classes: int = param(2, low=2, high=5, doc="Number of classes, one arm each.")

    @property
    def class_count(self) -> int:
        return self.classes

    def points(self, label: Labels, rng: np.random.Generator) -> Points:
        radius = rng.uniform(0.05, 1.0, len(label))
        return _polar(radius, 2 * np.pi * (1.75 * radius + label / self.classes))


@dataclass(frozen=True)
class Moons(PointSource):
    """Two half circles that reach into each other: ``make_moons`` of scikit-learn."""

    title: ClassVar[str] = "Moons"

    def points(self, label: Labels, rng: np.random.Generator) -> Points:
        along = np.empty(len(label))
        for number in (0, 1):
            mine = label == number
            along[mine] = np.linspace(0, np.pi, np.count_nonzero(mine))
        upper = np.stack([np.cos(along), np.sin(along)], axis=1)
        points: Points = np.where(label[:, None], (1, 0.5) - upper, upper)
        return (points - (0.5, 0.25)) / 1.5  # from -1 to 2 and from -0.5 to 1, into our square


@dataclass(frozen=True)
class Checkerboard(PointSource):
    """The squares of a board in turn."""

    title: ClassVar[str] = "Checkers"

    samples: int = param(1000, low=10, high=100_000, log=True, doc="Number of points.")
    squares: int = param(4, low=2, high=8, doc="Squares along each side of the board.")

    def points(self, label: Labels, rng: np.random.Generator) -> Points:
        column, row = np.divmod(np.arange(self.squares**2), self.squares)
        colour = (column + row) % 2
        square = np.where(
            label,
            rng.choice(np.flatnonzero(colour), len(label)),
            rng.choice(np.flatnonzero(colour == 0), len(label)),
        )
        within = rng.uniform(0.06, 0.94, (len(label), 2))  # a gap between two squares
        corner = np.stack([column[square], row[square]], axis=1)
        return 2 * (corner + within) / self.squares - 1


@dataclass(frozen=True)
class Rings(PointSource):
    """Circles around the same middle; two are ``make_circles`` of scikit-learn, factor 0.5."""

    title: ClassVar[str] = "Rings"

    classes: int = param(3, low=2, high=5, doc="Number of classes, one ring each.")

    @property
    def class_count(self) -> int:
        return self.classes

    def points(self, label: Labels, rng: np.random.Generator) -> Points:
        radius = 1 - label / self.classes
        return _polar(radius, rng.uniform(0, 2 * np.pi, len(label)))


def shared_out(count: int, weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return whole numbers that add up to ``count``, as near to these proportions as they get."""
    exact = count * weights / weights.sum()
    counts: NDArray[np.int64] = np.floor(exact + 1e-9).astype(np.int64)
    left = count - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:left]] += 1
    return counts


def _polar(radius: Points, angle: Points) -> Points:
    points: Points = radius * np.stack([np.sin(angle), np.cos(angle)])
    return points.T
