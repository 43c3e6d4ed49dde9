"""A chart of lines over a number, with names at their ends and a reading under the pointer.

Everything in it is made once and then updated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from playground.gui import theme, widgets
from playground.gui.decimate import Points
from playground.gui.end_labels import EndLabel, place_labels
from playground.gui.scales import Scale

NOTHING: Points = (np.zeros(0), np.zeros(0))
UNIT = Scale(0.0, 1.0, ())
_LEFT, _TOP, _RIGHT, _BOTTOM = 40, 8, 8, 20
_OVERHANG = 6  # the canvas goes on beyond the axes, or it would cut off dots that lie on them
_DOT_ROOM = 8  # pixels for each dot on a line; without them it goes without dots
_KEY_STEP = 0.01
_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT_OF_ROW = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Look:
    """How a line is drawn, in the colour of a token."""

    token: str
    width: float = 1.0
    """0 for no line, only dots."""
    alpha: int = 255
    dots: float = 0.0
    """Their diameter; 0 for none."""
    hollow: bool = False


@dataclass(frozen=True)
class Ending:
    """The name and value to write at the last point of a line."""

    text: str
    token: str
    x: float
    y: float
    weight: int = 400


@dataclass(frozen=True)
class Reading:
    """What stands at one x: a line across, points on the curves as (y, token), words."""

    x: float
    points: tuple[tuple[float, str], ...]
    words: tuple[str, ...]


class Plot(QWidget):
    """Lines by name. Left and Right, Home and End move the reading; Escape ends it."""

    pointed = Signal(object)
    """The x that the user points at, or None."""

    def __init__(self, name: str, looks: Mapping[str, Look]) -> None:
        super().__init__()
        self._looks = dict(looks)
        self._x, self._y = UNIT, UNIT
        self._curves: dict[str, Points] = dict.fromkeys(looks, NOTHING)
        self._endings: tuple[Ending, ...] = ()
        self._mark: tuple[float, str] | None = None
        self._reading: Reading | None = None
        self._nothing_yet = ""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._view, self._box = _canvas(self)
        self._lines = {name: self._line() for name, look in looks.items() if look.width}
        self._dots = {name: self._scatter(look) for name, look in looks.items() if look.dots}
        self._over = widgets.Painted(self._paint_over, 0, "")
        self._over.setParent(self)
        self._over.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._restyle()
        theme.notifier().changed.connect(self._restyle)

    @property
    def area(self) -> QRectF:
        """Where the data is drawn, in pixels."""
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    @property
    def curves(self) -> Mapping[str, Points]:
        """The lines as they are drawn."""
        return self._curves

    def set_scales(self, x: Scale, y: Scale) -> None:
        """Choose the axes; the same as before cost nothing."""
        if (x, y) != (self._x, self._y):
            self._x, self._y = x, y
            self._fit()
            self.update()

    def set_curves(self, curves: Mapping[str, Points]) -> None:
        """Draw lines, each ``(x, y)`` of finite numbers."""
        for name, points in curves.items():
            self._curves[name] = points
            if name in self._lines:
                self._lines[name].setData(*points, skipFiniteCheck=True)
            if name in self._dots:
                crowded = name in self._lines and len(points[0]) * _DOT_ROOM > self.area.width()
                self._dots[name].setData(*(NOTHING if crowded else points))

    def set_endings(self, endings: Sequence[Ending]) -> None:
        """Name the lines at their ends."""
        self._endings = tuple(endings)
        self._over.update()

    def set_mark(self, x: float, text: str) -> None:
        """Draw a dashed line across, with a word of warning; none without a text."""
        self._mark = (x, text) if text else None
        self._over.update()

    def set_reading(self, reading: Reading | None) -> None:
        """Show what stands at one x."""
        self._reading = reading
        self.setAccessibleDescription(", ".join(reading.words) if reading else "")
        self._over.update()

    def set_nothing_yet(self, sentence: str) -> None:
        """Say what will be here, while there is no line."""
        self._nothing_yet = sentence
        self._over.update()

    def to_pixels(self, points: Points) -> Points:
        """Return points of the data as places in this widget."""
        area = self.area
        x = area.left() + (points[0] - self._x.low) / (self._x.high - self._x.low) * area.width()
        share = (points[1] - self._y.low) / (self._y.high - self._y.low)
        return x, np.clip(area.bottom() - share * area.height(), area.top(), area.bottom())

    def sizeHint(self) -> QSize:
        return QSize(256, 136)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 72)

    def resizeEvent(self, event: QResizeEvent) -> None:
        margin = _OVERHANG
        canvas = self.area.adjusted(-margin, -margin, margin, margin).toRect()
        self._view.setGeometry(canvas)
        self._over.setGeometry(self.rect())
        self._fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        share = (event.position().x() - self.area.left()) / max(self.area.width(), 1)
        inside = -0.02 <= share <= 1.02
        x = self._x.low + min(max(share, 0.0), 1.0) * (self._x.high - self._x.low)
        self.pointed.emit(x if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = [points[0][-1] for points in self._curves.values() if len(points[0])]
        if not ends or event.key() not in _MOVES:
            super().keyPressEvent(event)
            return
        last = float(max(ends))
        here = self._reading.x if self._reading else last
        x = _MOVES[event.key()](here, last, _KEY_STEP * (self._x.high - self._x.low))
        self.pointed.emit(None if x is None else min(max(x, self._x.low), last))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._over.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._over.update()
        self.pointed.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grid and the numbers of the axes; the canvas lies above them."""
        painter = QPainter(self)
        painter.setFont(theme.font(theme.CAPTION))
        area, words, line = self.area, theme.colour("muted"), QPen(theme.colour("line"))
        for value, text in self._y.ticks:
            y = round(self._at(self._x.low, value).y()) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(words)
            painter.drawText(QRectF(0, y - 8, _LEFT - 6, 16), _RIGHT_OF_ROW, text)
        painter.setPen(words)
        for value, text in self._x.ticks:
            x = self._at(value, self._y.low).x()
            half = QFontMetricsF(painter.font()).horizontalAdvance(text) / 2
            x = min(x, self.width() - half)  # the last number may be wide
            painter.drawText(QRectF(x - 40, area.bottom() + 4, 80, 16), _CENTRE, text)
        painter.end()

    def _paint_over(self, painter: QPainter, rect: QRectF) -> None:
        """Draw what lies above the curves."""
        if self._nothing_yet:
            _paint_sentence(painter, self._nothing_yet, self.area.adjusted(8, 0, -8, 0))
        if self._mark:
            self._paint_mark(painter, *self._mark)
        if self._reading:
            self._paint_reading(painter, self._reading)
        else:
            self._paint_endings(painter)
        if self.hasFocus():
            widgets.draw_focus(painter, rect, 4)

    def _paint_mark(self, painter: QPainter, x: float, text: str) -> None:
        area, at = self.area, round(self._at(x, 0).x()) + 0.5
        painter.setPen(QPen(theme.colour("danger"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))
        painter.setFont(theme.font(theme.SMALL, 600))
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(text)
        left = at + 6 if at + 6 + width <= self.width() else at - 6 - width
        painter.drawText(QPointF(left, area.top() + metrics.ascent()), text)

    def _paint_endings(self, painter: QPainter) -> None:
        labels = [
            EndLabel(ending.text, ending.token, self._at(ending.x, ending.y), ending.weight)
            for ending in self._endings
        ]
        area = self.area.adjusted(0, 0, _RIGHT, 0)
        if self._mark:  # whose words stand at the top
            area.setTop(area.top() + 18)
        curves = [self.to_pixels(points) for points in self._curves.values()]
        for placed in place_labels(labels, area, curves):
            painter.setFont(theme.font(theme.SMALL, placed.label.weight))
            painter.setPen(theme.colour(placed.label.token))
            painter.drawText(placed.place, Qt.AlignmentFlag.AlignVCenter, placed.label.text)

    def _paint_reading(self, painter: QPainter, reading: Reading) -> None:
        area, x = self.area, self._at(reading.x, 0).x()
        painter.setPen(QPen(theme.colour("text", 150), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setBrush(theme.colour("surface"))
        for value, token in reading.points:
            painter.setPen(QPen(theme.colour(token), 1.5))
            painter.drawEllipse(self._at(reading.x, value), 3.5, 3.5)
        _paint_words(painter, reading.words, x, QRectF(self.rect()))

    def _at(self, x: float, y: float) -> QPointF:
        area = self.area
        across = (x - self._x.low) / (self._x.high - self._x.low)
        up = min(max((y - self._y.low) / (self._y.high - self._y.low), 0.0), 1.0)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def _fit(self) -> None:
        """Let the canvas, a little larger than the area, show just that much more."""
        area = self.area
        if area.width() <= 0 or area.height() <= 0:
            return
        dx = _OVERHANG / area.width() * (self._x.high - self._x.low)
        dy = _OVERHANG / area.height() * (self._y.high - self._y.low)
        self._box.setRange(
            xRange=(self._x.low - dx, self._x.high + dx),
            yRange=(self._y.low - dy, self._y.high + dy),
            padding=0,
        )

    def _restyle(self) -> None:
        """Take over the colours in force."""
        for name, look in self._looks.items():
            colour = theme.colour(look.token, look.alpha)
            if name in self._lines:
                self._lines[name].setPen(pg.mkPen(colour, width=look.width))
            if name in self._dots:
                self._dots[name].setBrush(theme.colour("surface") if look.hollow else colour)
                self._dots[name].setPen(pg.mkPen(colour, width=1.5) if look.hollow else None)
        self.update()

    def _line(self) -> Any:
        item = pg.PlotCurveItem(antialias=True, skipFiniteCheck=True)
        self._box.addItem(item)
        return item

    def _scatter(self, look: Look) -> Any:
        item = pg.ScatterPlotItem(size=look.dots, pen=None, antialias=True)
        self._box.addItem(item)
        return item


_MOVES: dict[int, Callable[[float, float, float], float | None]] = {
    Qt.Key.Key_Left: lambda here, last, step: here - step,
    Qt.Key.Key_Right: lambda here, last, step: here + step,
    Qt.Key.Key_Home: lambda here, last, step: 0.0,
    Qt.Key.Key_End: lambda here, last, step: last,
    Qt.Key.Key_Escape: lambda here, last, step: None,
}
"""Where each key takes the reading, from here, the last x and a step."""


def _canvas(parent: QWidget) -> tuple[Any, Any]:
    """Return a transparent view that the pointer does not notice, and its box of items."""
    view = pg.GraphicsView(parent, background=None)
    view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setStyleSheet("background: transparent")  # the grid below shines through
    box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
    box.disableAutoRange()
    view.setCentralItem(box)
    return view, box


def _paint_sentence(painter: QPainter, sentence: str, area: QRectF) -> None:
    """Draw a sentence in the middle, on a patch that hides the grid."""
    painter.setFont(theme.font(theme.SMALL))
    flags = _CENTRE | Qt.TextFlag.TextWordWrap
    patch = painter.boundingRect(area, flags, sentence).adjusted(-8, -2, 8, 2)
    painter.fillRect(patch, theme.colour("surface"))
    painter.setPen(theme.colour("muted"))
    painter.drawText(area, flags, sentence)


def _paint_words(painter: QPainter, words: tuple[str, ...], x: float, rect: QRectF) -> None:
    """Draw a note beside ``x``, at the top, on the side where it fits."""
    painter.setFont(theme.font(theme.CAPTION, 500))
    metrics = QFontMetricsF(painter.font())
    width = max(metrics.horizontalAdvance(line) for line in words) + 12
    height = metrics.height() * len(words) + 8
    left = x + 8 if x + 8 + width <= rect.right() else x - 8 - width
    note = QRectF(max(left, rect.left()), _TOP, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text"))
    painter.drawRoundedRect(note, 4, 4)
    painter.setPen(theme.colour("surface"))
    painter.drawText(note.adjusted(6, 4, -6, -4), Qt.AlignmentFlag.AlignLeft, "\n".join(words))
