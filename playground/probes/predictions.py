"""What the network answers to a page of examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.nn.arrays import Array
from playground.probes.activations import shown_examples
from playground.probes.base import Probe
from playground.training.snapshot import Snapshot

_AT_ONCE = 4_000_000  # multiplications in one step: some milliseconds


@dataclass(frozen=True, eq=False)
class Page:
    """Some examples and the answers to them.

    ``rows`` are the numbers of the examples in ``shown_examples``, ``(n,)``. ``answers`` are the
    probabilities of the classes ``(n, classes)`` or, for regression, the predicted numbers in the
    units of the data ``(n, targets)``.
    """

    probe: Predictions
    rows: NDArray[np.intp]
    answers: Array
    scanned: int
    """The row up to which mistakes were looked for: the next page begins there."""
    finished: bool
    """Whether nothing is missing."""


@dataclass(frozen=True)
class Predictions(Probe):
    """Answer with a ``Page``; to find mistakes the examples are searched from ``first`` on."""

    first: int = param(0, low=0, doc="Row of the first example.")
    count: int = param(32, low=1, high=2000, doc="Examples on a page.")
    mistakes_only: bool = param(False, doc="Leave out what is predicted rightly.")

    def compute(self, snapshot: Snapshot) -> Iterator[Page]:
        examples = shown_examples(snapshot.dataset)
        if not len(examples):  # they are still to be drawn
            outputs = snapshot.dataset.outputs
            yield Page(self, np.zeros(0, np.intp), np.zeros((0, outputs), np.float32), 0, True)
            return
        per_example = max(1, snapshot.model.multiply_adds(snapshot.input_shape))
        at_once = min(max(8, _AT_ONCE // per_example), max(self.count, 64))
        end = len(examples) if self.mistakes_only else min(self.first + self.count, len(examples))
        rows, answers = np.zeros(0, np.intp), list[Array]()
        start = max(min(self.first, len(examples) - 1), 0)
        while True:
            some = np.arange(start, min(start + at_once, end))
            start = min(start + at_once, end)
            some_answers = self.answers(snapshot, examples, some)
            if self.mistakes_only:
                wrong = is_wrong(snapshot.dataset, examples, some, some_answers)
                some, some_answers = some[wrong], some_answers[wrong]
            rows = np.concatenate([rows, some])
            answers.append(some_answers)
            finished = start >= end or len(rows) >= self.count
            if len(rows) > self.count:
                start = int(rows[self.count])
            shown = np.concatenate(answers)[: self.count]
            yield Page(self, rows[: self.count], shown, start, finished)
            if finished:
                return

    @staticmethod
    def answers(snapshot: Snapshot, examples: Examples, rows: NDArray[np.intp]) -> Array:
        """Return what the network says of some examples, as ``Page.answers``."""
        outputs, _ = snapshot.model.forward(snapshot.weights, examples.x[rows])
        dataset = snapshot.dataset
        if dataset.is_classification:
            return class_probabilities(snapshot.project.loss.answers(outputs))
        scaling = dataset.target_scaling
        return outputs if scaling is None else scaling.invert(outputs)


def class_probabilities(outputs: Array) -> Array:
    """Return a column for each class from the outputs of a network.

    A single output is the probability of the second of two classes. Outputs that are no
    probabilities, such as those of a linear layer, are cut off at 0 and 1.
    """
    shares: Array = np.clip(outputs, 0, 1)
    return np.concatenate([1 - shares, shares], axis=1) if shares.shape[1] == 1 else shares


def is_wrong(
    dataset: Dataset, examples: Examples, rows: NDArray[np.intp], answers: Array
) -> NDArray[np.bool_]:
    """Say of which examples the most probable class is not the right one; of numbers, none."""
    if not dataset.is_classification:
        return np.zeros(len(rows), bool)
    wrong: NDArray[np.bool_] = answers.argmax(axis=1) != examples.y[rows]
    return wrong
