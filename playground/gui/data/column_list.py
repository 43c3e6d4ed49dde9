"""The columns of a table, each with the shape of its values and their mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.language import grouped, tr

FEW = 8
"""Columns shown at first."""
_ROW, _BINS, _BAR = 28, 14, 4
_MOST = 200
"""Columns shown ever; to draw more would help nobody."""


@dataclass(frozen=True, eq=False)
class _Column:
    name: str
    mean: str
    heights: NDArray[np.float64]
    """Of the bars, from 0 to 1."""
    facts: str


class ColumnList(QWidget):
    """Names, tiny histograms and means; hover gives the range and the deviation."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._columns: tuple[_Column, ...] = ()
        self._total = 0
        self._all = False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_columns(self, names: Sequence[str], values: NDArray[np.floating]) -> None:
        """Show columns ``(rows, columns)`` in their own units."""
        shown = zip(names[:_MOST], values.T, strict=False)
        self._columns = tuple(self._described(name, column) for name, column in shown)
        self._total = len(names)
        self.setAccessibleDescription(", ".join(f"{c.name} {c.mean}" for c in self._columns))
        self.updateGeometry()
        self.update()

    def show_all(self, wanted: bool) -> None:
        """Show all columns, or the first few."""
        self._all = wanted
        self.updateGeometry()
        self.update()

    def shown(self) -> int:
        """Return how many columns are shown."""
        return min(len(self._columns), _MOST if self._all else FEW)

    def sizeHint(self) -> QSize:
        rows = self.shown() + bool(self._rest())
        return QSize(160, max(1, rows * self._row()))

    def _rest(self) -> int:
        """Return how many columns are more than can be shown."""
        return self._total - len(self._columns) if self._all else 0

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            i = event.pos().y() // self._row()
            text = self._columns[i].facts if i < self.shown() else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self._row()
        first, last = event.rect().top() // height, event.rect().bottom() // height
        for i, column in enumerate(self._columns[first : min(last + 1, self.shown())], first):
            self._paint_row(painter, QRectF(0, i * height, self.width(), height), column)
        if self._rest():
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.colour("muted"))
            words = tr("and {0} more").format(grouped(self._rest()))
            bottom = QRectF(0, self.shown() * height, self.width(), height)
            painter.drawText(bottom, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRectF, column: _Column) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        number = QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance("-00,000")
        bars = _BINS * _BAR
        left = box.right() - number - bars
        font = theme.font(theme.BODY)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        room = int(left - 8)
        name = QFontMetrics(font).elidedText(column.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(0, box.top(), room, box.height()), middle, name)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("muted"))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, column.mean)
        no_pen(painter, "muted", 140)
        for k, share in enumerate(column.heights.tolist()):
            height = (box.height() - 8) * share
            painter.drawRect(QRectF(left + k * _BAR, box.bottom() - 4 - height, _BAR - 1, height))

    def _described(self, name: str, values: NDArray[np.floating]) -> _Column:
        counts, _ = np.histogram(values, _BINS)
        mean, deviation = float(values.mean()), float(values.std())
        facts = tr("{0}: {1} to {2}, mean {3}, standard deviation {4}").format(
            name, f"{values.min():.4g}", f"{values.max():.4g}", f"{mean:.4g}", f"{deviation:.3g}"
        )
        return _Column(name, short(mean), counts / counts.max(), facts)

    @staticmethod
    def _row() -> int:
        return theme.px(_ROW)


def short(value: float) -> str:
    """Return three figures, and more before the point if there are more: ``2,990``."""
    return grouped(value, ".0f") if 1000 <= abs(value) < 100_000 else f"{value:.3g}"
