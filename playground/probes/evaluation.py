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
from playground.nn.confusion import Counts, confusion_matrix
from playground.nn.metrics import Metric, labels
from playground.probes.base import Probe
from playground.training.project import Project, metric_for
from playground.training.snapshot import Snapshot

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
    """How many of each class got which answer; None for regression."""

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
        examples, outputs = self.examples(snapshot.dataset), list[Array]()
        per_example = max(1, snapshot.model.multiply_adds(snapshot.input_shape))
        at_once = max(8, _AT_ONCE // per_example)
        report, told = None, 0
        for start in range(0, len(examples), at_once):
            rows = slice(start, start + at_once)
            outputs.append(snapshot.model.forward(snapshot.weights, examples.x[rows])[0])
            done = min(start + at_once, len(examples))
            if report is None or done >= 2 * told or done == len(examples):
                report, told = self._report(snapshot, np.concatenate(outputs)), done
            yield report
        if report is None:
            nothing = np.zeros(0, np.intp)
            yield Report(self, 0, nothing, nothing, {}, None)

    def _report(self, snapshot: Snapshot, outputs: Array) -> Report:
        """Return what the outputs for the first examples say."""
        dataset, examples = snapshot.dataset, self.examples(snapshot.dataset)
        some = Examples(examples.x[: len(outputs)], examples.y[: len(outputs)])
        y_true = dataset.targets_for(some, outputs.shape[1])
        with np.errstate(over="ignore", invalid="ignore"):  # of a network that has diverged
            y_pred = snapshot.project.loss.answers(outputs)
            if dataset.target_scaling is not None:
                y_pred = dataset.target_scaling.invert(y_pred)
                y_true = dataset.target_scaling.invert(y_true)
            metrics = fitting_metrics(snapshot.project, dataset)
            figures = {metric: metric(y_pred, y_true) for metric in metrics}
        if not dataset.is_classification:
            return Report(self, len(examples), y_true, y_pred, figures, None)
        answers = labels(y_pred)
        matrix = confusion_matrix(some.y, answers, len(dataset.classes))
        return Report(self, len(examples), some.y, answers, figures, matrix)


def fitting_metrics(project: Project, dataset: Dataset) -> tuple[Metric, ...]:
    """Return all metrics that say something about the data, those of the project first."""
    known: list[Metric] = [cls() for cls in Metric.registry.values()]
    metrics = dict.fromkeys((metric_for(dataset), *project.metrics, *known))
    return tuple(metric for metric in metrics if metric.fits(len(dataset.classes)))
