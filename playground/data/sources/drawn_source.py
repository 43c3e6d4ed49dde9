"""What all points that the user draws share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Examples, check_shares
from playground.data.sources.base import DataSource
from playground.errors import ConfigError, DataError
from playground.language import grouped, tr

MOST_POINTS = 5_000
REACH = 10.0
"""How far from 0 a point may lie."""
DIGITS = 4
_GOLDEN, _PLASTIC = 0.6180339887498949, 0.7548776662466927
Table = NDArray[np.float64]


@dataclass(frozen=True)
class DrawnSource(DataSource, abstract=True):
    """Points that the user puts where they are, one by one."""

    instant: ClassVar[bool] = True
    is_drawn: ClassVar[bool] = True
    columns: ClassVar[tuple[str, ...]]
    """What describes a point, its own number last."""

    test_split: float = param(0.0, low=0.0, high=0.8, doc="Share of the points for the last test.")
    points: tuple[float, ...] = param(
        (), doc="What describes each point, one after the other; its own number comes last."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.points) % len(self.columns):
            raise ConfigError(
                tr("A point is {0} numbers: {1}. Received: {2} in all.").format(
                    len(self.columns), ", ".join(self.columns), len(self.points)
                )
            )
        table = self.table
        if len(table) > MOST_POINTS:
            raise ConfigError(
                tr("At most {most_points} points can be drawn; erase some. Received: {0}.").format(
                    grouped(len(table)), most_points=grouped(MOST_POINTS)
                )
            )
        if np.abs(table[:, :2]).max(initial=0) > REACH:
            raise ConfigError(
                tr("Points lie between -{reach:g} and {reach:g}.").format(reach=REACH)
            )
        numbers = table[:, -1]
        if len(np.unique(numbers)) < len(table) or not np.all((numbers >= 0) & (numbers % 1 == 0)):
            raise ConfigError(tr("Each point needs a whole number of its own, from 0 on."))

    @property
    def table(self) -> Table:
        """A row of ``columns`` for each point."""
        return np.array(self.points, np.float64).reshape(-1, len(self.columns))

    @property
    def is_empty(self) -> bool:
        """Whether there is no point at all."""
        return not self.points

    @abstractmethod
    def added(self, x: float, y: float, label: int) -> Self:
        """Return the points with one more."""

    def moved(self, number: int, x: float, y: float) -> Self:
        """Return the points with one of them elsewhere."""
        table = self.table
        table[table[:, -1] == number, :2] = rounded(x, y)
        return self._with(table)

    def without(self, numbers: Collection[int]) -> Self:
        """Return the points but for those with these numbers."""
        table = self.table
        return self._with(table[~np.isin(table[:, -1], list(numbers))])

    @property
    def next_number(self) -> int:
        """The number of a point to come."""
        return int(self.table[:, -1].max(initial=-1)) + 1

    def parts(self, every: Examples) -> tuple[Examples, Examples, Examples]:
        """Return the examples for training, validation and test; their rows are the numbers."""
        part = parts_of(every.rows, (self.validation_split, self.test_split), self.seed)
        train, validation, test = (every.take(np.flatnonzero(part == k)) for k in range(3))
        return train, validation, test

    def _with(self, table: Table) -> Self:
        return replace(self, points=tuple(table.ravel().tolist()))


def rounded(x: float, y: float) -> tuple[float, float]:
    """Return a place with as many digits as are kept."""
    return round(float(x), DIGITS), round(float(y), DIGITS)


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


def numbers_for(counts: Sequence[int], shares: tuple[float, float], seed: int) -> NDArray[np.intp]:
    """Return numbers whose points fall into the parts: ``counts[0]`` into training, and so on.

    Raises ``DataError`` if that are more points than can be drawn.
    """
    total = sum(counts)
    if total > MOST_POINTS:
        raise DataError(
            tr(
                "At most {most_points} points can be changed by hand; ask for fewer. Received: "
                "{total}."
            ).format(most_points=grouped(MOST_POINTS), total=grouped(total))
        )
    reach = 2 * total + 16
    while True:
        parts = parts_of(np.arange(reach), shares, seed)
        chosen = [np.flatnonzero(parts == k)[:count] for k, count in enumerate(counts)]
        if [len(numbers) for numbers in chosen] == list(counts):
            return np.concatenate(chosen)
        reach *= 2
