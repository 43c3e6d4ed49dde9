"""The licences of all that is in the box, as ``packaging/licences.py`` has collected them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from playground.language import mark, tr_declared
from playground.resources import resource_path

DESCRIBED = (
    mark("Libraries in the bundle for Linux"),
    mark("PyInstaller's start of the bundle"),
    mark("Software of others in Qt"),
    mark("MIT, BSD, zlib and others"),
    mark("MIT, BSD, LGPL and others"),
)
"""What is said of parts that have no name of their own, and of their licences."""


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

    @property
    def title(self) -> str:
        """The name in the language in force, if it is one that has a meaning."""
        return ", ".join(map(tr_declared, self.name.split(" / ")))

    @property
    def terms(self) -> str:
        """The licence in a few words, in the language in force."""
        return tr_declared(self.licence)

    def text(self) -> str:
        """Return the text in full."""
        return self.path.read_text(encoding="utf-8")


def licences() -> list[Licence]:
    """Return all of them, this program's first."""
    folder = resource_path("licences")
    table = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return [Licence(path=folder / entry.pop("text"), **entry) for entry in table]
