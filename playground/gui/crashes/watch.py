"""Hears of every mistake that nobody has caught, in whichever thread, and writes it down."""

from __future__ import annotations

import faulthandler
import logging
import signal
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, TextIO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qFormatLogMessage,
    qInstallMessageHandler,
)

from playground.component import to_config
from playground.gui.crashes.reports import Reports, report
from playground.gui.crashes.trail import Trail
from playground.training.project import Project

MOST = 20
"""Reports of one run: a mistake in what is drawn comes back with every frame."""


@dataclass(frozen=True)
class Failure:
    """A mistake of the program's."""

    what: str
    """Its kind and its message, in one line."""
    report: str


class Watch(QObject):
    """Catches what falls through, while it is installed. Every mistake is written down once."""

    failed = Signal(Failure)
    """Something that nobody has told the user yet. It may come from any thread."""

    def __init__(self, reports: Reports, trail: Trail) -> None:
        super().__init__()
        self.reports, self.trail = reports, trail
        self.project: Callable[[], Project | None] = lambda: None
        self.interrupted = False
        """Whether there was a Ctrl+C in the terminal."""
        self._seen: Counter[str] = Counter()
        self._writing = threading.RLock()  # a collection may fail in the midst of it
        self._log = _LogHandler(self)
        self._faults: TextIO | None = None

    def install(self, faults: Path | None) -> None:
        """Begin to listen; what ends the process by force leaves its place in ``faults``."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        sys.unraisablehook = self._caught_unraisable
        logging.getLogger("playground").addHandler(self._log)
        # no exception, nor a signal: it comes in the midst of anything, and Qt does not bear that
        self._signal_before = signal.signal(signal.SIGINT, self._interrupt)
        self._qt_before = qInstallMessageHandler(self._told_by_qt)
        self._faulthandler_before = faulthandler.is_enabled()
        if faults is not None:
            self._faults = faults.open("w", encoding="utf-8")
            faulthandler.enable(self._faults)

    def uninstall(self) -> None:
        """Leave everything as it was."""
        qInstallMessageHandler(self._qt_before)
        signal.signal(signal.SIGINT, self._signal_before)
        logging.getLogger("playground").removeHandler(self._log)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            if self._faulthandler_before:
                faulthandler.enable()

    def write(self, error: BaseException) -> Failure | None:
        """Write a report, unless it is known or there are too many; return what it says."""
        with self._writing:
            place = _place(error)
            self._seen[place] += 1
            if self._seen[place] > 1 or len(self._seen) > MOST:
                return None
            what = "".join(traceback.format_exception_only(error)).strip()
            self.trail.add(what)
            project = self.project()
            text = report(
                what,
                "".join(traceback.format_exception(error)),
                self.trail.text(),
                to_config(project) if project is not None else None,
            )
            self.reports.write(text)
            return Failure(what, text)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self.interrupted = True

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._before[0](kind, error, trace)
        failure = self.write(error)
        if failure is not None:
            self.failed.emit(failure)

    def _caught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value
        if error is not None and not isinstance(error, SystemExit):
            self._caught(type(error), error, error.__traceback__)

    def _caught_unraisable(self, arguments: Any) -> None:
        self._before[2](arguments)
        if arguments.exc_value is not None:
            self.write(arguments.exc_value)

    def _told_by_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        text = qFormatLogMessage(kind, context, message)
        self.trail.add(f"Qt: {text}")
        if sys.stderr is not None:  # a program without a terminal has none
            sys.stderr.write(f"{text}\n")


class _LogHandler(logging.StreamHandler[Any]):
    """Writes down what another thread has caught by itself and shows in its own place."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.setLevel(logging.ERROR)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if record.exc_info and record.exc_info[1] is not None:
            self._watch.write(record.exc_info[1])


def _place(error: BaseException) -> str:
    """Return where a mistake is made: the same one may come in a thousand shapes."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} {last.filename}:{last.lineno}" if last else repr(error)
