"""Some rows of a table, chosen at random while all of them go by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class RowSample:
    """How many rows to take, chosen at random, of a file that has more; 0 for all of them."""

    most_rows: int = 0
    seed: int = 0


ALL_ROWS = RowSample()


class RowChoice:
    """Gives each row that goes by a random key, and takes those with the smallest ones.

    So every row is as likely as any other, however many there will be; the same seed chooses the
    same rows, in whatever pieces they come.
    """

    def __init__(self, sample: RowSample) -> None:
        self.seen = 0
        self.numbers: Rows = np.empty(0, np.intp)
        """Which of the rows seen are taken, in order; empty where all are."""
        self._most = sample.most_rows
        self._rng = np.random.default_rng(sample.seed)
        self._keys = np.empty(0)
        self._largest = 1.0

    def next(self, count: int) -> Rows | None:
        """Return which of the next ``count`` rows to take for now; None for all."""
        self.seen += count
        if not self._most:
            return None
        keys = self._rng.random(count)
        rows = np.flatnonzero(keys <= self._largest)
        self._keys = np.concatenate([self._keys, keys[rows]])
        self.numbers = np.concatenate([self.numbers, rows + (self.seen - count)])
        return rows

    def spare(self, final: bool = False) -> Rows | None:
        """Return which of the taken rows to keep, when there are too many; else None."""
        if not self._most or len(self._keys) <= self._most * (1 if final else 2):
            return None
        kept = np.sort(np.argpartition(self._keys, self._most - 1)[: self._most])
        self._keys, self.numbers = self._keys[kept], self.numbers[kept]
        self._largest = float(self._keys.max())
        return kept
