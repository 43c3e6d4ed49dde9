"""The most probable next words, each a line to be clicked."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.data.text_part import visible
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.gui.widgets import draw_focus
from playground.language import mark

_ROW, _NAME, _FIGURE = 24, 128, 56
_CENTRE = Qt.AlignmentFlag.AlignVCenter
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@gestures(
    mark("Likely next words"),
    (("Up", "Down"), mark("Go to a word")),
    (("Return",), mark("Write it behind the text")),
)
class WordList(QWidget):
    """Words with bars and percentages; a click, or Enter, chooses one. Shows as many as fit."""

    chosen = Signal(int)
    """The class of a word."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._lines: list[tuple[int, str, float]] = []
        self._right: int | None = None
        self._current = 0
        self._under: int | None = None
        self.setObjectName("content")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self.update)

    def show_words(self, lines: list[tuple[int, str, float]], right: int | None = None) -> None:
        """Show class, word and probability of each line; ``right`` is the class to be marked."""
        self._lines, self._right = lines, right
        self._current = min(self._current, max(len(lines) - 1, 0))
        words = (f"{word} {100 * share:.0f}%" for _, word, share in lines[: self.capacity])
        self.setAccessibleDescription(", ".join(words))
        self.update()

    @property
    def capacity(self) -> int:
        """How many lines there is room for."""
        return max(1, math.floor(self.height() / self._row))

    def sizeHint(self) -> QSize:
        return QSize(320, round(10 * self._row))

    def minimumSizeHint(self) -> QSize:
        return QSize(232, round(4 * self._row))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._line_at(event.position().y()))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._line_at(event.position().y())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._current = place
            self.chosen.emit(self._lines[place][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        last = min(len(self._lines), self.capacity) - 1
        if move:
            self._current = min(max(self._current + move, 0), max(last, 0))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._lines:
            self.chosen.emit(self._lines[self._current][0])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, line in enumerate(self._lines[: self.capacity]):
            self._draw_line(painter, place, line)
        if self.hasFocus():
            draw_focus(painter, self._rect(self._current), 4)
        painter.end()

    @property
    def _row(self) -> float:
        return _ROW * theme.notifier().scale

    def _rect(self, place: int) -> QRectF:
        return QRectF(0, place * self._row, self.width(), self._row)

    def _draw_line(self, painter: QPainter, place: int, line: tuple[int, str, float]) -> None:
        number, word, share = line
        box, right = self._rect(place), number == self._right
        if place == self._under:
            no_pen(painter, "sunken")
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(theme.font(theme.BODY, 600 if right else 400))
        painter.setPen(theme.colour("accent" if right else "muted" if number == 0 else "text"))
        name = QRectF(8, box.top(), theme.px(_NAME) - 16, box.height())
        text = QFontMetricsF(painter.font()).elidedText(
            visible(word) + ("  ✓" if right else ""), Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(name, _CENTRE, text)
        room = max(self.width() - theme.px(_NAME) - theme.px(_FIGURE) - 8, 24)
        track = QRectF(theme.px(_NAME), box.center().y() - 4, room, 8)
        no_pen(painter, "sunken")
        painter.drawRoundedRect(track, 2, 2)
        no_pen(painter, "accent" if right else "pos")
        track.setWidth(max(room * (share if math.isfinite(share) else 0.0), 1))
        painter.drawRoundedRect(track, 2, 2)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("text"))
        figure = QRectF(theme.px(_NAME) + room + 8, box.top(), theme.px(_FIGURE), box.height())
        painter.drawText(figure, _CENTRE, f"{100 * share:.1f}%" if math.isfinite(share) else "–")

    def _line_at(self, y: float) -> int | None:
        place = math.floor(y / self._row)
        return place if 0 <= place < min(len(self._lines), self.capacity) else None

    def _hover(self, place: int | None) -> None:
        if place != self._under:
            self._under = place
            on = place is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor)
            self.update()
