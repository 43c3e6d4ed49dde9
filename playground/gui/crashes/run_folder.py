"""What a running window leaves on the disk, to be found if it never comes to its end."""

from __future__ import annotations

import itertools
import os
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from playground.gui.crashes.lock import hold

KEPT = 5
"""Runs with work in them that wait to be opened again; of more, the oldest go."""


class RunFolder:
    """The folder of one run, held by its window as long as that lives.

    A clean end removes it. So a folder that nobody holds is a crash's, however many windows are
    open. It is held by a file beside it, which exists before the folder does.
    """

    def __init__(self, path: Path, lock: BinaryIO) -> None:
        self.path = path
        self._lock = lock

    @property
    def work(self) -> Path:
        """The project with its run, as it was kept last."""
        return self.path / "work.nnproj"

    @property
    def about(self) -> Path:
        """What is known of the work."""
        return self.path / "about.json"

    @property
    def versions(self) -> Path:
        """What the program was made of."""
        return self.path / "versions.txt"

    @property
    def trail(self) -> Path:
        """What was done last."""
        return self.path / "trail.txt"

    @property
    def fault(self) -> Path:
        """Where Python was when the system ended it."""
        return self.path / "fault.txt"

    def release(self) -> None:
        """Leave it as it is, for the next window that starts."""
        self._lock.close()

    def move(self, parent: Path) -> None:
        """Put it elsewhere, where nobody asks for it."""
        self.path.replace(parent / self.path.name)
        self.remove()

    def remove(self) -> None:
        """Remove it; nothing in it is wanted any more."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()
        _lock_of(self.path).unlink(missing_ok=True)


def new_run(parent: Path) -> RunFolder:
    """Make the folder of a run that begins. Raises ``OSError`` where that is not possible."""
    parent.mkdir(parents=True, exist_ok=True)
    stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
    for number in itertools.count():
        path = parent / f"{stamp}-{number}"
        lock = hold(_lock_of(path))
        if lock and not path.exists():
            path.mkdir()
            return RunFolder(path, lock)
        if lock:
            lock.close()
    raise AssertionError


def abandoned(parent: Path) -> list[RunFolder]:
    """Hold the folders of runs that ended without an end, the newest first, and return them."""
    found = [run for path in _folders(parent) if (run := _claimed(path)) is not None]
    worth = [run for run in found if run.work.exists()]
    for run in worth[KEPT:]:
        run.remove()
    return [run for run in found if run not in worth[KEPT:]]


def _folders(parent: Path) -> list[Path]:
    try:
        return sorted((path for path in parent.iterdir() if path.is_dir()), reverse=True)
    except OSError:
        return []


def _claimed(path: Path) -> RunFolder | None:
    try:
        lock = hold(_lock_of(path))
    except OSError:  # nobody can tell whether its window lives
        return None
    return RunFolder(path, lock) if lock else None


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")
