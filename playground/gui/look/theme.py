"""How the window looks: colours, fonts, style sheet and colour maps, all from the tokens.

Read the tokens when you paint, not before: they change while the window is open. A widget that
keeps a picture makes it anew on ``QEvent.Type.PaletteChange`` or ``notifier().changed``.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication

from playground.gui.look.palette_maps import Pixels, decision, diverging, ink, sequential, to_image
from playground.gui.look.style_sheet import style_sheet
from playground.gui.look.tokens import (
    BLACK,
    PALETTES,
    WHITE,
    Notifier,
    Tokens,
    notifier,
    scheme,
    tokens,
)
from playground.resources import resource_path

__all__ = [
    "BLACK",
    "BODY",
    "CAPTION",
    "DISPLAY",
    "HEAD",
    "PALETTES",
    "SMALL",
    "TITLE",
    "WHITE",
    "Notifier",
    "Pixels",
    "Tokens",
    "apply",
    "colour",
    "decision",
    "diverging",
    "font",
    "ink",
    "load_fonts",
    "notifier",
    "pen",
    "px",
    "sequential",
    "system_is_dark",
    "to_image",
    "tokens",
]

CAPTION, SMALL, BODY, TITLE, HEAD, DISPLAY = 11, 12, 13, 15, 20, 28
"""The type scale in pixels."""

_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "canvas",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
}


def colour(name: str, alpha: int = 255) -> QColor:
    """Return the token ``name`` as a colour, e.g. ``colour("accent")``."""
    result = QColor(getattr(tokens(), name))
    result.setAlpha(alpha)
    return result


def px(length: float) -> int:
    """Return a length that goes with the size of text, in pixels."""
    return round(length * notifier().scale)


def pen(
    name: str,
    width: float = 1.0,
    alpha: int = 255,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> QPen:
    """Return a pen in the colour of a token, as thick as the palette wants lines to be."""
    return QPen(colour(name, alpha), width * tokens().stroke, style)


def font(size: int = BODY, weight: int = 400, *, mono: bool = False) -> QFont:
    """Return a font of the type scale, with numbers of equal width."""
    result = QFont("JetBrains Mono" if mono else "Inter")
    result.setPixelSize(px(size))
    result.setWeight(QFont.Weight(weight))
    result.setFeature(QFont.Tag("tnum"), 1)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def load_fonts() -> None:
    """Make the fonts that ship with the app known to Qt."""
    for path in sorted(resource_path("fonts").iterdir()):
        if path.suffix in {".otf", ".ttf"}:
            QFontDatabase.addApplicationFont(str(path))


def system_is_dark(app: QGuiApplication) -> bool:
    """Say whether the desktop asks for dark windows; a desktop that says nothing is light."""
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply(app: QApplication, dark: bool, *, palette: str = PALETTES[0], scale: float = 1.0) -> None:
    """Give the whole application this look, then emit ``notifier().changed``.

    ``scale`` enlarges the fonts of widgets made after.
    """
    look = notifier()
    look.tokens = scheme(dark=dark, palette=palette)
    look.scale = scale
    if "Inter" not in QFontDatabase.families():
        load_fonts()
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_qt_palette())
    app.setStyleSheet(style_sheet(look.tokens, scale))
    look.changed.emit()


def _qt_palette() -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("muted", 150))
    palette.setColor(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, colour("muted", 150)
    )
    return palette
