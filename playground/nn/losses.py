"""How wrong a prediction is, and in which direction. To add a loss, add its class here.

A loss looks at one example at a time: it returns one number for each, and the derivative of that
number with respect to that example's outputs. Averaging over the batch is the training loop's.
Names, defaults and values are those of Keras 3.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.component import Component, param
from playground.nn.activations import ActivationFunction, Sigmoid, Softmax
from playground.nn.arrays import Array, one_hot

_SMOOTHING = "Share of each target that is spread evenly over all answers, against overconfidence."


@dataclass(frozen=True)
class Loss(Component, family=True):
    """A function of outputs and targets, both ``(batch, outputs)``.

    A cross-entropy names its ``link``, the activation that its network must end with, and is
    given the outputs *before* it, the logits: there the logarithm cannot meet a rounded zero.
    """

    title: ClassVar[str]
    """As people write it, in English; translated where it is shown."""
    link: ClassVar[type[ActivationFunction] | None] = None
    for_classes: ClassVar[bool] = False
    """Whether its targets can only be classes: 0 and 1, or their shares."""

    @abstractmethod
    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        """Return each example's loss ``(batch,)`` and its gradient ``(batch, outputs)``."""

    def answers(self, y: Array) -> Array:
        """Return the network's last outputs as people read them; scores become shares."""
        return y


@dataclass(frozen=True)
class CategoricalCrossentropy(Loss):
    """Surprise at the right class, ``-log p[class]`` in nats, when softmax gives ``p``.

    Targets: the share of each class, which add up to 1 (one-hot, if one class is right), or
    class numbers ``(batch,)``. Label smoothing: Szegedy et al. 2016, section 7.
    """

    title = "Categorical cross-entropy"

    label_smoothing: float = param(0.0, low=0.0, high=1.0, doc=_SMOOTHING)

    link = Softmax
    for_classes = True

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        targets = one_hot(targets, outputs.shape[1], outputs.dtype)
        if self.label_smoothing:
            even = self.label_smoothing / outputs.shape[1]
            targets = targets * (1 - self.label_smoothing) + even
        return _softmax_crossentropy(outputs, targets)


@dataclass(frozen=True)
class SparseCategoricalCrossentropy(Loss):
    """Surprise at the right class, under Keras's name for targets that are class numbers.

    Targets: class numbers ``(batch,)``, or one-hot rows; the loss is the same.
    """

    title = "Sparse categorical cross-entropy"
    link = Softmax
    for_classes = True

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        targets = one_hot(targets, outputs.shape[1], outputs.dtype)
        return _softmax_crossentropy(outputs, targets)


@dataclass(frozen=True)
class BinaryCrossentropy(Loss):
    """Surprise at a yes or no, in nats, when sigmoid gives its probability; a mean over outputs."""

    title = "Binary cross-entropy"

    label_smoothing: float = param(0.0, low=0.0, high=1.0, doc=_SMOOTHING)

    link = Sigmoid
    for_classes = True

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        if self.label_smoothing:
            targets = targets * (1 - self.label_smoothing) + 0.5 * self.label_smoothing
        # log(1 + exp(z)) - t z, written so that exp() never meets a large number
        z = outputs
        losses = np.maximum(z, 0) - z * targets + np.log1p(np.exp(-np.abs(z)))
        return losses.mean(axis=1), (Sigmoid()(z) - targets) / outputs.shape[1]


@dataclass(frozen=True)
class KLDivergence(Loss):
    """Nats lost by taking softmax's ``p`` for the target's shares ``t``: ``sum(t log(t / p))``.

    Targets: the share of each class, which add up to 1. One-hot targets make it the categorical
    cross-entropy (Kullback & Leibler 1951).
    """

    title = "KL divergence"
    link = Softmax
    for_classes = True

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        losses, gradient = _softmax_crossentropy(outputs, targets)
        known = np.where(targets > 0, targets, 1)  # t log t is 0 at 0
        return losses + (known * np.log(known)).sum(axis=1), gradient


@dataclass(frozen=True)
class MeanSquaredError(Loss):
    """The mean over the outputs of ``(output - target) ** 2``."""

    title = "Mean squared error"

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        difference = outputs - targets
        return (difference**2).mean(axis=1), difference * (2 / outputs.shape[1])


@dataclass(frozen=True)
class MeanAbsoluteError(Loss):
    """The mean over the outputs of ``|output - target|``; its slope where they meet is 0."""

    title = "Mean absolute error"

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        difference = outputs - targets
        return np.abs(difference).mean(axis=1), np.sign(difference) / outputs.shape[1]


@dataclass(frozen=True)
class Huber(Loss):
    """Squared error near the target, absolute error beyond ``delta``: outliers pull less.

    Huber 1964: ``e ** 2 / 2`` up to ``delta``, then ``delta |e| - delta ** 2 / 2``; a mean over
    the outputs.
    """

    title = "Huber"

    delta: float = param(
        1.0, low=1e-6, high=1e6, log=True, doc="The error from which on it grows evenly."
    )

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        difference = outputs - targets
        slope = np.clip(difference, -self.delta, self.delta)
        return (slope * (difference - 0.5 * slope)).mean(axis=1), slope / outputs.shape[1]


@dataclass(frozen=True)
class Hinge(Loss):
    """The mean over the outputs of ``max(1 - target * output, 0)``, targets being -1 and 1.

    Targets of 0 count as -1. Outputs are scores, not probabilities: end with a linear layer.
    """

    title = "Hinge"

    for_classes = True

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        signs = np.where(targets == 0, -1, targets).astype(outputs.dtype, copy=False)
        short = 1 - signs * outputs
        gradient = np.where(short > 0, -signs, 0) / outputs.shape[1]
        return np.maximum(short, 0).mean(axis=1), gradient

    def answers(self, y: Array) -> Array:
        return Sigmoid()(y)  # a half where the sign changes


@dataclass(frozen=True)
class CategoricalHinge(Loss):
    """How much the best wrong class comes within 1 of the right one: ``max(wrong - right + 1, 0)``.

    Targets: one-hot. Outputs are scores: end with a linear layer. As in Keras the best wrong score
    is 0 at least.
    """

    title = "Categorical hinge"

    for_classes = True

    def __call__(self, outputs: Array, targets: Array) -> tuple[Array, Array]:
        rows = np.arange(len(outputs))
        wrong = (1 - targets) * outputs
        best = wrong.argmax(axis=1)
        short = wrong[rows, best] - (targets * outputs).sum(axis=1) + 1
        gradient = -targets
        gradient[rows, best] += 1 - targets[rows, best]
        return np.maximum(short, 0), gradient * (short > 0)[:, None]

    def answers(self, y: Array) -> Array:
        return Softmax()(y)


def _softmax_crossentropy(outputs: Array, targets: Array) -> tuple[Array, Array]:
    """Return ``-sum(targets * log(softmax(outputs)))``; the targets of a row must add up to 1."""
    shifted = outputs - outputs.max(axis=1, keepdims=True)  # exp() of a large logit overflows
    gradient = np.exp(shifted)
    total = gradient.sum(axis=1, keepdims=True)
    losses = np.log(total[:, 0]) - np.einsum("ij,ij->i", targets, shifted)
    gradient /= total
    gradient -= targets
    return losses, gradient
