"""A picture for each class with its name below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data.dataset import Floats
from playground.gui import widgets
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.language import mark

_ACROSS, _GAP, _LINE = 5, 8, 16
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_ACROSS,
    Qt.Key.Key_Down: _ACROSS,
}


@gestures(
    mark("Mean images of classes"),
    (("Left", "Right", "Up", "Down"), mark("Go to a class")),
    (("Return",), mark("Show only its examples, or all again")),
)
class ClassPictures(QWidget):
    """Five pictures a row; a click, or Enter where the arrow keys have gone to, chooses one."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._images: list[QImage] = []
        self._pixels: Floats | None = None
        self._names: tuple[str, ...] = ()
        self._marked: frozenset[int] = frozenset()
        self._at = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.notifier().changed.connect(self._draw)

    def show_pictures(self, pixels: Floats, names: Sequence[str]) -> None:
        """Show pictures between 0 and 1, ``(classes, height, width, channels)``."""
        self._pixels, self._names = pixels, tuple(names)
        self._draw()
        self.setFixedHeight(self.heightForWidth(self.width()))

    def mark(self, classes: frozenset[int]) -> None:
        """Tint the classes that the filter asks for."""
        self._marked = classes
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._names) // _ACROSS)
        return max(1, rows * (self._side(width) + theme.px(_LINE) + _GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))  # a scroll area looks at this alone

    @staticmethod
    def _side(width: int) -> int:
        return max(16, (width + _GAP) // _ACROSS - _GAP)

    def _place(self, number: int) -> QRectF:
        side = self._side(self.width())
        row, column = divmod(number, _ACROSS)
        return QRectF(column * (side + _GAP), row * (side + theme.px(_LINE) + _GAP), side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self._names)):
            if self._place(number).adjusted(0, 0, 0, theme.px(_LINE)).contains(event.position()):
                self._go(number)
                self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._go(min(max(self._at + _ARROWS[key], 0), len(self._names) - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._names:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(theme.font(theme.CAPTION, 500))
        metrics = QFontMetrics(painter.font())
        for number, (image, name) in enumerate(zip(self._images, self._names, strict=True)):
            box = self._place(number)
            below = QRectF(box.left(), box.bottom() + 2, box.width(), theme.px(_LINE) - 2)
            if number in self._marked:
                no_pen(painter, "tint")
                painter.drawRoundedRect(box.adjusted(-3, -3, 3, theme.px(_LINE) + 2), 4, 4)
            painter.drawImage(box, image)
            painter.setPen(theme.colour("text"))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
            if self.hasFocus() and number == self._at:
                widgets.draw_focus(painter, box.adjusted(-3, -3, 3, theme.px(_LINE) + 2), 4)
        painter.end()

    def _go(self, number: int) -> None:
        self._at = max(0, number)
        if self._names:
            self.setAccessibleDescription(self._names[self._at])
        self.update()

    def _draw(self) -> None:
        self._images = [] if self._pixels is None else [picture_of(x) for x in self._pixels]
        self.update()


def picture_of(x: Floats) -> QImage:
    """Return an image of the data, ``(height, width, channels)``, in the colours of the theme."""
    if x.shape[-1] == 3:
        return theme.to_image(np.rint(np.clip(x, 0, 1) * 255).astype(np.uint8))
    return theme.to_image(theme.ink(x[..., 0]))
