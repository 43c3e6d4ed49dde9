"""The columns of a table: what they hold, and how they become numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.tables.dates import looks_like_dates

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
Task = Literal["classification", "regression"]

_MOST_CATEGORIES = 50
_MOST_NUMBER_CLASSES = 20
_BLOCK = 1 << 15
_FEW = 10  # rows, of which half may differ
LARGEST = 1e30
"""Beyond it no number of a table may be: its square is beyond float32."""
_COUNTERS = ("column 1", "unnamed: 0", "index", "id")  # what programs call a count of the rows


class ColumnKind(Enum):
    """What a column holds, and so what becomes of it as an input."""

    NUMBER = "numbers"
    CATEGORY = "categories"  # few different texts: one input for each
    DATE = "dates"  # days since the first
    TEXT = "texts"  # names, ids, sentences: left out
    COUNTER = "row numbers"
    EMPTY = "nothing"


@dataclass(frozen=True)
class Fault:
    """A cell that keeps its column from being used; ``row`` counts from 0."""

    row: int
    message: str


@dataclass(frozen=True, eq=False)
class Column(ABC):
    """A column of a table. ``position`` counts from 1."""

    name: str
    position: int
    fault: Fault | None

    @property
    @abstractmethod
    def kind(self) -> ColumnKind:
        """What the column holds."""

    @property
    @abstractmethod
    def missing(self) -> Mask:
        """Which rows have no value."""

    @abstractmethod
    def classes(self, rows: Rows) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """Return the different values in these rows, as text in order, and the number of each."""

    @abstractmethod
    def cell(self, row: int) -> str:
        """Return a value as text, ``""`` if it is missing."""

    @property
    @abstractmethod
    def task(self) -> Task:
        """What predicting this column most likely is."""


@dataclass(frozen=True, eq=False)
class NumberColumn(Column):
    """Numbers; NaN where there is none."""

    values: Numbers

    @cached_property
    def kind(self) -> ColumnKind:
        if self.missing.all():
            return ColumnKind.EMPTY
        named_so = self.position == 1 and self.name.lower() in _COUNTERS
        counts = named_so and not self.fault and bool(np.all(np.diff(self.values) == 1))
        return ColumnKind.COUNTER if counts else ColumnKind.NUMBER

    @property
    def missing(self) -> Mask:
        return np.isnan(self.values)

    def classes(self, rows: Rows) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        values, numbers = np.unique(self.values[rows], return_inverse=True)
        return tuple(f"{value:.15g}" for value in values.tolist()), numbers

    def numbers(self, rows: Rows) -> Numbers:
        """Return a copy of the values in these rows, NaN where there is none."""
        return self.values.take(rows)  # a quarter quicker than an index

    def cell(self, row: int) -> str:
        value = float(self.values[row])
        return "" if np.isnan(value) else f"{value:.15g}"

    @cached_property
    def task(self) -> Task:
        distinct, known = np.empty(0), 0
        for start in range(0, len(self.values), _BLOCK):  # of most columns the first one tells
            block = self.values[start : start + _BLOCK]
            block = block[~np.isnan(block)]
            distinct, known = np.union1d(distinct, block), known + len(block)
            if np.any(distinct % 1) or len(distinct) > _MOST_NUMBER_CLASSES:
                return "regression"
        few = len(distinct) == 2 or 3 * len(distinct) <= known
        return "classification" if few else "regression"


@dataclass(frozen=True, eq=False)
class TextColumn(Column):
    """Texts: the sorted ``levels``, and for each row the number of its level or -1 for none."""

    levels: tuple[str, ...]
    codes: NDArray[np.int64]

    @cached_property
    def kind(self) -> ColumnKind:
        if looks_like_dates(self.levels):
            return ColumnKind.DATE
        known = int(np.count_nonzero(~self.missing))
        enough = 2 * len(self.levels) <= max(known, _FEW)
        few = len(self.levels) <= _MOST_CATEGORIES and enough
        return ColumnKind.CATEGORY if few else ColumnKind.TEXT

    @property
    def missing(self) -> Mask:
        return self.codes < 0

    def classes(self, rows: Rows) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        codes, numbers = np.unique(self.codes[rows], return_inverse=True)
        return tuple(self.levels[code] for code in codes), numbers

    def cell(self, row: int) -> str:
        code = int(self.codes[row])
        return self.levels[code] if code >= 0 else ""

    @cached_property
    def task(self) -> Task:
        return "classification"


@dataclass(frozen=True, eq=False)
class DateColumn(TextColumn):
    """Texts that are dates: ``days`` since 1970 for each level."""

    days: Numbers
    is_open: bool
    """Whether they could be read with the month first, too."""

    @property
    def kind(self) -> ColumnKind:
        return ColumnKind.DATE

    def numbers(self, rows: Rows) -> Numbers:
        """Return the days in these rows, NaN where there is no date."""
        return np.append(self.days, np.nan)[self.codes[rows]]
