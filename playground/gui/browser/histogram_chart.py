"""How the values of a column are spread: training against validation and test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.data.browse.series import written
from playground.data.browse.statistics import Histogram
from playground.gui import widgets
from playground.gui.browser.fields import part_name
from playground.gui.charts.scales import number
from playground.gui.gestures import DRAG, gestures
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.language import grouped, mark

_HEIGHT, _BOTTOM, _TOP = 136, 18, 4
_LINES = ((1, "accent", Qt.PenStyle.SolidLine), (2, "text", Qt.PenStyle.DotLine))


@gestures(
    mark("Histogram"),
    (("Left", "Right"), mark("Go to a bar")),
    (("Shift+Left", "Shift+Right"), mark("Choose several bars")),
    (("Return",), mark("Show only their examples")),
    (DRAG, mark("Choose several bars")),
)
class HistogramChart(QWidget):
    """Bars of the training part, and lines for the others, each as a share of its own part.

    A click on a bar, or a drag over several, chooses its values; so does Enter on the bar that the
    arrow keys have gone to. Shift and an arrow key takes one more.
    """

    chosen = Signal(float, float)
    """From and to which key, both included."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._histogram: Histogram | None = None
        self._shares: NDArray[np.float64] = np.zeros((3, 0))
        self._limits: tuple[float, float] | None = None
        self._from = self._at = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def show_histogram(self, histogram: Histogram) -> None:
        """Show the spread of another column."""
        self._histogram = histogram
        sums = np.maximum(histogram.counts.sum(axis=1, keepdims=True), 1)
        self._shares = histogram.counts / sums
        self._from = self._at = 0
        self._describe()
        self.update()

    def show_limits(self, limits: tuple[float, float] | None) -> None:
        """Tint the bars whose values the filter lets pass."""
        self._limits = limits
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, theme.px(_HEIGHT))

    @property
    def _bars(self) -> int:
        return int(self._shares.shape[1])

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(2, _TOP, -2, -_BOTTOM)

    def _bar_at(self, at: QPointF) -> int | None:
        bar = int((at.x() - self._area.left()) / max(self._area.width(), 1) * self._bars)
        return bar if 0 <= bar < self._bars else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.position())
        if bar is not None:
            self._from = self._at = bar
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.position())
        if bar is not None:
            self._at = bar
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._bars:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._at = min(max(self._at + step, 0), self._bars - 1)
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._from = self._at
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self._bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if bar is None else self._words(bar), self)
            return True
        return super().event(event)

    def _choose(self) -> None:
        if self._histogram is not None and self._bars:
            first, last = sorted((self._from, self._at))
            edges = self._histogram.edges
            self.chosen.emit(float(edges[first, 0]), float(edges[last, 1]))

    def _words(self, bar: int) -> str:
        histogram = self._histogram
        assert histogram is not None
        counts = [
            f"{part_name(part)}: {grouped(count)}"
            for part, count in enumerate(histogram.counts[:, bar].tolist())
            if histogram.counts[part].any()
        ]
        return "\n".join((self._label(histogram, bar), *counts))

    @staticmethod
    def _label(histogram: Histogram, bar: int) -> str:
        if histogram.labels:
            return histogram.labels[bar]
        low, high = histogram.edges[bar].tolist()
        return written(low) if low == high else f"{number(low)} – {number(high)}"

    def _describe(self) -> None:
        self.setAccessibleDescription(self._words(self._at) if self._bars else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        histogram, area = self._histogram, self._area
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), theme.colour("line"))
        if histogram is not None and self._bars:
            step, highest = area.width() / self._bars, float(self._shares.max()) or 1.0
            tops = area.bottom() - self._shares / highest * area.height()
            self._paint_bars(painter, histogram, tops[0], step)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for part, token, style in _LINES:
                if histogram.counts[part].any():
                    painter.setPen(theme.pen(token, 1.5, style=style))
                    painter.drawPath(self._outline(tops[part], step))
            self._paint_ends(painter, histogram)
        if self.hasFocus():
            widgets.draw_focus(painter, QRectF(self.rect()), 4)
        painter.end()

    def _paint_bars(
        self, painter: QPainter, histogram: Histogram, tops: NDArray[np.float64], step: float
    ) -> None:
        area = self._area
        first, last = sorted((self._from, self._at))
        for bar, top in enumerate(tops.tolist()):
            low, high = histogram.edges[bar].tolist()
            left = area.left() + bar * step
            passes = self._limits and self._limits[0] <= low and high <= self._limits[1]
            held = first != last and first <= bar <= last
            if passes or held or (self.hasFocus() and bar == self._at):
                place = QRectF(left, area.top(), step, area.height())
                painter.fillRect(place, theme.colour("tint"))
            no_pen(painter, "muted", 120)
            gap = 1 if step > 4 else 0
            painter.drawRect(QRectF(left, top, max(1.0, step - gap), area.bottom() - top))

    def _outline(self, tops: NDArray[np.float64], step: float) -> QPainterPath:
        area, path = self._area, QPainterPath()
        path.moveTo(area.left(), area.bottom())
        for bar, top in enumerate(tops.tolist()):
            path.lineTo(area.left() + bar * step, top)
            path.lineTo(area.left() + (bar + 1) * step, top)
        path.lineTo(area.right(), area.bottom())
        return path

    def _paint_ends(self, painter: QPainter, histogram: Histogram) -> None:
        """Write below where the values begin and end."""
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("muted"))
        below = QRectF(self._area.left(), self._area.bottom() + 2, self._area.width(), _BOTTOM - 2)
        left, right = float(histogram.edges[0, 0]), float(histogram.edges[-1, 1])
        first, last = (
            (histogram.labels[0], histogram.labels[-1])
            if histogram.labels
            else (number(left), number(right))
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, first)
        if self._bars > 1:
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, last)
