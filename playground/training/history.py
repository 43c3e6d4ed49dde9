"""The numbers of a run, batch by batch and epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Series:
    """An append-only array. ``values()`` is a view that later appends never change."""

    def __init__(self, values: Iterable[float] = ()) -> None:
        self._buffer = np.array(list(values), np.float64)
        self._size = len(self._buffer)

    def append(self, value: float) -> None:
        """Add a value at the end, in amortized constant time."""
        if self._size == len(self._buffer):
            self._buffer = np.concatenate([self._buffer, np.empty(max(1024, self._size))])
        self._buffer[self._size] = value
        self._size += 1

    def extend(self, values: Iterable[float]) -> None:
        """Add some values at the end."""
        for value in values:
            self.append(value)

    def __len__(self) -> int:
        return self._size

    def values(self) -> Numbers:
        """Return all values so far, read-only and without a copy."""
        view = self._buffer[: self._size]
        view.flags.writeable = False
        return view


@dataclass(frozen=True, eq=False)
class Curves:
    """What has been measured until now, as read-only arrays.

    One entry a training step: ``epoch`` (its end, e.g. 1.5), ``loss`` and ``metric`` of its
    batch. One entry a validation: ``validation_epoch``, ``validation_loss``,
    ``validation_metric``, over the whole validation part.
    """

    epoch: Numbers
    loss: Numbers
    metric: Numbers
    validation_epoch: Numbers
    validation_loss: Numbers
    validation_metric: Numbers
    validation_metrics: Mapping[str, Numbers] = field(default_factory=dict)
    """The other metrics of the project by their keys; nan where one was not measured."""


@dataclass(eq=False)
class History:
    """The growing series behind ``Curves``."""

    epoch: Series = field(default_factory=Series)
    loss: Series = field(default_factory=Series)
    metric: Series = field(default_factory=Series)
    validation_epoch: Series = field(default_factory=Series)
    validation_loss: Series = field(default_factory=Series)
    validation_metric: Series = field(default_factory=Series)
    validation_metrics: dict[str, Series] = field(default_factory=dict)

    def add_validation(
        self, epoch: float, loss: float, metric: float, others: Mapping[str, float]
    ) -> None:
        """Add what was measured on the validation part after some epochs."""
        missed = [math.nan] * len(self.validation_epoch)
        for key in others:
            self.validation_metrics.setdefault(key, Series(missed))
        for key, series in self.validation_metrics.items():
            series.append(others.get(key, math.nan))
        self.validation_epoch.append(epoch)
        self.validation_loss.append(loss)
        self.validation_metric.append(metric)

    def curves(self) -> Curves:
        """Return all values so far; no later entry changes them."""
        others = {key: series.values() for key, series in self.validation_metrics.items()}
        series = {name: getattr(self, name).values() for name in SERIES_NAMES}
        return Curves(**series, validation_metrics=others)

    @classmethod
    def of(cls, curves: Curves) -> History:
        """Return a history that goes on from these curves."""
        others = {key: Series(values) for key, values in curves.validation_metrics.items()}
        series = {name: Series(getattr(curves, name)) for name in SERIES_NAMES}
        return cls(**series, validation_metrics=others)


SERIES_NAMES = tuple(name for name in Curves.__annotations__ if name != "validation_metrics")
