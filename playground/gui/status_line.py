"""The one line of the status strip, painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.gui import theme
from playground.gui.icons import icon
from playground.gui.widgets import GAP, MARGIN

HEIGHT = 32
_ICON, _BAR, _SHORT_BAR = 16, 216, 96
_DROPPED = ("step", "speed", "left", "epoch")
"""Figures that go where there is no room, the first ones first."""


@dataclass(frozen=True)
class Figure:
    """A number with its name. ``room`` is a text as long as it may get."""

    key: str
    name: str
    value: str
    room: str


@dataclass(frozen=True)
class Line:
    """All that the strip says; equal lines look equal."""

    icon: str
    word: str
    share: float
    figures: tuple[Figure, ...] = ()
    right: tuple[str, ...] = ()
    tone: str = "accent"


class LineView(QWidget):
    """Paints a line: its words and numbers are so many that widgets would cost too much."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self.corner: QWidget | None = None
        self._line = Line("", "", 0.0)
        self._fonts = {weight: theme.font(theme.SMALL, weight) for weight in (400, 500, 600)}
        self._metrics = {weight: QFontMetrics(font) for weight, font in self._fonts.items()}
        self._word_width = max(self._metrics[600].horizontalAdvance(word) for word in words)
        self._rooms: dict[str, int] = {}
        self.setFixedHeight(round(HEIGHT * theme.notifier().scale))

    def show_line(self, line: Line) -> None:
        """Draw another line if it is another."""
        if line == self._line:
            return
        self._line = line
        for figure in line.figures:  # a place that once was needed stays
            width = self._metrics[500].horizontalAdvance
            need = max(width(figure.room), width(figure.value))
            self._rooms[figure.key] = max(need, self._rooms.get(figure.key, 0))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface"))
        left = MARGIN + _ICON + GAP + self._word_width + MARGIN
        right = self._paint_right(painter, self.width() - MARGIN)
        figures, bar = self._fitting(right - left)
        self._paint_state(painter)
        self._paint_bar(painter, QRectF(left, self.height() / 2 - 2, bar, 4))
        self._paint_figures(painter, left + bar + MARGIN, figures)
        painter.end()

    def _figure_width(self, figure: Figure) -> int:
        name = self._metrics[400].horizontalAdvance(figure.name)
        return name + GAP + self._rooms[figure.key] + 24

    def _fitting(self, room: int) -> tuple[list[Figure], int]:
        """Return the figures and the length of the bar that fit."""
        figures = list(self._line.figures)
        room -= 2 * MARGIN
        for key in ("", *_DROPPED):
            figures = [figure for figure in figures if figure.key != key]
            spare = room - sum(map(self._figure_width, figures))
            if spare >= _SHORT_BAR:
                break
        return figures, max(min(spare, _BAR), 24)

    def _paint_state(self, painter: QPainter) -> None:
        middle = self.height() // 2
        tone = self._line.tone
        picture = icon(self._line.icon, tone) if self._line.icon else None
        if picture is not None:
            box = QRectF(MARGIN, middle - _ICON / 2, _ICON, _ICON).toRect()
            picture.paint(painter, box)
        painter.setFont(self._fonts[600])
        painter.setPen(theme.colour("danger" if tone == "danger" else "text"))
        at = MARGIN + _ICON + GAP
        self._text(painter, QRectF(at, 0, self._word_width + 2, self.height()), self._line.word)

    def _paint_bar(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(box, 2, 2)
        painter.setBrush(theme.colour(self._line.tone))
        box.setWidth(box.width() * min(1.0, max(0.0, self._line.share)))
        painter.drawRoundedRect(box, 2, 2)

    def _paint_figures(self, painter: QPainter, x: int, figures: list[Figure]) -> None:
        for figure in figures:
            name = self._metrics[400].horizontalAdvance(figure.name)
            painter.setFont(self._fonts[400])
            painter.setPen(theme.colour("muted"))
            self._text(painter, QRectF(x, 0, name + 2, self.height()), figure.name)
            painter.setFont(self._fonts[500])
            painter.setPen(theme.colour("text"))
            room = self._rooms[figure.key]
            self._text(painter, QRectF(x + name + GAP, 0, room + 2, self.height()), figure.value)
            x += self._figure_width(figure)

    def _paint_right(self, painter: QPainter, right: int) -> int:
        """Paint what stands at the right end; return where it begins."""
        if self.corner is not None and self.corner.isVisibleTo(self):
            size = self.corner.sizeHint()
            left = right - size.width() + GAP
            self.corner.setGeometry(
                left, (self.height() - size.height()) // 2, size.width(), size.height()
            )
            return left
        painter.setFont(self._fonts[400])
        painter.setPen(theme.colour("text" if len(self._line.right) == 1 else "muted"))
        for text in reversed(self._line.right):
            most = self.width() // 3
            shown = self._metrics[400].elidedText(text, Qt.TextElideMode.ElideMiddle, most)
            width = self._metrics[400].horizontalAdvance(shown)
            if right - width < self.width() // 2:
                break
            self._text(painter, QRectF(right - width, 0, width + 2, self.height()), shown)
            right -= width + MARGIN
        return right

    @staticmethod
    def _text(painter: QPainter, box: QRectF, text: str) -> None:
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
