"""Keeps the work of a window on the disk, for the day it does not come to its end."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from playground.errors import FileError
from playground.files import write_atomically
from playground.gui.crashes.run_folder import RunFolder
from playground.gui.session import Session
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.state import RunState
from playground.training.storage import save_project

LOOK_MS = 5000
"""An edit is on the disk after so long at the latest ..."""
EVERY = 20.0
"""... and training that goes on after so many seconds, ..."""
SHARE = 20
"""... or so many times as long as the last writing took, if that is longer."""
PATIENCE = 10.0
_LARGEST = 2**29
"""Bytes of weights and memory; of a larger network only the choices are kept."""


@dataclass(frozen=True)
class _Job:
    """What is to be kept."""

    project: Project
    state: Future[RunState | None]
    original: Path | None


class AutoSave(QObject):
    """Looks at a session now and then; asks for its run and writes it, both beside the window."""

    failed = Signal(str)
    """Why work is not kept; once until it is kept again."""

    def __init__(self, session: Session, folder: RunFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._folder = session, folder
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._kept: tuple[Project | None, int] = (None, 0)
        self._began, self._took = 0.0, 0.0
        self._outcome: str | None = None
        """Of the last writing: nothing for success, else what prevented it; None if given up."""
        self._told = False
        self._when_kept: list[Callable[[], None]] = []
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        session.closing.connect(self.stop)

    def after_next(self, action: Callable[[], None]) -> None:
        """Keep the work soon, and do something once that has succeeded."""
        self._when_kept.append(action)

    def keep_now(self) -> bool:
        """Keep the work as it is, due or not; wait, but not for ever, and return whether it is."""
        self._finish()
        if self._session.project is None:
            return False
        self._begin(self._session.project)
        self._finish()
        return self._outcome == ""

    def stop(self) -> None:
        """Keep no more; what is being written is given up or finished."""
        self._timer.stop()
        self._stopping.set()
        self._finish()

    def _look(self) -> None:
        if self._thread is not None:
            if self._thread.is_alive():
                return
            self._finish()
        project = self._session.project
        if project is not None and self._due(project):
            self._begin(project)

    def _due(self, project: Project) -> bool:
        kept, step = self._kept
        if project is not kept or self._when_kept:
            return True
        if self._session.step == step:
            return False
        at_rest = self._session.status is not Status.RUNNING
        return at_rest or time.monotonic() - self._began > max(EVERY, SHARE * self._took)

    def _begin(self, project: Project) -> None:
        session = self._session
        self._began, self._kept = time.monotonic(), (project, session.step)
        job = _Job(project, session.ask_state(), session.path)
        # waits for the answer of the training thread, then for the disk: not the window's business
        self._thread = threading.Thread(target=self._write, args=(job,), name="autosave")
        self._thread.start()

    def _finish(self) -> None:
        """Wait for the writing, and tell what came of it."""
        if self._thread is None:
            return
        self._thread.join()
        self._thread = None
        if self._outcome == "":
            actions, self._when_kept = self._when_kept, []
            for action in actions:
                action()
        elif self._outcome and not self._told and not self._stopping.is_set():
            self.failed.emit(self._outcome)
        self._told = bool(self._outcome)

    def _write(self, job: _Job) -> None:
        """Write what is to be kept; in a thread of its own."""
        self._outcome = None
        try:
            state = self._answer(job.state)
            if state is not None and _size(state) > _LARGEST:
                state = None
            save_project(self._folder.work, job.project, state, keep_previous=False)
            about = {
                "title": job.project.title,
                "step": state.step if state else 0,
                "original": str(job.original) if job.original else "",
            }
            write_atomically(self._folder.about, json.dumps(about).encode())
            self._outcome, self._took = "", time.monotonic() - self._began
        except FileError as error:
            self._outcome = str(error)
        except (TimeoutError, CancelledError):
            pass  # its training thread has ended: another project was opened, or the window closes

    def _answer(self, answer: Future[RunState | None]) -> RunState | None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return answer.result(0.1)
            except TimeoutError:
                if self._stopping.is_set() or time.monotonic() > until:
                    raise


def _size(state: RunState) -> int:
    models = (state.weights, state.best or (), *state.slots.values())
    return sum(array.nbytes for model in models for layer in model for array in layer.values())
