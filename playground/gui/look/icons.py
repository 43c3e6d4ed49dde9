"""Icons of the Material Design font, drawn in the colours of the theme in force."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from playground.gui.look import theme


def icon(name: str, colour_token: str = "text") -> QIcon:
    """Return the mdi6 icon ``name``, e.g. ``"play"``; it follows the theme by itself."""
    return QIcon(_GlyphEngine(name, colour_token))


class _GlyphEngine(QIconEngine):
    """Draw one character of the icon font, asking for the colour each time."""

    def __init__(self, name: str, colour_token: str) -> None:
        super().__init__()
        self._name = name
        self._colour_token = colour_token
        self._glyph = _glyphs()[name]

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._colour_token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        token = "border" if mode is QIcon.Mode.Disabled else self._colour_token
        painter.setPen(theme.colour(token))
        font = QFont(_family())
        font.setPixelSize(rect.height())
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_font_file("ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _glyphs() -> dict[str, str]:
    """Return the character of every icon by its name."""
    codes: dict[str, str] = json.loads(_font_file("json").read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


def _font_file(suffix: str) -> Path:
    """Return a file of qtawesome; importing it would load ten more fonts, a fifth of a second."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("No package named 'qtawesome', which brings the icons")
    fonts = Path(spec.origin).parent / "fonts"
    return next(fonts.glob(f"materialdesignicons6-webfont-*.{suffix}"))
