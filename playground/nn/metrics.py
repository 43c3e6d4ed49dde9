"""How good a prediction is, in numbers made for people. To add a metric, add its class here."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.component import Component
from playground.nn.arrays import Array


@dataclass(frozen=True)
class Metric(Component, family=True):
    """A figure for a set of predictions and targets, both ``(examples, outputs)``."""

    percent: ClassVar[bool] = False
    """Whether the figure is a share, from 0 to 1."""

    @abstractmethod
    def __call__(self, y_pred: Array, y_true: Array) -> float:
        """Return the figure."""


@dataclass(frozen=True)
class Accuracy(Metric):
    """The share of examples whose most probable class is the right one."""

    percent = True

    def __call__(self, y_pred: Array, y_true: Array) -> float:
        if y_pred.shape[1] == 1:
            return float(np.mean((y_pred > 0.5) == (y_true > 0.5)))
        return float(np.mean(y_pred.argmax(axis=1) == y_true.argmax(axis=1)))


@dataclass(frozen=True)
class RootMeanSquaredError(Metric):
    """The typical distance of a prediction from its target, in the target's own unit."""

    def __call__(self, y_pred: Array, y_true: Array) -> float:
        return float(np.sqrt(np.mean((y_pred - y_true) ** 2)))
