"""How wrong a prediction is, and in which direction. To add a loss, add its class here.

A loss looks at one example at a time: it returns one number for each, and the derivative of that
number with respect to that example's outputs. Averaging over the batch is the training loop's.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.component import Component
from playground.nn.activations import ActivationFunction, Sigmoid, Softmax
from playground.nn.arrays import Array


@dataclass(frozen=True)
class Loss(Component, family=True):
    """A function of outputs and targets, both ``(batch, outputs)``.

    A cross-entropy names its ``link``, the activation that its network must end with, and is
    given the outputs *before* it, the logits: there the logarithm cannot meet a rounded zero.
    """

    link: ClassVar[type[ActivationFunction] | None] = None

    @abstractmethod
    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        """Return each example's loss ``(batch,)`` and its gradient ``(batch, outputs)``."""


@dataclass(frozen=True)
class CategoricalCrossentropy(Loss):
    """Surprise at the right class, ``-log p[class]`` in nats, when softmax gives ``p``."""

    link = Softmax

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        shifted = outputs - outputs.max(axis=1, keepdims=True)  # exp() of a large logit overflows
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        total = targets.sum(axis=1, keepdims=True)  # 1 for one-hot targets
        return -(targets * log_p).sum(axis=1), np.exp(log_p) * total - targets


@dataclass(frozen=True)
class BinaryCrossentropy(Loss):
    """Surprise at a yes or no, in nats, when sigmoid gives its probability; a mean over outputs."""

    link = Sigmoid

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        # log(1 + exp(z)) - t z, written so that exp() never meets a large number
        z = outputs
        losses = np.maximum(z, 0) - z * targets + np.log1p(np.exp(-np.abs(z)))
        return losses.mean(axis=1), (Sigmoid()(z) - targets) / outputs.shape[1]


@dataclass(frozen=True)
class MeanSquaredError(Loss):
    """The mean over the outputs of ``(output - target) ** 2``."""

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        difference = outputs - targets
        return (difference**2).mean(axis=1), difference * (2 / outputs.shape[1])
