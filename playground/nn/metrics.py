"""How good a prediction is, in numbers made for people. To add a metric, add its class here.

Names and defaults are those of Keras 3; where Keras approximates or gives a list, it is said.
"""

from __future__ import annotations

import math
import re
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.component import Component, param, parameters
from playground.language import tr, tr_declared
from playground.nn.arrays import Array, one_hot

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Average = Literal["micro", "macro", "weighted"]
_AVERAGE = (
    "Over classes: micro counts all answers together, macro gives each class the same weight, "
    "weighted that of its examples."
)
_LEAST = 1e-7  # Keras's epsilon: no probability counts as less


@dataclass(frozen=True)
class Metric(Component, family=True):
    """A figure for a set of predictions and targets, both ``(examples, outputs)``.

    For classes the predictions are their shares and the targets one-hot, or class numbers
    ``(examples,)``; a single output is the share of the second of two classes, and its targets
    are 0 and 1.
    """

    percent: ClassVar[bool] = False
    """Whether the figure is a share, from 0 to 1, that people read in percent."""
    larger_is_better: ClassVar[bool] = True
    for_classes: ClassVar[bool] = True
    """Whether it measures answers that are classes, rather than numbers."""
    most_classes: ClassVar[float] = 100
    """With more it would say little, and take long."""

    @abstractmethod
    def __call__(self, y_pred: Array, y_true: NDArray[Any]) -> float:
        """Return the figure."""

    def fits(self, classes: int) -> bool:
        """Return whether it says something about data with this many classes; 0 are numbers."""
        return bool(classes) is self.for_classes and classes <= self.most_classes

    @property
    def label(self) -> str:
        """What people call it, in a few letters."""
        return tr_declared(self._words())

    @classmethod
    def said(cls) -> Iterable[str]:
        return (cls._words(),)

    @property
    def key(self) -> str:
        """The name under which it is saved: Keras's, with the settings that are not default."""
        settings = [
            re.sub(r"\W", "_", str(value))
            for parameter in parameters(type(self))
            if (value := getattr(self, parameter.name)) != parameter.default
        ]
        return "_".join([self._words().replace(" ", "_"), *settings])

    @classmethod
    def _words(cls) -> str:
        between = r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
        return re.sub(between, " ", cls.__name__).lower()


@dataclass(frozen=True)
class MeanMetric(Metric, abstract=True):
    """A figure made of one score for each example, so that batches can be measured together."""

    most_classes = math.inf

    @abstractmethod
    def scores(self, y_pred: Array, y_true: NDArray[Any]) -> NDArray[Any]:
        """Return the score of each example ``(examples,)``."""

    def figure(self, mean: Numbers) -> Numbers:
        """Return the figures of sets of examples from the means of their scores."""
        return mean

    def __call__(self, y_pred: Array, y_true: NDArray[Any]) -> float:
        return float(self.figure(self.scores(y_pred, y_true).mean(dtype=np.float64)))


@dataclass(frozen=True)
class Accuracy(MeanMetric):
    """The share of examples whose most probable class is the right one."""

    percent = True

    def scores(self, y_pred: Array, y_true: NDArray[Any]) -> Mask:
        right: Mask = labels(y_pred) == labels(y_true)
        return right


@dataclass(frozen=True)
class TopKCategoricalAccuracy(MeanMetric):
    """The share of examples whose right class is among the k most probable ones.

    A class as probable as the k-th is among them.
    """

    k: int = param(5, low=1, high=1000, doc="How many guesses the network has.")

    percent = True

    @property
    def label(self) -> str:
        return tr("top-{k} accuracy").format(k=self.k)

    def fits(self, classes: int) -> bool:
        return classes > self.k

    def scores(self, y_pred: Array, y_true: NDArray[Any]) -> Mask:
        y_pred = _both_classes(y_pred)
        right = np.take_along_axis(y_pred, labels(y_true)[:, None], axis=1)
        found: Mask = (y_pred > right).sum(axis=1) < self.k
        return found


@dataclass(frozen=True)
class Precision(Metric):
    """Of what the network says yes to, the share that is right; 0 if it never says yes.

    As in Keras an output above the threshold is a yes, and all outputs count together.
    """

    thresholds: float = param(0.5, low=0.0, high=1.0, doc="An output above this is a yes.")
    average: Average = param("micro", doc=_AVERAGE)

    percent = True

    def __call__(self, y_pred: Array, y_true: NDArray[Any]) -> float:
        hits, claimed, real = _counts(y_pred > self.thresholds, _real(y_true, y_pred))
        return _averaged(self.average, hits, claimed, real)


@dataclass(frozen=True)
class Recall(Metric):
    """Of what should get a yes, the share that gets it; 0 if nothing should.

    As in Keras an output above the threshold is a yes, and all outputs count together.
    """

    thresholds: float = param(0.5, low=0.0, high=1.0, doc="An output above this is a yes.")
    average: Average = param("micro", doc=_AVERAGE)

    percent = True

    def __call__(self, y_pred: Array, y_true: NDArray[Any]) -> float:
        hits, _, real = _counts(y_pred > self.thresholds, _real(y_true, y_pred))
        return _averaged(self.average, hits, real, real)


@dataclass(frozen=True)
class F1Score(Metric):
    """The harmonic mean of precision and recall of the most probable class.

    A class that neither is nor is found has 0. Of one output, that of the second class, yes being
    more than a half. Keras's own default lists the classes; the evaluation view does that.
    """

    average: Average = param("macro", doc=_AVERAGE)

    percent = True

    @property
    def label(self) -> str:
        return "F1"

    def __call__(self, y_pred: Array, y_true: NDArray[Any]) -> float:
        hits, claimed, real = _counts(_chosen(y_pred), _real(y_true, y_pred))
        return _averaged(self.average, 2 * hits, claimed + real, real)


