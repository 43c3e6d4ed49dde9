"""Writes down what a run measures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from playground.nn.arrays import Array
from playground.nn.metrics import Metric
from playground.nn.progress import Scores
from playground.training.history import Curves, History, Row
from playground.training.measure import Backlog
from playground.training.traces import TraceBook


class Recorder:
    """The history of a run, with the batches whose metric is still to be measured.

    ``sums`` are the current epoch's: loss and metric's score of each batch, times its examples.
    """

    def __init__(self, curves: Curves, sums: tuple[float, float], backlog: Backlog) -> None:
        self._history = History(curves)
        self._loss_sum, self._score_sum = sums
        self._backlog = backlog
        self._waiting: list[tuple[Row, int]] = []

    def change(self, backlog: Backlog) -> None:
        """Measure the batches from now on in another way."""
        self._catch_up()
        self._backlog = backlog

    def shrink(self, share: float) -> None:
        """Let the current epoch's batches count as this share of their examples."""
        self._catch_up()
        self._loss_sum *= share
        self._score_sum *= share

    def add_step(self, row: Row, outputs: Array, examples: NDArray[np.intp]) -> None:
        """Add a batch: all its figures but the metric, its outputs and its rows of the data."""
        if not self._backlog.has_room(len(examples)):
            self._catch_up()
        self._backlog.add(outputs, examples)
        self._waiting.append((row, len(examples)))

    def end_epoch(self, examples: int) -> None:
        """Add the mean loss and the metric over the batches of the epoch that has just ended."""
        self._catch_up()
        (metric,) = self._backlog.figure(np.array([self._score_sum / examples]))
        self._history.add_epoch(self._loss_sum / examples, float(metric))
        self._loss_sum = self._score_sum = 0.0

    def add_validation(
        self, epoch: float, loss: float, metric: float, others: Mapping[str, float]
    ) -> None:
        """Add what was measured on the validation part after some epochs."""
        self._history.add_validation(epoch, loss, metric, others)

    @property
    def traces(self) -> TraceBook:
        """Of the inspected examples."""
        return self._history.traces

    def curves(self) -> Curves:
        """Return what has been measured until now."""
        self._catch_up()
        return self._history.curves()

    def sums(self) -> tuple[float, float]:
        """Return the sums over the current epoch until now."""
        self._catch_up()
        return self._loss_sum, self._score_sum

    def scores(self, metric: Metric) -> Scores:
        """Return the ends of the epochs as schedules and stopping rules see them."""
        return self._history.scores(metric)

    def _catch_up(self) -> None:
        """Measure the batches that wait for it."""
        means = self._backlog.take()
        figures = self._backlog.figure(means).tolist()
        batches = zip(self._waiting, means.tolist(), figures, strict=True)
        for (row, examples), mean, metric in batches:
            self._loss_sum += row[1] * examples
            self._score_sum += mean * examples
            self._history.add_step((*row, metric))
        self._waiting.clear()
