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
from functools import cache

import numpy as np
from threadpoolctl import threadpool_limits

from playground.nn.arrays import Array, Shape
from playground.nn.layers import INFERENCE, Context
from playground.nn.losses import Loss
from playground.nn.model import ModelWeights, Sequential
from playground.nn.parameters import arrays, flatten, unflatten

CACHE_BYTES = 2**20
"""What the largest array of a chunk may take: about the second-level cache of a core."""


class Plan:
    """Computes gradients and outputs of one model, on one or two threads.

    ``gradient`` is the flat vector that ``gradients`` fills.
    """

    def __init__(
        self, model: Sequential, loss: Loss, input_shape: Shape, weights: ModelWeights
    ) -> None:
        _one_blas_thread()
        self.model = model.without_output_activation() if loss.link else model
        self.loss = loss
        self._chunk = _chunk_size(self.model, input_shape)
        self._threads = min(2, os.cpu_count() or 1)
        self._executor = ThreadPoolExecutor(self._threads, "plan")
        flats = [np.zeros_like(flatten(weights)) for _ in range(self._threads)]
        self._shards = [(flat, unflatten(flat, weights)) for flat in flats]
        self.gradient = flats[0]

    def gradients(
        self, weights: ModelWeights, x: Array, targets: Array, key: tuple[int, ...]
    ) -> tuple[Array, Array]:
        """Fill ``gradient`` with that of the mean loss.

        Returns each example's loss ``(batch,)`` and the model's outputs ``(batch, outputs)``:
        logits, if the loss is a cross-entropy.
        """
        starts = range(0, len(x), self._chunk)
        losses: list[Array] = [x] * len(starts)
        outputs: list[Array] = [x] * len(starts)

        def run(shard: int) -> None:
            flat, views = self._shards[shard]
            flat.fill(0)
            for index in range(shard, len(starts), self._threads):
                rows = slice(starts[index], starts[index] + self._chunk)
                context = Context(training=True, key=(*key, index))
                with np.errstate(over="ignore", invalid="ignore"):  # the trainer looks for them
                    y, backward = self.model.forward(weights, x[rows], context)
                    losses[index], dy = self.loss(y, targets[rows])
                    _, gradients = backward(dy / len(x))
                    for total, part in zip(arrays(views), arrays(gradients), strict=True):
                        total += part
                outputs[index] = y

        self._run_shards(run, len(starts))
        if len(starts) > 1:
            for other, _ in self._shards[1:]:
                self.gradient += other
        return np.concatenate(losses), np.concatenate(outputs)

    def outputs(self, weights: ModelWeights, x: Array) -> Array:
        """Return the model's outputs for inference ``(n, outputs)``, logits as in ``gradients``."""
        starts = range(0, len(x), self._chunk)
        parts: list[Array] = [x] * len(starts)

        def run(shard: int) -> None:
            for index in range(shard, len(starts), self._threads):
                rows = slice(starts[index], starts[index] + self._chunk)
                with np.errstate(over="ignore", invalid="ignore"):
                    parts[index], _ = self.model.forward(weights, x[rows], INFERENCE)

        self._run_shards(run, len(starts))
        return np.concatenate(parts)

    def _run_shards(self, run: Callable[[int], None], chunks: int) -> None:
        """Call ``run(shard)`` for every thread, the first shard in this one."""
        if chunks == 1:
            run(0)
            return
        waiting = [self._executor.submit(run, shard) for shard in range(1, self._threads)]
        run(0)
        for future in waiting:
            future.result()


def _chunk_size(model: Sequential, input_shape: Shape) -> int:
    """Return how many examples go through the layers together."""
    largest = max(math.prod(shape) for shape in model.shapes(input_shape))
    return max(8, CACHE_BYTES // (4 * largest))


@cache
def _one_blas_thread() -> None:
    """Keep each matrix product in its own thread: the chunks already fill the cores."""
    threadpool_limits(1, user_api="blas")
