"""Two columns against each other, a mark for each example."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.data.browse.series import CategorySeries, Rows, Series
from playground.gui import widgets
from playground.gui.charts.scales import Scale, even_scale
from playground.gui.gestures import CLICK, gestures
from playground.gui.look import theme
from playground.gui.look.backdrop import Backdrop
from playground.gui.look.markers import draw_markers, no_pen, onto
from playground.language import mark, tr

MOST = 4000
"""Marks drawn; of more examples as many are taken evenly."""
_LEFT, _BOTTOM, _MARGIN, _HEIGHT = 36, 20, 8, 264
_NEAR = 12
"""Pixels from a mark within which a click means it."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Known values of two columns: ``points`` ``(k, 2)`` of the examples ``positions``."""

    points: NDArray[np.float64]
    positions: Rows
    classes: NDArray[np.int64] | None
    shades: NDArray[np.float64] | None
    """From 0 to 1, where there are no classes."""
    total: int
    levels: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """The texts that whole numbers on the axes stand for, if a column has texts."""


def pairs_of(
    x: Series, y: Series, labels: NDArray[np.int64] | None, answer: Series | None, shown: Rows
) -> Pairs:
    """Return the pairs of the shown examples that have both values."""
    known = shown[~(x.missing[shown] | y.missing[shown])]
    known = np.sort(known)
    some = known[:: max(1, -(-len(known) // MOST))]
    shades = None
    if labels is None and answer is not None:
        keys = answer.keys
        low, high = float(np.nanmin(keys)), float(np.nanmax(keys))
        shades = np.nan_to_num((keys[some] - low) / ((high - low) or 1.0))
    return Pairs(
        np.stack([x.keys[some], y.keys[some]], axis=1),
        some,
        None if labels is None else labels[some],
        shades,
        len(known),
        (_levels(x), _levels(y)),
    )


def _levels(series: Series) -> tuple[str, ...]:
    return series.levels if isinstance(series, CategorySeries) else ()


@gestures(
    mark("Data browser, pairs of columns"),
    (("Left", "Right", "Up", "Down"), mark("Go from example to example")),
    (CLICK, mark("Choose an example")),
)
class Scatter(QWidget):
    """Draws ``Pairs``; a click selects the nearest example, the arrow keys go to the next."""

    chosen = Signal(int)
    """The position of an example."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pairs: Pairs | None = None
        self._names = ("", "")
        self._current: int | None = None
        self._backdrop = Backdrop()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def show_pairs(self, pairs: Pairs, names: tuple[str, str]) -> None:
        """Show two columns with these names."""
        self._pairs, self._names = pairs, names
        self.setAccessibleDescription(" × ".join(names))
        self.update()

    def show_current(self, position: int | None) -> None:
        """Ring an example."""
        self._current = position
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, theme.px(_HEIGHT))

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _MARGIN, -_MARGIN, -_BOTTOM)

    def _scales(self, pairs: Pairs) -> tuple[Scale, Scale]:
        low, high = pairs.points.min(axis=0), pairs.points.max(axis=0)
        margin = np.where(high > low, 0.04 * (high - low), 0.5)
        low, high = low - margin, high + margin
        x = even_scale(float(low[0]), float(high[0]), 4)
        return x, even_scale(float(low[1]), float(high[1]), 5)

    def _places(self, pairs: Pairs) -> NDArray[np.float64]:
        x, y = self._scales(pairs)
        return onto(self._area, pairs.points, np.array([x.low, y.low]), np.array([x.high, y.high]))

    def _nearest(self, at: QPointF) -> int | None:
        pairs = self._pairs
        if pairs is None or not len(pairs.points):
            return None
        distance = np.hypot(*(self._places(pairs) - [at.x(), at.y()]).T)
        best = int(distance.argmin())
        return int(pairs.positions[best]) if distance[best] <= _NEAR else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self._nearest(event.position())
        if position is not None:
            self.chosen.emit(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }.get(Qt.Key(event.key()))
        pairs = self._pairs
        if step is None or pairs is None or not len(pairs.positions):
            super().keyPressEvent(event)
            return
        at = 0 if self._current is None else int(np.searchsorted(pairs.positions, self._current))
        at = min(max(at + step, 0), len(pairs.positions) - 1)
        self.chosen.emit(int(pairs.positions[at]))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = tr("A click on a mark selects its example.")
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pairs = self._pairs
        if pairs is not None and len(pairs.points):
            whole = QRectF(self.rect())
            self._backdrop.draw(painter, whole, pairs, lambda own: self._paint(own, pairs))
            self._paint_current(painter, pairs)
        if self.hasFocus():
            widgets.draw_focus(painter, QRectF(self.rect()), 4)
        painter.end()

    def _paint(self, painter: QPainter, pairs: Pairs) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, pairs)
        places = self._places(pairs)
        radius = 4.0 if len(places) <= 300 else 3.0 if len(places) <= 1500 else 2.0
        if pairs.classes is not None:
            draw_markers(painter, places, pairs.classes, radius)
            return
        shades = np.zeros(len(places)) + 0.6 if pairs.shades is None else pairs.shades
        colours = theme.sequential(0.25 + 0.75 * shades[None])[0]
        painter.setPen(Qt.PenStyle.NoPen)
        for (x, y), colour in zip(places.tolist(), colours.tolist(), strict=True):
            painter.setBrush(QColor(*colour))
            painter.drawEllipse(QPointF(x, y), radius, radius)

    def _paint_axes(self, painter: QPainter, pairs: Pairs) -> None:
        area, (x, y) = self._area, self._scales(pairs)
        no_pen(painter, "paper")
        painter.drawRect(area)
        painter.setFont(theme.font(theme.CAPTION))
        for value, text in _ticks(x, pairs.levels[0]):
            at = area.left() + (value - x.low) / (x.high - x.low) * area.width()
            painter.fillRect(QRectF(at, area.top(), 1, area.height()), theme.colour("line"))
            painter.setPen(theme.colour("muted"))
            place = QRectF(at - 40, area.bottom() + 3, 80, _BOTTOM - 3)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, text)
        for value, text in _ticks(y, pairs.levels[1]):
            at = area.bottom() - (value - y.low) / (y.high - y.low) * area.height()
            painter.fillRect(QRectF(area.left(), at, area.width(), 1), theme.colour("line"))
            painter.setPen(theme.colour("muted"))
            place = QRectF(0, at - 8, _LEFT - 4, 16)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, right, text)

    def _paint_current(self, painter: QPainter, pairs: Pairs) -> None:
        found = np.flatnonzero(pairs.positions == self._current)
        if not len(found):
            return
        x, y = self._places(pairs)[found[0]].tolist()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, width in (("surface", 4.0), ("accent", 2.0)):
            painter.setPen(theme.pen(token, width))
            painter.drawEllipse(QPointF(x, y), 8, 8)


def _ticks(scale: Scale, levels: tuple[str, ...]) -> list[tuple[float, str]]:
    """Return the ticks of an axis; of texts the first letters of some."""
    if not levels:
        return list(scale.ticks)
    every = -(-len(levels) // 5)
    return [(float(n), level[:6]) for n, level in enumerate(levels) if n % every == 0]
