"""Where one thread computes: kernels and buffers for its chunks of a batch."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.nn.arrays import Array, Shape, one_hot
from playground.nn.kernels import Program
from playground.nn.kernels.objectives import FastObjective, fast_objective
from playground.nn.layers.base import Context, itself
from playground.nn.losses import Loss
from playground.nn.model import ModelWeights, Sequential
from playground.nn.objective import Objective
from playground.nn.parameters import Layout

MOST_SIZES = 6
"""Sizes of chunks that a shard keeps buffers for: those of training, validation and inspection."""


Change = Callable[[Array, int], None]
"""Changes ``(n, *input_shape)`` inputs of a batch in place; the number is the first one's place."""


class Batch(NamedTuple):
    """Some rows of a set of examples."""

    x: Array
    """Inputs of the whole set, ``(n, *input_shape)``."""
    targets: NDArray[Any]
    """What the loss wants, ``(n, outputs)``; or class numbers ``(n,)``."""
    rows: NDArray[np.intp]
    weights: Array | None = None
    """How much each example of the set counts, ``(n,)``; None if all count 1."""
    change: Change | None = None
    """What is done to the inputs, once they are copied; None if nothing is."""

    @classmethod
    def whole(cls, x: Array, targets: NDArray[Any], weights: Array | None = None) -> Batch:
        """Return all the rows of a set."""
        return cls(x, targets, np.arange(len(x)), weights)


class Task(NamedTuple):
    """A chunk of a batch, and what to do with it."""

    batch: Batch
    rows: NDArray[np.intp]
    outputs: Array
    """Where the model's outputs go, ``(chunk, outputs)``."""
    key: tuple[int, ...]
    training: bool
    first: int = 0
    """The place of the first of them in the batch."""
    leads: bool = True
    total: Callable[[Array], Array] = itself


class Desk:
    """Kernels and buffers for chunks of one size.

    ``gradient`` is what the last chunk adds to that of its batch.
    """

    def __init__(
        self,
        model: Sequential,
        loss: Loss,
        input_shape: Shape,
        weights: ModelWeights,
        layout: Layout,
        size: int,
    ) -> None:
        self._loss = loss
        self.gradient = np.zeros_like(layout.flatten(weights))
        self._x = np.empty((size, *input_shape), self.gradient.dtype)
        views = layout.views(self.gradient)
        self._fast: FastObjective | None = None
        self._program = Program(model, weights, views, input_shape, size, self.gradient.dtype)

    def run(self, task: Task) -> float:
        """Return the chunk's part of the batch's loss; in training also compute its gradient."""
        task.batch.x.take(task.rows, 0, self._x, "clip")
        if task.batch.change is not None:
            task.batch.change(self._x, task.first)
        objective = self._objective(task)
        context = Context(task.training, task.key, objective, task.total, task.leads)
        outputs = self._program.forward(self._x, context)
        np.copyto(task.outputs, outputs)
        dy = objective(outputs)
        if task.training:
            self._program.backward(dy)
        return objective.total

    def _objective(self, task: Task) -> Objective:
        batch, rows = task.batch, task.rows
        share = 1 / len(batch.rows)
        if self._fast is None:
            self._fast = fast_objective(self._loss, batch.targets[rows])
        if self._fast is not None and batch.weights is None:
            return self._fast.begin(batch.targets, rows, share)
        shares = np.full(len(rows), share, self._x.dtype)
        if batch.weights is not None:
            shares *= batch.weights[rows]
        targets = one_hot(batch.targets[rows], task.outputs.shape[-1], self._x.dtype)
        return Objective(self._loss, targets, shares)


class Shard:
    """One thread's share of every batch: its desks, and the sum of what they find."""

    def __init__(self, make_desk: Callable[[int], Desk]) -> None:
        self._make_desk = make_desk
        self._desks: OrderedDict[int, Desk] = OrderedDict()
        self._sum: Array | None = None
        self.loss = 0.0
        self.gradient: Array = np.zeros(0, np.float32)

    def run(self, tasks: list[Task]) -> None:
        """Do the tasks; afterwards ``loss`` and ``gradient`` are their sums."""
        first, *others = tasks
        desk = self.desk(len(first.rows))
        self.loss = desk.run(first)
        self.gradient = desk.gradient
        if not others:
            return
        if self._sum is None:
            self._sum = np.empty_like(self.gradient)
        np.copyto(self._sum, self.gradient)
        self.gradient = self._sum
        for task in others:
            desk = self.desk(len(task.rows))
            self.loss += desk.run(task)
            if task.training:
                self.gradient += desk.gradient

    def desk(self, size: int) -> Desk:
        """Return the desk for chunks of this size; the one not used for longest makes room."""
        known = self._desks.get(size)
        if known is not None:
            self._desks.move_to_end(size)
            return known
        if len(self._desks) == MOST_SIZES:
            self._desks.popitem(last=False)
        return self._desks.setdefault(size, self._make_desk(size))
