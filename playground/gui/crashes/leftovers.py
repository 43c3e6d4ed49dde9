"""The work and the traces of windows that never came to their end."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, QLocale

from playground.gui.crashes.reports import report
from playground.gui.crashes.run_folder import RunFolder
from playground.language import grouped, spoken, tr, tr_declared

_LARGEST = 2**20


@dataclass(frozen=True)
class Leftover:
    """Work that can be opened again."""

    run: RunFolder
    title: str
    step: int
    original: Path | None
    """The file that it was opened from or saved in."""
    kept_at: float

    def told(self) -> str:
        """Say in one line what it is."""
        name = self.original.name if self.original else tr_declared(self.title) or tr("Untitled")
        at = QDateTime.fromSecsSinceEpoch(round(self.kept_at))
        when = QLocale(spoken()).toString(at, QLocale.FormatType.ShortFormat)
        words = tr("{name}, step {step}, kept on {when}")
        return words.format(name=name, step=grouped(self.step), when=when)


def leftover(run: RunFolder) -> Leftover | None:
    """Return the work that a run has left, if any."""
    if not run.work.is_file():
        return None
    about = _about(run)
    title, step, original = about.get("title"), about.get("step"), about.get("original")
    return Leftover(
        run,
        title if isinstance(title, str) else "",
        step if type(step) is int else 0,
        Path(original) if isinstance(original, str) and original else None,
        run.work.stat().st_mtime,
    )


def report_of(run: RunFolder) -> str:
    """Return the report of a run that the system ended; nothing if it left no word of it."""
    fault = _text(run.fault)
    if not fault:
        return ""
    about = _text(run.versions).splitlines()
    what = fault.splitlines()[0]
    return report(what, fault, _text(run.trail), _project(run), about)


def _about(run: RunFolder) -> dict[str, Any]:
    try:
        about = json.loads(_text(run.about))
    except ValueError:
        return {}
    return about if isinstance(about, dict) else {}


def _project(run: RunFolder) -> Any:
    """Return the project's JSON, for reading only."""
    try:
        with zipfile.ZipFile(run.work) as archive:
            return json.loads(archive.read("project.json"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST).decode(errors="replace").strip()
    except OSError:
        return ""
