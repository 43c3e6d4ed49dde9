"""Larger pictures of what one column holds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from playground.data.tables.facts import Spread
from playground.data.tables.summary import CsvColumn
from playground.gui.csv_import import words
from playground.gui.csv_import.header import paint_bars
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.gui.widgets import Painted
from playground.language import grouped, tr

_HEIGHT, _ROW, _MOST = 112, 20, 6


class ColumnChart(Painted):
    """A histogram of numbers, or how often each of the most frequent values is there."""

    def __init__(self, name: str) -> None:
        super().__init__(self._paint, _HEIGHT, name)
        self._column: CsvColumn | None = None

    def show_column(self, column: CsvColumn | None) -> None:
        """Show another column."""
        self._column = column
        common = column.levels.common[:_MOST] if column else ()
        spoken = ", ".join(f"{text} {grouped(count)}" for text, count in common)
        self.setAccessibleDescription(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as there are values to list."""
        full, column = super().sizeHint(), self._column
        if column is None or not _is_list(column):
            return full
        rows = min(column.levels.distinct, _MOST)
        return QSize(full.width(), theme.px(rows * _ROW))

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        column = self._column
        if column is None or not column.levels.distinct:
            return
        if _is_list(column):
            _paint_levels(painter, box, column)
        elif column.spread:
            _paint_histogram(painter, box, column, column.spread)


def _is_list(column: CsvColumn) -> bool:
    return column.spread is None or column.type == "category"


def _paint_histogram(painter: QPainter, box: QRectF, column: CsvColumn, spread: Spread) -> None:
    font = theme.font(theme.CAPTION)
    captions = QFontMetrics(font).height() + 4
    plot = box.adjusted(0, 0, 0, -captions)
    highest = max(int(spread.counts.max()), 1)
    paint_bars(painter, plot, tuple((spread.counts / highest).tolist()))
    painter.setPen(theme.colour("border"))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())
    painter.setFont(font)
    painter.setPen(theme.colour("muted"))
    bottom = Qt.AlignmentFlag.AlignBottom
    painter.drawText(box, bottom | Qt.AlignmentFlag.AlignLeft, words.figure(column, spread.low))
    painter.drawText(box, bottom | Qt.AlignmentFlag.AlignRight, words.figure(column, spread.high))


def _paint_levels(painter: QPainter, box: QRectF, column: CsvColumn) -> None:
    """Draw a row for each of the most frequent values: its text, a bar, its count."""
    font = theme.font(theme.SMALL)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    common = column.levels.common
    shown = common if len(common) <= _MOST else common[: _MOST - 1]
    height = box.height() / min(len(common), _MOST)
    figures = metrics.horizontalAdvance(grouped(shown[0][1])) + 8
    names = 0.45 * (box.width() - figures)
    room = box.width() - figures - names - 8
    for i, (text, count) in enumerate(shown):
        line = QRectF(box.left(), box.top() + i * height, box.width(), height)
        painter.setPen(theme.colour("text"))
        name = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(names))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(theme.colour("muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(line, right, grouped(count))
        no_pen(painter, "muted", 150)
        width = max(2.0, room * count / shown[0][1])
        painter.drawRoundedRect(QRectF(names + 8, line.center().y() - 4, width, 8), 2, 2)
    if len(shown) < column.levels.distinct:
        painter.setPen(theme.colour("muted"))
        line = QRectF(box.left(), box.top() + len(shown) * height, box.width(), height)
        rest = tr("and {0} more").format(grouped(column.levels.distinct - len(shown)))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, rest)
