"""A square to draw on with the mouse, a pen, a finger or the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.gestures import DRAG, gestures
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.gui.widgets import draw_focus
from playground.language import mark

SIDE = 280
"""Pixels along a side of the ink that a network is to read."""
THINNEST, PEN, THICKEST = 0.03, 0.08, 0.16
"""Widths of the pen, as shares of the canvas."""
_UNDO = QKeySequence.StandardKey.Undo
_STEP = 1 / 28
_ARROWS = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


@dataclass(frozen=True)
class Stroke:
    """A line; places and width are shares of the canvas."""

    points: tuple[tuple[float, float], ...]
    width: float
    erases: bool = False


@gestures(
    mark("Sheet to draw a digit on"),
    (("Left", "Right", "Up", "Down"), mark("Move the pen")),
    (("Space",), mark("Put the pen down, or lift it")),
    (("Backspace",), mark("Take the last stroke back")),
    (("Del",), mark("Wipe the sheet")),
    (DRAG, mark("Draw")),
)
class DrawCanvas(QWidget):
    """Strokes of a pen or an eraser, one of which can be taken back after the other.

    Delete clears, Backspace and Ctrl+Z take the last stroke back. The arrow keys move a pen that
    Space puts down and lifts.
    """

    changed = Signal()
    """The ink is another."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self._hint = hint
        self._strokes: list[Stroke] = []
        self._drawing = False
        self._at = (0.5, 0.5)
        self._pen_down = False
        self.pen_width = PEN
        self.erases = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    @property
    def strokes(self) -> Sequence[Stroke]:
        """The strokes there are, the first one first."""
        return tuple(self._strokes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been drawn."""
        return not self._strokes

    def ink(self) -> NDArray[np.float32]:
        """Return how much ink there is, ``(SIDE, SIDE)`` from 0 to 1."""
        image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = (QColor(theme.WHITE), QColor(theme.BLACK))
        _paint_strokes(painter, self._strokes, QRectF(0, 0, SIDE, SIDE), colours)
        painter.end()
        grey = np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, image.bytesPerLine())
        return (grey[:, :SIDE] / 255).astype(np.float32)

    def clear(self) -> None:
        """Begin with an empty canvas."""
        self._end()
        self._change([])

    def undo(self) -> None:
        """Take the last stroke back."""
        self._end()
        self._change(self._strokes[:-1])

    def sizeHint(self) -> QSize:
        return QSize(160, 160)

    # Drawing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button = event.button()
        if button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._drawing, self._pen_down = True, False
            erases = self.erases or button is Qt.MouseButton.RightButton
            self._begin(self._place_of(event.position()), erases)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._at = self._place_of(event.position())
        if self._drawing:
            self._go_on(self._at)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drawing = False

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end()
        self.update()

    def event(self, event: QEvent) -> bool:
        override = event.type() is QEvent.Type.ShortcutOverride and self._strokes
        if override and isinstance(event, QKeyEvent) and event.matches(_UNDO):
            event.accept()  # it takes a stroke back rather than an edit of the project
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Delete:
            self.clear()
        elif key is Qt.Key.Key_Backspace or event.matches(_UNDO):
            self.undo()
        elif key is Qt.Key.Key_Space:
            self._lower_or_lift()
        elif key in _ARROWS:
            self._move_by(*_ARROWS[key])
        else:
            super().keyPressEvent(event)

    def _lower_or_lift(self) -> None:
        self._pen_down = not self._pen_down
        if self._pen_down:
            self._begin(self._at, self.erases)
        self.update()

    def _move_by(self, right: float, down: float) -> None:
        x, y = self._at
        self._at = min(max(x + right, 0.0), 1.0), min(max(y + down, 0.0), 1.0)
        if self._pen_down:
            self._go_on(self._at)
        self.update()

    def _place_of(self, position: QPointF) -> tuple[float, float]:
        return position.x() / max(self.width(), 1), position.y() / max(self.height(), 1)

    def _begin(self, at: tuple[float, float], erases: bool) -> None:
        self._change([*self._strokes, Stroke((at,), self.pen_width, erases)])

    def _go_on(self, at: tuple[float, float]) -> None:
        if self._strokes and self._strokes[-1].points[-1] != at:
            last = self._strokes[-1]
            self._change([*self._strokes[:-1], replace(last, points=(*last.points, at))])

    def _end(self) -> None:
        self._drawing = self._pen_down = False

    def _change(self, strokes: list[Stroke]) -> None:
        if strokes != self._strokes:
            self._strokes = strokes
            self.update()
            self.changed.emit()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        no_pen(painter, "paper")
        painter.drawRoundedRect(box, 6, 6)
        if self._strokes:
            _paint_strokes(
                painter, self._strokes, box, (theme.colour("text"), theme.colour("paper"))
            )
        elif not self._pen_down:
            painter.setFont(theme.font(theme.BODY))
            painter.setPen(theme.colour("muted"))
            inside = box.adjusted(16, 16, -16, -16)
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inside, int(middle), self._hint)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.colour("border"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.hasFocus():
            draw_focus(painter, box)
        if self.hasFocus() or self.underMouse():
            self._paint_pen(painter)
        painter.end()

    def _paint_pen(self, painter: QPainter) -> None:
        """Show where the pen is and how wide."""
        middle = QPointF(self._at[0] * self.width(), self._at[1] * self.height())
        radius = self.pen_width * self.width() / 2
        painter.setPen(theme.pen("accent", 1.5 if self._pen_down else 1))
        painter.drawEllipse(middle, radius, radius)


def _paint_strokes(
    painter: QPainter, strokes: Sequence[Stroke], box: QRectF, colours: tuple[QColor, QColor]
) -> None:
    """Paint strokes in the colours of ink and paper."""
    for stroke in strokes:
        pen = QPen(colours[stroke.erases], stroke.width * box.width())
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        places = [QPointF(x * box.width(), y * box.height()) for x, y in stroke.points]
        if len(places) == 1:
            painter.drawPoint(places[0])
        else:
            painter.drawPolyline(QPolygonF(places))
