"""The numbers of a run, batch by batch and epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from playground.nn.metrics import Metric
from playground.nn.progress import Scores
from playground.training.series import Numbers, Series, empty
from playground.training.traces import TraceBook, Traces

Row = tuple[float, ...]
STEP_COLUMNS = ("epoch", "loss", "rate", "accepted", "metric")
CAPACITY = 2**16
"""Entries of the step curves: far more than a screen has columns."""
_TOGETHER = 64
"""Rows that are put into the arrays at once: one by one costs more than the step of a tiny net."""


class Table:
    """Rows of numbers that only grow, yet stay bounded.

    When ``CAPACITY`` entries are there, neighbours are merged two by two, and from then on an
    entry stands for twice as many rows. An entry is the same whether its rows were merged on
    entering or later. Views that were handed out never change.
    """

    def __init__(self, columns: Iterable[Numbers], stride: int, pending: Iterable[Row]) -> None:
        self._entries = np.array(list(columns), np.float64)  # (columns, entries and room for more)
        self._size = self._entries.shape[1]
        self.stride = stride
        self._new = list(pending)

    def append(self, row: Row) -> None:
        """Add a row at the end, in amortized constant time."""
        self._new.append(row)
        if len(self._new) >= max(_TOGETHER, self.stride):
            self._settle()

    def values(self) -> Numbers:
        """Return all entries so far, ``(columns, entries)``, read-only and without a copy."""
        self._settle()
        view = self._entries[:, : self._size]
        view.flags.writeable = False
        return view

    def pending(self) -> Numbers:
        """Return the last rows, too few for an entry: ``(rows, columns)``."""
        self._settle()
        return np.array(self._new, np.float64).reshape(-1, len(self._entries))

    def _settle(self) -> None:
        """Make entries of the new rows, as far as they go."""
        while len(self._new) >= self.stride:
            if self._size == CAPACITY:
                self._halve()
                continue
            count = min(len(self._new) // self.stride, CAPACITY - self._size) * self.stride
            entries = np.array(self._new[:count], np.float64).T
            del self._new[:count]
            for _ in range(self.stride.bit_length() - 1):
                entries = _merged(entries)
            self._extend(entries)

    def _extend(self, entries: Numbers) -> None:
        end = self._size + entries.shape[1]
        if end > self._entries.shape[1]:
            room = np.empty((len(entries), max(1024, self._size)))
            self._entries = np.concatenate([self._entries[:, : self._size], room], axis=1)
        self._entries[:, self._size : end] = entries
        self._size = end

    def _halve(self) -> None:
        self._entries = _merged(self._entries[:, : self._size])
        self._size = self._entries.shape[1]
        self.stride *= 2


def _merged(entries: Numbers) -> Numbers:
    """Return half as many entries: means of two; the first column, where they end, of the last."""
    result: Numbers = (entries[:, ::2] + entries[:, 1::2]) / 2
    result[0] = entries[0, 1::2]
    return result


@dataclass(frozen=True, eq=False)
class Curves:
    """What has been measured until now, as read-only arrays.

    One entry for every ``stride`` training steps: ``epoch``, their end, e.g. 1.5, and the means of
    ``loss`` and ``metric`` of their batches, of the ``rate`` in force, and of ``accepted``: 1 for
    a random step that was kept, nan if the optimizer makes none. One entry a finished epoch:
    ``mean_loss`` and ``mean_metric`` over its batches. One entry a validation:
    ``validation_epoch``, ``validation_loss``, ``validation_metric``, over the whole part.
    """

    epoch: Numbers = field(default_factory=empty)
    loss: Numbers = field(default_factory=empty)
    metric: Numbers = field(default_factory=empty)
    validation_epoch: Numbers = field(default_factory=empty)
    validation_loss: Numbers = field(default_factory=empty)
    validation_metric: Numbers = field(default_factory=empty)
    validation_metrics: Mapping[str, Numbers] = field(default_factory=dict)
    """The other metrics of the project by their keys; nan where one was not measured."""
    rate: Numbers = field(default_factory=empty)
    accepted: Numbers = field(default_factory=empty)
    mean_loss: Numbers = field(default_factory=empty)
    mean_metric: Numbers = field(default_factory=empty)
    stride: int = 1
    """Steps that an entry stands for: 1 until there are very many."""
    pending: Numbers = field(default_factory=lambda: np.zeros((0, len(STEP_COLUMNS))))
    """The last steps, fewer than ``stride``: a row each, not yet an entry."""
    traces: Traces = field(default_factory=Traces)
    """What became of the inspected examples."""


SERIES_NAMES = tuple(
    name
    for name in Curves.__annotations__
    if name not in ("validation_metrics", "stride", "pending", "traces")
)


class History:
    """The growing series behind ``Curves``."""

    def __init__(self, curves: Curves) -> None:
        columns = (getattr(curves, name) for name in STEP_COLUMNS)
        self._steps = Table(columns, curves.stride, map(tuple, curves.pending.tolist()))
        self._series = {
            name: Series(getattr(curves, name)) for name in SERIES_NAMES if name not in STEP_COLUMNS
        }
        self._others = {key: Series(values) for key, values in curves.validation_metrics.items()}
        self.traces = TraceBook(curves.traces)
        """Of the inspected examples."""

    def add_step(self, row: Row) -> None:
        """Add what was measured in a step, in the order of ``STEP_COLUMNS``."""
        self._steps.append(row)

    def add_epoch(self, loss: float, metric: float) -> None:
        """Add the means over the batches of an epoch."""
        self._series["mean_loss"].append(loss)
        self._series["mean_metric"].append(metric)

    def add_validation(
        self, epoch: float, loss: float, metric: float, others: Mapping[str, float]
    ) -> None:
        """Add what was measured on the validation part after some epochs.

        The same epoch and loss again only bring what was not measured the first time.
        """
        missed = [math.nan] * len(self._series["validation_epoch"])
        if missed and self._series["validation_epoch"].values()[-1] == epoch:
            if self._series["validation_loss"].values()[-1] == loss:
                self._complete(others)
            return
        for key in others:
            self._others.setdefault(key, Series(missed))
        for key, series in self._others.items():
            series.append(others.get(key, math.nan))
        self._series["validation_epoch"].append(epoch)
        self._series["validation_loss"].append(loss)
        self._series["validation_metric"].append(metric)

    def _complete(self, others: Mapping[str, float]) -> None:
        """Give the last validation the metrics that it lacks."""
        missed = np.full(len(self._series["validation_epoch"]), math.nan)
        for key, value in others.items():
            before = self._others[key].values() if key in self._others else missed
            self._others[key] = Series([*before[:-1], value])  # the old one may be looked at

    def curves(self) -> Curves:
        """Return all values so far; no later entry changes them."""
        steps = dict(zip(STEP_COLUMNS, self._steps.values(), strict=True))
        return Curves(
            **steps,
            **{name: series.values() for name, series in self._series.items()},
            validation_metrics={key: series.values() for key, series in self._others.items()},
            stride=self._steps.stride,
            pending=self._steps.pending(),
            traces=self.traces.traces(),
        )

    def scores(self, metric: Metric) -> Scores:
        """Return the ends of the epochs as schedules and stopping rules see them."""
        series = {name: series.values() for name, series in self._series.items()}
        return Scores(
            loss=series["mean_loss"],
            metric=series["mean_metric"],
            val_loss=series["validation_loss"][1:],  # one was before the first step
            val_metric=series["validation_metric"][1:],
            larger_is_better=metric.larger_is_better,
        )
