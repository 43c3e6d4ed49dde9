"""Normally distributed numbers, drawn where they are used."""

from __future__ import annotations

import math

import numpy as np

from playground.data.augmentations.resampling import Shape
from playground.data.dataset import Floats

_AT_ONCE = 2**14
"""Numbers that are drawn together."""


class NormalNoise:
    """Numbers of mean 0 and deviation 1 for every example of a batch.

    They are drawn in blocks that have a stream each: so any thread can draw those of its
    examples, they are the same for all ways to cut the batch, and none waits in memory.
    """

    def __init__(self, rng: np.random.Generator, count: int, shape: Shape) -> None:
        self.shape = shape
        self._block = max(1, _AT_ONCE // math.prod(shape))  # examples
        blocks = -(-count // self._block)
        self._seeds: list[int] = rng.integers(2**63, size=blocks).tolist()

    def __call__(self, first: int, count: int) -> Floats:
        """Return the numbers of ``count`` examples, ``(count, *shape)``."""
        block, result = self._block, np.empty((count, *self.shape), np.float32)
        for number in range(first // block, -(-(first + count) // block)):
            drawn = np.random.default_rng(self._seeds[number]).standard_normal(
                (block, *self.shape), np.float32
            )
            start = number * block - first  # where the block begins in the result
            low, high = max(start, 0), min(start + block, count)
            result[low:high] = drawn[low - start : high - start]
        return result
