"""How the window looks, as the user and the desktop want it: its theme, colours and text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from playground.gui.look import theme
from playground.gui.look.tokens import PALETTES, TEXT_SIZES
from playground.gui.settings import Settings

_USUAL_POINTS = {"windows": 9, "cocoa": 13, "xcb": 11, "wayland": 11}
"""The size of text of a desktop that nobody has enlarged."""


class Appearance:
    """What the user chooses of the look: it is shown at once, and remembered."""

    def __init__(
        self, settings: Settings, rebuild: Callable[[Callable[[], object]], object]
    ) -> None:
        self._settings, self._rebuild = settings, rebuild

    @property
    def theme(self) -> str:
        """``light``, ``dark`` or ``system``."""
        return self._settings.theme

    @property
    def palette(self) -> str:
        """One of ``PALETTES``."""
        return self._settings.palette

    @property
    def text_size(self) -> int:
        """One of ``TEXT_SIZES``."""
        return self._settings.text_size

    def set_theme(self, name: str) -> None:
        """Choose ``light``, ``dark`` or ``system``."""
        self._settings.theme = name
        apply_look(self._settings)

    def set_palette(self, name: str) -> None:
        """Choose one of ``PALETTES``."""
        self._settings.palette = name
        apply_look(self._settings)

    def set_text_size(self, percent: int) -> None:
        """Choose one of ``TEXT_SIZES``."""
        if percent != self.text_size:
            self._settings.text_size = percent
            self._rebuild(partial(apply_look, self._settings))

    def step_text_size(self, steps: int) -> None:
        """Choose the next larger size of text, or the next smaller one."""
        place = TEXT_SIZES.index(self.text_size) + steps
        if 0 <= place < len(TEXT_SIZES):
            self.set_text_size(TEXT_SIZES[place])


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
