"""What keys and mouse do in the views that are painted: declared beside the code that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from playground.language import mark, tr_declared

EVERYWHERE = mark("Everywhere")
CLICK = mark("Click")
DRAG = mark("Drag")
WHEEL = mark("Wheel")
RIGHT_CLICK = mark("Right click")
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
W = TypeVar("W", bound=type[QWidget])


def key_text(key: str) -> str:
    """Return a key as people write it here: ``Ctrl+S``, on a Mac ⌘S; arrows as arrows."""
    *modifiers, name = key.split("+") if key not in ("+", "Ctrl++") else (key,)
    written = QKeySequence("+".join((*modifiers, "A" if name in _ARROWS else name)))
    text = written.toString(QKeySequence.SequenceFormat.NativeText)
    return text[:-1] + _ARROWS[name] if name in _ARROWS else text


@dataclass(frozen=True)
class Gesture:
    """Keys, or a movement of the mouse, and what they do."""

    how: str | tuple[str, ...]
    """Names of keys as ``QKeySequence`` reads them; or a movement, in English."""
    does: str
    """In English."""

    def how_text(self) -> str:
        """Return what to press or to do, as people write it here."""
        if isinstance(self.how, str):
            return tr_declared(self.how)
        return "  ".join(key_text(key) for key in self.how)


REGISTRY: dict[str, list[tuple[type[QWidget], Gesture]]] = {}
"""The gestures by what they are made on, in English, each with the class that answers to it."""


def gestures(where: str, *made: tuple[str | tuple[str, ...], str]) -> Callable[[W], W]:
    """Declare what a class of widgets does; ``where`` names for people what it shows."""

    def declare(cls: W) -> W:
        REGISTRY.setdefault(where, []).extend((cls, Gesture(*each)) for each in made)
        return cls

    return declare
