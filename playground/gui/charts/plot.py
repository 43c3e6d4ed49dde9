"""A chart of lines over a number, with names at their ends and a reading under the pointer.

It paints all by itself: a graphics scene would cost a chart five times as much a frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pyqtgraph.functions import arrayToQPath, arrayToQPolygonF
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from playground.gui import widgets
from playground.gui.charts.decimate import Points
from playground.gui.charts.end_labels import EndLabel, place_labels
from playground.gui.charts.scales import Scale
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.look.backdrop import Backdrop
from playground.language import mark

NOTHING: Points = (np.zeros(0), np.zeros(0))
UNIT = Scale(0.0, 1.0, ())
_LEFT, _TOP, _RIGHT, _BOTTOM = 40, 8, 8, 20  # those beside words grow with them
_OVERHANG = 6  # curves go on beyond the axes, or dots that lie on them would be cut off
_FAR = 10_000  # pixels off the chart, where a line may as well end
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


@gestures(
    mark("Charts of curves"),
    (("Left", "Right", "Home", "End"), mark("Read the values at a place")),
    (("Esc",), mark("Stop reading")),
)
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
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._grid = Backdrop()
        self._pixels: dict[str, Points] = {}
        theme.notifier().changed.connect(self.update)

    @property
    def area(self) -> QRectF:
        """Where the data is drawn, in pixels."""
        return QRectF(self.rect()).adjusted(theme.px(_LEFT), _TOP, -_RIGHT, -theme.px(_BOTTOM))

    @property
    def curves(self) -> Mapping[str, Points]:
        """The lines as they are drawn."""
        return self._curves

    def set_scales(self, x: Scale, y: Scale) -> None:
        """Choose the axes; the same as before cost nothing."""
        if (x, y) != (self._x, self._y):
            self._x, self._y = x, y
            self._pixels.clear()
            self.update()

    def set_curves(self, curves: Mapping[str, Points]) -> None:
        """Draw lines, each ``(x, y)`` of finite numbers."""
        for name, points in curves.items():
            self._curves[name] = points
            self._pixels.pop(name, None)
        self.update()

    def set_endings(self, endings: Sequence[Ending]) -> None:
        """Name the lines at their ends."""
        self._endings = tuple(endings)
        self.update()

    def set_mark(self, x: float, text: str) -> None:
        """Draw a dashed line across, with a word of warning; none without a text."""
        mark = (x, text) if text else None
        if mark != self._mark:
            self._mark = mark
            self.update()

    def set_reading(self, reading: Reading | None) -> None:
        """Show what stands at one x."""
        if reading != self._reading:
            self._reading = reading
            self.setAccessibleDescription(", ".join(reading.words) if reading else "")
            self.update()

    def set_nothing_yet(self, sentence: str) -> None:
        """Say what will be here, while there is no line."""
        if sentence != self._nothing_yet:
            self._nothing_yet = sentence
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(256, theme.px(136))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(72))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pixels.clear()

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
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
        self.pointed.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        self._grid.draw(painter, whole, (self._x, self._y), self._paint_grid)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_curves(painter)
        if self._nothing_yet:
            _paint_sentence(painter, self._nothing_yet, self.area.adjusted(8, 0, -8, 0))
        if self._mark:
            self._paint_mark(painter, *self._mark)
        if self._reading:
            self._paint_reading(painter, self._reading)
        else:
            self._paint_endings(painter)
        if self.hasFocus():
            widgets.draw_focus(painter, whole, 4)
        painter.end()

    def _paint_grid(self, painter: QPainter) -> None:
        """Draw what stands still while the curves grow: the grid and the numbers of the axes."""
        painter.setFont(theme.font(theme.CAPTION))
        area, words, line = self.area, theme.colour("muted"), theme.pen("line")
        metrics = QFontMetricsF(painter.font())
        line_height = metrics.height()
        room = area.height() / max(len(self._y.ticks) - 1, 1)
        crowd = math.ceil(0.8 * line_height / max(room, 1.0))  # every how many lines has a number
        for k, (value, text) in enumerate(self._y.ticks):
            y = round(self._at(self._x.low, value).y()) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            if k % crowd == 0:
                painter.setPen(words)
                place = QRectF(0, y - line_height / 2, area.left() - 6, line_height)
                painter.drawText(place, _RIGHT_OF_ROW, text)
        painter.setPen(words)
        for value, text in self._x.ticks:
            x = self._at(value, self._y.low).x()
            x = min(x, self.width() - metrics.horizontalAdvance(text) / 2)  # the last may be wide
            painter.drawText(QRectF(x - 60, area.bottom() + 4, 120, line_height), _CENTRE, text)

    def _paint_curves(self, painter: QPainter) -> None:
        """Draw the lines and above them the dots."""
        painter.setClipRect(self.area.adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG))
        for name, look in self._looks.items():
            if look.width and len(self._curves[name][0]):
                pen = theme.pen(look.token, look.width, look.alpha)
                painter.strokePath(arrayToQPath(*self._to_pixels(name), finiteCheck=False), pen)
        for name, look in self._looks.items():
            # they would hide the line on which they crowd
            room = self.area.width() / _DOT_ROOM if look.width else math.inf
            if look.dots and 0 < len(self._curves[name][0]) <= room:
                _draw_dots(painter, arrayToQPolygonF(*self._to_pixels(name)), look)
        painter.setClipping(False)

    def _paint_mark(self, painter: QPainter, x: float, text: str) -> None:
        area, at = self.area, round(self._at(x, 0).x()) + 0.5
        painter.setPen(theme.pen("danger", 1.5, style=Qt.PenStyle.DashLine))
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
            area.setTop(area.top() + theme.px(18))
        curves = [self._to_pixels(name) for name in self._curves]
        for placed in place_labels(labels, area, curves):
            painter.setFont(theme.font(theme.SMALL, placed.label.weight))
            painter.setPen(theme.colour(placed.label.token))
            painter.drawText(placed.place, Qt.AlignmentFlag.AlignVCenter, placed.label.text)

    def _paint_reading(self, painter: QPainter, reading: Reading) -> None:
        area, x = self.area, self._at(reading.x, 0).x()
        painter.setPen(theme.pen("text", 1, 150))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setBrush(theme.colour("surface"))
        for value, token in reading.points:
            painter.setPen(theme.pen(token, 1.5))
            painter.drawEllipse(self._at(reading.x, value), 3.5, 3.5)
        _paint_words(painter, reading.words, x, QRectF(self.rect()))

    def _at(self, x: float, y: float) -> QPointF:
        area = self.area
        across = (x - self._x.low) / (self._x.high - self._x.low)
        up = min(max((y - self._y.low) / (self._y.high - self._y.low), 0.0), 1.0)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def _to_pixels(self, name: str) -> Points:
        """Return a line's points as places in this widget."""
        if name not in self._pixels:
            (x, y), area = self._curves[name], self.area
            across = area.width() / (self._x.high - self._x.low)
            up = area.height() / (self._y.high - self._y.low)
            self._pixels[name] = (
                np.clip(area.left() + across * (x - self._x.low), -_FAR, _FAR),
                np.clip(area.bottom() - up * (y - self._y.low), -_FAR, _FAR),
            )
        return self._pixels[name]


_MOVES: dict[int, Callable[[float, float, float], float | None]] = {
    Qt.Key.Key_Left: lambda here, last, step: here - step,
    Qt.Key.Key_Right: lambda here, last, step: here + step,
    Qt.Key.Key_Home: lambda here, last, step: 0.0,
    Qt.Key.Key_End: lambda here, last, step: last,
    Qt.Key.Key_Escape: lambda here, last, step: None,
}
"""Where each key takes the reading, from here, the last x and a step."""


def _draw_dots(painter: QPainter, places: QPolygonF, look: Look) -> None:
    """Draw dots, all in one call: a point of a pen with a round end is one."""
    rim = 1.5 if look.hollow else 0.0
    pen = QPen(theme.colour(look.token, look.alpha), look.dots + rim)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(places)
    if look.hollow:
        pen.setColor(theme.colour("surface"))
        pen.setWidthF(look.dots - rim)
        painter.setPen(pen)
        painter.drawPoints(places)


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
