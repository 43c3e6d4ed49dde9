"""How the user has laid out each workspace, as it is remembered between two starts."""

from __future__ import annotations

import binascii
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize

from playground.data.dataset import DataKind
from playground.gui.settings import Settings
from playground.language import tr


@dataclass(frozen=True)
class Layout:
    """Where the panels of a workspace are, and what is in front in its middle."""

    docks: bytes
    """As ``QMainWindow.saveState`` tells it."""
    front: str
    """The view in front in the middle."""
    enlarged: frozenset[str]
    """The views of the middle that take the room of the panels."""
    size: QSize
    """What there was to share out."""


class Layouts:
    """The layout of each workspace; none for one that is as it was designed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __getitem__(self, kind: DataKind) -> Layout | None:
        return _read(self._settings.file.get(_key(kind)))

    def keep(self, kind: DataKind, layout: Layout) -> None:
        """Remember a layout."""
        self._settings.file.put(_key(kind), _written(layout))

    def forget(self, kind: DataKind) -> None:
        """Let a workspace be as it was designed."""
        self._settings.file.put(_key(kind), None)


def workspace_names() -> dict[DataKind, tuple[str, str]]:
    """Return what each workspace is called, and what it is for."""
    return {
        DataKind.POINTS: (tr("Points"), tr("The output large beside the network.")),
        DataKind.CURVE: (tr("Curves"), tr("The fitted curve large beside the network.")),
        DataKind.IMAGES: (tr("Images"), tr("Filters and maximal activation below the network.")),
        DataKind.TABLE: (tr("Table"), tr("Predictions and evaluation below the network.")),
        DataKind.TEXT: (tr("Text"), tr("The next word and the word map below the network.")),
    }


def _key(kind: DataKind) -> str:
    return f"workspace/{kind.value}"


def _written(layout: Layout) -> dict[str, Any]:
    return {
        "docks": b64encode(layout.docks).decode(),
        # Qt trusts what it reads; what somebody has changed is not shown to it
        "check": zlib.crc32(layout.docks),
        "front": layout.front,
        "enlarged": sorted(layout.enlarged),
        "size": [layout.size.width(), layout.size.height()],
    }


def _read(value: Any) -> Layout | None:
    """Return the layout that ``_written`` has told of; None for anything else."""
    match value:
        case {
            "docks": str(text),
            "check": int(check),
            "front": str(front),
            "enlarged": [*enlarged],
            "size": [int(width), int(height)],
        }:
            try:
                docks = b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                return None
            if zlib.crc32(docks) == check and width > 0 and height > 0:
                return Layout(docks, front, frozenset(map(str, enlarged)), QSize(width, height))
    return None
