"""The parts of the control bar: a place in it, and a control with its caption."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.look import theme
from playground.gui.widgets import column, label, row

CAPTION = 16
"""The height of a caption."""
GONE = -4
"""The width of a place that gives even its gap away."""


@dataclass(eq=False)
class Slot:
    """A place in the bar: a widget, the gap before it, the width it wants and can do with."""

    widget: QWidget
    gap: int
    wanted: int
    least: int = 0
    words: str = ""
    """Of a button that goes without them where there is no room."""
    width: int = 0
    """What it has got."""

    @property
    def narrowest(self) -> int:
        """The width it can do with."""
        return self.least or self.wanted


def narrow(groups: Iterable[Iterable[Slot]], spare: int) -> int:
    """Let places do with less, one group after the other, until ``spare`` is no lack any more.

    Return what is left over: words and whole places may leave more than was lacking.
    """
    for group in groups:
        if spare >= 0:
            break
        for slot in group:  # either all buttons keep their words or none
            room = slot.wanted - slot.least
            is_whole = slot.words or slot.least == GONE
            given = room if is_whole else min(room, max(0, -spare))
            slot.width -= given
            spare += given
    return spare


def widen(wishes: Iterable[tuple[Slot, int]], spare: int) -> None:
    """Hand out what room is left, each place getting no more than it can use."""
    for slot, most in wishes:
        given = min(max(0, spare), max(0, most - slot.width))
        slot.width += given
        spare -= given


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
