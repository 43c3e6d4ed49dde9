"""Tiny charts for the side panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.gui.look import theme
from playground.language import grouped

Draw = Callable[[QPainter, QRectF], None]


class Painted(QWidget):
    """A picture of fixed height and any width, painted by a function."""

    def __init__(self, draw: Draw, height: int, name: str, *, width: int = 0) -> None:
        super().__init__()
        self._draw = draw
        self._size = QSize(width, height)
        self.setAccessibleName(name)
        across = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        scale = theme.notifier().scale
        return QSize(self._size.width(), round(self._size.height() * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._draw(painter, QRectF(self.rect()))
        painter.end()


class SplitBar(Painted):
    """One bar cut into parts, with the name and the number of each below."""

    def __init__(self, name: str) -> None:
        super().__init__(self._paint, 28, name)
        self._parts: tuple[tuple[str, int], ...] = ()

    def show_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """Show (name, number) pairs: training, validation and test; empty ones are left out."""
        self._parts = tuple(part for part in parts if part[1])
        self.setAccessibleDescription(", ".join(f"{name} {grouped(n)}" for name, n in self._parts))
        self.update()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        total = sum(number for _, number in self._parts)
        width = box.width() - 2 * (len(self._parts) - 1)
        colours = (theme.colour("muted", 150), theme.colour("accent"), theme.colour("border"))
        x = 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for (_, number), colour in zip(self._parts, colours, strict=False):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(x, 0, width * number / total, 8), 2, 2)
            x += width * number / total + 2
        self._captions(painter, box.adjusted(0, 12, 0, 0))

    def _captions(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("muted"))
        left, middle, right = (
            Qt.AlignmentFlag.AlignLeft,
            Qt.AlignmentFlag.AlignHCenter,
            Qt.AlignmentFlag.AlignRight,
        )
        places = {1: (left,), 2: (left, right)}.get(len(self._parts), (left, middle, right))
        for (name, number), place in zip(self._parts, places, strict=False):
            painter.drawText(box, place, f"{name} {grouped(number)}")


_NOMINAL = 216
"""A usual width: whether names fit below the columns must not depend on the real one."""
_LINE, _MOST_LINES, _MOST_NAME = 14, 12, 88


class ClassBars(Painted):
    """A slim column for each class with its label below; hover gives the number.

    Where a few labels are too long for that, the bars lie, with the labels at their left.
    """

    def __init__(self, name: str, height: int = 64) -> None:
        super().__init__(self._paint, height, name)
        self._labels: tuple[str, ...] = ()
        self._values: tuple[float, ...] = ()
        self._tokens: tuple[str, ...] = ()
        self._lying = False

    def show_values(
        self, labels: Sequence[str], values: Sequence[float], tokens: Sequence[str] = ()
    ) -> None:
        """Show a value a class; ``tokens`` are the colours of the bars, grey if there are none."""
        self._labels, self._values, self._tokens = tuple(labels), tuple(values), tuple(tokens)
        pairs = zip(self._labels, self._values, strict=True)
        self.setAccessibleDescription(
            ", ".join(f"{label}: {grouped(value)}" for label, value in pairs)
        )
        fits = self._longest() <= _NOMINAL * theme.notifier().scale / max(len(labels), 1)
        self._lying = not fits and len(labels) <= _MOST_LINES
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if not self._lying:
            return super().sizeHint()
        return QSize(0, theme.px(len(self._labels) * _LINE))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            i = self._class_at(QPointF(event.pos()))
            text = "" if i is None else f"{self._labels[i]}: {grouped(self._values[i])}"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _longest(self) -> int:
        metrics = QFontMetrics(theme.font(theme.CAPTION))
        return max((metrics.horizontalAdvance(label) for label in self._labels), default=0)

    def _class_at(self, position: QPointF) -> int | None:
        along, length = position.x(), self.width()
        if self._lying:
            along, length = position.y(), self.height()
        i = int(along / max(length, 1) * len(self._values))
        return i if 0 <= i < len(self._values) else None

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        if not self._values:
            return
        painter.setFont(theme.font(theme.CAPTION))
        if self._lying:
            self._paint_lying(painter, box)
        else:
            self._paint_standing(painter, box)

    def _paint_standing(self, painter: QPainter, box: QRectF) -> None:
        metrics = QFontMetrics(painter.font())
        step = box.width() / len(self._values)
        captions = metrics.height() + 4
        scale = (box.height() - captions) / (max(self._values) or 1)
        for i, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            width = min(step - min(4, step / 4), 40)
            left, top = i * step + (step - width) / 2, box.height() - captions - value * scale
            self._paint_bar(painter, QRectF(left, top, width, value * scale), i)
            if step >= metrics.horizontalAdvance("00"):
                painter.setPen(theme.colour("muted"))
                text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, int(step) - 2)
                place = QRectF(i * step, box.height() - metrics.height(), step, metrics.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_lying(self, painter: QPainter, box: QRectF) -> None:
        metrics = QFontMetrics(painter.font())
        names = min(self._longest(), _MOST_NAME * theme.notifier().scale)
        figures = [grouped(value) for value in self._values]
        most = max(metrics.horizontalAdvance(figure) for figure in figures)
        line = box.height() / len(self._values)
        scale = (box.width() - names - most - 16) / (max(self._values) or 1)
        for i, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            bar = QRectF(names + 8, (i + 0.5) * line - 4, max(value * scale, 1), 8)
            self._paint_bar(painter, bar, i)
            painter.setPen(theme.colour("muted"))
            row = QRectF(0, i * line, box.width(), line)
            text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, round(names) + 1)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, text)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(row, right, figures[i])

    def _paint_bar(self, painter: QPainter, bar: QRectF, i: int) -> None:
        token = self._tokens[i] if self._tokens else ""
        corner = min(2, bar.width() / 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(token) if token else theme.colour("muted", 110))
        painter.drawRoundedRect(bar, corner, corner)
