"""The rows of the layer list: one for the input, one for each layer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.gui import theme
from playground.gui.icons import icon
from playground.gui.network.captions import activation_name, shape_text
from playground.gui.network.columns import weight_count
from playground.gui.widgets import GAP, STRETCH, button, column, draw_focus, label, row
from playground.nn.arrays import Shape
from playground.nn.layers import Layer
from playground.nn.model import Sequential

_ICONS = {
    "Conv2D": "grid",
    "Dense": "dots-grid",
    "MaxPooling2D": "arrow-collapse",
    "AveragePooling2D": "arrow-collapse",
    "Flatten": "format-align-justify",
    "Dropout": "dots-hexagon",
    "Activation": "sine-wave",
}
_OTHER_ICON = "layers-outline"
_WIDTH, _HEIGHT = 232, 44
_ICON = 18
UNKNOWN = "?"


@dataclass(frozen=True)
class RowText:
    """What one row says."""

    icon: str
    name: str
    detail: str = ""
    """Below the name: the activation or the like."""
    shape: str = UNKNOWN
    figure: str = ""
    """At the right of the name: the number of weights."""
    problem: str = ""
    """Why the layer does not fit."""

    def spoken(self) -> str:
        """Return the row as a screen reader says it."""
        return ", ".join(part for part in (*self.words(), self.problem) if part)

    def words(self) -> tuple[str, str, str, str]:
        """Return the texts of the row, the name first."""
        return self.name, self.detail, self.shape, self.figure


@dataclass(frozen=True)
class Totals:
    """Rows for the input and all layers, and what they cost together."""

    rows: tuple[RowText, ...]
    weights: int
    multiply_adds: int
    complete: bool
    """Whether every layer fits."""


def row_texts(model: Sequential, dataset: Dataset | None) -> Totals:
    """Return what the rows say; after a layer that does not fit, the shapes are unknown."""
    shape: Shape | None = dataset.input_shape if dataset else None
    rows = [_input_text(dataset)]
    weights = costs = 0
    for layer in model.layers:
        problem = ""
        before, shape = shape, None
        if before is not None:
            try:
                shape = layer.output_shape(before)
            except ShapeError as error:
                problem = str(error)
        count = weight_count(layer, before) if before and shape else None
        rows.append(_layer_text(layer, shape, count, problem))
        weights += count or 0
        costs += layer.multiply_adds(before) if before and shape else 0
    return Totals(tuple(rows), weights, costs, complete=shape is not None)


def _input_text(dataset: Dataset | None) -> RowText:
    name = QCoreApplication.translate("layers", "Input")
    if dataset is None:
        return RowText("import", name)
    return RowText("import", name, dataset.title, shape_text(dataset.input_shape))


def _layer_text(layer: Layer, shape: Shape | None, count: int | None, problem: str) -> RowText:
    kind = type(layer).__name__
    figure = QCoreApplication.translate("layers", "{0:,} params").format(count) if count else ""
    return RowText(
        icon=_ICONS.get(kind, _OTHER_ICON),
        name=kind,
        detail=_detail(layer),
        shape=shape_text(shape) if shape else UNKNOWN,
        figure=figure,
        problem=problem,
    )


def _detail(layer: Layer) -> str:
    """Return what tells this layer from others of its kind."""
    rate = getattr(layer, "rate", None)
    size = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None)
    parts = [
        f"{size[0]} \u00d7 {size[1]}" if size else "",
        f"{rate:g}" if rate is not None else "",
        activation_name(layer),
    ]
    return ", ".join(part for part in parts if part)


class LayerRow(QAbstractButton):
    """One row: icon, name and detail, shape and number of weights; checked is selected.

    Emits ``moved`` for Alt+Up and Alt+Down, ``removed`` for Delete, ``stepped`` for the plain
    arrows, and ``dragged`` and ``dropped`` with the height of the mouse in the parent.
    """

    moved = Signal(int)
    removed = Signal()
    stepped = Signal(int)
    dragged = Signal(int)
    dropped = Signal(int)

    def __init__(self, *, movable: bool) -> None:
        super().__init__()
        self._text = RowText("", "")
        self._movable = movable
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_text(self, text: RowText) -> None:
        """Say something else."""
        self._text = text
        self.setAccessibleName(text.spoken())
        self.setToolTip(text.spoken())
        self.update()

    def sizeHint(self) -> QSize:
        scale = theme.notifier().scale
        return QSize(round(_WIDTH * scale), round(_HEIGHT * scale))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # narrower, the names would lose their ends

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed_at = event.position().toPoint() if self._movable else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        if self._pressed_at is None:
            return
        far = (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        if self._dragging:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self.mapToParent(place).y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        dragging, self._dragging, self._pressed_at = self._dragging, False, None
        self.unsetCursor()
        if dragging:
            self.dropped.emit(self.mapToParent(event.position().toPoint()).y())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint" if self.isChecked() else "sunken"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            draw_focus(painter, box)
        self._draw_icon(painter)
        self._draw_words(painter, box.adjusted(GAP + _icon_size() + GAP, 0, -GAP, 0))
        painter.end()

    def _draw_icon(self, painter: QPainter) -> None:
        side = _icon_size()
        place = QRect(GAP, (self.height() - side) // 2, side, side)
        colour = "danger" if self._text.problem else "accent" if self.isChecked() else "muted"
        icon("alert-octagon-outline" if self._text.problem else self._text.icon, colour).paint(
            painter, place
        )

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        text = self._text
        middle = box.center().y()
        upper = QRectF(box.left(), box.top() + 4, box.width(), middle - box.top() - 4)
        lower = QRectF(box.left(), middle, box.width(), box.bottom() - middle - 4)
        strong = self.isChecked()
        name = (text.name, theme.BODY, 600 if strong else 500, "accent" if strong else "text")
        has_two = bool(text.detail or text.figure)
        _line(painter, upper if has_two else box, name, (text.shape, theme.SMALL, "text"))
        _line(
            painter,
            lower,
            (text.detail, theme.CAPTION, 400, "muted"),
            (text.figure, theme.CAPTION, "muted"),
        )


def _icon_size() -> int:
    return round(_ICON * theme.notifier().scale)


def _line(
    painter: QPainter,
    box: QRectF,
    left: tuple[str, int, int, str],
    right: tuple[str, int, str],
) -> None:
    """Draw a text at the right, and one at the left in the room that is left."""
    text, px, token = right
    painter.setFont(theme.font(px))
    painter.setPen(theme.colour(token))
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    room = box.width() - painter.fontMetrics().horizontalAdvance(text) - GAP
    text, px, weight, token = left
    font = theme.font(px, weight)
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(room))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class Problem(QWidget):
    """Why a layer, or the end of the network, does not fit, and the button that mends it."""

    mended = Signal()

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__()
        self.setObjectName("problem")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = label(problem, theme.SMALL, colour="danger", wrap=True)
        mend_button = button(mend, "auto-fix")
        mend_button.clicked.connect(self.mended)
        mend_button.setVisible(bool(mend))
        self.setAccessibleName(problem)
        self.setLayout(column(words, row(mend_button, STRETCH), margins=(GAP, GAP, GAP, GAP)))


class RowStack(QWidget):
    """The rows below each other, and the line that shows where a dragged one would go."""

    def __init__(self) -> None:
        super().__init__()
        self._column = column(gap=0, margins=(GAP, 4, GAP, 4))
        self.setLayout(self._column)
        self._line = QWidget(self)
        self._line.setObjectName("drop")
        self._line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line.hide()

    def add(self, widget: QWidget, *, after: QWidget | None = None) -> None:
        """Put a row at the end, or below another."""
        place = self._column.count() if after is None else self._column.indexOf(after) + 1
        self._column.insertWidget(place, widget)

    def take(self, widget: QWidget) -> None:
        """Take a row away."""
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()  # not now: its signal may be what is handled

    def mark_drop(self, after: QWidget | None) -> None:
        """Draw a line below a row; none for ``None``."""
        self._line.setVisible(after is not None)
        if after is not None:
            place = after.geometry()
            self._line.setGeometry(place.left(), place.bottom(), place.width(), 2)
            self._line.raise_()
