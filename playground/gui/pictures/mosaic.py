"""Many small pictures as one image, to look over and to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui import widgets
from playground.gui.gestures import CLICK, gestures
from playground.gui.look import theme
from playground.language import mark

Pictures = NDArray[np.uint8]
"""Red, green and blue: ``(n, height, width, 3)``."""
GAP, MARGIN = 4, 4
LARGEST = 96
"""Pixels that a picture is wide at most."""
_LENS = 112  # of the enlarged picture under the pointer
_CHIP = 20


@dataclass(frozen=True)
class Grid:
    """Where the pictures lie, in pixels of the widget."""

    count: int
    columns: int = 1
    width: int = 0
    height: int = 0

    @classmethod
    def fitting(cls, count: int, aspect: float, space: QSize) -> Grid:
        """Return the grid with the largest pictures; ``aspect`` is their height by their width."""
        best = cls(count)
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            across = (space.width() + GAP) // columns - GAP
            down = (space.height() + GAP) // rows - GAP
            width = min(across, int(down / aspect), LARGEST)
            if width >= max(best.width, 1):
                even = -(-count // rows)  # the last row nearly as full as the others
                best = cls(count, even, width, max(1, round(width * aspect)))
        return best

    @property
    def rows(self) -> int:
        """Rows, the last one maybe not full."""
        return -(-self.count // self.columns)

    @property
    def size(self) -> QSize:
        """The size of the whole."""
        return QSize(self.columns * (self.width + GAP) - GAP, self.rows * (self.height + GAP) - GAP)

    def place(self, index: int) -> QRect:
        """Return where a picture lies."""
        row, column = divmod(index, self.columns)
        x, y = column * (self.width + GAP), row * (self.height + GAP)
        return QRect(MARGIN + x, MARGIN + y, self.width, self.height)

    def index_at(self, position: QPoint) -> int | None:
        """Return the picture at, or just before, a position; None if there is none."""
        column = (position.x() - MARGIN) // (self.width + GAP)
        row = (position.y() - MARGIN) // (self.height + GAP)
        index = row * self.columns + column
        return index if 0 <= column < self.columns and 0 <= index < self.count else None


@gestures(
    mark("Filters and maximal images"),
    (("Left", "Right", "Up", "Down", "Home", "End"), mark("Choose a picture")),
    (CLICK, mark("Choose a picture")),
)
class Mosaic(QWidget):
    """Pictures in rows, as large as there is space; a click or the arrow keys choose one.

    Under the pointer a picture is enlarged, with its caption in a chip.
    """

    unit_selected = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pictures: Pictures = np.zeros((0, 1, 1, 3), np.uint8)
        self._captions: tuple[str, ...] = ()
        self._smooth = False
        self._grid = Grid(0)
        self._image: QImage | None = None
        self._current: int | None = None
        self._hovered: int | None = None
        self._ring = False
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self._forget_image)

    @property
    def current(self) -> int | None:
        """The framed picture."""
        return self._current

    @property
    def grid(self) -> Grid:
        """Where the pictures lie at present."""
        if self._grid.count != len(self._pictures):
            self._arrange()
        return self._grid

    def show_pictures(
        self, pictures: Pictures, captions: Sequence[str] = (), *, smooth: bool = False
    ) -> None:
        """Show other pictures; ``smooth`` ones are enlarged without visible pixels."""
        again = pictures.shape == self._pictures.shape
        self._pictures, self._captions, self._smooth = pictures, tuple(captions), smooth
        if not again:
            self._arrange()
        self._forget_image()
        self._describe()

    def set_current(self, index: int | None) -> None:
        """Frame one picture without emitting ``unit_selected``."""
        if index != self._current:
            self._current = index
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 64)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._arrange()
        elif event.type() is QEvent.Type.Leave:
            self._hover(None)
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.grid.index_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.grid.index_at(event.position().toPoint())
        if index is not None and event.button() is Qt.MouseButton.LeftButton:
            self._choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count, columns = len(self._pictures), self.grid.columns
        at = -1 if self._current is None else self._current
        target = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Up: at - columns,
            Qt.Key.Key_Down: at + columns if at >= 0 else 0,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        elif 0 <= target < count:
            self._choose(target)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        grid = self.grid
        if grid.width > 0 and grid.count:
            if self._image is None:
                self._image = self._compose()
            painter.drawImage(QRect(QPoint(MARGIN, MARGIN), grid.size), self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._current is not None and self._current < grid.count:
                draw_frame(painter, QRectF(grid.place(self._current)))
            if self._hovered is not None:
                self._draw_lens(painter, self._hovered)
        if self._ring:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            widgets.draw_focus(painter, QRectF(self.rect()))
        painter.end()

    def _choose(self, index: int) -> None:
        self.set_current(index)
        self.unit_selected.emit(index)

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _caption(self, index: int) -> str:
        return self._captions[index] if index < len(self._captions) else ""

    def _describe(self) -> None:
        """Tell a screen reader which picture is framed."""
        self.setAccessibleDescription("" if self._current is None else self._caption(self._current))

    def _arrange(self) -> None:
        count, height, width, _ = self._pictures.shape
        space = self.size() - QSize(2 * MARGIN, 2 * MARGIN)
        self._grid = Grid.fitting(count, height / width, space)
        self._hovered = None
        self._forget_image()

    def _forget_image(self) -> None:
        self._image = None
        self.update()

    def _compose(self) -> QImage:
        """Return all pictures side by side, in pixels of the screen."""
        grid, ratio = self.grid, self.devicePixelRatioF()
        height, width, gap = (round(side * ratio) for side in (grid.height, grid.width, GAP))
        pictures = self._pictures
        if self._smooth or width < pictures.shape[2]:  # smaller: or some pixels would be left out
            pictures = resampled(pictures, height, width)
        n, rows, columns = pictures.shape[:3]
        surface = theme.colour("surface").rgb()
        tiles = np.full((grid.rows * grid.columns, rows, columns), surface, np.uint32)
        tiles[:n] = _packed(pictures)
        lines = tiles.reshape(grid.rows, grid.columns, rows, columns).transpose(0, 2, 1, 3)
        atlas = np.pad(lines.reshape(grid.rows * rows, -1), (0, 1), constant_values=surface)
        down = _spread(grid.rows, rows, height, gap)
        across = _spread(grid.columns, columns, width, gap)
        canvas = atlas.take(down, axis=0).take(across, axis=1)
        size = (canvas.shape[1], canvas.shape[0], 4 * canvas.shape[1])
        return QImage(canvas.data, *size, QImage.Format.Format_RGB32).copy()

    def _draw_lens(self, painter: QPainter, index: int) -> None:
        """Draw a picture large above its place, with its caption below, inside the widget."""
        place, caption = self.grid.place(index), self._caption(index)
        chip = _CHIP if caption else 0
        side = max(min(_LENS, self.height() - chip - 2 * MARGIN), place.height())
        width = round(side * place.width() / place.height())
        words = QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(caption) + 16
        box = QRectF(0, 0, max(width, words if caption else 0), side + chip)
        box.moveCenter(QPointF(place.center()))
        box.moveLeft(min(max(box.left(), MARGIN), self.width() - box.width() - MARGIN))
        box.moveTop(min(max(box.top(), MARGIN), self.height() - box.height() - MARGIN))
        painter.fillRect(box.adjusted(-2, -2, 2, 2), theme.colour("text"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        picture = QRectF(box.center().x() - width / 2, box.top(), width, side)
        painter.drawImage(picture, theme.to_image(self._pictures[index]))
        painter.setPen(theme.colour("surface"))
        painter.setFont(theme.font(theme.SMALL))
        words_box = box.adjusted(0, side, 0, 2)
        painter.drawText(words_box, Qt.AlignmentFlag.AlignCenter, caption)


def draw_frame(painter: QPainter, picture: QRectF) -> None:
    """Draw the frame of the chosen picture, just outside it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(theme.pen("accent", 2))
    painter.drawRoundedRect(picture.adjusted(-1, -1, 1, 1), 2, 2)


