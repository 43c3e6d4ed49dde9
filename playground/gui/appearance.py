"""How the window looks, as the user and the desktop want it: its theme, colours and text."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from playground.gui import theme
from playground.gui.settings import Settings
from playground.gui.tokens import PALETTES, TEXT_SIZES

_USUAL_POINTS = {"windows": 9, "cocoa": 13, "xcb": 11, "wayland": 11}
"""The size of text of a desktop that nobody has enlarged."""


def apply_look(settings: Settings) -> None:
    """Give the application the look that the settings ask for."""
    apply_theme(settings.theme, settings.palette, settings.text_size)


def apply_theme(name: str, palette: str = PALETTES[0], text_size: int = TEXT_SIZES[0]) -> None:
    """Give the application the look ``light``, ``dark`` or, for ``system``, the desktop's.

    Text is never larger than the largest of ``TEXT_SIZES``, however large the desktop's is.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dark = theme.system_is_dark(app) if name == "system" else name == "dark"
    scale = min(text_size * desktop_text_scale(), max(TEXT_SIZES)) / 100
    theme.apply(app, dark, palette=palette, scale=scale)


def desktop_text_scale() -> float:
    """Return how much larger the desktop writes than usual, as far as it tells.

    Most desktops scale all that a window shows, which Qt follows by itself; Windows can enlarge
    its text alone.
    """
    usual = _USUAL_POINTS.get(QGuiApplication.platformName())
    if usual is None:
        return 1.0
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return max(1.0, font.pointSizeF() / usual)
