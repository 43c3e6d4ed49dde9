"""What the network says of every example of the data, and how wrong it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.data.browse.answers import Answers
from playground.data.dataset import Examples
from playground.nn.arrays import Array, one_hot
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from playground.probes.base import Probe
from playground.probes.predictions import class_probabilities
from playground.training.snapshot import Snapshot

_AT_ONCE = 16_000_000  # multiplications in one step of the fast kernels: some milliseconds
_MOST, _OUTPUTS = 8192, 2_000_000
"""Examples in one step, and outputs for all of them."""


@dataclass(frozen=True)
class ExampleLosses(Probe):
    """Answer with ``Answers`` for training, validation and test examples, one after the other.

    A loss is that of the project's loss function for the example alone, without weights and
    without what regularizers charge. The fast kernels compute, as in training.
    """

    def compute(self, snapshot: Snapshot) -> Iterator[Answers]:
        pencil = _Pencil(snapshot)
        told = 0
        while pencil.step():
            if pencil.known >= 2 * told or pencil.done:
                told = pencil.known
                latest = pencil.answers()
            yield latest


class _Pencil:
    """Fills in the answers, some examples a step: validation and test come first."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        dataset, project = snapshot.dataset, snapshot.project
        layout = Layout(project.model, snapshot.weights)
        weights = layout.views(layout.flatten(snapshot.weights))  # in one piece, as kernels need it
        self._plan = Plan(project.model, project.loss, dataset.input_shape, weights, 1)
        self._outputs = snapshot.shapes[-1][0]
        split = (dataset.train, dataset.validation, dataset.test)
        starts = np.cumsum([0, *(len(part) for part in split)]).tolist()
        size = self._at_once()
        self._todo = [
            (split[part], slice(row, min(row + size, len(split[part]))), starts[part] + row)
            for part in (0, 2, 1)
            for row in reversed(range(0, len(split[part]), size))
        ]
        self.known = 0
        self._losses = np.full(starts[-1], np.nan, np.float32)
        self._confidences = np.full(starts[-1], np.nan, np.float32)
        self._classes = np.full(starts[-1], -1, np.int32)
        self._right = np.full(starts[-1], -1, np.int8)
        self._numbers = np.full((starts[-1], max(1, len(dataset.targets))), np.nan)

    @property
    def done(self) -> bool:
        """Whether no example is left."""
        return not self._todo

    def step(self) -> bool:
        """Ask the network about the next examples; return whether there were any."""
        if not self._todo:
            return False
        examples, rows, start = self._todo.pop()
        some = examples.take(np.arange(rows.start, rows.stop))
        self._fill(some, slice(start, start + len(some)))
        self.known += len(some)
        return True

    def answers(self) -> Answers:
        """Return what is known now."""
        losses = self._losses.astype(np.float64)
        if not self._snapshot.dataset.is_classification:
            return Answers(self._snapshot.step, self.known, losses, numbers=self._numbers.copy())
        return Answers(
            self._snapshot.step,
            self.known,
            losses,
            self._classes.copy(),
            self._confidences.astype(np.float64),
            self._right.copy(),
        )

    def _at_once(self) -> int:
        work = self._snapshot.model.multiply_adds(self._snapshot.input_shape)
        return max(8, min(_MOST, _AT_ONCE // max(1, work), _OUTPUTS // self._outputs))

    def _fill(self, some: Examples, at: slice) -> None:
        dataset, loss = self._snapshot.dataset, self._snapshot.project.loss
        labels = dataset.targets_for(some, self._outputs)
        _, raw = self._plan.evaluate(Batch.whole(some.x, labels))
        targets = one_hot(labels, self._outputs, raw.dtype)
        with np.errstate(over="ignore", invalid="ignore"):  # of a network that has diverged
            self._losses[at] = loss(raw, targets)[0]
            y_pred = loss.answers(loss.link()(raw) if loss.link else raw)
        if dataset.is_classification:
            self._fill_classes(some, y_pred, at)
        else:
            scaling = dataset.target_scaling
            self._numbers[at] = y_pred if scaling is None else scaling.invert(y_pred)

    def _fill_classes(self, some: Examples, y_pred: Array, at: slice) -> None:
        shares = class_probabilities(y_pred)
        best = shares.argmax(axis=1)
        self._classes[at] = best
        self._confidences[at] = shares[np.arange(len(best)), best]
        self._right[at] = best == some.y
