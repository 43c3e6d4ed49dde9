"""Named bars below each other, each a row that can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.gui import widgets
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.language import mark

_ROW, _BAR = 24, 10
_LABEL, _TEXT = 0.38, 56
"""Share of the width for the names; pixels for the figures at the right."""
PART_COLOURS = (("muted", 120), ("accent", 255), ("text", 210))
"""Token and strength of training, validation and test."""


@dataclass(frozen=True)
class Bar:
    """A row: parts of one bar side by side, or a single number that may be negative."""

    label: str
    values: tuple[float, ...]
    text: str
    tip: str = ""


@gestures(
    mark("Bars of classes and columns"),
    (("Up", "Down"), mark("Go to a bar")),
    (("Return",), mark("Show only its examples, or all again")),
)
class BarList(QWidget):
    """Rows of bars; a click, or Enter on the row that the arrow keys have gone to, chooses one."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._largest = 1.0
        self._signed = False
        self._marked: frozenset[int] = frozenset()
        self._at = 0
        self._tip: Callable[[int], str] | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def show_bars(
        self,
        bars: Sequence[Bar],
        *,
        largest: float = 0.0,
        tip: Callable[[int], str] | None = None,
    ) -> None:
        """Show rows; ``largest`` is the value of a full bar, by default that of the longest.

        ``tip`` tells more of a row, by its number.
        """
        self._tip = tip
        again = len(bars) == len(self._bars)
        self._bars = tuple(bars)
        sums = [sum(map(abs, bar.values)) for bar in bars]
        self._largest = largest or max(sums, default=0.0) or 1.0
        self._signed = any(value < 0 for bar in bars for value in bar.values)
        self._at = min(self._at, max(0, len(bars) - 1))
        self._describe()
        if not again:
            self.updateGeometry()
        self.update()

    def mark(self, rows: frozenset[int]) -> None:
        """Tint the rows that are in force."""
        if rows != self._marked:
            self._marked = rows
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, len(self._bars) * self._row)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, len(self._bars) * self._row)

    @property
    def _row(self) -> int:
        return theme.px(_ROW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // self._row
        if 0 <= row < len(self._bars):
            self._go(row)
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._bars:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._go(min(max(self._at + step, 0), len(self._bars) - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._bars:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // self._row
            words = self._words(row) if 0 <= row < len(self._bars) else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = event.rect().top() // self._row, event.rect().bottom() // self._row
        metrics = QFontMetrics(theme.font(theme.SMALL))
        painter.setFont(theme.font(theme.SMALL))
        for row in range(max(0, first), min(last + 1, len(self._bars))):
            box = QRect(0, row * self._row, self.width(), self._row)
            if row in self._marked:
                no_pen(painter, "tint")
                painter.drawRoundedRect(QRectF(box), 4, 4)
            self._paint_row(painter, metrics, box, self._bars[row])
        if self.hasFocus() and self._bars:
            ring = QRectF(0, self._at * self._row, self.width(), self._row)
            widgets.draw_focus(painter, ring, 4)
        painter.end()

    def _paint_row(self, painter: QPainter, metrics: QFontMetrics, box: QRect, bar: Bar) -> None:
        names = round(box.width() * _LABEL)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(theme.colour("text"))
        label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideMiddle, names - 12)
        painter.drawText(box.adjusted(4, 0, 0, 0), middle, label)
        painter.setPen(theme.colour("muted"))
        right = middle | int(Qt.AlignmentFlag.AlignRight)
        painter.drawText(box.adjusted(0, 0, -4, 0), right, bar.text)
        room = QRectF(
            names, box.center().y() - _BAR / 2 + 1, box.width() - names - theme.px(_TEXT), _BAR
        )
        self._paint_bar(painter, room, bar)

    def _paint_bar(self, painter: QPainter, room: QRectF, bar: Bar) -> None:
        no_pen(painter, "sunken")
        painter.drawRoundedRect(room, 2, 2)
        if self._signed:
            (value,) = bar.values
            middle, half = room.center().x(), room.width() / 2
            length = half * abs(value) / self._largest
            no_pen(painter, "neg" if value < 0 else "pos")
            left = middle - length if value < 0 else middle
            painter.drawRect(QRectF(left, room.top(), length, room.height()))
            painter.fillRect(QRectF(middle, room.top(), 1, room.height()), theme.colour("muted"))
            return
        x = room.left()
        colours = PART_COLOURS if len(bar.values) > 1 else (("pos", 255),)
        for value, colour in zip(bar.values, colours, strict=False):
            length = room.width() * value / self._largest
            painter.fillRect(QRectF(x, room.top(), length, room.height()), theme.colour(*colour))
            x += length

    def _go(self, row: int) -> None:
        self._at = row
        self._describe()
        self.update()

    def _words(self, row: int) -> str:
        bar = self._bars[row]
        return self._tip(row) if self._tip else bar.tip or f"{bar.label}: {bar.text}"

    def _describe(self) -> None:
        self.setAccessibleDescription(self._words(self._at) if self._bars else "")
