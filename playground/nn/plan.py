"""How the gradient of a mini-batch is computed on this machine.

The batch is cut in chunks small enough for the processor's cache, and the chunks are dealt out to
threads. The gradient of the whole is the sum of theirs, added in a fixed order, so that the
result never depends on which thread was faster.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from playground.nn.arrays import Array, Shape
from playground.nn.layers import Context
from playground.nn.losses import Loss
from playground.nn.meeting import Meeting
from playground.nn.model import ModelWeights, Sequential
from playground.nn.objective import Objective
from playground.nn.parameters import Layout

CACHE_BYTES = 2**20
"""What the largest array of a chunk may take: about the second-level cache of a core."""


class Batch(NamedTuple):
    """Some rows of a set of examples."""

    x: Array
    """Inputs of the whole set, ``(n, *input_shape)``."""
    targets: Array
    """What the loss wants, ``(n, outputs)``."""
    rows: NDArray[np.intp] | slice
    weights: Array | None = None
    """How much each example of the set counts, ``(n,)``; None if all count 1."""


class Plan:
    """Computes gradients, losses and outputs of one model, on one or more threads.

    ``weights`` are views that the owner may change in place between two calls. ``gradient`` is
    the flat vector, laid out like the weights, that ``gradients`` fills.
    """

    def __init__(
        self,
        model: Sequential,
        loss: Loss,
        input_shape: Shape,
        weights: ModelWeights,
        threads: int | None = None,
    ) -> None:
        _one_blas_thread()
        self.model = model.without_output_activation() if loss.link else model
        self.loss = loss
        self._weights = weights
        self._layout = Layout(model, weights)
        self._chunk = _chunk_size(self.model, input_shape)
        self._threads = threads or min(2, os.cpu_count() or 1)
        self._executor = ThreadPoolExecutor(self._threads, "plan")
        empty = np.zeros_like(self._layout.flatten(weights))
        flats = [empty.copy() for _ in range(self._threads)]
        self._shards = [(flat, self._layout.views(flat)) for flat in flats]
        self.gradient = flats[0]

    def gradients(self, batch: Batch, key: tuple[int, ...]) -> tuple[float, Array]:
        """Fill ``gradient`` with that of the batch's loss.

        Returns the loss, a mean over the examples with the regularizers' charge, and the model's
        outputs ``(batch, outputs)``: logits, if the loss is a cross-entropy. Random layers draw
        by ``key``.
        """

        def train(shard: int, part: _Part) -> None:
            context = part.context(key, training=True)
            part.outputs, backward = self.model.forward(self._weights, part.x, context)
            dy = part.objective(part.outputs)
            _, gradients = backward(dy)
            _add(self._shards[shard][1], gradients)

        for flat, _ in self._shards:
            flat.fill(0)
        parts = self._parts(batch)
        self._deal(train, parts)
        for other, _ in self._shards[1 : len(parts)]:
            self.gradient += other
        charge = self._add_penalty()
        return charge + _loss(parts), np.concatenate([part.outputs for part in parts])

    def evaluate(self, batch: Batch) -> tuple[float, Array]:
        """Return loss and outputs as ``gradients`` does, as they are in use: nothing is random."""

        def look(_shard: int, part: _Part) -> None:
            context = part.context((0,), training=False)
            part.outputs, _ = self.model.forward(self._weights, part.x, context)
            part.objective(part.outputs)

        parts = self._parts(batch)
        self._deal(look, parts)
        charge, _ = self.model.penalty(self._weights)
        return charge + _loss(parts), np.concatenate([part.outputs for part in parts])

    def _add_penalty(self) -> float:
        charge, gradients = self.model.penalty(self._weights)
        _add(self._shards[0][1], gradients)
        return charge

    def _parts(self, batch: Batch) -> list[_Part]:
        """Cut the batch in chunks; one a thread, if its examples depend on each other."""
        x, targets = batch.x[batch.rows], batch.targets[batch.rows]
        shares = np.full(len(x), 1 / len(x), x.dtype)
        if batch.weights is not None:
            shares *= batch.weights[batch.rows]
        coupled = self.model.couples_examples
        chunk = -(-len(x) // self._threads) if coupled else self._chunk
        starts = range(0, len(x), chunk)
        meeting = Meeting(len(starts)) if coupled else None
        return [
            _Part(
                number=number,
                x=x[start : start + chunk],
                objective=Objective(
                    self.loss, targets[start : start + chunk], shares[start : start + chunk]
                ),
                meeting=meeting,
            )
            for number, start in enumerate(starts)
        ]

    def _deal(self, work: Callable[[int, _Part], None], parts: list[_Part]) -> None:
        """Share the chunks out to the threads, the first shard to this one."""

        def run(shard: int) -> None:
            with np.errstate(over="ignore", invalid="ignore"):  # the trainer looks for them
                for part in parts[shard :: self._threads]:
                    with part.meeting or nullcontext():
                        work(shard, part)

        others = range(1, min(self._threads, len(parts)))
        waiting = [self._executor.submit(run, shard) for shard in others]
        run(0)
        for future in waiting:
            future.result()


@dataclass(eq=False)
class _Part:
    """A chunk of a batch on its way through the network."""

    number: int
    x: Array
    objective: Objective
    meeting: Meeting | None
    outputs: Array = field(default_factory=lambda: np.zeros(0, np.float32))

    def context(self, key: tuple[int, ...], *, training: bool) -> Context:
        """Return what this chunk's forward pass is for."""
        own_key = (*key, self.number)
        if self.meeting is None:
            return Context(training, own_key, self.objective)
        total = partial(self.meeting.total, self.number)
        return Context(training, own_key, self.objective, total, leads=self.number == 0)


def _add(totals: ModelWeights, parts: ModelWeights) -> None:
    for total, part in zip(totals, parts, strict=True):
        for name, gradient in part.items():
            total[name] += gradient


def _loss(parts: list[_Part]) -> float:
    return sum(float(part.objective.losses.sum(dtype=np.float64)) for part in parts)


def _chunk_size(model: Sequential, input_shape: Shape) -> int:
    """Return how many examples go through the layers together."""
    largest = max(math.prod(shape) for shape in model.shapes(input_shape))
    return max(8, CACHE_BYTES // (4 * largest))


@cache
def _one_blas_thread() -> None:
    """Keep each matrix product in its own thread: the chunks already fill the cores."""
    threadpool_limits(1, user_api="blas")
