"""What was done last, in memory and on the disk: it tells how somebody got into a crash."""

from __future__ import annotations

import threading
import time
from collections import deque
from pathlib import Path

LENGTH = 60
_LONGEST = 300
_MOST_LINES = 10 * LENGTH


class Trail:
    """The last things that happened, each with its time. Any thread may add to it.

    Every line is in its file at once, which may be None, so that it outlives the process.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lines: deque[str] = deque(maxlen=LENGTH)
        self._written = 0
        self._last = ""
        self._lock = threading.RLock()

    def add(self, text: str) -> None:
        """Add what has happened; what happens again and again is told once."""
        with self._lock:
            if text == self._last:
                return
            self._last = text
            line = f"{time.strftime('%H:%M:%S')} {' '.join(text.split())[:_LONGEST]}"
            self._lines.append(line)
            self._write(line)

    def text(self) -> str:
        """Return the last lines."""
        with self._lock:
            return "\n".join(self._lines)

    def _write(self, line: str) -> None:
        if self._path is None:
            return
        try:
            if self._written < _MOST_LINES:
                with self._path.open("a", encoding="utf-8", errors="replace") as file:
                    file.write(f"{line}\n")
            else:
                lines = "\n".join(self._lines)
                self._path.write_text(f"{lines}\n", encoding="utf-8", errors="replace")
                self._written = LENGTH
            self._written += 1
        except OSError:
            self._path = None
