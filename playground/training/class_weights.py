"""How much the examples of each class count in training. To add a rule, add its class here."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.component import Component, param
from playground.data.dataset import Dataset, Floats
from playground.errors import ShapeError
from playground.language import tr

Weights = NDArray[np.float64]


@dataclass(frozen=True)
class ClassWeights(Component, family=True):
    """A factor for the loss of each training example, by its class; validation knows none."""

    title: ClassVar[str]
    """What forms call it."""

    @abstractmethod
    def factors(self, dataset: Dataset) -> Weights:
        """Return the factor of each class ``(classes,)``.

        Raises ``ShapeError`` if there are none that fit the data.
        """


@dataclass(frozen=True)
class NoClassWeights(ClassWeights):
    """All examples count alike."""

    title = "None"

    def factors(self, dataset: Dataset) -> Weights:
        return np.ones(len(dataset.classes))


@dataclass(frozen=True)
class BalancedClassWeights(ClassWeights):
    """Rare classes count more, so that all classes weigh the same together.

    ``n / (classes * count)`` (King & Zeng 2001), counted on the training examples. As in
    scikit-learn only classes that occur are counted.
    """

    title = "Balanced"

    def factors(self, dataset: Dataset) -> Weights:
        _check_classes(self, dataset)
        counts = np.bincount(dataset.train.y, minlength=len(dataset.classes))
        present = max(int(np.count_nonzero(counts)), 1)  # none of points still to be drawn
        return len(dataset.train) / (present * np.maximum(counts, 1))


@dataclass(frozen=True)
class GivenClassWeights(ClassWeights):
    """Each class counts as much as you say."""

    title = "Given"

    weights: tuple[float, ...] = param(
        (), low=0.0, high=1e6, doc="One factor for each class, in order; none for 1 each."
    )

    def factors(self, dataset: Dataset) -> Weights:
        _check_classes(self, dataset)
        if not self.weights:
            return np.ones(len(dataset.classes))
        if len(self.weights) != len(dataset.classes):
            raise ShapeError(
                tr(
                    "There are {0} classes, so {0} class weights are needed, for {1} in this "
                    "order. Received: {2}."
                ).format(len(dataset.classes), ", ".join(dataset.classes[:9]), len(self.weights))
            )
        if not any(self.weights):
            raise ShapeError(tr("With all class weights 0 nothing is learnt; make one larger."))
        return np.array(self.weights)


def example_weights(weights: ClassWeights, dataset: Dataset) -> Floats | None:
    """Return how much each training example counts ``(n,)``; None if all count 1.

    As in Keras, the weight of its class times its own.
    """
    own = dataset.train.weights
    if weights == NoClassWeights():
        return own
    factors: Floats = weights.factors(dataset).astype(np.float32)[dataset.train.y]
    return factors if own is None else factors * own


def _check_classes(weights: ClassWeights, dataset: Dataset) -> None:
    if not dataset.is_classification:
        raise ShapeError(
            tr("{name} needs classes, and this data has numbers; use NoClassWeights.").format(
                name=type(weights).__name__
            )
        )
