"""Training examples as they are, and below them as training sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.gui.pictures.example_pictures import example_pixels
from playground.language import tr

PAIRS = 8
_GAP, _CAPTION = 8, 20
_LARGEST = 112
_COLUMNS = 16  # of a table, that are drawn


class AugmentationPreview(QWidget):
    """Eight examples in a row, and below each what is made of it.

    Images are drawn as they are; of a table every column is a bar up or down from zero.
    """

    def __init__(self) -> None:
        super().__init__()
        self._before: NDArray[Any] = np.zeros((0, 1))
        self._after: NDArray[Any] = np.zeros((0, 1))
        self._pictures: tuple[list[QImage], list[QImage]] | None = None
        self.setAccessibleName(tr("Training examples, before and after augmentation"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self._forget)

    @property
    def before(self) -> NDArray[Any]:
        """The examples as they are, ``(n, *input_shape)``."""
        return self._before

    @property
    def after(self) -> NDArray[Any]:
        """The same as training sees them."""
        return self._after

    def show_pairs(self, before: NDArray[Any], after: NDArray[Any]) -> None:
        """Show examples ``(n, *input_shape)`` and what was made of them."""
        self._before, self._after = before, after
        self._forget()

    def sizeHint(self) -> QSize:
        return QSize(PAIRS * (64 + _GAP), 2 * (64 + theme.px(_CAPTION)) + _GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(PAIRS * (24 + _GAP), 2 * (24 + theme.px(_CAPTION)) + _GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._before):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        captions = tr("As they are"), tr("As training sees them now")
        for line, caption in enumerate(captions):
            place = QRectF(0, line * (self._line_height + _GAP), self.width(), theme.px(_CAPTION))
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.colour("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, caption)
        if self._before.ndim == 4:
            self._paint_pictures(painter)
        else:
            self._paint_values(painter)
        painter.end()

    @property
    def _side(self) -> float:
        """The width and height of a picture, in whole pixels."""
        across = (self.width() + _GAP) // PAIRS - _GAP
        down = (self.height() - _GAP) // 2 - theme.px(_CAPTION)
        return max(8, min(across, down, _LARGEST))

    @property
    def _line_height(self) -> float:
        return self._side + theme.px(_CAPTION)

    def _places(self, line: int) -> Iterator[QRectF]:
        """Yield where the examples of the upper (0) or the lower line (1) stand."""
        side, top = self._side, line * (self._line_height + _GAP) + theme.px(_CAPTION)
        for number in range(len(self._before)):
            yield QRectF(number * (side + _GAP), top, side, side)

    def _paint_pictures(self, painter: QPainter) -> None:
        if self._pictures is None:
            self._pictures = _images(self._before), _images(self._after)
        for line, pictures in enumerate(self._pictures):
            for place, picture in zip(self._places(line), pictures, strict=True):
                large = picture.width() > place.width()
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, large)
                painter.drawImage(_fitted(place, picture), picture)

    def _paint_values(self, painter: QPainter) -> None:
        pairs = self._before, self._after
        shown = [values.reshape(len(values), -1)[:, :_COLUMNS] for values in pairs]
        largest = max(1e-6, *(float(np.abs(values).max(initial=0)) for values in shown))
        for line, examples in enumerate(shown):
            for place, values in zip(self._places(line), examples / largest, strict=True):
                no_pen(painter, "paper")
                painter.drawRoundedRect(place, 4, 4)
                _paint_bars(painter, place.adjusted(4, 4, -4, -4), values.tolist())

    def _forget(self) -> None:
        self._pictures = None
        self.update()


def _images(examples: NDArray[Any]) -> list[QImage]:
    return [theme.to_image(pixels) for pixels in example_pixels(examples)]


def _fitted(place: QRectF, picture: QImage) -> QRectF:
    """Return the part of a square that a picture of any form fills."""
    scale = place.width() / max(picture.width(), picture.height())
    result = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
    result.moveCenter(place.center())
    return result


def _paint_bars(painter: QPainter, box: QRectF, values: list[float]) -> None:
    """Draw numbers from -1 to 1 as bars up and down from the middle."""
    step = box.width() / len(values)
    for number, value in enumerate(values):
        no_pen(painter, "pos" if value >= 0 else "neg")
        height = abs(value) * box.height() / 2
        top = box.center().y() - max(value, 0) * box.height() / 2
        left = box.left() + number * step
        painter.drawRect(QRectF(left, top, max(step - 1, 1), max(height, 1)))
