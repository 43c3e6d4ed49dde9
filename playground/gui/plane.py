"""The picture of a plane: class probabilities, boundary, points, axes, and a reading."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from playground.data.dataset import Dataset, Floats
from playground.gui import theme, widgets
from playground.gui.backdrop import Backdrop
from playground.gui.markers import class_token, draw_marker, onto
from playground.gui.scales import even_scale
from playground.probes.activations import example_at, example_count, shown_examples
from playground.probes.decision_map import ClassMap

_LEFT, _BELOW, _KEY = 28, 24, 28
_MOST_POINTS = 3000
"""Of each part that are drawn; more would be one stain."""
_NEAR = 12
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_STEP = 0.02
_STROKES = (-0.125, 0.125)
"""Two thin strokes beside each other: Qt draws those ten times as fast as a wider one."""


class PlanePicture(QWidget):
    """Draws a ``ClassMap`` with the points of a data set.

    Arrow keys move the reading as the pointer does; a click, or Return, chooses the nearest of
    the examples that the views show.
    """

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._map: ClassMap | None = None
        self._dataset: Dataset | None = None
        self._example = 0
        self._kept_aside = True
        self._discrete = False
        self._at: QPointF | None = None
        self._image: QImage | None = None
        self._points: QPixmap | None = None
        self._frame = Backdrop()
        """The axes and the key."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme.notifier().changed.connect(self._forget_pictures)

    def show_map(self, class_map: ClassMap, dataset: Dataset) -> None:
        """Draw a map with the points that belong to it."""
        moved = self._map is None or (class_map.low, class_map.high) != (
            self._map.low,
            self._map.high,
        )
        if dataset is not self._dataset or moved:
            self._points = None
        self._map, self._dataset = class_map, dataset
        self._image = None
        self._describe()
        self.update()

    def show_example(self, example: int) -> None:
        """Ring one of the examples that the views show."""
        self._example = example
        self.update()

    def set_kept_aside(self, shown: bool) -> None:
        """Show or hide the points that the network is not trained on."""
        self._kept_aside = shown
        self._forget_pictures()

    def set_discrete(self, discrete: bool) -> None:
        """Colour the most probable class alone, however sure the network is."""
        self._discrete = discrete
        self._forget_pictures()

    def sizeHint(self) -> QSize:
        return QSize(412, 412 - _LEFT + _BELOW + _KEY)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 200)

    @property
    def box(self) -> QRectF:
        """Where the plane lies: a square at the left upper corner."""
        side = min(self.width() - _LEFT - 2, self.height() - _BELOW - _KEY)
        return QRectF(_LEFT, 2, max(side, 16), max(side - 2, 16))

    def reading(self) -> str:
        """Return what stands under the pointer."""
        if self._at is None or self._map is None or self._dataset is None:
            return ""
        side = self._map.probabilities.shape[0] - 1
        row, column = round((1 - self._at.y()) * side), round(self._at.x() * side)
        shares = self._map.probabilities[row, column]
        best = int(shares.argmax())
        raw = self._in_units(self._map)
        x = raw[0, 0] + self._at.x() * (raw[1, 0] - raw[0, 0])
        y = raw[0, 1] + self._at.y() * (raw[1, 1] - raw[0, 1])
        first, second = self._dataset.features
        place = f"{first} {x:.2f}   {second} {y:.2f}".replace("-", "−")
        return f"{place}   {self._dataset.classes[best]} {100 * shares[best]:.0f}%"

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._points = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self.box
        inside = box.contains(event.position())
        self._read(
            QPointF(
                (event.position().x() - box.left()) / box.width(),
                (box.bottom() - event.position().y()) / box.height(),
            )
            if inside
            else None
        )

    def leaveEvent(self, event: QEvent) -> None:
        self._read(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._read(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        box, at = self.box, self._at or QPointF(0.5, 0.5)
        if event.key() in _ARROWS:
            across, up = _ARROWS[Qt.Key(event.key())]
            x, y = at.x() + _STEP * across, at.y() + _STEP * up
            self._read(QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            x, y = box.left() + at.x() * box.width(), box.bottom() - at.y() * box.height()
            self._choose(QPointF(x, y))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._map is not None and self._dataset is not None:
            key = (self._map.low, self._map.high, self._dataset)
            paint = partial(self._paint_frame, self._map, self._dataset)
            self._frame.draw(painter, QRectF(self.rect()), key, paint)
            self._paint_plane(painter, self._map)
            if self._points is None:
                self._points = self._draw_points(self._map, self._dataset)
            painter.drawPixmap(self.box.topLeft(), self._points)
            self._paint_example(painter, self._map, self._dataset)
            self._paint_reading(painter)
        if self.hasFocus():
            widgets.draw_focus(painter, self.box.adjusted(-2, -2, 2, 2), 8)
        painter.end()

    # Pictures

    def _paint_frame(self, class_map: ClassMap, dataset: Dataset, painter: QPainter) -> None:
        """Draw what training does not change."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, class_map, dataset)
        self._paint_key(painter, dataset)

    def _paint_plane(self, painter: QPainter, class_map: ClassMap) -> None:
        box = self.box
        if self._image is None:
            self._image = theme.to_image(_pixels(class_map.probabilities, self._discrete))
        clip = QPainterPath()
        clip.addRoundedRect(box, 8, 8)
        painter.save()
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        half = QPointF(box.width(), box.height()) / (2 * self._image.width())
        painter.drawImage(  # a pixel is the plane about its middle: half of it lies outside
            box.adjusted(-half.x(), -half.y(), half.x(), half.y()), self._image
        )
        lines = box.topLeft().toTuple() + class_map.boundary * (box.width(), box.height())
        x, y = np.moveaxis(lines, -1, 0).reshape(2, -1)
        path = arrayToQPath(x, y, connect="pairs", finiteCheck=False)
        for offset in _STROKES:
            painter.strokePath(path.translated(offset, offset), QPen(theme.colour("text"), 1))
        painter.restore()

    def _draw_points(self, class_map: ClassMap, dataset: Dataset) -> QPixmap:
        """Return the points alone, on nothing."""
        box, ratio = self.box, self.devicePixelRatioF()
        pixmap = QPixmap((box.size() * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(0, 0, box.width(), box.height())
        radius = 4.0 if len(dataset.train) <= 500 and box.width() > 300 else 3.0
        low, high = np.array(class_map.low), np.array(class_map.high)
        parts = [(dataset.train, False)]
        if self._kept_aside:
            parts += [(dataset.validation, True), (dataset.test, True)]
        for part, hollow in parts:
            places = onto(area, part.x[:_MOST_POINTS], low, high)
            _draw_part(painter, places, part.y[:_MOST_POINTS], radius, hollow=hollow)
        painter.end()
        return pixmap

    def _paint_example(self, painter: QPainter, class_map: ClassMap, dataset: Dataset) -> None:
        if self._example >= example_count(dataset):
            return
        part, row = example_at(dataset, self._example)
        if part is not dataset.train and not self._kept_aside:
            return
        ((x, y),) = self._places(part.x[[row]], class_map).tolist()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("surface", 4.0), ("accent", 2.0)):
            painter.setPen(QPen(theme.colour(colour), width))
            painter.drawEllipse(QPointF(x, y), 9, 9)

    def _paint_axes(self, painter: QPainter, class_map: ClassMap, dataset: Dataset) -> None:
        box, raw = self.box, self._in_units(class_map)
        painter.setFont(theme.font(theme.CAPTION))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(theme.colour("muted"))
        across, up = dataset.features
        right, top = raw[1].tolist()
        left, bottom = raw[0].tolist()
        name = metrics.horizontalAdvance(across)
        painter.drawText(QPointF(box.right() - name, box.bottom() + 4 + metrics.ascent()), across)
        for value, text in even_scale(left, right, 5).ticks:
            x = box.left() + (value - left) / (right - left) * box.width()
            width = metrics.horizontalAdvance(text)
            if x + width / 2 < box.right() - name - 8:
                at = QPointF(x - width / 2, box.bottom() + 4 + metrics.ascent())
                painter.drawText(at, text)
        painter.save()  # the name of the vertical axis is written upwards
        painter.translate(_LEFT - 8, box.top())
        painter.rotate(-90)
        name = metrics.horizontalAdvance(up)
        painter.drawText(QPointF(-name, 0), up)
        painter.restore()
        for value, text in even_scale(bottom, top, 5).ticks:
            y = box.bottom() - (value - bottom) / (top - bottom) * box.height()
            if y - metrics.height() / 2 > box.top() + name + 4:
                place = QRectF(0, y - 8, _LEFT - 6, 16)
                right_of_row = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(place, right_of_row, text)

    def _paint_key(self, painter: QPainter, dataset: Dataset) -> None:
        """Draw the classes with their marks; between two of them how sure the network is."""
        box = self.box
        painter.setFont(theme.font(theme.SMALL))
        metrics = QFontMetricsF(painter.font())
        names = [
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, 88) for name in dataset.classes
        ]
        widths = [metrics.horizontalAdvance(name) + 16 for name in names]
        bar = min(192.0, box.width() - sum(widths) - 32) if len(names) == 2 else 0.0
        total = sum(widths) + (bar + 16 if bar > 32 else 16 * (len(names) - 1))
        x = max(box.center().x() - total / 2, 4.0)
        middle = box.bottom() + _BELOW + _KEY / 2
        for number, (name, width) in enumerate(zip(names, widths, strict=True)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(class_token(number)))
            draw_marker(painter, QPointF(x + 5, middle), number, 4)
            painter.setPen(theme.colour("text"))
            painter.drawText(QPointF(x + 14, middle + metrics.ascent() / 2 - 1), name)
            x += width + 8
            if number == 0 and bar > 32:
                _paint_ramp(painter, QRectF(x, middle - 4, bar, 8))
                x += bar + 8
            else:
                x += 8

    def _paint_reading(self, painter: QPainter) -> None:
        if self._at is None:
            return
        box, text = self.box, self.reading()
        at = QPointF(
            box.left() + self._at.x() * box.width(), box.bottom() - self._at.y() * box.height()
        )
        painter.setFont(theme.font(theme.CAPTION, 500))
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 16
        note = QRectF(0, 0, width, 24)
        note.moveLeft(min(max(at.x() - width / 2, 0), self.width() - width))
        note.moveTop(at.y() - 36 if at.y() - 36 > box.top() else at.y() + 16)
        painter.setPen(QPen(theme.colour("text"), 1))
        painter.drawLine(at - QPointF(6, 0), at + QPointF(6, 0))
        painter.drawLine(at - QPointF(0, 6), at + QPointF(0, 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        painter.drawRoundedRect(note, 4, 4)
        painter.setPen(theme.colour("surface"))
        painter.drawText(note, Qt.AlignmentFlag.AlignCenter, text)

    # What lies where

    def _in_units(self, class_map: ClassMap) -> NDArray[np.float64]:
        """Return the corners of the plane in the units of the data."""
        corners = np.array([class_map.low, class_map.high])
        scaling = self._dataset.scaling if self._dataset else None
        return corners if scaling is None else scaling.invert(corners).astype(np.float64)

    def _places(self, x: Floats, class_map: ClassMap) -> NDArray[Any]:
        return onto(self.box, x, np.array(class_map.low), np.array(class_map.high))

    def _read(self, at: QPointF | None) -> None:
        if at != self._at:
            self._at = at
            self._describe()
            self.update()

    def _describe(self) -> None:
        if reading := self.reading():
            self.setAccessibleDescription(reading)

    def _choose(self, at: QPointF) -> None:
        if self._map is None or self._dataset is None:
            return
        places = self._places(shown_examples(self._dataset).x, self._map)
        distances = np.hypot(*(places - (at.x(), at.y())).T)
        if distances.min() <= _NEAR:
            self.chosen.emit(int(distances.argmin()))

    def _forget_pictures(self) -> None:
        self._image = self._points = None
        self.update()


def _pixels(probabilities: NDArray[Any], discrete: bool) -> theme.Pixels:
    """Return the colours of a map: two classes shade into each other, more each into paper."""
    if probabilities.shape[-1] == 2:
        signed = probabilities[..., 1] - probabilities[..., 0]
        return theme.decision(np.sign(signed) if discrete else signed)
    best = probabilities.argmax(axis=-1)
    sure = np.take_along_axis(probabilities, best[..., None], axis=-1)
    even = 1 / probabilities.shape[-1]
    strength = np.full_like(sure, 1.0) if discrete else (sure - even) / (1 - even)
    strength = (0.5 if theme.tokens().dark else 0.4) * np.clip(strength, 0, 1)
    colours = np.array([_rgb(theme.colour(class_token(k))) for k in range(probabilities.shape[-1])])
    mixed = _rgb(theme.colour("mid")) * (1 - strength) + colours[best] * strength
    pixels: theme.Pixels = np.rint(mixed).astype(np.uint8)
    return pixels


def _rgb(colour: QColor) -> NDArray[np.float64]:
    return np.array([colour.red(), colour.green(), colour.blue()], float)


def _draw_part(
    painter: QPainter, places: NDArray[Any], classes: NDArray[Any], radius: float, *, hollow: bool
) -> None:
    for number in np.unique(classes).tolist():
        colour = theme.colour(class_token(number))
        painter.setBrush(theme.colour("surface") if hollow else colour)
        painter.setPen(QPen(colour, 1.5) if hollow else QPen(theme.colour("surface"), 1))
        for x, y in places[classes == number].tolist():
            draw_marker(painter, QPointF(x, y), number, radius)


def _paint_ramp(painter: QPainter, bar: QRectF) -> None:
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for share in np.linspace(0, 1, 9).tolist():
        (red, green, blue) = theme.decision(np.array([[2 * share - 1]]))[0, 0].tolist()
        gradient.setColorAt(share, QColor(red, green, blue))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawRoundedRect(bar, 4, 4)
