"""A chart over whose line points can be drawn."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from playground.gui.charts.plot import Look, Plot
from playground.gui.charts.scales import Scale
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.plane.plane import BRUSH, NEAR
from playground.gui.plane.plane_tools import Tool
from playground.language import mark

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEP = 8.0


@gestures(
    mark("Curve to draw"),
    (("Left", "Right", "Up", "Down"), mark("Move the pen")),
    (("Return",), mark("Put the pen down, or lift it")),
    (("Del",), mark("Erase there")),
)
class CurvePlot(Plot):
    """Takes strokes of the mouse, or of the arrow keys and Return, unless it is looked at."""

    stroke_began = Signal(QPointF, QPointF)
    """Where the pointer went down, in the units of the axes, and how far about it is meant."""
    stroke_moved = Signal(QPointF, QPointF)
    stroke_ended = Signal()
    erase_asked = Signal(QPointF, QPointF)

    def __init__(self, name: str, looks: Mapping[str, Look]) -> None:
        super().__init__(name, looks)
        self._tool = Tool.LOOK
        self._pen: QPointF | None = None
        self._is_down = False

    def set_tool(self, tool: Tool, label: int) -> None:
        """Let the mouse look or draw; there is one kind of points only."""
        self._tool = tool
        self._end_stroke()
        shapes = {Tool.LOOK: Qt.CursorShape.ArrowCursor, Tool.MOVE: Qt.CursorShape.OpenHandCursor}
        self.setCursor(shapes.get(tool, Qt.CursorShape.CrossCursor))
        self.pointed.emit(None)
        self.update()

    def set_scales(self, x: Scale, y: Scale) -> None:
        if not self._is_down:  # what is dragged must not run away
            super().set_scales(x, y)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._tool is Tool.LOOK or not self.area.contains(event.position()):
            return
        self._move_to(event.position())
        if event.button() is Qt.MouseButton.RightButton:
            self.erase_asked.emit(*self._aim())
        elif event.button() is Qt.MouseButton.LeftButton:
            self._begin_stroke()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._tool is Tool.LOOK:
            super().mouseMoveEvent(event)
            return
        self._move_to(event.position())
        if self._is_down:
            self.stroke_moved.emit(*self._aim())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._end_stroke()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self._is_down:
            self._pen = None
            self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end_stroke()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = Qt.Key(event.key()), self._pen or self.area.center()
        if self._tool is Tool.LOOK or key not in (*_ARROWS, *_ENTER, Qt.Key.Key_Delete):
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self._move_to(at + QPointF(*_ARROWS[key]) * _STEP)
            if self._is_down:
                self.stroke_moved.emit(*self._aim())
        else:
            self._move_to(at)
            self._press(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._pen is None or self._tool is Tool.LOOK:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = {Tool.ADD: 3.5, Tool.ERASE: float(BRUSH)}.get(self._tool, 0.0)
        painter.setPen(theme.pen("text", 1.5))
        painter.setBrush(theme.colour("surface", 90))
        painter.drawEllipse(self._pen, radius, radius)
        painter.end()

    def _press(self, key: Qt.Key) -> None:
        """Do where the pen is what a click does; a point that is held is let go."""
        if key is Qt.Key.Key_Delete:
            self.erase_asked.emit(*self._aim())
        elif self._is_down:
            self._end_stroke()
        else:
            self._begin_stroke()
            if self._tool is not Tool.MOVE:
                self._end_stroke()

    def _move_to(self, place: QPointF) -> None:
        """Move the pen, within the axes."""
        area = self.area
        x = min(max(place.x(), area.left()), area.right())
        self._pen = QPointF(x, min(max(place.y(), area.top()), area.bottom()))
        self.update()

    def _aim(self) -> tuple[QPointF, QPointF]:
        """Return where the pen is on the axes, and how far about it is meant."""
        assert self._pen is not None
        area, pen = self.area, self._pen
        across = (self._x.high - self._x.low) / area.width()
        up = (self._y.high - self._y.low) / area.height()
        x = self._x.low + (pen.x() - area.left()) * across
        y = self._y.low + (area.bottom() - pen.y()) * up
        reach = BRUSH if self._tool is Tool.ERASE else NEAR
        return QPointF(x, y), QPointF(reach * across, reach * up)

    def _begin_stroke(self) -> None:
        self._is_down = True
        self.stroke_began.emit(*self._aim())

    def _end_stroke(self) -> None:
        if self._is_down:
            self._is_down = False
            self.stroke_ended.emit()
