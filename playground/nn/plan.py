"""How the gradient of a mini-batch is computed on this machine.

The batch is cut in chunks small enough for the processor's cache, and the chunks are dealt out to
threads, each with kernels and buffers of its own. The gradient of the whole is the sum of theirs,
added in a fixed order, so that the result never depends on which thread was faster.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import nullcontext
from functools import cache, partial

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.desk import Batch, Desk, Shard, Task
from playground.nn.losses import Loss
from playground.nn.meeting import Meeting
from playground.nn.model import ModelWeights, Sequential
from playground.nn.parameters import Layout
from playground.nn.threads import Crew, physical_cores

__all__ = ["Batch", "Plan"]

CACHE_BYTES = 10 * 2**20
"""What the outputs of all layers may take for one chunk: a core's part of the last cache.

Smaller chunks would stay in a nearer cache, but need more calls; and whenever two threads want
Python at the same time, one of them sleeps for longer than such a call takes.
"""
WORTH_A_THREAD = 2**24
"""Multiply-adds below which handing work to another thread takes longer than doing it."""
LONG = 2**17
"""Numbers that are worth a thread of their own when a vector is changed."""


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
        self.model = model.without_output_activation() if loss.link else model
        self._weights = weights
        self._layout = Layout(self.model, weights)
        shapes = self.model.shapes(input_shape)
        self._output_shape = shapes[-1]
        self._largest_chunk = max(8, CACHE_BYTES // (4 * sum(math.prod(s) for s in shapes)))
        self._work = self.model.multiply_adds(input_shape)
        self._coupled = self.model.couples_examples
        self._is_charged = any(self.model.penalty(weights)[1])
        self._crew = Crew(threads or physical_cores())
        make_desk = partial(Desk, self.model, loss, input_shape, weights, self._layout)
        self._shards = [Shard(make_desk) for _ in range(self._crew.threads)]
        self._cut = cache(self.cuts)
        self.gradient = np.zeros_like(self._layout.flatten(weights))

    def gradients(self, batch: Batch, key: tuple[int, ...]) -> tuple[float, Array]:
        """Fill ``gradient`` with that of the batch's loss.

        Returns the loss, a mean over the examples with the regularizers' charge, and the model's
        outputs ``(batch, outputs)``: logits, if the loss is a cross-entropy. Random layers draw
        by ``key``.
        """
        loss, outputs, gradients = self._run(batch, key, training=True)
        self.gradient = gradients[0]
        for other in gradients[1:]:
            self.gradient += other
        if self._is_charged:
            charge, penalties = self.model.penalty(self._weights)
            self._add(penalties)
            loss += charge
        return loss, outputs

    def evaluate(self, batch: Batch) -> tuple[float, Array]:
        """Return loss and outputs as ``gradients`` does, as they are in use: nothing is random."""
        loss, outputs, _ = self._run(batch, (0,), training=False)
        return loss + self.model.penalty(self._weights)[0], outputs

    def split(self, work: Callable[[slice], None], count: int) -> None:
        """Call ``work`` with parts of a vector of ``count`` numbers, one a thread if it is long."""
        members = max(1, min(self._crew.threads, count // LONG))
        ends = [count * number // members for number in range(members + 1)]
        self._crew.run(lambda member: work(slice(*ends[member : member + 2])), members)

    def _run(
        self, batch: Batch, key: tuple[int, ...], *, training: bool
    ) -> tuple[float, Array, list[Array]]:
        """Deal the batch out to the shards; return loss, outputs and every shard's gradient."""
        count = len(batch.rows)
        members, chunks = self._cut(count, training)
        outputs = np.empty((count, *self._output_shape), self.gradient.dtype)
        if len(chunks) == 1:  # the way of tiny networks, where every call counts
            task = Task(batch, batch.rows, outputs, (*key, 0), training)
            desk = self._shards[0].desk(count)
            with np.errstate(over="ignore", invalid="ignore"):  # the trainer looks for them
                return desk.run(task), outputs, [desk.gradient]
        tasks = [
            Task(batch, batch.rows[chunk], outputs[chunk], (*key, number), training, chunk.start)
            for number, chunk in enumerate(chunks)
        ]
        self._share_out(tasks, members, Meeting(members) if self._coupled and training else None)
        shards = self._shards[:members]
        return sum(s.loss for s in shards), outputs, [s.gradient for s in shards]

    def _share_out(self, tasks: list[Task], members: int, meeting: Meeting | None) -> None:
        """Let the threads do the tasks in turn; if they are to meet, each has one."""
        if meeting:
            tasks = [
                task._replace(leads=number == 0, total=partial(meeting.total, number))
                for number, task in enumerate(tasks)
            ]

        def work(member: int) -> None:
            with np.errstate(over="ignore", invalid="ignore"), meeting or nullcontext():
                self._shards[member].run(tasks[member::members])

        self._crew.run(work, members)

    def cuts(self, count: int, training: bool) -> tuple[int, list[slice]]:
        """Return how many threads a batch is worth, and its chunks, equal ones as far as it goes.

        Each thread gets one chunk, if the examples depend on each other.
        """
        members = max(1, min(self._crew.threads, count, count * self._work // WORTH_A_THREAD))
        rounds = math.ceil(count / (members * self._largest_chunk))
        size = math.ceil(count / (members * (1 if self._coupled and training else rounds)))
        chunks = [slice(start, start + size) for start in range(0, count, size)]
        return min(members, len(chunks)), chunks

    def _add(self, gradients: ModelWeights) -> None:
        views = self._layout.views(self.gradient)
        for view, own in zip(views, gradients, strict=True):
            for name, gradient in own.items():
                view[name] += gradient
