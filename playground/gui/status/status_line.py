"""The one line of the status strip, painted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.gui.look import theme
from playground.gui.look.backdrop import Backdrop
from playground.gui.look.icons import icon
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
        self._widths: dict[tuple[int, str], int] = {}
        self._still = Backdrop()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFixedHeight(theme.px(HEIGHT))

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
        line = self._line
        left = MARGIN + _ICON + GAP + self._word_width + MARGIN
        end = self._right_end()
        figures, bar = self._fitting(end - left)
        names = tuple(figure.name for figure in figures)
        key = (line.icon, line.word, line.tone, names, line.right, bar, tuple(self._rooms.items()))
        self._still.draw(
            painter,
            QRectF(self.rect()),
            key,
            lambda own: self._paint_still(own, left, figures, bar),
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_done(painter, QRectF(left, self.height() / 2 - 2, bar, 4))
        painter.setFont(self._fonts[500])
        painter.setPen(theme.colour("text"))
        for figure, x in self._placed(figures, left + bar + MARGIN):
            at = x + self._width(400, figure.name) + GAP
            room = QRectF(at, 0, self._rooms[figure.key] + 2, self.height())
            self._text(painter, room, figure.value)
        painter.end()

    def _paint_still(self, painter: QPainter, left: int, figures: list[Figure], bar: int) -> None:
        """Paint what stays the same from one step to the next."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_right(painter)
        self._paint_state(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(QRectF(left, self.height() / 2 - 2, bar, 4), 2, 2)
        painter.setFont(self._fonts[400])
        painter.setPen(theme.colour("muted"))
        for figure, x in self._placed(figures, left + bar + MARGIN):
            width = self._width(400, figure.name)
            self._text(painter, QRectF(x, 0, width + 2, self.height()), figure.name)

    def _placed(self, figures: list[Figure], x: int) -> Iterator[tuple[Figure, int]]:
        """Yield the figures with where each begins."""
        for figure in figures:
            yield figure, x
            x += self._figure_width(figure)

    def _figure_width(self, figure: Figure) -> int:
        name = self._width(400, figure.name)
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

    def _paint_done(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._line.tone))
        bar.setWidth(bar.width() * min(1.0, max(0.0, self._line.share)))
        painter.drawRoundedRect(bar, 2, 2)

    def _right_end(self) -> int:
        """Return where what stands at the right begins; put the corner in its place."""
        right = self.width() - MARGIN
        if self.corner is not None and self.corner.isVisibleTo(self):
            size = self.corner.sizeHint()
            top = (self.height() - size.height()) // 2
            self.corner.setGeometry(right - size.width() + GAP, top, size.width(), size.height())
            return right - size.width() + GAP
        return min((left - MARGIN for left, _ in self._right_texts()), default=right)

    def _right_texts(self) -> Iterator[tuple[int, str]]:
        """Yield the words at the right, the last ones first, with where each begins."""
        right = self.width() - MARGIN
        for text in reversed(self._line.right):
            most = self.width() // 3
            shown = self._metrics[400].elidedText(text, Qt.TextElideMode.ElideMiddle, most)
            width = self._width(400, shown)
            if right - width < self.width() // 2:
                return
            yield right - width, shown
            right -= width + MARGIN

    def _paint_right(self, painter: QPainter) -> None:
        if self.corner is not None and self.corner.isVisibleTo(self):
            return
        painter.setFont(self._fonts[400])
        painter.setPen(theme.colour("text" if len(self._line.right) == 1 else "muted"))
        for left, text in self._right_texts():
            room = self._width(400, text) + 2
            self._text(painter, QRectF(left, 0, room, self.height()), text)

    def _width(self, weight: int, text: str) -> int:
        """Return the width of a text, of which there are few: Qt takes its time to find it."""
        if (weight, text) not in self._widths:
            self._widths[weight, text] = self._metrics[weight].horizontalAdvance(text)
        return self._widths[weight, text]

    @staticmethod
    def _text(painter: QPainter, box: QRectF, text: str) -> None:
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
