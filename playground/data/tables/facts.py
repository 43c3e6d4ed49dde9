"""What one column of a table holds: its different values, and how its numbers are spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.tables.columns import Column, DateColumn, NumberColumn, TextColumn

Counts = NDArray[np.int64]

BINS = 24
_MOST_LEVELS = 200


@dataclass(frozen=True, eq=False)
class Spread:
    """How numbers, or dates as days since 1970, are spread.

    ``counts`` are those of ``BINS`` equal bins from low to high.
    """

    low: float
    mean: float
    high: float
    deviation: float
    counts: Counts


@dataclass(frozen=True)
class Levels:
    """The different values of a column, whatever they are."""

    distinct: int
    common: tuple[tuple[str, int], ...]
    """The most frequent ones, each with the number of its rows, the most frequent first."""
    rarest: int
    """The number of rows that the least frequent one has."""


def spread_of(column: Column) -> Spread | None:
    """Return how the numbers of a column are spread; None if it has none."""
    if not isinstance(column, NumberColumn | DateColumn):
        return None
    values = column.numbers(np.arange(len(column.missing)))
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    with np.errstate(over="ignore"):  # numbers too large to be used are shown, too
        low, mean, high = float(known.min()), float(known.mean()), float(known.max())
        span = max(high - low, np.finfo(float).tiny)
        places = np.minimum((known - low) / span * BINS, BINS - 1).astype(np.int64)
        counts = np.bincount(places, minlength=BINS)
        return Spread(low, mean, high, float(known.std()), counts)


def levels_of(column: Column) -> Levels:
    """Return the different values of a column."""
    if isinstance(column, TextColumn):
        counts = np.bincount(column.codes[~column.missing], minlength=len(column.levels))
        names = column.levels
        return _levels(counts, lambda at: names[at])
    assert isinstance(column, NumberColumn)
    values, counts = np.unique(column.values[~column.missing], return_counts=True)
    return _levels(counts, lambda at: f"{values[at]:.15g}")


def _levels(counts: Counts, name: Callable[[int], str]) -> Levels:
    if not len(counts):
        return Levels(0, (), 0)
    order = np.argsort(-counts, kind="stable")[:_MOST_LEVELS].tolist()
    common = tuple((name(at), int(counts[at])) for at in order)
    return Levels(len(counts), common, int(counts.min()))
