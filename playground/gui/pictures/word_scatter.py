"""The picture of words in a plane."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.data.text_part import visible
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.look.markers import no_pen, onto
from playground.gui.widgets import draw_focus
from playground.language import mark

_MARGIN, _NEAR, _RADIUS = 24, 14, 3.0
_MOST_LABELS = 120
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@gestures(
    mark("Map of words"),
    (("Left", "Right", "Up", "Down"), mark("Go from word to word")),
    (("Esc",), mark("Show them all")),
)
class WordScatter(QWidget):
    """A dot for each word; as many have their name beside it as find room, the frequent first.

    The pointer, or the arrow keys from word to word, choose the one that is looked at.
    """

    looked_at = Signal(object)
    """The place of a word, or None."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._words: list[str] = []
        self._points: NDArray[np.float64] = np.zeros((0, 2))
        self._current: int | None = None
        self._marked: tuple[int, ...] = ()
        self.setObjectName("content")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self.update)

    def show_words(self, words: Sequence[str], points: NDArray[np.float64]) -> None:
        """Show words at points ``(n, 2)``."""
        self._words, self._points = [visible(word) for word in words], points
        if self._current is not None and self._current >= len(words):
            self._current, self._marked = None, ()
        self.update()

    def mark(self, place: int | None, others: tuple[int, ...] = ()) -> None:
        """Mark a word and those that are like it."""
        self._current, self._marked = place, others
        names = ", ".join(self._words[k] for k in others)
        told = "" if place is None else f"{self._words[place]}: {names}"
        self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not len(self._points):
            return
        gaps = np.hypot(*(self._places() - (event.position().x(), event.position().y())).T)
        place = int(gaps.argmin())
        if gaps[place] <= _NEAR and place != self._current:
            self.looked_at.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step and self._words:
            start = -1 if self._current is None and step > 0 else self._current or 0
            self.looked_at.emit((start + step) % len(self._words))
        elif event.key() == Qt.Key.Key_Escape:
            self.looked_at.emit(None)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self._points):
            places = self._places()
            self._draw_dots(painter, places)
            self._draw_names(painter, places)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 4)
        painter.end()

    def _places(self) -> NDArray[np.float64]:
        """Return where the words are, in pixels; some far away do not press all others together."""
        low, high = np.percentile(self._points, (1, 99), axis=0)
        box = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -2 * _MARGIN, -_MARGIN)
        places: NDArray[np.float64] = onto(box, self._points, low, high)
        limits = (self.width() - 8, self.height() - 8)
        return np.clip(places, 8, np.maximum(limits, 8))

    def _draw_dots(self, painter: QPainter, places: NDArray[np.float64]) -> None:
        no_pen(painter, "muted", 130)
        for x, y in places.tolist():
            painter.drawEllipse(QPointF(x, y), _RADIUS, _RADIUS)
        no_pen(painter, "accent")
        for place in self._featured():
            painter.drawEllipse(QPointF(*places[place]), _RADIUS + 1, _RADIUS + 1)

    def _featured(self) -> tuple[int, ...]:
        return () if self._current is None else (self._current, *self._marked)

    def _draw_names(self, painter: QPainter, places: NDArray[np.float64]) -> None:
        """Write the names that find room: first those looked at, then the most frequent."""
        plain, bold = theme.font(theme.SMALL), theme.font(theme.SMALL, 600)
        metrics, taken, featured = QFontMetricsF(bold), list[QRectF](), self._featured()
        others = (k for k in range(min(len(self._words), _MOST_LABELS)) if k not in featured)
        for place in (*featured, *others):
            x, y = places[place].tolist()
            width = metrics.horizontalAdvance(self._words[place])
            left = x + 6 if x + 6 + width < self.width() else x - 6 - width
            box = QRectF(left, y - metrics.height() / 2, width, metrics.height())
            if place not in featured and any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            is_current = place == self._current
            painter.setFont(bold if is_current else plain)
            painter.setPen(theme.colour("accent" if place in featured else "text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._words[place])
