"""A block of small pictures, kept as one image."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.language import mark

_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@gestures(
    mark("Thumbnails"),
    (("Left", "Right", "Up", "Down"), mark("Choose an example")),
)
class Thumbnails(QWidget):
    """Pictures in rows; a click or the arrow keys choose one."""

    chosen = Signal(int)

    def __init__(self, name: str, *, columns: int = 6, gap: int = 4, largest: int = 64) -> None:
        super().__init__()
        self._columns, self._gap, self._largest = columns, gap, largest
        self._images: NDArray[np.float32] = np.zeros((0, 1, 1), np.float32)
        self._mosaic: QImage | None = None
        self._current: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.notifier().changed.connect(self._forget_mosaic)

    def show_images(self, images: NDArray[np.floating]) -> None:
        """Show grey or colour pictures between 0 and 1: ``(n, height, width[, channels])``."""
        if images.ndim == 4 and images.shape[-1] == 1:
            images = images[..., 0]
        self._images = images.astype(np.float32)
        self._forget_mosaic()
        self.updateGeometry()

    def set_current(self, index: int | None) -> None:
        """Frame one picture without emitting ``chosen``."""
        self._current = index
        self.update()

    def sizeHint(self) -> QSize:
        width = self._columns * (32 + self._gap) - self._gap
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._columns * 16, 16)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = math.ceil(len(self._images) / self._columns)
        return max(1, rows * (self._side(width) + self._gap) - self._gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # a scroll area looks at this alone
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def _side(self, width: int) -> int:
        return max(8, min(self._largest, (width + self._gap) // self._columns - self._gap))

    def _place(self, index: int) -> QRectF:
        side = self._side(self.width())
        row, column = divmod(index, self._columns)
        step = side + self._gap
        return QRectF(column * step, row * step, side, side)

    def _index_at(self, position: QPoint) -> int | None:
        step = self._side(self.width()) + self._gap
        column, row = position.x() // step, position.y() // step
        index = row * self._columns + column
        inside = 0 <= column < self._columns and 0 <= index < len(self._images)
        return index if inside else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().toPoint())
        if index is not None:
            self._choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = {Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns}
        step = (_ARROWS | down).get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        index = 0 if self._current is None else self._current + step
        if 0 <= index < len(self._images):
            self._choose(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _choose(self, index: int) -> None:
        self.set_current(index)
        self.chosen.emit(index)

    def _forget_mosaic(self) -> None:
        self._mosaic = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._images):
            return
        if self._mosaic is None:
            self._mosaic = theme.to_image(_column_of(self._images))
        height, width = self._images.shape[1:3]
        painter = QPainter(self)
        smooth = self._side(self.width()) < max(height, width) * 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        for i in range(len(self._images)):
            painter.drawImage(self._place(i), self._mosaic, QRectF(0, i * height, width, height))
        self._draw_frame(painter)
        painter.end()

    def _draw_frame(self, painter: QPainter) -> None:
        index = self._current
        if index is None and self.hasFocus():
            index = 0
        if index is None or index >= len(self._images):
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.pen("accent", 2))
        painter.drawRect(self._place(index).adjusted(1, 1, -1, -1))


def _column_of(images: NDArray[np.float32]) -> theme.Pixels:
    """Return all pictures below each other, in colours: ``(n * height, width, 3)``."""
    n, height, width = images.shape[:3]
    if images.ndim == 4:
        return np.rint(np.clip(images, 0, 1) * 255).astype(np.uint8).reshape(n * height, width, 3)
    return theme.ink(images.reshape(n * height, width))
