"""The cards of the inspection set, painted side by side."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.gui import widgets
from playground.gui.charts.decimate import thinned
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.gui.pictures.example_pictures import example_pixels
from playground.gui.pictures.inspection_cards import Card
from playground.language import grouped, mark, tr

_HEIGHT, _GAP = 64, 8
_NARROWEST, _NARROWEST_TABLE = 200, 264
_PICTURE = 48
_VALUES = 112
"""Width of the columns' names and values, where there is no picture."""
_INSET = 8
_POINTS = 64
"""Of a line that is drawn."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@gestures(
    mark("Inspection set"),
    (("Left", "Right", "Up", "Down"), mark("Choose an example")),
    (("Del",), mark("Take it out of the set")),
)
class InspectionGrid(QWidget):
    """A card for each example; a click or the arrow keys choose one, Delete takes it out."""

    chosen = Signal(int)
    """The number of an example."""
    dropped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._epochs: NDArray[np.float64] = np.zeros(0)
        self._current: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    @property
    def cards(self) -> list[Card]:
        """What is shown, in order."""
        return self._cards

    def show_cards(self, cards: list[Card], epochs: NDArray[np.float64]) -> None:
        """Show other cards, and when the entries of their traces were measured."""
        self._cards, self._epochs = cards, epochs
        self._fit()
        self._describe()
        self.update()

    def show_current(self, number: int | None) -> None:
        """Frame the card of an example, if there is one."""
        self._current = number
        self._describe()
        self.update()

    def place(self, at: int) -> QRectF:
        """Return where a card lies."""
        row, column = divmod(at, self._columns)
        x = column * (self._width + _GAP)
        return QRectF(x, row * (theme.px(_HEIGHT) + _GAP), self._width, theme.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(4 * (_NARROWEST + _GAP), self.minimumHeight())

    def _fit(self) -> None:
        """Be as high as the rows of cards need."""
        rows = math.ceil(len(self._cards) / self._columns)
        self.setMinimumHeight(max(1, rows) * (theme.px(_HEIGHT) + _GAP) - _GAP)

    @property
    def _columns(self) -> int:
        pictures = not self._cards or self._cards[0].image is not None
        narrowest = _NARROWEST if pictures else _NARROWEST_TABLE
        return max(1, (self.width() + _GAP) // (narrowest + _GAP))

    @property
    def _width(self) -> int:
        return (self.width() + _GAP) // self._columns - _GAP

    def _card_at(self, position: QPointF) -> int | None:
        places = (at for at in range(len(self._cards)) if self.place(at).contains(position))
        return next(places, None)

    def _place_of_current(self) -> int | None:
        numbers = [card.number for card in self._cards]
        return numbers.index(self._current) if self._current in numbers else None

    # What the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._card_at(event.position())
        if at is not None:
            self._choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step, at = steps.get(Qt.Key(event.key())), self._place_of_current()
        if step is not None and self._cards:
            goal = 0 if at is None else at + step
            if 0 <= goal < len(self._cards):
                self._choose(goal)
        elif event.key() == Qt.Key.Key_Delete and at is not None:
            self.dropped.emit(self._cards[at].number)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._card_at(QPointF(event.pos()))
            words = "" if at is None else self._words(self._cards[at])
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _choose(self, at: int) -> None:
        self.show_current(self._cards[at].number)
        self.chosen.emit(self._cards[at].number)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, card in enumerate(self._cards):
            box = self.place(at)
            if box.intersects(QRectF(event.rect())):
                self._paint_card(painter, box, card)
        if self.hasFocus():
            widgets.draw_focus(painter, QRectF(self.rect()))
        painter.end()

    def _paint_card(self, painter: QPainter, box: QRectF, card: Card) -> None:
        is_current = card.number == self._current
        painter.setPen(theme.pen("accent", 2) if is_current else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tint" if is_current else "canvas"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        inside = box.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        left = self._paint_example(painter, inside, card)
        rest = QRectF(inside.left() + left, inside.top(), inside.width() - left, inside.height())
        self._paint_verdict(
            painter, QRectF(rest.left(), rest.top(), rest.width(), theme.px(16)), card
        )
        figure, above = theme.px(56), theme.px(20)
        line = rest.adjusted(0, above, -figure, 0)
        self._paint_trace(painter, line, card)
        painter.setFont(theme.font(theme.SMALL, 600))
        painter.setPen(theme.colour("danger" if card.verdict.wrong else "text"))
        place = QRectF(line.right(), line.top(), figure, line.height())
        painter.drawText(place, _RIGHT, card.verdict.figure)

    def _paint_example(self, painter: QPainter, box: QRectF, card: Card) -> float:
        """Draw what the example is; return how wide that is."""
        if card.image is not None:
            picture = theme.to_image(example_pixels(card.image[None])[0])
            large = max(picture.width(), picture.height()) > _PICTURE
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, large)
            painter.drawImage(QRectF(box.left(), box.top(), _PICTURE, _PICTURE), picture)
            return _PICTURE + 8
        painter.setFont(theme.font(theme.CAPTION))
        metrics = QFontMetricsF(painter.font())
        if card.values[0][1] == "":  # a text
            painter.setPen(theme.colour("text"))
            place = QRectF(box.left(), box.top(), theme.px(_VALUES), box.height())
            painter.drawText(place, _WRAPPED, card.values[0][0])
            return theme.px(_VALUES) + 16
        for line, (name, value) in enumerate(card.values):
            high = theme.px(16)
            place = QRectF(box.left(), box.top() + high * line, theme.px(_VALUES), high)
            room = theme.px(_VALUES) - metrics.horizontalAdvance(value) - 8
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
            painter.setPen(theme.colour("muted"))
            painter.drawText(place, _LEFT, shown)
            painter.setPen(theme.colour("text"))
            painter.drawText(place, _RIGHT, value)
        return theme.px(_VALUES) + 16

    def _paint_verdict(self, painter: QPainter, box: QRectF, card: Card) -> None:
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("muted"))
        painter.drawText(box, _RIGHT, self._part(card))
        room = box.width() - QFontMetricsF(painter.font()).horizontalAdvance(self._part(card)) - 8
        font = theme.font(theme.SMALL, 600)
        painter.setFont(font)
        painter.setPen(theme.colour("danger" if card.verdict.wrong else "text"))
        words = QFontMetricsF(font).elidedText(
            card.verdict.words, Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(box, _LEFT, words)

    def _paint_trace(self, painter: QPainter, box: QRectF, card: Card) -> None:
        """Draw the figure over the epochs; the line at the top, or across, is the truth."""
        known = np.isfinite(card.trace)
        low, high = _range(card)
        truth = box.bottom() - box.height() * (card.verdict.truth - low) / (high - low)
        painter.setPen(theme.pen("border", 1, style=Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(box.left(), truth), QPointF(box.right() - 4, truth))
        if not known.any():
            return
        last = max(float(self._epochs[-1]), 1e-9)
        x, y = thinned(self._epochs[known], card.trace[known], _POINTS)
        across = box.left() + (box.width() - 4) * x / last
        down = box.bottom() - box.height() * (y - low) / (high - low)
        points = [QPointF(*point) for point in zip(across.tolist(), down.tolist(), strict=True)]
        token = "danger" if card.verdict.wrong else "accent"
        painter.setPen(theme.pen(token, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        no_pen(painter, token)
        painter.drawEllipse(points[-1], 2.5, 2.5)

    # Words

    def _part(self, card: Card) -> str:
        names = {
            "train": tr("train"),
            "validation": tr("valid"),
            "test": tr("test"),
        }
        return names[card.part]

    def _words(self, card: Card) -> str:
        verdict = card.verdict
        return tr("Example {0} ({1}): {2}, {3}").format(
            grouped(card.number + 1), self._part(card), verdict.words, verdict.figure
        )

    def _describe(self) -> None:
        """Tell a screen reader of the framed card."""
        at = self._place_of_current()
        self.setAccessibleDescription("" if at is None else self._words(self._cards[at]))


def _range(card: Card) -> tuple[float, float]:
    """Return the values at the lower and the upper edge of the line."""
    if card.is_class:
        return 0.0, 1.0
    known = np.append(card.trace[np.isfinite(card.trace)], card.verdict.truth)
    low, high = float(known.min()), float(known.max())
    spare = 0.05 * ((high - low) or 1.0)
    return low - spare, high + spare
