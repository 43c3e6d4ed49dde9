"""The colours of the window: one ``Tokens`` for light, one for dark, and the one in force."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class Tokens:
    """One colour scheme; every colour in the window is one of these, as ``#RRGGBB``."""

    dark: bool
    canvas: str
    """The window behind the panels."""
    surface: str
    """Panels."""
    sunken: str
    """Wells: tracks, empty thumbnails, the hovered row."""
    line: str
    """Hairlines between panels."""
    border: str
    """Outlines of controls; 3:1 on the surface."""
    text: str
    muted: str
    """Captions; 4.5:1 even on ``sunken`` and ``tint``."""
    accent: str
    """The only accent: next step, selection, focus, validation curve."""
    on_accent: str
    tint: str
    """The accent at low strength, behind a selection."""
    pos: str
    """Positive weights, class 1."""
    neg: str
    """Negative weights, class 0. For graphics only, never text."""
    fourth: str
    """Class 3, after ``neg``, ``pos`` and ``accent``; for graphics only."""
    area_pos: str
    """``pos`` for large areas: the decision map behind its points."""
    area_neg: str
    danger: str
    danger_tint: str
    mid: str
    """The zero of the diverging map."""
    paper: str
    """Where the sequential and the ink maps begin."""
    deep: str
    """Where the sequential map ends."""


LIGHT = Tokens(
    dark=False,
    canvas="#F3F5F7",
    surface="#FFFFFF",
    sunken="#EBEEF2",
    line="#E3E7EC",
    border="#8A94A3",
    text="#17202C",
    muted="#566273",
    accent="#0B756E",
    on_accent="#FFFFFF",
    tint="#E0F1EF",
    pos="#1F6FC4",
    neg="#C95A00",
    fourth="#B23A7F",
    area_pos="#A6C7E8",
    area_neg="#EBC39E",
    danger="#B3261E",
    danger_tint="#FCEBE9",
    mid="#FAFAF8",
    paper="#EEF1F5",
    deep="#0F3F7A",
)
DARK = Tokens(
    dark=True,
    canvas="#101418",
    surface="#181D23",
    sunken="#0C1013",
    line="#272E37",
    border="#66717F",
    text="#E8ECF1",
    muted="#A1ACBA",
    accent="#4ACBBE",
    on_accent="#05211E",
    tint="#16312F",
    pos="#62ABF2",
    neg="#F2954A",
    fourth="#EC8FC6",
    area_pos="#386895",
    area_neg="#7C5638",
    danger="#FF8A80",
    danger_tint="#3A1F1E",
    mid="#1B2027",
    paper="#0C1013",
    deep="#A9D3FF",
)

_WEIGHT_COLOURS = {
    "Blue and orange": (LIGHT, DARK),
    "Purple and green": (
        dataclasses.replace(
            LIGHT,
            pos="#7B3FA0",
            neg="#2C7A3F",
            fourth="#C95A00",
            area_pos="#CDB4DD",
            area_neg="#A9D0B2",
        ),
        dataclasses.replace(
            DARK,
            pos="#C792EA",
            neg="#6CC081",
            fourth="#F2954A",
            area_pos="#71508A",
            area_neg="#3C6B49",
        ),
    ),
    "Ink": (
        dataclasses.replace(
            LIGHT, pos="#17202C", neg="#8A94A3", area_pos="#B4BAC2", area_neg="#DFE3E8"
        ),
        dataclasses.replace(
            DARK, pos="#E8ECF1", neg="#66717F", area_pos="#5B6470", area_neg="#2B323B"
        ),
    ),
}
WEIGHT_COLOURS = tuple(_WEIGHT_COLOURS)
"""The names of the colour pairs for positive and negative weights; the first is the default."""


def scheme(*, dark: bool, weights: str = WEIGHT_COLOURS[0]) -> Tokens:
    """Return the colours for a light or a dark window with this pair for the weights."""
    return _WEIGHT_COLOURS[weights][dark]


class Notifier(QObject):
    """The look in force; emits ``changed`` after it has changed."""

    changed = Signal()
    tokens: Tokens = LIGHT
    scale: float = 1.0
    """Of every font, and of the heights of controls."""


@cache
def notifier() -> Notifier:
    """Return the one look of the application."""
    return Notifier()


def tokens() -> Tokens:
    """Return the colours in force."""
    return notifier().tokens
