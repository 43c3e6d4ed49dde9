"""The rows of the layer list, as widgets: they draw and emit, and decide nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from playground.gui.gestures import DRAG, gestures
from playground.gui.layers.layer_texts import RowText
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.network.controls import RoundButton
from playground.gui.widgets import GAP, STRETCH, button, column, draw_focus, label, row
from playground.language import mark, tr
from playground.nn.paths import LayerPath

_WIDTH, _HEIGHT, _BRANCH_HEIGHT = 232, 40, 28
_ICON = 18
INDENT = 16
"""Of each level of nesting."""


@gestures(
    mark("List of layers"),
    (("Up", "Down"), mark("Choose a layer")),
    (("Alt+Up", "Alt+Down"), mark("Move the layer")),
    (("Ins",), mark("Add a layer")),
    (("Del",), mark("Remove the layer")),
    (DRAG, mark("Move the layer")),
)
class LayerRow(QAbstractButton):
    """One row: icon, name and detail, shape and number of weights; checked is selected.

    The heading of a branch is lower, has no icon, and two buttons: one puts a layer in, one takes
    the branch away. Emits ``moved`` for Alt+Up and Alt+Down, ``removed`` for Delete, ``asked``
    for Insert, ``stepped`` for the plain arrows, and ``dragged`` and ``dropped`` with the place of
    the mouse in the parent.
    """

    moved = Signal(int)
    removed = Signal()
    asked = Signal()
    stepped = Signal(int)
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._text = RowText("", "")
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._put, self._drop = RoundButton(self, "plus"), RoundButton(self, "close")
        self._put.clicked.connect(self.asked)
        self._drop.clicked.connect(self.removed)
        self.setLayout(row(STRETCH, self._put, self._drop, gap=4, margins=(0, 0, GAP, 0)))
        self.show_text(self._text)

    @property
    def path(self) -> LayerPath:
        """Of the layer or the branch; ``()`` for the input."""
        return self._text.path

    @property
    def is_branch(self) -> bool:
        """Whether the row is the heading of a branch."""
        return self._text.is_branch

    @property
    def is_spare(self) -> bool:
        """Whether it is a branch that can be taken away."""
        return self._text.is_spare

    def show_text(self, text: RowText) -> None:
        """Say something else."""
        self._text = text
        self.setAccessibleName(text.spoken())
        self.setToolTip(text.spoken())
        self._put.setVisible(text.is_branch)
        self._put.name(tr("Add a layer to {0} (Insert)").format(text.name))
        self._drop.setVisible(text.is_spare)
        self._drop.name(tr("Remove {0} (Delete)").format(text.name))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        scale, text = theme.notifier().scale, self._text
        height = _BRANCH_HEIGHT if text.is_branch else _HEIGHT
        return QSize(round((_WIDTH + INDENT * text.depth) * scale), round(height * scale))

    def minimumSizeHint(self) -> QSize:
        # narrower, the names would lose their ends; deep ones may, the list must fit its dock
        return QSize(theme.px(_WIDTH), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        is_layer = bool(self.path) and not self.is_branch
        self._pressed_at = event.position().toPoint() if is_layer else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        if self._pressed_at is None:
            return
        far = (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        if self._dragging:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self.mapToParent(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        dragging, self._dragging, self._pressed_at = self._dragging, False, None
        self.unsetCursor()
        if dragging:
            self.dropped.emit(self.mapToParent(event.position().toPoint()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        self._draw_guides(painter, whole)
        box = whole.adjusted(self._text.depth * _indent(), 0, 0, 0)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint" if self.isChecked() else "sunken"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            draw_focus(painter, box)
        if self._text.is_branch:
            self._draw_heading(painter, box.adjusted(GAP, 0, -GAP, 0))
        else:
            self._draw_icon(painter, box)
            self._draw_words(painter, box.adjusted(GAP + _icon_size() + GAP, 0, -GAP, 0))
        painter.end()

    def _draw_guides(self, painter: QPainter, box: QRectF) -> None:
        """Draw a line for each level that the row is nested in."""
        painter.setPen(theme.pen("border", 1))
        for level in range(self._text.depth):
            x = GAP + _icon_size() // 2 + level * _indent() + 0.5
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))

    def _draw_icon(self, painter: QPainter, box: QRectF) -> None:
        side = _icon_size()
        place = QRect(round(box.left()) + GAP, (self.height() - side) // 2, side, side)
        colour = "danger" if self._text.problem else "accent" if self.isChecked() else "muted"
        icon("alert-octagon-outline" if self._text.problem else self._text.icon, colour).paint(
            painter, place
        )

    def _draw_heading(self, painter: QPainter, box: QRectF) -> None:
        text, buttons = self._text, (self._put, self._drop)
        taken = sum(one.width() + 4 for one in buttons if not one.isHidden())
        name = f"{text.name}, {text.detail}" if text.detail else text.name
        box = box.adjusted(0, 0, -taken, 0)
        _line(painter, box, (name, theme.SMALL, 600, "muted"), (text.shape, theme.CAPTION, "muted"))

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        text = self._text
        middle = box.center().y()
        upper = QRectF(box.left(), box.top() + 3, box.width(), middle - box.top() - 2)
        lower = QRectF(box.left(), middle, box.width(), box.bottom() - middle - 3)
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


def _indent() -> int:
    return theme.px(INDENT)


def _icon_size() -> int:
    return theme.px(_ICON)


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
        self._column.removeWidget(widget)
        place = self._column.count() if after is None else self._column.indexOf(after) + 1
        self._column.insertWidget(place, widget)

    def before(self, widget: QWidget) -> QWidget | None:
        """Return what stands right above a row."""
        item = self._column.itemAt(self._column.indexOf(widget) - 1)
        return item.widget() if item else None

    def level_at(self, at: QPoint) -> int:
        """Return how deep a row would be nested that began here."""
        return max(at.x() - GAP - _icon_size() // 2, 0) // _indent()

    def layout_now(self) -> None:
        """Give all rows their places."""
        self._column.activate()

    def take(self, widget: QWidget) -> None:
        """Take a row away."""
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()  # not now: its signal may be what is handled

    def mark_drop(self, after: QWidget | None, depth: int = 0) -> None:
        """Draw a line below a row, as far in as it is nested; none for ``None``."""
        self._line.setVisible(after is not None)
        if after is not None:
            place, left = after.geometry(), depth * _indent()
            self._line.setGeometry(place.left() + left, place.bottom(), place.width() - left, 2)
            self._line.raise_()


class Scrolled(QScrollArea):
    """A part of the list that scrolls up and down and is never narrower than its contents."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self._content = content

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        width = self._content.minimumSizeHint().width()
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 96)
