"""The most frequent mistakes, where the classes are too many for a matrix."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.data.text_part import visible
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.gui.widgets import draw_focus
from playground.language import grouped, mark, tr
from playground.nn.confusion import Confusion

_ROW, _HEAD, _NAME, _BAR = 28, 24, 136, 160
_CENTRE = Qt.AlignmentFlag.AlignVCenter
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@gestures(
    mark("Commonest mistakes"),
    (("Up", "Down"), mark("Choose a mistake")),
    (("Return",), mark("Show its examples")),
)
class ConfusionList(QWidget):
    """A line for each pair: the right class, the answer, and how often; a click looks at one."""

    chosen = Signal(int, int)
    """The right class and the answer."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._classes: tuple[str, ...] = ()
        self._confusions: tuple[Confusion, ...] = ()
        self._selectable = True
        self._current: int | None = None
        self.setObjectName("content")  # which the style sheet leaves without a ground of its own
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMouseTracking(True)
        theme.notifier().changed.connect(self.update)

    def show_confusions(
        self, confusions: tuple[Confusion, ...], classes: Sequence[str], *, selectable: bool
    ) -> None:
        """Show pairs, the largest first; ``selectable`` says whether one can be looked at."""
        self._confusions, self._classes = confusions, tuple(classes)
        self._selectable = selectable
        if self._current is not None and self._current >= len(confusions):
            self._current = None
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        height = _HEAD + _ROW * len(self._confusions)
        return QSize(2 * theme.px(_NAME) + _BAR + 96, math.ceil(height * theme.notifier().scale))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().y())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go_to(place)
            self._choose()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pointing = self._selectable and self._place_at(event.position().y()) is not None
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move and self._confusions:
            start = -1 if self._current is None else self._current
            self._go_to(min(max(start + move, 0), len(self._confusions) - 1))
        elif self._current is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = theme.notifier().scale
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("muted"))
        head, row = _HEAD * scale, _ROW * scale
        names = (tr("right"), tr("predicted"), tr("times"))
        for name, left in zip(
            names, (8, 8 + theme.px(_NAME), 8 + 2 * theme.px(_NAME)), strict=True
        ):
            painter.drawText(QRectF(left, 0, theme.px(_NAME), head), _CENTRE, name)
        most = self._confusions[0].times if self._confusions else 1
        first = max(0, math.floor((event.rect().top() - head) / row))
        last = math.ceil((event.rect().bottom() - head) / row)
        for place in range(first, min(last + 1, len(self._confusions))):
            line = QRectF(0, head + place * row, self.width(), row)
            self._draw_line(painter, line, place, most)
        if self.hasFocus():
            focus = QRectF(self.rect())
            if self._current is not None:
                focus = QRectF(0, head + self._current * row, self.width(), row)
            draw_focus(painter, focus, 4)
        painter.end()

    def _draw_line(self, painter: QPainter, line: QRectF, place: int, most: int) -> None:
        confusion = self._confusions[place]
        if place == self._current:
            no_pen(painter, "tint")
            painter.drawRoundedRect(line, 4, 4)
        painter.setFont(theme.font(theme.BODY))
        metrics = QFontMetricsF(painter.font())
        words = ((confusion.true, "text"), (confusion.answer, "danger"))
        for i, (number, colour) in enumerate(words):
            box = QRectF(8 + i * theme.px(_NAME), line.top(), theme.px(_NAME) - 16, line.height())
            name = visible(self._classes[number])
            painter.setPen(theme.colour(colour))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _CENTRE, text)
        width = _BAR * confusion.times / most
        left = 8 + 2 * theme.px(_NAME)
        no_pen(painter, "muted", 150)
        painter.drawRoundedRect(QRectF(left, line.center().y() - 4, max(width, 2), 8), 2, 2)
        painter.setPen(theme.colour("text"))
        figure = QRectF(left + _BAR + 8, line.top(), 72, line.height())
        painter.drawText(figure, _CENTRE, grouped(confusion.times))

    def _place_at(self, y: float) -> int | None:
        scale = theme.notifier().scale
        place = math.floor((y - _HEAD * scale) / (_ROW * scale))
        return place if 0 <= place < len(self._confusions) else None

    def _go_to(self, place: int) -> None:
        self._current = place
        true, answer, times = self._confusions[place]
        words = tr("{0} was taken for {1} {2} times")
        sentence = words.format(visible(self._classes[true]), visible(self._classes[answer]), times)
        self.setAccessibleDescription(sentence)
        self.update()

    def _choose(self) -> None:
        if self._selectable and self._current is not None:
            confusion = self._confusions[self._current]
            self.chosen.emit(confusion.true, confusion.answer)
