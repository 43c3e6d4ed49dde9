"""Names and values below each other, thousands if need be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.look import theme

_ROW, _SHARE = 22, 0.5
Fact = tuple[str, str, str]
"""A name, a value and the colour of the value."""


class Facts(QWidget):
    """Paints the rows in sight alone; each is asked for when it is painted."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._count = 0
        self._fact: Callable[[int], Fact] = lambda row: ("", "", "text")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def show_facts(self, count: int, fact: Callable[[int], Fact]) -> None:
        """Show so many rows, each told by ``fact``."""
        again, self._count, self._fact = count == self._count, count, fact
        words = (f"{name} {value}" for name, value, _ in map(fact, range(min(count, 20))))
        self.setAccessibleDescription(", ".join(words))
        if not again:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._count * self._row)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._count * self._row)

    @property
    def _row(self) -> int:
        return theme.px(_ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SMALL))
        metrics = QFontMetrics(painter.font())
        first, last = event.rect().top() // self._row, event.rect().bottom() // self._row
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        for row in range(max(0, first), min(last + 1, self._count)):
            name, value, token = self._fact(row)
            box = QRect(0, row * self._row, self.width(), self._row)
            taken = min(metrics.horizontalAdvance(value), round(box.width() * _SHARE))
            room = box.width() - taken - 8
            painter.setPen(theme.colour("muted"))
            elide = Qt.TextElideMode.ElideMiddle
            painter.drawText(box, int(middle), metrics.elidedText(name, elide, room))
            painter.setPen(theme.colour(token))
            shown = metrics.elidedText(value, Qt.TextElideMode.ElideRight, box.width() - 48)
            painter.drawText(box, int(middle | right), shown)
        painter.end()