def resampled(pictures: Pictures, height: int, width: int) -> Pictures:
    """Return pictures smoothly brought to another size, ``(n, height, width, 3)``."""
    n, old_height, old_width, _ = pictures.shape
    down, across = _resampling(old_height, height), _resampling(old_width, width)
    # two plain matrix products: the axis to be summed comes last each time
    flat = pictures.transpose(0, 2, 3, 1).reshape(-1, old_height).astype(np.float32) @ down.T
    flat = flat.reshape(n, old_width, 3 * height).transpose(0, 2, 1).reshape(-1, old_width)
    result = (flat @ across.T).reshape(n, 3, height, width).transpose(0, 2, 3, 1)
    return (result + 0.5).astype(np.uint8)


def _packed(pictures: Pictures) -> NDArray[np.uint32]:
    """Return each pixel as one number, the way Qt paints fastest."""
    red, green, blue = (pictures[..., i].astype(np.uint32) for i in range(3))
    return np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue


@lru_cache(maxsize=64)
def _spread(cells: int, old: int, new: int, gap: int) -> NDArray[np.intp]:
    """Return which of ``cells * old`` lines each line of the screen shows; -1 in the gaps."""
    cell = np.full(new + gap, -1)
    cell[:new] = np.arange(new) * old // new
    lines = np.where(cell < 0, -1, np.arange(cells)[:, None] * old + cell)
    return lines.ravel()[:-gap]


@lru_cache(maxsize=32)
def _resampling(old: int, new: int) -> NDArray[np.float32]:
    """Return the matrix of linear interpolation, or averaging to make smaller, ``(new, old)``."""
    centres = (np.arange(new)[:, None] + 0.5) * old / new - 0.5
    reach = max(old / new, 1.0)
    weights = np.maximum(1 - np.abs(centres - np.arange(old)) / reach, 0)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights.astype(np.float32)
