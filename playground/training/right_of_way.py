"""How the window's thread goes first. No Qt here."""

from __future__ import annotations

import os
import sys
import threading

PATIENCE = 0.02
"""Seconds that the others wait at most, so that a window that never rests stops nobody."""

NICENESS = 5
"""How far the threads that compute stand back: beside the window they get a third of its share of
a processor that both want, and by themselves all of it."""


def stand_back() -> None:
    """Let this thread, and those that it will start, have a processor after the window's.

    Linux alone has a niceness for each thread; there is no way back without privileges.
    """
    if sys.platform == "linux":
        me = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, me, os.getpriority(os.PRIO_PROCESS, me) + NICENESS)


class RightOfWay:
    """Taken by the window while it is awake; the threads that compute give way between two steps.

    Only one thread at a time runs Python. Without this, the window would wait for a training
    thread of many small steps, some milliseconds each time, hundreds of times a picture.
    """

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()

    def take(self) -> None:
        """Let the others wait from their next step on."""
        if self._free.is_set():  # asked at every event of the window
            self._free.clear()

    def give(self) -> None:
        """Let the others go on."""
        if not self._free.is_set():
            self._free.set()

    def wait(self) -> None:
        """Wait until the way is free, or for as long as patience lasts."""
        self._free.wait(PATIENCE)
