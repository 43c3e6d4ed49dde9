"""The colours of the window: a ``Tokens`` for every palette, light and dark, and the one in force.

No colour is written anywhere else.
"""

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
    faint: str
    """What cannot be used at present."""
    text: str
    muted: str
    """Captions; 4.5:1 even on ``sunken`` and ``tint``."""
    accent: str
    """The only accent: next step, selection, focus, validation curve."""
    accent_hover: str
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
    """Where the ink map begins; it ends in ``text``."""
    ramp: tuple[str, ...]
    """What the sequential map goes through, from nothing to most: ever darker, or ever lighter."""
    stroke: float = 1.0
    """How much thicker lines are than usual."""


LIGHT = Tokens(
    dark=False,
    canvas="#F3F5F7",
    surface="#FFFFFF",
    sunken="#EBEEF2",
    line="#E3E7EC",
    border="#8A94A3",
    faint="#8A94A3",
    text="#17202C",
    muted="#566273",
    accent="#0B756E",
    accent_hover="#096059",
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
    ramp=("#EEF1F5", "#0F3F7A"),
)
DARK = Tokens(
    dark=True,
    canvas="#101418",
    surface="#181D23",
    sunken="#0C1013",
    line="#272E37",
    border="#66717F",
    faint="#66717F",
    text="#E8ECF1",
    muted="#A1ACBA",
    accent="#4ACBBE",
    accent_hover="#3DB8AB",
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
    ramp=("#0C1013", "#A9D3FF"),
)

WHITE, BLACK = "#FFFFFF", "#000000"
"""For words upon a colour of any map: the one that stands out from it."""

_PURPLE_GREEN = (
    dataclasses.replace(
        LIGHT,
        pos="#7B3FA0",
        neg="#2C7A3F",
        fourth="#C95A00",
        area_pos="#CDB4DD",
        area_neg="#A9D0B2",
        ramp=("#F1EEF5", "#4B1D6B"),
    ),
    dataclasses.replace(
        DARK,
        pos="#C792EA",
        neg="#6CC081",
        fourth="#F2954A",
        area_pos="#71508A",
        area_neg="#3C6B49",
        ramp=("#0C1013", "#E3C4F7"),
    ),
)
_VIRIDIS = (
    dataclasses.replace(
        LIGHT,
        pos="#967200",
        neg="#4B3A94",
        area_pos="#E6D68F",
        area_neg="#BDB4E0",
        ramp=("#F6F8EA", "#A5DB36", "#35B779", "#21918C", "#31688E", "#440154"),
    ),
    dataclasses.replace(
        DARK,
        pos="#E5C53A",
        neg="#A596F2",
        area_pos="#74651F",
        area_neg="#544A8F",
        ramp=("#16101C", "#482878", "#31688E", "#21918C", "#5EC962", "#FDE725"),
    ),
)
_HIGH_CONTRAST = (
    dataclasses.replace(
        LIGHT,
        canvas="#FFFFFF",
        sunken="#F0F0F0",
        line="#767676",
        border="#000000",
        faint="#6B6B6B",
        text="#000000",
        muted="#333333",
        accent="#00524C",
        accent_hover="#003E39",
        tint="#DDF5F2",
        pos="#00429D",
        neg="#8A3200",
        fourth="#7A0F55",
        area_pos="#A9CDF8",
        area_neg="#FAC498",
        danger="#8E0F0B",
        danger_tint="#FFEBE9",
        mid="#FFFFFF",
        paper="#FFFFFF",
        ramp=("#FFFFFF", "#001B4D"),
        stroke=1.5,
    ),
    dataclasses.replace(
        DARK,
        canvas="#000000",
        surface="#000000",
        sunken="#1A1A1A",
        line="#8C8C8C",
        border="#FFFFFF",
        faint="#949494",
        text="#FFFFFF",
        muted="#D4D4D4",
        accent="#5FF0E2",
        accent_hover="#A6FFF6",
        on_accent="#000000",
        tint="#003B37",
        pos="#85C4FF",
        neg="#FFAA66",
        fourth="#FFA3DD",
        area_pos="#1D548C",
        area_neg="#75400F",
        danger="#FFA59E",
        danger_tint="#3D0B08",
        mid="#000000",
        paper="#000000",
        ramp=("#000000", "#D6EAFF"),
        stroke=1.5,
    ),
)
_INK = (
    dataclasses.replace(
        LIGHT,
        pos="#17202C",
        neg="#8A94A3",
        area_pos="#B4BAC2",
        area_neg="#DFE3E8",
        ramp=("#EEF1F5", "#17202C"),
    ),
    dataclasses.replace(
        DARK,
        pos="#E8ECF1",
        neg="#66717F",
        area_pos="#5B6470",
        area_neg="#2B323B",
        ramp=("#0C1013", "#E8ECF1"),
    ),
)
_PALETTES = {
    "blue-orange": (LIGHT, DARK),
    "viridis": _VIRIDIS,
    "contrast": _HIGH_CONTRAST,
    "purple-green": _PURPLE_GREEN,
    "ink": _INK,
}
PALETTES = tuple(_PALETTES)
"""The palettes by their ids; the first is the default."""

TEXT_SIZES = (100, 110, 125, 150)
"""In percent; the first is the usual one."""


def scheme(*, dark: bool, palette: str = PALETTES[0]) -> Tokens:
    """Return the colours of a palette for a light or a dark window."""
    return _PALETTES[palette][dark]


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
