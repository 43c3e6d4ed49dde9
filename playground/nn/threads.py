"""How many threads compute, and how work is dealt to them."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from threadpoolctl import threadpool_limits


def physical_cores() -> int:
    """Return how many cores this process may use, counting a core with two threads once."""
    if not hasattr(os, "sched_getaffinity"):
        return max(1, (os.cpu_count() or 2) // 2)
    usable = os.sched_getaffinity(0)
    siblings = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
    try:
        return len({Path(siblings.format(number)).read_text() for number in usable})
    except OSError:
        return len(usable)


class Crew:
    """Threads that compute together: the caller's own and ``threads - 1`` more."""

    def __init__(self, threads: int) -> None:
        _one_blas_thread()
        self.threads = threads
        self._others = ThreadPoolExecutor(threads, "crew")

    def run(self, work: Callable[[int], None], members: int) -> None:
        """Call ``work`` with 0, 1 ... ``members - 1`` at the same time, 0 in this thread.

        Raises what any of them raised, once all have ended.
        """
        if members == 1:
            work(0)
            return
        waiting = [self._others.submit(work, member) for member in range(1, members)]
        try:
            work(0)
        finally:
            errors = [future.exception() for future in waiting]
        for error in errors:
            if error is not None:
                raise error


@cache
def _one_blas_thread() -> None:
    """Keep each matrix product in its own thread: the chunks already fill the cores."""
    threadpool_limits(1, user_api="blas")
