"""The licences of all that is in the box, as ``packaging/licences.py`` has collected them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from playground.resources import resource_path


@dataclass(frozen=True)
class Licence:
    """A part of the program, and what allows its use."""

    name: str
    kind: str
    licence: str
    """In a few words."""
    home: str
    version: str
    path: Path
    """Of the text."""

    def text(self) -> str:
        """Return the text in full."""
        return self.path.read_text(encoding="utf-8")


def licences() -> list[Licence]:
    """Return all of them, this program's first."""
    folder = resource_path("licences")
    table = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return [Licence(path=folder / entry.pop("text"), **entry) for entry in table]
