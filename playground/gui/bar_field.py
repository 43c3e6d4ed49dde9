"""The parts of the control bar: a place in it, and a control with its caption."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui import theme
from playground.gui.widgets import column, label, row

CAPTION = 16
"""The height of a caption."""


@dataclass
class Slot:
    """A place in the bar: a widget, the gap before it, the width it wants and can do with."""

    widget: QWidget
    gap: int
    wanted: int
    least: int = 0
    words: str = ""
    """Of a button that goes without them where there is no room."""

    @property
    def narrowest(self) -> int:
        """The width it can do with."""
        return self.least or self.wanted


class Field(QWidget):
    """A control with its caption above, and at the caption's right a live value."""

    def __init__(self, caption: str, control: QWidget, value: QWidget | None = None) -> None:
        super().__init__()
        self._caption = label(caption, theme.CAPTION, colour="muted", elide=True)
        self._caption.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._caption.setBuddy(control)
        self.setToolTip(control.toolTip())
        head = row(self._caption, gap=4) if value is None else row(self._caption, value, gap=4)
        caption_line = QWidget()
        caption_line.setLayout(head)
        caption_line.setFixedHeight(theme.px(CAPTION))
        control.setMinimumWidth(0)
        self.setLayout(column(caption_line, control, gap=0))

    def set_caption(self, caption: str) -> None:
        """Say otherwise what the control is for."""
        self._caption.setText(caption)

    def caption_width(self) -> int:
        """Return the room that the caption needs."""
        return self._caption.sizeHint().width()
