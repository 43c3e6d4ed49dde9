"""Losses and their gradients for a chunk whose examples all count the same, in few calls."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np

from playground.nn.arrays import Array
from playground.nn.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss, MeanSquaredError
from playground.nn.objective import Objective


class FastObjective(Objective):
    """Stands for the ``Objective`` of one loss, where every example's share is ``share``."""

    def __init__(self, loss: Loss, targets: Array, share: float) -> None:
        self._loss = loss
        self._targets = targets
        self._share = share
        self.total = 0.0

    @abstractmethod
    def __call__(self, outputs: Array, weight: float = 1.0) -> Array: ...


class MeanSquaredErrorObjective(FastObjective):
    """The mean over the outputs of ``(output - target) ** 2``."""

    def __call__(self, outputs: Array, weight: float = 1.0) -> Array:
        share = weight * self._share / outputs.shape[1]
        difference = np.subtract(outputs, self._targets)
        self.total += share * float(np.vdot(difference, difference))
        difference *= 2 * share
        return difference


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
        e *= share
        return e


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
        half *= share
        return half


_FAST: dict[Loss, type[FastObjective]] = {
    MeanSquaredError(): MeanSquaredErrorObjective,
    CategoricalCrossentropy(): CategoricalCrossentropyObjective,
    BinaryCrossentropy(): BinaryCrossentropyObjective,
}


def fast_objective(loss: Loss, targets: Array, share: float) -> Objective:
    """Return the objective of a chunk whose examples all have this share in the mean."""
    if loss in _FAST and targets.ndim == 2:
        return _FAST[loss](loss, targets, share)
    return Objective(loss, targets, np.full(len(targets), share, targets.dtype))
