"""When a training ends before its last epoch. To add a rule, add its class here."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from playground.component import Component, param
from playground.language import grouped, tr, tr_n
from playground.nn.metrics import Metric
from playground.nn.progress import Monitor, Scores

_MONITOR = "The figure, at the end of each epoch; without validation data the training's."


@dataclass(frozen=True)
class Target(Component, family=True):
    """A figure that is good enough."""

    @abstractmethod
    def reached(self, scores: Scores, metric: Metric) -> str:
        """Return in words what was reached in the last epoch; nothing if it was not."""


@dataclass(frozen=True)
class NoTarget(Target):
    """Train on, however good it is."""

    title: ClassVar[str] = "None"

    def reached(self, scores: Scores, metric: Metric) -> str:
        return ""


@dataclass(frozen=True)
class TargetValue(Target):
    """Stop when a figure is reached: a loss as small, an accuracy as large as this."""

    title: ClassVar[str] = "Target value"

    monitor: Monitor = param("val_metric", doc=_MONITOR)
    value: float = param(0.95, doc="An accuracy of 95 % is 0.95.")

    def reached(self, scores: Scores, metric: Metric) -> str:
        sign = _sign(self.monitor, metric)
        last = scores.of(self.monitor)[-1]
        if last > sign * self.value:
            return ""
        name = _name(self.monitor, metric)
        return tr("{figure} reached {reached:.4g}, the target is {target:.4g}").format(
            figure=name[0].upper() + name[1:], reached=sign * last, target=self.value
        )


@dataclass(frozen=True)
class Stopping(Component, family=True):
    """A rule that stops when nothing is gained any more."""

    @abstractmethod
    def best(self, scores: Scores, since: int) -> int | None:
        """Return the epoch, counted from 0, whose weights are to be kept; None if none is.

        Only epochs from ``since`` on count: the rule may have been chosen in the middle of a run.
        """

    @abstractmethod
    def reason(self, scores: Scores, since: int, metric: Metric) -> str:
        """Return in words why to stop after the last epoch; nothing to go on."""

    @property
    def restores(self) -> bool:
        """Whether the best epoch's weights are taken at the end."""
        return False


@dataclass(frozen=True)
class NoEarlyStopping(Stopping):
    """Train for all epochs."""

    title: ClassVar[str] = "None"

    def best(self, scores: Scores, since: int) -> int | None:
        return None

    def reason(self, scores: Scores, since: int, metric: Metric) -> str:
        return ""


@dataclass(frozen=True)
class EarlyStopping(Stopping):
    """Stop when a figure has not become better for some epochs (Prechelt 1998)."""

    title: ClassVar[str] = "Early stopping"

    monitor: Monitor = param("val_loss", doc=_MONITOR)
    min_delta: float = param(0.0, low=0.0, high=100.0, log=True, doc="How much better counts.")
    patience: int = param(0, low=0, high=1_000_000, doc="Epochs to wait for something better.")
    restore_best_weights: bool = param(False, doc="At the end go back to the best epoch's weights.")

    def best(self, scores: Scores, since: int) -> int | None:
        found = _last_gain(scores.of(self.monitor)[since:], self.min_delta)
        return None if found is None else since + found

    @property
    def restores(self) -> bool:
        return self.restore_best_weights

    def reason(self, scores: Scores, since: int, metric: Metric) -> str:
        best = self.best(scores, since)
        waited = len(scores) - since if best is None else len(scores) - 1 - best
        if not waited or waited < self.patience:
            return ""
        return tr_n(
            "No better {figure} for {epochs} epoch",
            "No better {figure} for {epochs} epochs",
            waited,
        ).format(figure=_name(self.monitor, metric), epochs=grouped(waited))


def _last_gain(scores: Sequence[float], least: float) -> int | None:
    """Return the position of the last score that beat all before it by ``least``."""
    best, found = math.inf, None
    for position, score in enumerate(scores):
        if score < best - least:
            best, found = score, position
    return found


def _sign(monitor: Monitor, metric: Metric) -> int:
    return -1 if monitor.endswith("metric") and metric.larger_is_better else 1


def _name(monitor: Monitor, metric: Metric) -> str:
    words = metric.label if monitor.endswith("metric") else tr("loss")
    text = tr("validation {figure}") if monitor.startswith("val_") else tr("training {figure}")
    return text.format(figure=words)
