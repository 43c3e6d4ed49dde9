"""Looking into a CSV file beside the window."""

from __future__ import annotations

import threading
from pathlib import Path

from playground.data.sources.csv_file import CsvSummary, describe
from playground.data.tables.text import TextOptions
from playground.errors import PlaygroundError


class _StoppedError(BaseException):
    """Raised through the progress: no ``except Exception`` on the way stops it."""


class CsvReading(threading.Thread):
    """Describes one file. Start it, look at it from a timer, stop and join it at the end."""

    def __init__(self, path: Path, options: TextOptions) -> None:
        super().__init__(name="describing", daemon=False)
        self.progress = 0.0
        self.outcome: CsvSummary | PlaygroundError | None = None
        """None while it reads."""
        self._path = path
        self._options = options
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Ask the thread to end, and wait until it has: some 10 ms."""
        self._stopping.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        try:
            self.outcome = describe(self._path, self._options, self._report)
        except _StoppedError:
            return
        except PlaygroundError as error:
            self.outcome = error

    def _report(self, share: float) -> None:
        if self._stopping.is_set():
            raise _StoppedError
        self.progress = share
