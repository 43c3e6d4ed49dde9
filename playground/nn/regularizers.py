"""Penalties that keep weights small. To add a regularizer, add its class here."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.component import Component, param
from playground.nn.arrays import Array

_STRENGTH = "Strength of the penalty."


@dataclass(frozen=True)
class Regularizer(Component, family=True):
    """A price for the size of a weight, added to the loss once a batch."""

    @abstractmethod
    def __call__(self, w: Array) -> tuple[float, Array]:
        """Return the penalty of a weight of any shape, and its gradient by every number."""


@dataclass(frozen=True)
class NoRegularizer(Regularizer):
    """No penalty."""

    title: ClassVar[str] = "None"

    def __call__(self, w: Array) -> tuple[float, Array]:
        return 0.0, np.zeros_like(w)


@dataclass(frozen=True)
class L1(Regularizer):
    """Charge ``l1 * sum(|w|)``: pulls every weight to zero by the same force, so many get there."""

    l1: float = param(0.01, low=0.0, high=100.0, log=True, doc=_STRENGTH)

    def __call__(self, w: Array) -> tuple[float, Array]:
        return self.l1 * float(np.abs(w).sum()), self.l1 * np.sign(w)


@dataclass(frozen=True)
class L2(Regularizer):
    """Charge ``l2 * sum(w ** 2)``: pulls a weight the more, the larger it is."""

    l2: float = param(0.01, low=0.0, high=100.0, log=True, doc=_STRENGTH)

    def __call__(self, w: Array) -> tuple[float, Array]:
        return self.l2 * float(np.square(w).sum()), 2 * self.l2 * w


@dataclass(frozen=True)
class L1L2(Regularizer):
    """Charge both penalties (Zou & Hastie 2005: the elastic net)."""

    l1: float = param(0.0, low=0.0, high=100.0, log=True, doc="Strength of the L1 part.")
    l2: float = param(0.0, low=0.0, high=100.0, log=True, doc="Strength of the L2 part.")

    def __call__(self, w: Array) -> tuple[float, Array]:
        first, first_gradient = L1(self.l1)(w)
        second, second_gradient = L2(self.l2)(w)
        return first + second, first_gradient + second_gradient
