"""What the network says at present of each inspected example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.probes.base import Probe
from playground.probes.predictions import Predictions
from playground.training.inspection import Followed, followed
from playground.training.snapshot import Snapshot

_AT_ONCE = 16_000_000  # multiplications in one step: 10 milliseconds or so


@dataclass(frozen=True, eq=False)
class InspectedAnswers:
    """The examples that the data has, and what the network says of each.

    ``answers`` are the probabilities of the classes ``(n, classes)`` or, for regression, the
    predicted numbers in the units of the data ``(n, targets)``.
    """

    followed: Followed
    answers: Array
    finished: bool
    """Whether all have been asked about; else ``answers`` are those of the first ones."""


@dataclass(frozen=True)
class Inspected(Probe):
    """Answer with ``InspectedAnswers``, example by example where the network is large."""

    inspected: tuple[int, ...] = param((), low=0, doc="Their numbers in the source.")

    def compute(self, snapshot: Snapshot) -> Iterator[InspectedAnswers]:
        found = followed(snapshot.dataset, self.inspected)
        per_example = max(1, snapshot.model.multiply_adds(snapshot.input_shape))
        step = max(1, _AT_ONCE // per_example)
        count = len(found.numbers)
        answers: list[Array] = []
        for start in range(0, count, step):
            rows = np.arange(start, min(start + step, count))
            answers.append(Predictions.answers(snapshot, found.examples, rows))
            yield InspectedAnswers(found, np.concatenate(answers), start + step >= count)
