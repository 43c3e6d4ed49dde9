"""The folder of crash reports: a few small text files. Nothing is ever sent anywhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from playground.versions import versions

KEPT = 5
LARGEST = 2**20
_LONGEST_TEXT, _LONGEST_LIST = 100, 30
"""What a project's description shows of each."""


class Reports:
    """Writes reports, each small, and keeps the newest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, text: str) -> Path | None:
        """Write a report; return where it is, or None where nothing can be written."""
        path = self.folder / f"crash-{datetime.now().strftime('%Y%m%d-%H%M%S-%f')}.txt"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(shortened(text))
            for old in self.paths()[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return path

    def paths(self) -> list[Path]:
        """Return the reports, the newest first."""
        return sorted(self.folder.glob("crash-*.txt"), reverse=True)


def shortened(text: str) -> bytes:
    """Return the text as bytes, its middle left out where it is too long for a report."""
    content = text.encode(errors="replace")
    if len(content) <= LARGEST:
        return content
    half = LARGEST // 2 - 10
    return content[:half] + b"\n[...]\n" + content[-half:]


def report(what: str, trace: str, trail: str, project: Any, about: Iterable[str] = ()) -> str:
    """Return the text of a report.

    ``project`` is the project's JSON, of which long texts and lists are left out, ``about`` the
    versions in lines: those of this program, unless another one is meant.
    """
    parts = {
        what: "",
        "Versions": "\n".join(about or version_lines()),
        "Where": trace,
        "What was done last": trail,
        "The project, without its data": json.dumps(without_data(project), indent=1),
    }
    text = "\n\n".join(f"{title}\n{body}".rstrip() for title, body in parts.items())
    return _nameless(text) + "\n"


def _nameless(text: str) -> str:
    """Return the text without the user's folder, which has a name that is nobody's business."""
    home = os.path.expanduser("~")  # noqa: PTH111  Path.home() raises where nobody has a home
    return text.replace(home, "~") if len(home) > 1 else text


def version_lines() -> list[str]:
    """Return the versions of this program in lines."""
    return [f"{name}: {value}" for name, value in versions()]


def without_data(value: Any) -> Any:
    """Return the description of a project without what was pasted, drawn or measured."""
    if isinstance(value, dict):
        return {name: without_data(inner) for name, inner in value.items()}
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return f"{value[:_LONGEST_TEXT]}... ({len(value)} characters)"
    if isinstance(value, (list, tuple)):
        shown = [without_data(inner) for inner in value[:_LONGEST_LIST]]
        return [*shown, f"({len(value)} entries)"] if len(value) > _LONGEST_LIST else shown
    return value
