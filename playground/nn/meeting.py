"""Where the threads of one batch add up what its examples must know of each other."""

from __future__ import annotations

from threading import Barrier
from types import TracebackType

from playground.nn.arrays import Array


class Meeting:
    """Adds up arrays of several threads, in the order of the threads and not of their speed.

    Used as a context by each of them: one that fails lets no other wait for it.
    """

    def __init__(self, members: int) -> None:
        self._barrier = Barrier(members)
        self._brought: list[Array | None] = [None] * members

    def total(self, member: int, array: Array) -> Array:
        """Wait for the arrays of all members, and return their sum."""
        self._brought[member] = array
        self._barrier.wait()
        first, *others = [brought for brought in self._brought if brought is not None]
        total = first.copy()
        for other in others:
            total += other
        self._barrier.wait()  # all have read
        return total

    def __enter__(self) -> Meeting:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._barrier.abort()
