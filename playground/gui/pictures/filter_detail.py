"""The chosen filter in large, with its numbers, and the scale of the colours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.look import theme
from playground.gui.network.captions import MINUS
from playground.language import tr
from playground.nn.arrays import Array

_TITLE = 32
_NUMBERS = 128  # the width of their column, with words of the usual size
_LINE = 20
_CELL = 28  # a weight is written into a cell of this size or more
_SMALLEST, _LARGEST = 48, 240
_NARROW = 160


@dataclass(frozen=True, eq=False)
class FilterText:
    """What is written about a filter."""

    name: str
    figures: tuple[tuple[str, str], ...]
    """Pairs of what it is and its value."""


class FilterDetail(QWidget):
    """One filter: its weights in colours and, if there is room, in numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._text = FilterText("", ())
        self._values: Array | None = None
        self._pixels: theme.Pixels = np.zeros((1, 1, 3), np.uint8)
        self._side = 112
        self._beside = True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)

    def fit(self, height: int, beside: bool) -> None:
        """Take the height there is, with the numbers beside the picture or below it."""
        below = 0 if beside else 2 * theme.px(_LINE) + 4
        self._side = max(_SMALLEST, min(height - _top() - below, _LARGEST))
        self._beside = beside
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        wide = self._side + 16 + theme.px(_NUMBERS)
        return QSize(wide if self._beside else max(self._side, _NARROW), _top() + self._side)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROW, _top() + _SMALLEST)

    def show_filter(self, text: FilterText, pixels: theme.Pixels, values: Array | None) -> None:
        """Show a filter; ``values`` are written into the cells, None writes nothing."""
        self._text, self._pixels, self._values = text, pixels, values
        figures = (f"{name} {value}" for name, value in text.figures)
        self.setAccessibleName(text.name)
        self.setAccessibleDescription(", ".join(figures))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        title = QRectF(0, 0, self.width(), theme.px(_TITLE))
        painter.setFont(theme.font(theme.BODY, 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self._text.name)
        height, width = self._pixels.shape[:2]
        unit = self._side / max(height, width)
        plate = QRectF(0, _top(), unit * width, unit * height)
        painter.drawImage(plate, theme.to_image(self._pixels))
        if self._values is not None and unit >= _CELL:
            self._write_weights(painter, plate, self._values)
        if self._beside:
            right = QRectF(plate.right() + 16, plate.top(), theme.px(_NUMBERS), plate.height())
            self._write_figures(painter, right, columns=1)
        else:
            below = QRectF(0, plate.bottom() + 4, self.width(), 2 * theme.px(_LINE))
            self._write_figures(painter, below, columns=2)
        painter.end()

    def _write_figures(self, painter: QPainter, box: QRectF, columns: int) -> None:
        painter.setFont(theme.font(theme.SMALL))
        width, line = (box.width() - 16 * (columns - 1)) / columns, theme.px(_LINE)
        for i, (name, value) in enumerate(self._text.figures):
            row, column = divmod(i, columns)
            left = box.left() + column * (width + 16)
            place = QRectF(left, box.top() + row * line, width, line)
            painter.setPen(theme.colour("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(theme.colour("text"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(place, right, value)

    def _write_weights(self, painter: QPainter, plate: QRectF, values: Array) -> None:
        rows, columns = values.shape
        width, height = plate.width() / columns, plate.height() / rows
        font = theme.font(theme.CAPTION)
        painter.setFont(font)
        for (i, j), value in np.ndenumerate(values):
            cell = QRectF(plate.left() + j * width, plate.top() + i * height, width, height)
            painter.setPen(_readable_on(self._pixels[i, j]))
            text = _fitting(float(value), font, width)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)


def _top() -> int:
    """Return where the picture begins, below the title."""
    return theme.px(_TITLE) + 8


def _fitting(value: float, font: QFont, width: float) -> str:
    """Return a weight with two places, without the zero before the point if that is too long."""
    text = f"{value:.2f}".replace("-", MINUS) if abs(value) >= 0.005 else "0"
    too_long = QFontMetricsF(font).horizontalAdvance(text) > width - 4
    return text.replace("0.", ".", 1) if too_long else text


def _readable_on(pixel: theme.Pixels) -> QColor:
    """Return the text colour of the theme, or its opposite, whichever is clearer on a pixel."""
    luminance = float((pixel / 255) ** 2.2 @ np.array([0.2126, 0.7152, 0.0722]))
    dark, light = ("surface", "text") if theme.tokens().dark else ("text", "surface")
    return theme.colour(dark if luminance > 0.18 else light)


class ScaleLegend(QWidget):
    """A strip of the colours between the values at its ends."""

    def __init__(self) -> None:
        super().__init__()
        self._ends = ("", "")
        self._signed = True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_scale(self, low: str, high: str, *, signed: bool) -> None:
        """Show what the ends of the colours mean; ``signed`` ones pass through 0."""
        if (low, high, signed) != (*self._ends, self._signed):
            self._ends, self._signed = (low, high), signed
            self.setAccessibleName(tr("Colours from {0} to {1}").format(low, high))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(theme.SMALL))
        words = sum(metrics.horizontalAdvance(end) for end in self._ends)
        return QSize(round(words) + 80 + 16, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        low, high = self._ends
        font = theme.font(theme.SMALL)
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, low)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box, right, high)
        start = metrics.horizontalAdvance(low) + 8
        end = box.width() - metrics.horizontalAdvance(high) - 8
        strip = QRectF(start, box.center().y() - 4, end - start, 8)
        ramp = np.linspace(-1, 1, 80)[None]
        pixels = theme.diverging(ramp) if self._signed else theme.sequential(ramp / 2 + 0.5)
        painter.drawImage(strip, theme.to_image(pixels))
        if self._signed:
            middle = QPointF(strip.center().x(), strip.bottom())
            painter.setPen(theme.colour("border"))
            painter.drawLine(middle + QPointF(0, -8), middle)
        painter.end()
