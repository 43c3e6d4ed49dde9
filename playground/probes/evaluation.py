"""How well the network does on a part of the data that it is not trained on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.nn.arrays import Array
from playground.nn.confusion import Confusion, Counts, confusion_matrix, largest_confusions
from playground.nn.metrics import MeanMetric, Metric, labels
from playground.probes.base import Probe
from playground.training.project import Project, metric_for
from playground.training.snapshot import Snapshot

MOST_IN_MATRIX = 100
"""Classes, beyond which nobody could read the matrix."""
MOST_CONFUSIONS = 200
_AT_ONCE = 4_000_000  # multiplications in one step: some milliseconds


@dataclass(frozen=True, eq=False)
class Report:
    """Answers and figures for the first ``len(truth)`` of ``total`` examples.

    ``truth`` and ``answers`` are class numbers ``(n,)`` or, for regression, numbers in the units
    of the data ``(n, targets)``.
    """

    probe: Evaluation
    total: int
    truth: NDArray[Any]
    answers: NDArray[Any]
    figures: dict[Metric, float]
    """All metrics that fit the data, those of the project first; none without examples."""
    matrix: Counts | None
    """How many of each class got which answer; None for regression, and for classes too many to be
    shown side by side."""
    confusions: tuple[Confusion, ...] = ()
    """The most frequent mistakes, the largest first."""

    @property
    def finished(self) -> bool:
        """Whether all examples were looked at."""
        return len(self.truth) == self.total


@dataclass(frozen=True)
class Evaluation(Probe):
    """Answer with a ``Report``: of many examples one of the first few comes first."""

    part: Literal["validation", "test"] = param("validation", doc="Which examples are looked at.")

    def examples(self, dataset: Dataset) -> Examples:
        """Return the examples of the part."""
        return dataset.test if self.part == "test" else dataset.validation

    def compute(self, snapshot: Snapshot) -> Iterator[Report]:
        examples = self.examples(snapshot.dataset)
        tally = _Tally(snapshot, examples)
        per_example = max(1, snapshot.model.multiply_adds(snapshot.input_shape))
        at_once = max(8, _AT_ONCE // per_example)
        report, told = None, 0
        for start in range(0, len(examples), at_once):
            rows = slice(start, start + at_once)
            tally.add(snapshot.model.forward(snapshot.weights, examples.x[rows])[0])
            done = min(start + at_once, len(examples))
            if report is None or done >= 2 * told or done == len(examples):
                report, told = self._report(snapshot.dataset, len(examples), tally), done
            yield report
        if report is None:
            nothing = np.zeros(0, np.intp)
            yield Report(self, 0, nothing, nothing, {}, None)

    def _report(self, dataset: Dataset, total: int, tally: _Tally) -> Report:
        """Return what the outputs for the first examples say."""
        truth, answers, figures = tally.truth(), tally.answers(), tally.figures()
        if not dataset.is_classification:
            return Report(self, total, truth, answers, figures, None)
        count = len(dataset.classes)
        matrix = confusion_matrix(truth, answers, count) if count <= MOST_IN_MATRIX else None
        confusions = largest_confusions(truth, answers, count, MOST_CONFUSIONS)
        return Report(self, total, truth, answers, figures, matrix, confusions)


class _Tally:
    """What is kept of the outputs: of many classes only what each example adds to the metrics."""

    def __init__(self, snapshot: Snapshot, examples: Examples) -> None:
        self._snapshot, self._examples = snapshot, examples
        self._metrics = fitting_metrics(snapshot.project, snapshot.dataset)
        self._means = tuple(m for m in self._metrics if isinstance(m, MeanMetric))
        self._others = tuple(m for m in self._metrics if m not in self._means)
        self._scores: dict[MeanMetric, list[NDArray[Any]]] = {m: [] for m in self._means}
        self._answers: list[NDArray[Any]] = []
        self._truth: list[NDArray[Any]] = []
        self._pairs: list[tuple[Array, NDArray[Any]]] = []
        self._count = 0

    def add(self, outputs: Array) -> None:
        """Take the outputs for the next examples."""
        dataset, rows = self._snapshot.dataset, slice(self._count, self._count + len(outputs))
        some = Examples(self._examples.x[rows], self._examples.y[rows])
        y_true = dataset.targets_for(some, outputs.shape[1])
        with np.errstate(over="ignore", invalid="ignore"):  # of a network that has diverged
            y_pred = self._snapshot.project.loss.answers(outputs)
            if dataset.target_scaling is not None:
                y_pred = dataset.target_scaling.invert(y_pred)
                y_true = dataset.target_scaling.invert(y_true)
            for metric, scores in self._scores.items():
                scores.append(metric.scores(y_pred, y_true))
        is_class = dataset.is_classification
        self._answers.append(labels(y_pred) if is_class else y_pred)
        self._truth.append(some.y if is_class else y_true)
        if self._others:
            self._pairs.append((y_pred, y_true))
        self._count += len(outputs)

    def truth(self) -> NDArray[Any]:
        """Return the class numbers, or the numbers in their own units."""
        return np.concatenate(self._truth)

    def answers(self) -> NDArray[Any]:
        """Return the most probable classes, or the predicted numbers in their own units."""
        return np.concatenate(self._answers)

    def figures(self) -> dict[Metric, float]:
        """Return every metric of the examples until now."""
        with np.errstate(over="ignore", invalid="ignore"):
            figures: dict[Metric, float] = {
                metric: float(metric.figure(np.concatenate(scores).mean(dtype=np.float64)))
                for metric, scores in self._scores.items()
            }
            if self._others:
                y_pred, y_true = (np.concatenate(part) for part in zip(*self._pairs, strict=True))
                figures |= {metric: metric(y_pred, y_true) for metric in self._others}
        return {metric: figures[metric] for metric in self._metrics}


def fitting_metrics(project: Project, dataset: Dataset) -> tuple[Metric, ...]:
    """Return all metrics that say something about the data, those of the project first."""
    known: list[Metric] = [cls() for cls in Metric.registry.values()]
    metrics = dict.fromkeys((metric_for(dataset), *project.metrics, *known))
    return tuple(metric for metric in metrics if metric.fits(len(dataset.classes)))
