"""Looking into a CSV file beside the window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from playground.data.files import find
from playground.data.tables.beginning import LONG, beginning
from playground.data.tables.budget import TooManyRowsError
from playground.data.tables.excerpt import Excerpt, excerpt, place_in
from playground.data.tables.plan import ColumnType
from playground.data.tables.summary import CsvColumn, CsvSummary, describe
from playground.data.tables.table import RowSample
from playground.data.tables.text import TextFormat, TextOptions, detect_beginning
from playground.errors import PlaygroundError

_SHOWING = 0.2
"""Seconds in which the beginning of a file is shown."""


class _StoppedError(BaseException):
    """Raised through the progress: no ``except Exception`` on the way stops it."""


@dataclass(frozen=True)
class Failure:
    """Why a file cannot be read, and the lines where that is."""

    message: str
    excerpt: Excerpt | None = None
    fitting: int = 0
    """How many rows may be taken of a file that is too large."""


@dataclass(frozen=True)
class Redescribed:
    """Columns that are read as another type now."""

    columns: tuple[CsvColumn, ...]


@dataclass(frozen=True)
class LookedUp:
    """The lines that a message about one column speaks of."""

    message: str
    excerpt: Excerpt | None


News = CsvSummary | Failure | Redescribed | LookedUp


class CsvReading(threading.Thread):
    """Describes one file: its beginning at once, then all of it, then columns as other types.

    Start it, take its news from a timer, stop and join it at the end.
    """

    def __init__(
        self,
        path: Path,
        options: TextOptions,
        types: Mapping[str, ColumnType],
        sample: RowSample,
    ) -> None:
        super().__init__(name="describing", daemon=False)
        self.progress = 0.0
        self._path = path
        self._options = options
        self._types = types
        self._sample = sample
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._wishes: queue.SimpleQueue[Mapping[str, ColumnType] | str | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._known: TextFormat | None = None

    def news(self) -> list[News]:
        """Return what has been found out since the last time."""
        return [self._news.get() for _ in range(self._news.qsize())]

    def describe_anew(self, types: Mapping[str, ColumnType]) -> None:
        """Ask for columns as other types."""
        self._wishes.put(types)

    def look_up(self, message: str) -> None:
        """Ask for the lines that a message speaks of."""
        self._wishes.put(message)

    def stop(self) -> None:
        """Ask the thread to end; it does within some 10 ms."""
        self._stopping.set()
        self._wishes.put(None)

    def run(self) -> None:
        try:
            summary = self._read()
            while summary and (wish := self._wishes.get()) is not None:
                if isinstance(wish, str):
                    self._news.put(LookedUp(wish, self._lines_around(wish)))
                else:
                    self._describe_anew(summary, wish)
        except _StoppedError:
            return

    def _read(self) -> CsvSummary | None:
        try:
            self._look_at_beginning()
            summary = describe(self._path, self._options, self._types, self._report, self._sample)
        except PlaygroundError as error:
            fitting = error.fitting if isinstance(error, TooManyRowsError) else 0
            self._news.put(Failure(str(error), self._lines_around(str(error)), fitting))
            return None
        self._known = summary.format
        self._news.put(summary)
        return summary

    def _look_at_beginning(self) -> None:
        """Tell what the first lines of a long file are like, as far as they can be read."""
        path = find(self._path)
        if path.stat().st_size < LONG:
            return
        try:
            with beginning(path) as part:
                summary = describe(part, self._options, self._types, self._report_start)
        except PlaygroundError:
            return  # found again, and told, when all of the file is read
        self._known = summary.format
        self._news.put(replace(summary, path=path, whole=False))
        # Beside a thread at work the window waits some 5 ms each time it enters the interpreter,
        # and to show a new table it does so a hundred times.
        self._stopping.wait(_SHOWING)

    def _describe_anew(self, summary: CsvSummary, types: Mapping[str, ColumnType]) -> None:
        columns = []
        for name, wanted in types.items():
            columns.append(summary.described_as(name, wanted))
            self._report(1.0)
        self._news.put(Redescribed(tuple(columns)))

    def _lines_around(self, message: str) -> Excerpt | None:
        """Return the lines of the file that an error is about."""
        place = place_in(message)
        if place is None:
            return None
        try:
            known = self._known or detect_beginning(find(self._path), self._options)
        except PlaygroundError:
            known = TextFormat("utf-8", ",", ".")
        try:
            return excerpt(find(self._path), known, place)
        except PlaygroundError:
            return None  # the file is gone by now

    def _report_start(self, share: float) -> None:
        if self._stopping.is_set():
            raise _StoppedError

    def _report(self, share: float) -> None:
        self._report_start(share)
        self.progress = share