@dataclass(frozen=True)
class AUC(Metric):
    """The chance that an example of a class gets more of it than one of another class.

    The area under the ROC curve, exactly, by ranks (Hanley & McNeil 1982; Keras adds up 200
    thresholds); ties count half. Of more than two classes, the mean of each against the rest;
    nan if no class has both examples and others.
    """

    @property
    def label(self) -> str:
        return "AUC"

    def __call__(self, y_pred: Array, y_true: NDArray[Any]) -> float:
        real = _real(y_true, y_pred)
        areas = [_area(y_pred[:, k], real[:, k]) for k in range(y_pred.shape[1])]
        known = [area for area in areas if area is not None]
        return float(np.mean(known)) if known else float("nan")


@dataclass(frozen=True)
class Perplexity(MeanMetric):
    """Between how many equally likely classes the network hesitates: ``exp(mean surprise)``."""

    larger_is_better = False

    def scores(self, y_pred: Array, y_true: NDArray[Any]) -> Array:
        right = np.take_along_axis(_both_classes(y_pred), labels(y_true)[:, None], axis=1)
        return -np.log(np.clip(right[:, 0], _LEAST, 1))

    def figure(self, mean: Numbers) -> Numbers:
        return np.exp(mean)


@dataclass(frozen=True)
class RootMeanSquaredError(MeanMetric):
    """The typical distance of a prediction from its target, in the target's own unit."""

    for_classes = False
    larger_is_better = False

    @property
    def label(self) -> str:
        return "RMSE"

    def scores(self, y_pred: Array, y_true: NDArray[Any]) -> Array:
        squares: Array = ((y_pred - y_true) ** 2).mean(axis=1)
        return squares

    def figure(self, mean: Numbers) -> Numbers:
        return np.sqrt(mean)


@dataclass(frozen=True)
class MeanAbsoluteError(MeanMetric):
    """The mean distance of a prediction from its target, in the target's own unit."""

    for_classes = False
    larger_is_better = False

    @property
    def label(self) -> str:
        return "MAE"

    def scores(self, y_pred: Array, y_true: NDArray[Any]) -> Array:
        distances: Array = np.abs(y_pred - y_true).mean(axis=1)
        return distances


@dataclass(frozen=True)
class R2Score(Metric):
    """The share of the targets' variance that is explained; below 0 if their mean explains more.

    The mean over several targets. A constant target gives 1 if it is met exactly, and else 0.
    """

    for_classes = False

    @property
    def label(self) -> str:
        return "R²"

    def __call__(self, y_pred: Array, y_true: NDArray[Any]) -> float:
        true = y_true.astype(np.float64)
        missed = ((true - y_pred) ** 2).sum(axis=0)
        spread = ((true - true.mean(axis=0)) ** 2).sum(axis=0)
        constant = np.where(missed > 0, 0.0, 1.0)
        explained = np.where(spread > 0, 1 - missed / np.where(spread > 0, spread, 1), constant)
        return float(explained.mean())


def labels(shares: NDArray[Any]) -> NDArray[np.intp]:
    """Return the most probable class of each row of predictions or of targets."""
    if shares.ndim == 1:
        return shares
    if shares.shape[1] == 1:
        return (shares[:, 0] > 0.5).astype(np.intp)
    most: NDArray[np.intp] = shares.argmax(axis=1)
    return most


def _real(y_true: NDArray[Any], y_pred: Array) -> Mask:
    """Return yes for the right class of each example."""
    return one_hot(y_true, y_pred.shape[1]) > 0.5


def _chosen(shares: Array) -> Mask:
    """Return yes for the most probable class; of one output, if it is more than a half."""
    if shares.shape[1] == 1:
        return shares > 0.5
    chosen: Mask = np.arange(shares.shape[1]) == labels(shares)[:, None]
    return chosen


def _both_classes(shares: Array) -> Array:
    """Return a column for each class, also where only the second of two has one."""
    return np.concatenate([1 - shares, shares], axis=1) if shares.shape[1] == 1 else shares


def _counts(said: Mask, real: Mask) -> tuple[Numbers, Numbers, Numbers]:
    """Return for each output how often yes was right, was said, and should have been."""
    hits, claimed, wanted = (mask.sum(axis=0, dtype=float) for mask in (said & real, said, real))
    return hits, claimed, wanted


def _averaged(average: Average, parts: Numbers, wholes: Numbers, support: Numbers) -> float:
    """Return the share of the parts in the wholes over all outputs; nothing of nothing is 0."""
    if average == "micro":
        parts, wholes = parts.sum(keepdims=True), wholes.sum(keepdims=True)
    shares = np.divide(parts, wholes, out=np.zeros_like(parts), where=wholes > 0)
    if average == "weighted":
        return float(shares @ support / max(support.sum(), 1))
    return float(shares.mean())


def _area(scores: Array, positive: Mask) -> float | None:
    """Return the area under the ROC curve; None if all are positive or none is."""
    positives = int(positive.sum())
    negatives = len(positive) - positives
    if not positives or not negatives:
        return None
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2  # those of a tie share their mean
    wins = ranks[inverse][positive].sum() - positives * (positives + 1) / 2
    return float(wins / (positives * negatives))
