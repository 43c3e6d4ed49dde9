"""Numbers that come one by one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Series:
    """An append-only array. ``values()`` is a view that later appends never change."""

    def __init__(self, values: Iterable[float] = ()) -> None:
        self._buffer = np.array(list(values), np.float64)
        self._size = len(self._buffer)

    def append(self, value: float) -> None:
        """Add a value at the end, in amortized constant time."""
        if self._size == len(self._buffer):
            self._buffer = np.concatenate([self._buffer, np.empty(max(1024, self._size))])
        self._buffer[self._size] = value
        self._size += 1

    def __len__(self) -> int:
        return self._size

    def values(self) -> Numbers:
        """Return all values so far, read-only and without a copy."""
        view = self._buffer[: self._size]
        view.flags.writeable = False
        return view


def empty() -> Numbers:
    """Return no numbers at all."""
    return np.zeros(0)
