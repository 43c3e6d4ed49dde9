"""Points that the user puts into the plane one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset, Examples, check_shares
from playground.data.progress import Progress, unwatched
from playground.data.sources.planes import CLASS_NAMES, PlaneSource
from playground.errors import ConfigError, DataError

MOST_POINTS = 5_000
REACH = 10.0
"""How far from 0 a point may lie."""
_NUMBERS = 4  # that describe a point
_DIGITS = 4
_GOLDEN, _PLASTIC = 0.6180339887498949, 0.7548776662466927
Table = NDArray[np.float64]


@dataclass(frozen=True)
class DrawnPoints(PlaneSource):
    """Your own points: click in the plane to add them, drag or erase them."""

    title: ClassVar[str] = "Your own points"
    instant: ClassVar[bool] = True
    is_drawn: ClassVar[bool] = True

    test_split: float = param(0.0, low=0.0, high=0.8, doc="Share of the points for the last test.")
    classes: int = param(2, low=2, high=len(CLASS_NAMES), doc="Number of classes.")
    points: tuple[float, ...] = param(
        (), doc="Of each point, one after the other: x, y, its class from 0 on, its own number."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.points) % _NUMBERS:
            raise ConfigError(
                f"A point is {_NUMBERS} numbers: x, y, class and number. Received: "
                f"{len(self.points)} in all."
            )
        table = self.table
        if len(table) > MOST_POINTS:
            raise ConfigError(
                f"At most {MOST_POINTS:,} points can be drawn; erase some. Received: "
                f"{len(table):,}."
            )
        if np.abs(table[:, :2]).max(initial=0) > REACH:
            raise ConfigError(f"Points lie between -{REACH:g} and {REACH:g}.")
        if not np.isin(table[:, 2], np.arange(self.classes)).all():
            raise ConfigError(f"The classes of {self.classes} go from 0 to {self.classes - 1}.")
        numbers = table[:, 3]
        if len(np.unique(numbers)) < len(table) or not np.all((numbers >= 0) & (numbers % 1 == 0)):
            raise ConfigError("Each point needs a whole number of its own, from 0 on.")

    @property
    def table(self) -> Table:
        """A row ``x, y, class, number`` for each point."""
        return np.array(self.points, np.float64).reshape(-1, _NUMBERS)

    @property
    def class_count(self) -> int:
        return self.classes

    @property
    def is_empty(self) -> bool:
        return not self.points

    def load(self, progress: Progress = unwatched) -> Dataset:
        table, shares = self.table, (self.validation_split, self.test_split)
        places = table[:, :2].astype(np.float32)
        labels, numbers = table[:, 2].astype(np.int64), table[:, 3].astype(np.intp)
        every = Examples(self.inputs(places), labels, rows=numbers, points=places)
        parts = parts_of(numbers, shares, self.seed)
        train, validation, test = (every.take(np.flatnonzero(parts == k)) for k in range(3))
        progress(1.0)
        plane, names = self.inputs, CLASS_NAMES[: self.classes]
        lack = _lack(train, names)
        return Dataset(
            self.title,
            *(train, validation, test, names),
            features=plane.labels,
            plane=plane,
            lack=lack,
        )

    # Drawing

    def added(self, x: float, y: float, label: int) -> DrawnPoints:
        """Return the points with one more; one of a new class makes room for that class."""
        number = int(self.table[:, 3].max(initial=-1)) + 1
        point = (*_rounded(x, y), float(label), float(number))
        classes = max(self.classes, label + 1)
        return replace(self, points=(*self.points, *point), classes=classes)

    def moved(self, number: int, x: float, y: float) -> DrawnPoints:
        """Return the points with one of them elsewhere."""
        table = self.table
        table[table[:, 3] == number, :2] = _rounded(x, y)
        return self._with(table)

    def without(self, numbers: Collection[int]) -> DrawnPoints:
        """Return the points but for those with these numbers."""
        table = self.table
        return self._with(table[~np.isin(table[:, 3], list(numbers))])

    def _with(self, table: Table) -> DrawnPoints:
        return replace(self, points=tuple(table.ravel().tolist()))

    @classmethod
    def begun_from(cls, source: PlaneSource, dataset: Dataset) -> DrawnPoints:
        """Return the points of a data set, to be changed; each stays in its part.

        Raises ``DataError`` if they are too many.
        """
        parts = (dataset.train, dataset.validation, dataset.test)
        counts = [len(part) for part in parts]
        if sum(counts) > MOST_POINTS:
            raise DataError(
                f"At most {MOST_POINTS:,} points can be changed by hand; ask for fewer. "
                f"Received: {sum(counts):,}."
            )
        shares = (source.validation_split, source.test_split)
        numbers = _numbers_for(counts, shares, source.seed)
        places = np.concatenate([dataset.points_of(part) for part in parts]).round(_DIGITS)
        labels = np.concatenate([part.y for part in parts])
        table = np.column_stack([places.astype(np.float64).round(_DIGITS), labels, numbers])
        return cls(
            validation_split=source.validation_split,
            seed=source.seed,
            test_split=source.test_split,
            features=source.features,
            classes=source.class_count,
            points=tuple(table.ravel().tolist()),
        )


def parts_of(
    numbers: NDArray[np.intp], shares: tuple[float, float], seed: int
) -> NDArray[np.int64]:
    """Return the part of each point: 0 for training, 1 for validation, 2 for test.

    It follows from the number alone, so that a new point never moves another one. The multiples
    of the golden ratio spread evenly: of any few points drawn one after the other about the right
    share goes to each part, and the very first ones to training.
    """
    check_shares(shares)
    validation_share, test_share = shares
    place = (0.99 + _GOLDEN * numbers + _PLASTIC * seed) % 1
    part: NDArray[np.int64] = np.where(
        place < test_share, 2, np.where(place < test_share + validation_share, 1, 0)
    )
    return part


def _numbers_for(counts: list[int], shares: tuple[float, float], seed: int) -> NDArray[np.intp]:
    """Return numbers whose points fall into the parts: ``counts[0]`` into training, and so on."""
    reach = 2 * sum(counts) + 16
    while True:
        parts = parts_of(np.arange(reach), shares, seed)
        chosen = [np.flatnonzero(parts == k)[:count] for k, count in enumerate(counts)]
        if [len(numbers) for numbers in chosen] == counts:
            return np.concatenate(chosen)
        reach *= 2


def _rounded(x: float, y: float) -> tuple[float, float]:
    return round(float(x), _DIGITS), round(float(y), _DIGITS)


def _lack(train: Examples, names: tuple[str, ...]) -> str:
    """Return what is missing before there is something to learn."""
    present = np.unique(train.y)
    if not len(present):
        return (
            "There are no points to train on yet. Choose Add and a class, then click in the plane; "
            "it takes two classes at least."
        )
    if len(present) == 1:
        return (
            f"All points to train on are {names[int(present[0])]}. Add points of another class: "
            "there is nothing to tell apart yet."
        )
    return ""
