"""Losses and their gradients for a chunk whose examples all count the same, in few calls."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.nn.arrays import Array
from playground.nn.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from playground.nn.objective import Objective


class FastObjective(Objective):
    """Stands for the ``Objective`` of one loss for chunks of one size, one after the other."""

    def __init__(self, loss: Loss, targets: NDArray[Any]) -> None:
        self._loss = loss
        self._targets = np.empty_like(targets)
        self._factors: Array = np.zeros_like(targets)
        self._factor = 0.0
        self._share = 0.0
        self.total = 0.0

    def begin(self, targets: NDArray[Any], rows: NDArray[np.intp], share: float) -> FastObjective:
        """Take the targets of some rows, each with this share in the mean of the batch."""
        targets.take(rows, 0, self._targets, "clip")
        self._share = share
        self.total = 0.0
        return self

    @abstractmethod
    def __call__(self, outputs: Array, weight: float = 1.0) -> Array: ...

    def _scaled(self, array: Array, factor: float) -> Array:
        """Return the array times a factor, in place; an array of factors is faster than one."""
        if factor != self._factor:
            self._factors.fill(factor)
            self._factor = factor
        return np.multiply(array, self._factors, array)


class MeanSquaredErrorObjective(FastObjective):
    """The mean over the outputs of ``(output - target) ** 2``."""

    def __call__(self, outputs: Array, weight: float = 1.0) -> Array:
        share = weight * self._share / outputs.shape[1]
        difference: Array = np.subtract(outputs, self._targets)
        flat = difference.ravel()
        self.total += share * float(flat.dot(flat))
        return self._scaled(difference, 2 * share)


class CategoricalCrossentropyObjective(FastObjective):
    """Softmax and ``-log p[class]`` at once, for targets that add up to 1."""

    def __call__(self, outputs: Array, weight: float = 1.0) -> Array:
        share = weight * self._share
        z = np.subtract(outputs, np.maximum.reduce(outputs, 1, keepdims=True))
        right = float(np.vdot(self._targets, z))
        e = np.exp(z, out=z)
        sums = np.add.reduce(e, 1, keepdims=True)
        self.total += share * (float(np.add.reduce(np.log(sums), None)) - right)
        np.divide(e, sums, out=e)
        np.subtract(e, self._targets, out=e)
        return self._scaled(e, share)


class ClassNumbersObjective(FastObjective):
    """The same for targets that are class numbers: of many classes most rows would be zeros."""

    def __init__(self, loss: Loss, targets: NDArray[Any]) -> None:
        super().__init__(loss, targets)
        self._places = np.arange(len(targets))

    def __call__(self, outputs: Array, weight: float = 1.0) -> Array:
        share, right = weight * self._share, (self._places, self._targets)
        z = np.subtract(outputs, np.maximum.reduce(outputs, 1, keepdims=True))
        known = float(z[right].sum())
        e = np.exp(z, out=z)
        sums = np.add.reduce(e, 1, keepdims=True)
        self.total += share * (float(np.add.reduce(np.log(sums), None)) - known)
        np.divide(e, sums, out=e)
        e[right] -= 1
        return np.multiply(e, share, out=e)


class BinaryCrossentropyObjective(FastObjective):
    """Sigmoid and its surprise at once: with ``y = tanh(z / 2)`` the probability is (1 + y) / 2.

    ``log(1 + exp(z)) - t z`` is written as ``z (1/2 - t) + |z|/2 + log(1 + exp(-|z|))``.
    """

    def __call__(self, outputs: Array, weight: float = 1.0) -> Array:
        share = weight * self._share / outputs.shape[1]
        half = np.multiply(outputs, 0.5)
        away = np.subtract(0.5, self._targets)
        size = np.abs(outputs)
        total = float(np.vdot(outputs, away)) + 0.5 * float(np.add.reduce(size, None))
        np.negative(size, out=size)
        np.log1p(np.exp(size, out=size), out=size)
        self.total += share * (total + float(np.add.reduce(size, None)))
        np.tanh(half, out=half)
        np.multiply(half, 0.5, out=half)
        np.add(half, away, out=half)
        return self._scaled(half, share)


_FAST: dict[Loss, type[FastObjective]] = {
    MeanSquaredError(): MeanSquaredErrorObjective,
    CategoricalCrossentropy(): CategoricalCrossentropyObjective,
    SparseCategoricalCrossentropy(): CategoricalCrossentropyObjective,
    BinaryCrossentropy(): BinaryCrossentropyObjective,
}


_FAST_FOR_NUMBERS: dict[Loss, type[FastObjective]] = {
    CategoricalCrossentropy(): ClassNumbersObjective,
    SparseCategoricalCrossentropy(): ClassNumbersObjective,
}


def fast_objective(loss: Loss, targets: NDArray[Any]) -> FastObjective | None:
    """Return the fast objective for chunks with targets like these, if there is one."""
    known = _FAST_FOR_NUMBERS if targets.ndim == 1 else _FAST
    return known[loss](loss, targets) if loss in known else None
