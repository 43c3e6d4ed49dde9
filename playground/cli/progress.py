"""A progress bar for the terminal."""

from __future__ import annotations

import shutil
import sys
import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 24
_SECONDS_BETWEEN = 0.1


class ProgressBar:
    """One line on stderr, redrawn in place; silent where that is not a terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._visible = self._stream.isatty()
        self._drawn = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear()

    def show(self, share: float, text: str) -> None:
        """Draw how much is done, from 0 to 1, at most ten times a second."""
        now = time.monotonic()
        if self._visible and now - self._drawn >= _SECONDS_BETWEEN:
            self._drawn = now
            full = round(_WIDTH * min(max(share, 0.0), 1.0))
            bar = "#" * full + "." * (_WIDTH - full)
            columns = shutil.get_terminal_size().columns
            self._write(f"[{bar}] {share:4.0%} {text}"[: columns - 1])

    def clear(self) -> None:
        """Make room for a line of text; the next ``show`` draws again."""
        if self._visible and self._drawn:
            self._drawn = 0.0
            self._write("")

    def _write(self, line: str) -> None:
        self._stream.write(f"\r\x1b[K{line}")
        self._stream.flush()


def clock(seconds: float) -> str:
    """Return ``0:41`` or ``1:02:03``."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
