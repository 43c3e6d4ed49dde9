"""Starting afresh, with nothing thrown away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from playground.gui.crashes.run_folder import abandoned
from playground.gui.places import RUNS, settings_folder, state_folder
from playground.language import tr


def begin_afresh() -> str:
    """Move what windows remember out of the way; say where it is now."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    try:
        backups = [*_settings_aside(stamp), *_state_aside(stamp)]
    except OSError as error:
        words = tr("{0} could not be set aside: {1}.")
        return words.format(error.filename, error.strerror)
    if not backups:
        return tr("There was nothing to reset.")
    words = tr("Everything begins afresh. What was remembered is in {0}.")
    return words.format(", ".join(map(str, backups)))


def _settings_aside(stamp: str) -> Iterator[Path]:
    folder = settings_folder()
    if folder.exists():
        yield folder.replace(_backup(folder, stamp))


def _state_aside(stamp: str) -> Iterator[Path]:
    """Set aside the work of windows that crashed, their reports, and all else but live windows."""
    folder = state_folder()
    backup = _backup(folder, stamp)
    entries = [entry for entry in folder.iterdir() if entry.name != RUNS] if folder.exists() else []
    runs = abandoned(folder / RUNS)
    if entries or runs:
        (backup / RUNS).mkdir(parents=True)
        for run in runs:
            run.move(backup / RUNS)
        for entry in entries:
            entry.replace(backup / entry.name)
        yield backup


def _backup(folder: Path, stamp: str) -> Path:
    return folder.with_name(f"{folder.name}.backup-{stamp}")
