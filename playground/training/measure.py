"""From what a network puts out to the figures that people read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset
from playground.nn.arrays import Array
from playground.nn.losses import Loss
from playground.nn.metrics import MeanMetric, Metric
from playground.nn.plan import Batch, Plan

KEPT = 2**16
"""Numbers that wait for being measured, at most: some 6,000 steps of a tiny network."""


class Measure:
    """Knows what the outputs of a run mean, for regression in the units of the data.

    ``outputs`` are those of ``Plan``: logits, if the loss has a link.
    """

    def __init__(self, loss: Loss, dataset: Dataset) -> None:
        self._loss = loss
        self._scaling = dataset.target_scaling
        self._classifies = dataset.is_classification

    def figures(
        self, metrics: tuple[Metric, ...], outputs: Array, targets: NDArray[Any]
    ) -> dict[Metric, float]:
        """Return each metric of a set of examples."""
        y_pred, y_true = self._pair(outputs, targets)
        with np.errstate(over="ignore", invalid="ignore"):
            return {metric: metric(y_pred, y_true) for metric in metrics}

    def in_parts(
        self, metrics: tuple[MeanMetric, ...], plan: Plan, whole: Batch, at_once: int
    ) -> tuple[float, dict[Metric, float]]:
        """Return the mean loss and each metric of a set too large to keep all its outputs."""
        loss, sums = 0.0, np.zeros(len(metrics))
        for start in range(0, len(whole.rows), at_once):
            batch = whole._replace(rows=whole.rows[start : start + at_once])
            mean, outputs = plan.evaluate(batch)
            loss += mean * len(batch.rows)
            targets = whole.targets[batch.rows]
            sums += [self.scores(metric, outputs, targets).sum() for metric in metrics]
        means = sums / len(whole.rows)
        figures = (float(m.figure(mean)) for m, mean in zip(metrics, means, strict=True))
        return loss / len(whole.rows), dict(zip(metrics, figures, strict=True))

    def scores(
        self, metric: MeanMetric, outputs: Array, targets: NDArray[Any]
    ) -> NDArray[np.float64]:
        """Return what each example contributes to a metric, ``(n,)``."""
        y_pred, y_true = self._pair(outputs, targets)
        return metric.scores(y_pred, y_true).astype(np.float64)

    def answers(self, outputs: Array, labels: NDArray[Any]) -> NDArray[np.float64]:
        """Return what an example's trace is made of, ``(n,)``.

        Of classes: the probability of the right one, ``labels`` ``(n,)``; outputs that are no
        probabilities are cut off at 0 and 1. Of numbers: the prediction of the first target.
        """
        y_pred, _ = self._pair(outputs, outputs)
        if not self._classifies:
            return y_pred[:, 0].astype(np.float64)
        shares = np.clip(y_pred, 0, 1).astype(np.float64)
        if shares.shape[1] == 1:
            return np.where(labels == 1, shares[:, 0], 1 - shares[:, 0])
        right: NDArray[np.float64] = shares[np.arange(len(shares)), labels]
        return right

    def _pair(self, outputs: Array, targets: NDArray[Any]) -> tuple[Array, NDArray[Any]]:
        with np.errstate(over="ignore", invalid="ignore"):
            y_pred = self._loss.answers(self._loss.link()(outputs) if self._loss.link else outputs)
            if self._scaling is None:
                return y_pred, targets
            return self._scaling.invert(y_pred), self._scaling.invert(targets)


class Backlog:
    """The outputs of the latest batches, which are measured together when somebody looks.

    Measuring each by itself would take as long as a step of a tiny network.
    """

    def __init__(
        self,
        metric: MeanMetric,
        measure: Measure,
        targets: NDArray[Any],
        outputs: int,
        batch_size: int,
    ) -> None:
        self._metric = metric
        self._measure = measure
        self._targets = targets
        places = max(KEPT // outputs, min(batch_size, len(targets)))
        self._outputs: Array = np.empty((places, outputs), np.float32)
        self._rows = np.empty(places, np.intp)
        self._starts: list[int] = []
        self._end = 0

    def has_room(self, rows: int) -> bool:
        """Return whether a batch of this size can still wait."""
        return self._end + rows <= len(self._rows)

    def add(self, outputs: Array, rows: NDArray[np.intp]) -> None:
        """Keep a batch: the raw outputs and the training examples that they answer."""
        end = self._end + len(rows)
        self._outputs[self._end : end] = outputs
        self._rows[self._end : end] = rows
        self._starts.append(self._end)
        self._end = end

    def take(self) -> NDArray[np.float64]:
        """Return each batch's mean score since the last call; ``figure`` makes metrics of them."""
        if not self._starts:
            return np.zeros(0)
        rows = self._rows[: self._end]
        scores = self._measure.scores(self._metric, self._outputs[: self._end], self._targets[rows])
        sizes = np.diff(self._starts, append=self._end)
        means: NDArray[np.float64] = np.add.reduceat(scores, self._starts) / sizes
        self._starts, self._end = [], 0
        return means

    def figure(self, means: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the metrics of sets of examples with these mean scores."""
        return self._metric.figure(means)
