"""The widget that draws the picture and follows the pointer over it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from playground.gui.help.subjects import Subject, component_subject
from playground.gui.look import theme
from playground.gui.network import bands, painting
from playground.gui.network.chips import chip_text
from playground.gui.network.columns import Form
from playground.gui.network.ground import Ground
from playground.gui.network.hit import Target, target_at
from playground.gui.network.painting import Scene
from playground.gui.network.state import Shown
from playground.gui.selection import Selection
from playground.language import tr
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, layer_at
from playground.probes.activations import Outputs
from playground.training.snapshot import Snapshot, Status

_LEAST_ZOOM, _MOST_ZOOM = 0.4, 4.0
_STEP = 1.25
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Canvas(QWidget):
    """Draws a network; a click picks a layer or a unit. Zooms by wheel, pans by dragging."""

    picked = Signal(object)
    """The ``Selection`` that a click asks for."""
    arranged = Signal()
    """The columns have moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self.scene: Scene | None = None
        self.zoom = 1.0
        self.pan = QPointF(0, 0)
        self._ground = Ground()
        self._has_images = False
        self._hover: Target | None = None
        self._pointer = QPointF()
        self._pressed: QPointF | None = None
        self._is_dragging = False
        self._has_ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.notifier().changed.connect(self._follow_theme)

    def sizeHint(self) -> QSize:
        return QSize(830, 330)

    def minimumSizeHint(self) -> QSize:
        return QSize(400, 240)

    # What is shown

    def show_snapshot(self, snapshot: Snapshot, model: Sequential) -> bool:
        """Draw the weights of a snapshot as far as they are those of ``model``.

        Returns whether the columns are others than before.
        """
        before, shown = self.shown.snapshot, self.shown
        is_same_picture = (
            self.scene is not None
            and before is not None
            and before.run_id == snapshot.run_id
            and before.dataset is snapshot.dataset
            and shown.model == model
        )
        was_failed = shown.is_failed
        shown.snapshot, shown.model = snapshot, model
        if not is_same_picture:
            self.arrange()
        elif before is not snapshot:
            self._renew_lines(was_failed)
        return not is_same_picture

    def show_outputs(self, snapshot: Snapshot, outputs: Outputs) -> None:
        """Draw the answers to an example of the snapshot's data."""
        self.shown.outputs, self.shown.answered = outputs, snapshot.dataset
        self._has_images = False
        if self.scene and not self.shown.shows_likeliest(self.scene):
            self.arrange()
        if self.scene and self.scene.note != self.shown.note:
            self._ground.forget()
            self.update()
        self._update_body()

    def show_selection(self, selection: Selection) -> None:
        """Frame what is selected."""
        self.shown.selection = selection
        self.arrange()
        self._reveal_selected()

    def arrange(self) -> None:
        """Lay everything out anew."""
        size = QSizeF(self.size().expandedTo(self.minimumSizeHint()))
        if self.zoom >= 1:
            self.scene = self.shown.scene(size * self.zoom)
        else:
            self.scene = self.shown.scene(size / self.zoom)
        if self.scene:
            self.scene.lines = self.shown.lines(self.scene.layout, self.scene.unit)
        self._has_images = False
        self._ground.forget()
        self._hover = None
        self._clamp_pan()
        self.arranged.emit()
        self.update()

    # Zooming and panning

    @property
    def scale(self) -> float:
        """How much smaller than usual everything is drawn, text too: only when zoomed out."""
        return min(self.zoom, 1.0)

    def fit(self) -> None:
        """Show the whole network."""
        self.zoom = 1.0
        self.pan = QPointF(0, 0)
        self.arrange()
        if self.scene and self.scene.layout.size.width() > self.width() + 1:
            self.zoom_to(self.width() / self.scene.layout.size.width())

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom in or out around a point of the widget, its middle by default."""
        self.zoom_to(self.zoom * _STEP**steps, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Show at this zoom; at 1 the picture is as large as the widget."""
        at = at or QPointF(self.rect().center())
        extent = self._extent()
        share_x = (at.x() + self.pan.x()) / extent.width()
        share_y = (at.y() + self.pan.y()) / extent.height()
        self.zoom = min(max(zoom, _LEAST_ZOOM), _MOST_ZOOM)
        self.arrange()
        extent = self._extent()
        self.pan = QPointF(share_x * extent.width() - at.x(), share_y * extent.height() - at.y())
        self._move_to(self.pan)

    def to_widget(self, point: QPointF) -> QPointF:
        """Return where a point of the picture is in the widget."""
        return QPointF(point * self.scale) - self.pan

    def to_picture(self, point: QPointF) -> QPointF:
        """Return the point of the picture that a point of the widget shows."""
        moved = point + self.pan
        return QPointF(moved.x() / self.scale, moved.y() / self.scale)

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what explains what is at a place, or what is selected."""
        if self.scene is None:
            return None
        if place is None:
            layer = layer_at(self.shown.model, self.shown.layer)
            return component_subject(layer) if layer else None
        target = target_at(self.scene, self.to_picture(QPointF(place)))
        return self._subject(self.scene, target) if target else None

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.scene is None:
            self._draw_empty(painter)
            return
        if not self._has_images:
            self.shown.fill(self.scene, self.devicePixelRatioF())
            self._has_images = True
        painter.drawPixmap(0, 0, self._draw_ground(self.scene))
        painter.setTransform(self._place, combine=True)
        within = self._place.inverted()[0].mapRect(QRectF(event.rect()))
        painting.draw_answers(painter, self.scene, within)
        self._draw_hover(painter)
        if self._has_ring:
            painter.resetTransform()
            painter.setPen(theme.pen("accent", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        self._is_dragging = False
        self._set_ring(False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            moved = event.position() - self._pressed
            if self._is_dragging or moved.manhattanLength() > 8:
                self._is_dragging = True
                self._pressed = event.position()
                self._move_to(self.pan - moved)
            return
        self._set_hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = self._pressed is not None and not self._is_dragging
        self._pressed = None
        self._is_dragging = False
        if is_click and self.scene and event.button() is Qt.MouseButton.LeftButton:
            target = target_at(self.scene, self.to_picture(event.position()))
            if target is not None and target.line is None:
                layer = self._layer_of(target)
                selection = self.shown.selection
                self.picked.emit(replace(selection, layer=layer, unit=target.unit))

    def leaveEvent(self, event: QEvent) -> None:
        if self._hover is not None:
            self._hover = None
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        if abs(delta.x()) > abs(delta.y()) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._move_to(self.pan - QPointF(delta.x() or delta.y(), 0))
        else:
            self.zoom_by(delta.y() / 120, event.position())
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._set_ring(event.reason() in _KEYBOARD)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._set_ring(False)

    # Inside

    def _subject(self, scene: Scene, target: Target) -> Subject | None:
        if target.line is not None:
            return Subject("weight-line")
        column = scene.layout.placed[target.column].column
        if not column.layers:
            return Subject("input-column")
        if column.form is Form.OUTPUT:
            return Subject("output")
        layer = layer_at(self.shown.model, column.shown_layer(self.shown.layer))
        is_neuron = target.unit is not None and column.form in (Form.NODES, Form.MAPS)
        return component_subject(layer) if layer and not is_neuron else Subject("neuron")

    def _layer_of(self, target: Target) -> LayerPath | None:
        assert self.scene is not None
        column = self.scene.layout.placed[target.column].column
        # a unit of a folded block belongs to the layer whose answers are seen
        return column.layer if target.unit is None else column.shown_layer(self.shown.layer)

    def _draw_ground(self, scene: Scene) -> QPixmap:
        ratio, is_fast = self.devicePixelRatioF(), self._is_training
        return self._ground.pixmap(scene, self.size(), ratio, self._place, is_fast=is_fast)

    def _draw_hover(self, painter: QPainter) -> None:
        if self._hover is None or self.scene is None:
            return
        place = self._hover.column
        if self._hover.line is not None:
            painting.draw_line_chip(painter, self.scene.lines[place], self._hover.line)
            place = self.scene.layout.joints[place].right
        column = self.scene.layout.placed[place].column
        layer = column.shown_layer(self.shown.layer)
        weights = self.shown.weights(column.layer)
        text = chip_text(self.scene, self._hover, weights, self.shown.answers(layer), layer)
        if text:
            bounds = QRectF(self.rect())
            painter.resetTransform()
            painting.draw_chip(painter, text, self._pointer, bounds)

    def _draw_empty(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(theme.BODY))
        text = tr("The network appears here as soon as its data is loaded.")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)

    @property
    def _place(self) -> QTransform:
        """Where the picture lies in the widget."""
        return QTransform.fromTranslate(-self.pan.x(), -self.pan.y()).scale(self.scale, self.scale)

    @property
    def _is_training(self) -> bool:
        snapshot = self.shown.snapshot
        return snapshot is not None and snapshot.status is Status.RUNNING

    def _renew_lines(self, was_failed: bool) -> None:
        assert self.scene is not None
        self.scene.lines = self.shown.lines(self.scene.layout, self.scene.unit)
        self.scene.is_failed = self.shown.is_failed
        if was_failed != self.shown.is_failed:
            self._has_images = False
        if self._is_training and self._ground.holds(self.scene.lines):
            changed = self._ground.renew(self.scene, self._place)
            if changed:
                self.update() if self._hover else self.update(changed)
        else:
            self._ground.forget_lines()
            self._update_body()

    def _update_body(self) -> None:
        """Repaint what training changes: not the captions, nor the buttons that lie there."""
        if self.zoom != 1 or self._hover is not None:
            self.update()
        else:
            top = int(bands.top())
            self.update(0, top, self.width(), self.height() - top - int(bands.bottom()))

    def _set_hover(self, position: QPointF) -> None:
        if self.scene is None:
            return
        target = target_at(self.scene, self.to_picture(position))
        is_over_unit = target is not None and (target.unit is not None or target.line is not None)
        if target != self._hover or is_over_unit:
            self._hover, self._pointer = target, position
            self.setCursor(
                Qt.CursorShape.PointingHandCursor
                if target is not None and target.line is None
                else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def _set_ring(self, is_on: bool) -> None:
        if is_on != self._has_ring:
            self._has_ring = is_on
            self.update()

    def _extent(self) -> QSizeF:
        """Return the size of the whole picture in the widget's pixels."""
        size = self.scene.layout.size if self.scene else QSizeF(self.size())
        return size * self.scale

    def _clamp_pan(self) -> None:
        extent = self._extent()
        self.pan = QPointF(
            round(min(max(self.pan.x(), 0), max(extent.width() - self.width(), 0))),
            round(min(max(self.pan.y(), 0), max(extent.height() - self.height(), 0))),
        )

    def _move_to(self, pan: QPointF) -> None:
        self.pan = pan
        self._clamp_pan()
        self._ground.forget()
        self.arranged.emit()
        self.update()

    def _reveal_selected(self) -> None:
        """Pan so that the selected column is in sight."""
        placed = self.scene.selected if self.scene else None
        if placed is None:
            return
        left = self.to_widget(placed.full.topLeft()).x() - 24
        right = self.to_widget(placed.full.topRight()).x() + 24
        if left < 0:
            self._move_to(self.pan + QPointF(left, 0))
        elif right > self.width():
            self._move_to(self.pan + QPointF(right - self.width(), 0))

    def _follow_theme(self) -> None:
        self.arrange()
