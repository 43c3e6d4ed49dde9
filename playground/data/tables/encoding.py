"""One column as inputs of a network. All that is measured is measured on the training rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Floats, Scaling, ScalingMethod
from playground.data.tables.columns import DateColumn, NumberColumn, Numbers, Rows, TextColumn
from playground.data.tables.plan import Missing
from playground.data.tables.planned import Planned

Codes = NDArray[np.int64]
OWN = "(missing)"
"""What the category of missing values is called."""


@dataclass(frozen=True, eq=False)
class Encoder(ABC):
    """What makes inputs of one column; ``scaling`` is that of ``names``, input by input."""

    names: tuple[str, ...]
    scaling: Scaling
    filled: Missing
    """What became of missing values."""
    is_constant: bool
    """Whether it is the same in all training rows."""

    @abstractmethod
    def write(self, rows: Rows, x: Floats) -> None:
        """Write the inputs of these rows into ``x`` ``(rows, names)``."""

    def unseen(self, rows: Rows) -> int:
        """Return in how many of these rows there is a value that no training row has."""
        return 0


def encoder_for(planned: Planned, train: Rows, method: ScalingMethod) -> Encoder:
    """Return the encoder of a column, fitted to the ``train`` rows: one of them has a value."""
    plan, column = planned.plan, planned.column
    scaling = method if plan.scaling == "default" else plan.scaling
    if isinstance(column, NumberColumn):
        gaps = bool(column.missing.any())
        return _numbers(planned.name, column.numbers, train, plan.missing, scaling, gaps)
    if planned.type == "date":
        assert isinstance(column, DateColumn)
        return _dates(planned.name, column, train, plan.missing, scaling)
    assert isinstance(column, TextColumn)
    if plan.encoding == "ordinal":
        return _ordinal(planned.name, column, train, plan.missing, scaling)
    return _one_hot(planned.name, column, train, plan.missing)


@dataclass(frozen=True, eq=False)
class NumberEncoder(Encoder):
    """One input, scaled; a second one says where the value was missing, if that is wanted."""

    numbers: Callable[[Rows], Numbers]
    fill: float

    def write(self, rows: Rows, x: Floats) -> None:
        values = self.numbers(rows)
        missing = np.isnan(values)
        if missing.any():
            values[missing] = self.fill
        values -= self.scaling.offset[0]
        values /= self.scaling.scale[0]
        x[:, 0] = values
        if len(self.names) > 1:
            x[:, 1] = missing


@dataclass(frozen=True, eq=False)
class DateEncoder(NumberEncoder):
    """The days since midnight of the first training date, times as fractions, as a number."""

    start: float
    """That date, in days since 1970."""
    is_open: bool
    """Whether the dates could be read with the month first, too."""


@dataclass(frozen=True, eq=False)
class OrdinalEncoder(NumberEncoder):
    """The number of the category among those of the training rows, as one input.

    A category that no training row has is as a missing one.
    """

    column: TextColumn
    known: Codes
    """The levels that training rows have."""

    def unseen(self, rows: Rows) -> int:
        return _count_unseen(self.column, self.known, rows)


@dataclass(frozen=True, eq=False)
class OneHotEncoder(Encoder):
    """An input for each category of the training rows: 1 for that of the row, 0 for the others.

    A category that no training row has is 0 in all of them.
    """

    column: TextColumn
    known: Codes
    places: Codes
    """For each level, and last for a missing value, which input is 1; -1 for none."""

    def write(self, rows: Rows, x: Floats) -> None:
        x[:] = 0
        places = self.places[self.column.codes[rows]]
        at = np.flatnonzero(places >= 0)
        x[at, places[at]] = 1

    def unseen(self, rows: Rows) -> int:
        return _count_unseen(self.column, self.known, rows)


def _numbers(
    name: str,
    numbers: Callable[[Rows], Numbers],
    train: Rows,
    missing: Missing,
    method: ScalingMethod,
    has_gaps: bool = True,
) -> NumberEncoder:
    """Return the encoder of numbers; ``has_gaps`` if any row, of whichever part, has none."""
    values = numbers(train)
    own, kind, fill = missing == "category", missing, 0.0
    if has_gaps:  # else it would be measured for nothing, which takes a while for a million rows
        gaps = np.isnan(values)
        kind, fill = _fill("median" if own else missing, values[~gaps])
        values[gaps] = fill
    scaling = Scaling.fitted(method, values[:, None])
    if own:
        scaling = Scaling.joined([scaling, Scaling.none(1)])
    return NumberEncoder(
        (name, f"{name}={OWN}") if own else (name,),
        scaling,
        "category" if own else kind,
        bool(values.min() == values.max()),
        numbers,
        fill,
    )


def _dates(
    name: str, column: DateColumn, train: Rows, missing: Missing, method: ScalingMethod
) -> DateEncoder:
    days = column.numbers(train)
    start = float(np.floor(np.nanmin(days)))

    def since(rows: Rows) -> Numbers:
        return column.numbers(rows) - start

    plain = _numbers(name, since, train, missing, method)
    return DateEncoder(
        plain.names,
        plain.scaling,
        plain.filled,
        plain.is_constant,
        since,
        plain.fill,
        start,
        column.is_open,
    )


def _fill(missing: Missing, known: Numbers) -> tuple[Missing, float]:
    """Return what a missing number becomes, and what that is."""
    if missing == "mean":
        return missing, float(known.mean())
    if missing == "most_frequent":
        values, counts = np.unique(known, return_counts=True)
        return missing, float(values[counts.argmax()])
    return "median" if missing == "auto" else missing, float(np.median(known))


def _ordinal(
    name: str, column: TextColumn, train: Rows, missing: Missing, method: ScalingMethod
) -> OrdinalEncoder:
    known, places = _known(column, train)
    own = missing == "category"
    numbers_of = np.where(places < 0, len(known) if own else np.nan, places).astype(np.float64)

    def numbers(rows: Rows) -> Numbers:
        values: Numbers = numbers_of[column.codes[rows]]
        return values

    plain = _numbers(
        name, numbers, train, "most_frequent" if missing == "auto" or own else missing, method
    )
    filled = "category" if own else plain.filled
    return OrdinalEncoder(
        plain.names, plain.scaling, filled, plain.is_constant, numbers, plain.fill, column, known
    )


def _one_hot(name: str, column: TextColumn, train: Rows, missing: Missing) -> OneHotEncoder:
    known, places = _known(column, train)
    names = tuple(f"{name}={column.levels[code]}" for code in known.tolist())
    filled: Missing = "drop" if missing == "drop" else "most_frequent"
    if missing == "category":
        names, filled, places[-1] = (*names, f"{name}={OWN}"), "category", len(known)
    else:
        codes = column.codes[train]
        places[-1] = places[np.bincount(codes[codes >= 0]).argmax()]
    alone = len(known) < 2 and (missing != "category" or not (column.codes[train] < 0).any())
    return OneHotEncoder(names, Scaling.none(len(names)), filled, alone, column, known, places)


def _known(column: TextColumn, train: Rows) -> tuple[Codes, Codes]:
    """Return the levels of the training rows, and for every level and "missing" its place."""
    present = np.zeros(len(column.levels) + 1, bool)
    present[column.codes[train]] = True
    known = np.flatnonzero(present[:-1])
    places = np.full(len(present), -1)
    places[known] = np.arange(len(known))
    return known, places


def _count_unseen(column: TextColumn, known: Codes, rows: Rows) -> int:
    seen = np.zeros(len(column.levels) + 1, bool)
    seen[known] = seen[-1] = True
    return int(np.count_nonzero(~seen[column.codes[rows]]))
