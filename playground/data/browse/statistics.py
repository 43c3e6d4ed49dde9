"""What a column is like: its figures, and how its values are spread over the parts."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.browse.series import CategorySeries, Keys, NumberSeries, Series

FEWEST_BINS, MOST_BINS = 10, 40
FEW_VALUES = 24
"""Different whole numbers that get a bar each."""
MOST_LEVELS = 24
"""Bars for categories at most; the rarest share the last one."""
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Figures:
    """Of the known numbers of a column. ``deviation`` divides by n - 1; quartiles interpolate."""

    count: int
    missing: int
    distinct: int
    mean: float
    deviation: float
    minimum: float
    quartiles: tuple[float, float, float]
    maximum: float


@dataclass(frozen=True)
class LevelCounts:
    """Of the known texts of a column; the most frequent ``levels`` first."""

    count: int
    missing: int
    distinct: int
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True, eq=False)
class Histogram:
    """Bars with a count for each part, ``(parts, bars)``.

    ``edges`` ``(bars, 2)`` are the keys from and to which each bar reaches, both included in
    what a click on it selects. ``labels`` name the bars of categories; for numbers there are none.
    """

    edges: NDArray[np.float64]
    counts: Counts
    labels: tuple[str, ...] = ()


def figures_of(series: NumberSeries) -> Figures:
    """Return the figures of a column of numbers; NaN where there is none to tell."""
    known = series.values[~series.missing]
    count, missing = len(known), len(series.values) - len(known)
    if not count:
        nothing = float("nan")
        quartiles = (nothing, nothing, nothing)
        return Figures(0, missing, 0, nothing, nothing, nothing, quartiles, nothing)
    known = np.sort(known)
    low, middle, high = np.percentile(known, (25, 50, 75)).tolist()
    return Figures(
        count,
        missing,
        int(np.count_nonzero(np.diff(known)) + 1),
        float(known.mean()),
        float(known.std(ddof=1)) if count > 1 else float("nan"),
        float(known[0]),
        (low, middle, high),
        float(known[-1]),
    )


def levels_of(series: CategorySeries) -> LevelCounts:
    """Return how often each text of a column occurs."""
    counts = np.bincount(series.codes[~series.missing], minlength=len(series.levels))
    order = np.argsort(-counts, kind="stable")
    found = tuple((series.levels[k], int(counts[k])) for k in order.tolist() if counts[k])
    count = int(counts.sum())
    return LevelCounts(count, len(series.codes) - count, len(found), found)


def histogram_of(series: Series, parts: NDArray[np.int8]) -> Histogram:
    """Return how the values of a column are spread, part by part."""
    if isinstance(series, CategorySeries):
        return _of_levels(series, parts)
    keys = series.keys
    known = keys[~series.missing]
    if not len(known):
        return Histogram(np.zeros((0, 2)), np.zeros((3, 0), np.int64))
    few = _few_whole_numbers(known)
    if few is not None:
        return Histogram(np.stack([few, few], axis=1), _counted(keys, parts, few))
    low, high = float(known.min()), float(known.max())
    bins = min(max(math.ceil(math.sqrt(len(known))), FEWEST_BINS), MOST_BINS)
    borders = np.linspace(low, high, (bins if high > low else 1) + 1)
    counts = np.stack([np.histogram(keys[parts == part], borders)[0] for part in range(3)])
    return Histogram(_between(borders), counts)


def _between(borders: Keys) -> Keys:
    """Return from where to where each bar reaches: all but the last one exclude their end."""
    ends = np.nextafter(borders[1:], -np.inf)
    ends[-1] = borders[-1]
    return np.stack([borders[:-1], ends], axis=1)


def _few_whole_numbers(known: Keys) -> Keys | None:
    """Return the whole numbers from the least to the largest, if there are only a few."""
    low, high = float(known.min()), float(known.max())
    if high - low >= FEW_VALUES or np.any(known % 1):
        return None
    return np.arange(low, high + 1)


def _counted(keys: Keys, parts: NDArray[np.int8], values: Keys) -> Counts:
    at = np.where(np.isnan(keys), -1, keys - values[0]).astype(np.intp)
    return np.stack(
        [
            np.bincount(at[(parts == part) & (at >= 0)], minlength=len(values)).astype(np.int64)
            for part in range(3)
        ]
    )


def _of_levels(series: CategorySeries, parts: NDArray[np.int8]) -> Histogram:
    """Return a bar for each level, the most frequent first."""
    codes, count = series.codes, len(series.levels)
    counts = np.stack(
        [
            np.bincount(codes[(parts == part) & (codes >= 0)], minlength=count).astype(np.int64)
            for part in range(3)
        ]
    )
    order = np.argsort(-counts.sum(axis=0), kind="stable")[:MOST_LEVELS]
    edges = np.stack([order, order], axis=1).astype(np.float64)
    return Histogram(edges, counts[:, order], tuple(series.levels[k] for k in order.tolist()))
