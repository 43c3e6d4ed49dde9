"""How much each column says about what is to be predicted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.browse.catalogue import Catalogue
from playground.data.browse.series import Keys, NumberSeries, Series

Measure = Literal["r", "η", "V"]
"""Pearson's correlation, the correlation ratio, Cramér's V."""

_AT_ONCE = 16
MOST_CELLS = 1_000_000
"""Of a table of two columns; names and sentences have nothing in common with anything."""


@dataclass(frozen=True)
class Relation:
    """How strongly a column goes with the answer: ``r`` from -1 to 1, the others from 0."""

    column: int
    name: str
    measure: Measure
    value: float
    """NaN if it cannot be told, such as of a constant column."""


def relations(catalogue: Catalogue) -> Iterator[list[Relation] | None]:
    """Yield None while at work, then the relations with the first answer, the strongest first."""
    target = next((n for n, shelf in enumerate(catalogue.columns) if shelf.is_answer), None)
    if target is None:
        return
    answer, found = catalogue.columns[target].series(*catalogue.order), list[Relation]()
    for number, shelf in enumerate(catalogue.columns):
        if not shelf.is_answer:
            found.append(relation(number, shelf.series(*catalogue.order), answer))
        if number % _AT_ONCE == 0:
            yield None
    yield sorted(found, key=lambda known: -np.nan_to_num(abs(known.value), nan=-1.0))


def relation(number: int, series: Series, answer: Series) -> Relation:
    """Return how a column goes with the answer, over the examples that have both."""
    both = ~(series.missing | answer.missing)
    if isinstance(series, NumberSeries):
        values = series.values[both]
        if isinstance(answer, NumberSeries):
            return Relation(number, series.name, "r", pearson(values, answer.values[both]))
        groups = answer.keys[both].astype(np.intp)
        return Relation(number, series.name, "η", correlation_ratio(values, groups))
    groups = series.keys[both].astype(np.intp)
    if isinstance(answer, NumberSeries):
        ratio = correlation_ratio(answer.values[both], groups)
        return Relation(number, series.name, "η", ratio)
    v = cramers_v(groups, answer.keys[both].astype(np.intp))
    return Relation(number, series.name, "V", v)


def pearson(x: Keys, y: Keys) -> float:
    """Return Pearson's r: the covariance divided by both deviations."""
    if len(x) < 2:
        return float("nan")
    dx, dy = x - x.mean(), y - y.mean()
    size = float(np.sqrt((dx @ dx) * (dy @ dy)))
    return float(np.clip(dx @ dy / size, -1, 1)) if size > 0 and _vary(x, y) else float("nan")


def correlation_ratio(values: Keys, groups: NDArray[np.intp]) -> float:
    """Return eta: the root of the share of the variance that lies between the groups."""
    if not len(values) or not _vary(values):
        return float("nan")
    centred = values - values.mean()
    total = float(centred @ centred)
    counts = np.bincount(groups)
    sums = np.bincount(groups, centred)
    some = counts > 0
    between = float(np.sum(sums[some] ** 2 / counts[some]))
    return float(np.sqrt(min(between / total, 1.0))) if total > 0 else float("nan")


def cramers_v(first: NDArray[np.intp], second: NDArray[np.intp]) -> float:
    """Return Cramér's V: the root of chi-squared per example and degree of freedom."""
    if not len(first):
        return float("nan")
    rows, columns = int(first.max()) + 1, int(second.max()) + 1
    if rows * columns > MOST_CELLS:
        return float("nan")
    counts = np.bincount(first * columns + second, minlength=rows * columns)
    table = counts.astype(np.float64).reshape(rows, columns)
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    degrees = min(table.shape) - 1
    if degrees < 1:
        return float("nan")
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    chi = float(((table - expected) ** 2 / expected).sum())
    return float(np.sqrt(min(chi / (table.sum() * degrees), 1.0)))


def _vary(*columns: Keys) -> bool:
    """Return whether each column has more than one value, beyond what rounding makes of one."""
    return all(float(np.ptp(x)) > 1e-12 * float(np.abs(x).max()) for x in columns)
