"""A confusion matrix: a row for each class, what it was taken for, and how well it is told."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from playground.gui import widgets
from playground.gui.charts.scales import percent
from playground.gui.gestures import CLICK, gestures
from playground.gui.look import theme
from playground.language import grouped, mark, tr
from playground.nn.confusion import ClassScores, Counts, row_shares

Cell = tuple[int, int]
"""The right class and the answer."""
_NAME, _SCORE, _GAP, _HEAD = 112, 72, 24, 20
_TALLEST, _LOWEST, _WIDEST, _NARROWEST = 40, 16, 88, 24
_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@gestures(
    mark("Confusion matrix"),
    (("Left", "Right", "Up", "Down"), mark("Go to a cell")),
    (("Return",), mark("Show its examples")),
    (CLICK, mark("Show the examples of a cell")),
)
class ConfusionGrid(QWidget):
    """Cells coloured by their share of the row; the arrow keys move, Enter and a click choose."""

    chosen = Signal(int, int)
    """The right class and the answer of a cell with examples in it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._classes: tuple[str, ...] = ()
        self._matrix: Counts = np.zeros((0, 0), np.int64)
        self._shares = row_shares(self._matrix)
        self._scores = ClassScores.of(self._matrix)
        self._cell: Cell | None = None
        self._cell_size = (float(_WIDEST), float(_TALLEST))
        self._selectable = True
        self.setAccessibleName(name)
        self.setObjectName("content")  # which the style sheet leaves without a ground of its own
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.notifier().changed.connect(self.update)

    def show_matrix(self, matrix: Counts, classes: Sequence[str], *, selectable: bool) -> None:
        """Show counts; ``selectable`` says whether a cell's examples can be looked at."""
        self._selectable = selectable
        if self._classes != tuple(classes):
            self._classes, self._cell = tuple(classes), None
        self._matrix, self._shares = matrix, row_shares(matrix)
        self._scores = ClassScores.of(matrix)
        self.setMinimumSize(self.minimumSizeHint())
        self._fit()
        self._describe()
        self.update()

    def mark(self, cell: Cell | None) -> None:
        """Outline a cell: that of the example which is looked at."""
        if cell != self._cell:
            self._cell = cell
            self._describe()
            self.update()

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell stands."""
        width, height = self._cell_size
        return QRectF(
            theme.px(_NAME) + column * width, theme.px(_HEAD) + row * height, width - 1, height - 1
        )

    def sizeHint(self) -> QSize:
        return self._size(_WIDEST, theme.px(_LOWEST) + 4)

    def minimumSizeHint(self) -> QSize:
        return self._size(_NARROWEST, theme.px(_LOWEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._sentence(cell) if cell else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        pointing = bool(cell and self._selectable and self._matrix[cell])
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if cell and event.button() is Qt.MouseButton.LeftButton:
            self._choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move, key = _MOVES.get(Qt.Key(event.key())), event.key()
        last = len(self._classes) - 1
        if move and last >= 0:
            row, column = self._cell or (0, -1 if move == (0, 1) else 0)
            self.mark((min(max(row + move[0], 0), last), min(max(column + move[1], 0), last)))
        elif self._cell and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._cell)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SMALL))
        self._paint_head(painter)
        self._paint_cells(painter, QRectF(event.rect()))  # the rest is scrolled out of sight
        self._paint_rows(painter)
        if self._cell:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            widgets.draw_focus(painter, self.cell_rect(*self._cell).adjusted(-1, -1, 1, 1), 3)
        if self.hasFocus():
            widgets.draw_focus(painter, QRectF(self.rect()), 4)
        painter.end()

    def _size(self, width: float, height: float) -> QSize:
        count = len(self._classes)
        across = theme.px(_NAME) + count * width + _GAP + len(self._columns()) * theme.px(_SCORE)
        return QSize(math.ceil(across), math.ceil(theme.px(_HEAD) + count * height))

    def _fit(self) -> None:
        """Share the room out to the cells."""
        count = max(len(self._classes), 1)
        room = self.width() - theme.px(_NAME) - _GAP - len(self._columns()) * theme.px(_SCORE)
        width = min(max(room / count, _NARROWEST), _WIDEST)
        height = min(max((self.height() - theme.px(_HEAD)) / count, theme.px(_LOWEST)), _TALLEST)
        self._cell_size = math.floor(width), math.floor(height)

    def _columns(self) -> dict[str, Callable[[int], str]]:
        """Return what stands behind each row: headings, and what they say of a class."""
        scores = self._scores
        return {
            tr("precision"): lambda k: _share(scores.precision[k]),
            tr("recall"): lambda k: _share(scores.recall[k]),
            tr("F1"): lambda k: _share(scores.f1[k]),
            tr("examples"): lambda k: grouped(scores.support[k]),
        }

    def _paint_head(self, painter: QPainter) -> None:
        painter.setPen(theme.colour("muted"))
        metrics = QFontMetricsF(painter.font())
        painter.setFont(theme.font(theme.CAPTION))
        painter.drawText(
            QRectF(0, 0, theme.px(_NAME) - 8, theme.px(_HEAD)), _RIGHT, tr("true ↓ predicted →")
        )
        painter.setFont(theme.font(theme.SMALL))
        for k, name in enumerate(self._classes):
            box = self.cell_rect(0, k)
            place = QRectF(box.left(), 0, box.width(), theme.px(_HEAD))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width() - 2)
            painter.drawText(place, _CENTRE, text)
        for i, heading in enumerate(self._columns()):
            painter.drawText(self._score_rect(-1, i), _RIGHT, heading)

    def _paint_cells(self, painter: QPainter, seen: QRectF) -> None:
        # a small share is a mistake worth seeing, so the colours rise fast at first
        pixels = theme.sequential(np.sqrt(self._shares))
        size = len(self._classes)
        if size:
            first, last = self.cell_rect(0, 0), self.cell_rect(size - 1, size - 1)
            whole = QRectF(first.topLeft(), last.bottomRight()).adjusted(0, 0, 1, 1)
            painter.drawImage(whole, theme.to_image(pixels))
        painter.setPen(QPen(theme.colour("surface"), 1))
        for k in range(1, size):
            edge, other = self.cell_rect(0, k).left() - 0.5, self.cell_rect(k, 0).top() - 0.5
            painter.drawLine(QPointF(edge, first.top()), QPointF(edge, last.bottom()))
            painter.drawLine(QPointF(first.left(), other), QPointF(last.right(), other))
        for inks, colour in zip(on_ground(pixels), (theme.WHITE, theme.BLACK), strict=True):
            painter.setPen(QColor(colour))
            for row, column in np.argwhere(inks & (self._matrix > 0) & self._within(seen)).tolist():
                cell = self.cell_rect(row, column)
                painter.drawText(cell, _CENTRE, grouped(self._matrix[row, column]))

    def _paint_rows(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(painter.font())
        painter.setPen(theme.colour("text"))
        for k, name in enumerate(self._classes):
            top, height = self.cell_rect(k, 0).top(), self._cell_size[1]
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, theme.px(_NAME) - 8)
            painter.drawText(QRectF(0, top, theme.px(_NAME) - 8, height), _RIGHT, text)
            for i, write in enumerate(self._columns().values()):
                painter.drawText(self._score_rect(k, i), _RIGHT, write(k))

    def _score_rect(self, row: int, column: int) -> QRectF:
        """Return the place of a figure of a class; row -1 is the heading."""
        left = self.cell_rect(0, len(self._classes)).left() + _GAP + column * theme.px(_SCORE)
        if row < 0:
            return QRectF(left, 0, theme.px(_SCORE), theme.px(_HEAD))
        return QRectF(left, self.cell_rect(row, 0).top(), theme.px(_SCORE), self._cell_size[1])

    def _cell_at(self, position: QPointF) -> Cell | None:
        width, height = self._cell_size
        column = math.floor((position.x() - theme.px(_NAME)) / width)
        row = math.floor((position.y() - theme.px(_HEAD)) / height)
        count = len(self._classes)
        return (row, column) if 0 <= row < count and 0 <= column < count else None

    def _within(self, area: QRectF) -> NDArray[np.bool_]:
        """Return which cells lie in an area."""
        width, height = self._cell_size
        k = np.arange(len(self._classes))
        columns = (theme.px(_NAME) + (k + 1) * width > area.left()) & (
            theme.px(_NAME) + k * width < area.right()
        )
        rows = (theme.px(_HEAD) + (k + 1) * height > area.top()) & (
            theme.px(_HEAD) + k * height < area.bottom()
        )
        return rows[:, None] & columns

    def _choose(self, cell: Cell) -> None:
        if self._selectable and self._matrix[cell]:
            self.chosen.emit(*cell)

    def _sentence(self, cell: Cell) -> str:
        row, column = cell
        count, total = int(self._matrix[cell]), int(self._matrix[row].sum())
        share = percent(float(self._shares[cell]))
        true, answer = self._classes[row], self._classes[column]
        if row == column:
            text = tr("{0} of {1} {2} are found ({3})")
            return text.format(grouped(count), grouped(total), true, share)
        text = tr("{0} of {1} {2} are taken for {4} ({3})")
        return text.format(grouped(count), grouped(total), true, share, answer)

    def _describe(self) -> None:
        self.setAccessibleDescription(self._sentence(self._cell) if self._cell else "")


def _share(value: float) -> str:
    return "–" if math.isnan(value) else percent(float(value))


def on_ground(pixels: theme.Pixels) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where white and where black is read better: one of them always has 4.5:1."""
    luminance = relative_luminance(pixels)
    white = 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05
    return white, ~white


def relative_luminance(pixels: theme.Pixels) -> NDArray[np.float64]:
    """Return how bright colours are, 0 to 1 (WCAG 2.1), for pixels ``(..., 3)``."""
    parts = pixels / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    brightness: NDArray[np.float64] = linear @ (0.2126, 0.7152, 0.0722)
    return brightness
