"""The picture of a plane: what the network answers, boundary, points, axes, and a reading."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
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
from playground.gui import widgets
from playground.gui.gestures import CLICK, DRAG, gestures
from playground.gui.look import theme
from playground.gui.look.backdrop import Backdrop
from playground.gui.look.markers import class_token, draw_marker, onto
from playground.gui.plane.plane_colours import map_pixels
from playground.gui.plane.plane_painting import (
    below,
    draw_points,
    in_units,
    key,
    left,
    paint_axes,
    paint_cross,
    paint_hint,
    paint_key,
    paint_note,
    words_at,
)
from playground.gui.plane.plane_tools import Tool
from playground.language import mark
from playground.probes.activations import example_at, example_count, shown_examples
from playground.probes.decision_map import PlaneMap

NEAR = 12
"""Pixels between the pointer and what it means."""
BRUSH = 14
"""Radius of the eraser in pixels."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEP = 0.02
_STROKES = (-0.125, 0.125)
"""Two thin strokes beside each other: Qt draws those ten times as fast as a wider one."""


@gestures(
    mark("Plane of points"),
    (("Left", "Right", "Up", "Down"), mark("Move the pointer over the plane")),
    (("Return",), mark("Choose the example there; with a tool, press it down or lift it")),
    (("Del",), mark("With a tool, erase the points there")),
    (CLICK, mark("Choose an example; with a tool, use it")),
    (DRAG, mark("With a tool: add, move or erase points")),
)
class PlanePicture(QWidget):
    """Draws a ``PlaneMap`` with the points of a data set, and takes strokes of the mouse.

    Arrow keys move the reading as the pointer does. With the tool to look, a click or Return
    chooses the nearest of the examples that the views show; with the others it draws.
    """

    chosen = Signal(int)
    stroke_began = Signal(QPointF, QPointF)
    """Where in the plane the pointer went down, and how far about it is meant."""
    stroke_moved = Signal(QPointF, QPointF)
    stroke_ended = Signal()
    erase_asked = Signal(QPointF, QPointF)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._map: PlaneMap | None = None
        self._dataset: Dataset | None = None
        self._example = 0
        self._kept_aside = True
        self._discrete = False
        self._at: QPointF | None = None
        self._tool, self._class = Tool.LOOK, 0
        self._is_down = False
        self._image: QImage | None = None
        self._points: QPixmap | None = None
        self._frame = Backdrop()
        """The axes and the key."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme.notifier().changed.connect(self._forget_pictures)

    def show_map(self, plane_map: PlaneMap, dataset: Dataset) -> None:
        """Draw a map with the points that belong to it."""
        moved = self._map is None or (plane_map.low, plane_map.high) != (
            self._map.low,
            self._map.high,
        )
        if dataset is not self._dataset or moved:
            self._points = None
        self._map, self._dataset = plane_map, dataset
        self._image = None
        self._describe()
        self.update()

    def show_points(self, dataset: Dataset) -> None:
        """Draw other points at once; their map will follow."""
        if dataset is not self._dataset:
            self._dataset, self._points = dataset, None
            self.update()

    def show_example(self, example: int) -> None:
        """Ring one of the examples that the views show."""
        self._example = example
        self.update()

    def set_tool(self, tool: Tool, label: int) -> None:
        """Let the mouse look or draw: points of a class, if it adds some."""
        self._tool, self._class = tool, label
        shapes = {Tool.MOVE: Qt.CursorShape.OpenHandCursor, Tool.ERASE: Qt.CursorShape.BlankCursor}
        self.setCursor(shapes.get(tool, Qt.CursorShape.CrossCursor))
        self._end_stroke()
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
        return QSize(412, 412 - left() + below() + key())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 200)

    @property
    def box(self) -> QRectF:
        """Where the plane lies: a square at the left upper corner."""
        side = min(self.width() - left() - 2, self.height() - below() - key())
        return QRectF(left(), 2, max(side, 16), max(side - 2, 16))

    def reading(self) -> str:
        """Return what stands under the pointer."""
        if self._at is None or self._map is None or self._dataset is None:
            return ""
        return words_at(self._dataset, self._map, self._at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._points = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box, place = self.box, event.position()
        inside = box.contains(place) or self._is_down
        self._read(self._share(place) if inside else None)
        if self._is_down:
            self.stroke_moved.emit(*self._aim())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._tool is Tool.LOOK:
            self._choose(event.position())
        elif self.box.contains(event.position()):
            self._read(self._share(event.position()))
            if event.button() is Qt.MouseButton.RightButton:
                self.erase_asked.emit(*self._aim())
            elif event.button() is Qt.MouseButton.LeftButton:
                self._begin_stroke()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._end_stroke()

    def leaveEvent(self, event: QEvent) -> None:
        if not self._is_down:
            self._read(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end_stroke()
        self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self._at or QPointF(0.5, 0.5)
        key = Qt.Key(event.key())
        if key in _ARROWS:
            across, up = _ARROWS[key]
            self._read(_within(QPointF(at.x() + _STEP * across, at.y() + _STEP * up)))
            if self._is_down:
                self.stroke_moved.emit(*self._aim())
        elif key in _ENTER:
            self._press_at(at)
        elif key is Qt.Key.Key_Delete and self._tool is not Tool.LOOK:
            self._read(at)
            self.erase_asked.emit(*self._aim())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._map is not None and self._dataset is not None:
            self._paint(painter, self._map, self._dataset)
        if self.hasFocus():
            widgets.draw_focus(painter, self.box.adjusted(-2, -2, 2, 2), 8)
        painter.end()

    # Pictures

    def _paint(self, painter: QPainter, plane_map: PlaneMap, dataset: Dataset) -> None:
        span = getattr(plane_map, "span", None)
        named = (dataset.axes, dataset.classes, dataset.targets, dataset.scaling)
        key = (plane_map.low, plane_map.high, span, *named)
        paint = partial(self._paint_frame, plane_map, dataset)
        self._frame.draw(painter, QRectF(self.rect()), key, paint)
        self._paint_plane(painter, plane_map)
        if self._points is None:
            self._points = self._draw_points(plane_map, dataset)
        painter.drawPixmap(self.box.topLeft(), self._points)
        if dataset.lack and not len(dataset.train):
            paint_hint(painter, self.box, dataset.lack)
        if self._tool is Tool.LOOK:
            self._paint_example(painter, plane_map, dataset)
        self._paint_pointer(painter)

    def _paint_frame(self, plane_map: PlaneMap, dataset: Dataset, painter: QPainter) -> None:
        """Draw what training does not change."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_axes(painter, self.box, in_units(dataset, plane_map), dataset.axes)
        paint_key(painter, self.box, dataset, plane_map)

    def _paint_plane(self, painter: QPainter, plane_map: PlaneMap) -> None:
        box = self.box
        if self._image is None:
            self._image = theme.to_image(map_pixels(plane_map, discrete=self._discrete))
        clip = QPainterPath()
        clip.addRoundedRect(box, 8, 8)
        painter.save()
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        half = QPointF(box.width(), box.height()) / (2 * self._image.width())
        painter.drawImage(  # a pixel is the plane about its middle: half of it lies outside
            box.adjusted(-half.x(), -half.y(), half.x(), half.y()), self._image
        )
        lines = box.topLeft().toTuple() + plane_map.boundary * (box.width(), box.height())
        x, y = np.moveaxis(lines, -1, 0).reshape(2, -1)
        path = arrayToQPath(x, y, connect="pairs", finiteCheck=False)
        for offset in _STROKES:
            painter.strokePath(path.translated(offset, offset), theme.pen("text", 1))
        painter.restore()

    def _draw_points(self, plane_map: PlaneMap, dataset: Dataset) -> QPixmap:
        """Return the points alone, on nothing."""
        box, ratio = self.box, self.devicePixelRatioF()
        pixmap = QPixmap((box.size() * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(0, 0, box.width(), box.height())
        draw_points(painter, area, plane_map, dataset, kept_aside=self._kept_aside)
        painter.end()
        return pixmap

    def _paint_example(self, painter: QPainter, plane_map: PlaneMap, dataset: Dataset) -> None:
        if self._example >= example_count(dataset):
            return
        part, row = example_at(dataset, self._example)
        if part is not dataset.train and not self._kept_aside:
            return
        ((x, y),) = self._places(dataset.points_of(part)[[row]], plane_map).tolist()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("surface", 4.0), ("accent", 2.0)):
            painter.setPen(theme.pen(colour, width))
            painter.drawEllipse(QPointF(x, y), 9, 9)

    def _paint_pointer(self, painter: QPainter) -> None:
        """Draw what the tool would do where the pointer is."""
        if self._at is None:
            return
        box, at = self.box, self._place(self._at)
        if self._tool is Tool.LOOK:
            paint_note(painter, box, at, self.reading(), self.width())
        elif self._tool is Tool.ADD:
            painter.setOpacity(0.7)
            painter.setPen(QPen(theme.colour("surface"), 1))
            painter.setBrush(theme.colour(class_token(self._class)))
            draw_marker(painter, at + QPointF(0.5, 0.5), self._class, 5)
            painter.setOpacity(1)
        elif self._tool is Tool.ERASE:
            painter.setPen(theme.pen("text", 1.5))
            painter.setBrush(theme.colour("surface", 90))
            painter.drawEllipse(at, BRUSH, BRUSH)
        elif self.hasFocus():
            paint_cross(painter, at)

    # What lies where

    def _share(self, place: QPointF) -> QPointF:
        """Return a place of the widget as shares of the plane, upwards."""
        box = self.box
        x, y = (place.x() - box.left()) / box.width(), (box.bottom() - place.y()) / box.height()
        return _within(QPointF(x, y))

    def _place(self, share: QPointF) -> QPointF:
        box = self.box
        x, y = box.left() + share.x() * box.width(), box.bottom() - share.y() * box.height()
        return QPointF(x, y)

    def _places(self, points: Floats, plane_map: PlaneMap) -> NDArray[Any]:
        return onto(self.box, points, np.array(plane_map.low), np.array(plane_map.high))

    def _aim(self) -> tuple[QPointF, QPointF]:
        """Return where in the plane the pointer is, and how far about it is meant."""
        assert self._map is not None
        assert self._at is not None
        low, high = np.array(self._map.low), np.array(self._map.high)
        x, y = low + (high - low) * (self._at.x(), self._at.y())
        reach = BRUSH if self._tool is Tool.ERASE else NEAR
        each = reach * (high - low) / (self.box.width(), self.box.height())
        return QPointF(x, y), QPointF(*each.tolist())

    def _read(self, at: QPointF | None) -> None:
        if at != self._at:
            self._at = at
            self._describe()
            self.update()

    def _describe(self) -> None:
        if reading := self.reading():
            self.setAccessibleDescription(reading)

    # Strokes

    def _press_at(self, at: QPointF) -> None:
        """Do at a place what a click does; a point that is held is let go."""
        self._read(at)
        if self._tool is Tool.LOOK:
            self._choose(self._place(at))
        elif self._is_down:
            self._end_stroke()
        else:
            self._begin_stroke()
            if self._tool is not Tool.MOVE:
                self._end_stroke()

    def _begin_stroke(self) -> None:
        if self._map is not None:
            self._is_down = True
            self.stroke_began.emit(*self._aim())

    def _end_stroke(self) -> None:
        if self._is_down:
            self._is_down = False
            self.stroke_ended.emit()

    def _choose(self, at: QPointF) -> None:
        if self._map is None or self._dataset is None:
            return
        points = self._dataset.points_of(shown_examples(self._dataset))
        distances = np.hypot(*(self._places(points, self._map) - (at.x(), at.y())).T)
        if distances.min(initial=np.inf) <= NEAR:
            self.chosen.emit(int(distances.argmin()))

    def _forget_pictures(self) -> None:
        self._image = self._points = None
        self.update()


def _within(share: QPointF) -> QPointF:
    return QPointF(min(max(share.x(), 0.0), 1.0), min(max(share.y(), 0.0), 1.0))
