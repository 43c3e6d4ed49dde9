"""Pictures with what the network takes them for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from playground.data.dataset import Dataset
from playground.gui import widgets
from playground.gui.charts.scales import percent
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.look.markers import no_pen
from playground.gui.pictures.example_pictures import example_pixels
from playground.language import grouped, mark, tr
from playground.probes.activations import shown_examples
from playground.probes.predictions import Page

_SIDE, _LINE = 56, 14
"""Of a picture; the height of a line of words beside it."""
_NAMES, _BAR, _SHARE = 12, 32, 36
"""Widths beside a picture: class names (at least), bars, percentages."""
_MOST_NAMES, _SPARE = 56, 48
_ACROSS, _DOWN = 16, 8
_TOP = 3
"""Classes shown for each picture."""
_STAR = 14
_EDGE = 4  # for the frame of the chosen one
_LEFT_OF_ROW = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT_OF_ROW = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@gestures(
    mark("Predictions"),
    (("Left", "Right", "Up", "Down"), mark("Choose an example")),
    (("PgUp", "PgDown"), mark("Turn the page")),
)
class PredictionGrid(QWidget):
    """A page of pictures, each with its three most probable classes; a click chooses one.

    The arrow keys move through the pictures, and past the last one to the next page.
    """

    chosen = Signal(int)
    """A row of ``shown_examples``."""
    turned = Signal(int)
    """To the next (1) or the previous (-1) page."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._page: Page | None = None
        self._example = 0
        self._starred: frozenset[int] = frozenset()
        self._mosaic: QImage | None = None
        self._names_width = float(_NAMES)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.notifier().changed.connect(self._forget_mosaic)

    @property
    def capacity(self) -> int:
        """How many pictures there is room for."""
        rows = (self.height() - 2 * _EDGE + _DOWN) // (self._height + _DOWN)
        return max(1, self._columns) * max(1, rows)

    def show_page(self, page: Page, dataset: Dataset) -> None:
        """Draw a page."""
        old = self._page
        if dataset is not self._dataset:
            self._dataset = dataset
            metrics = QFontMetricsF(theme.font(theme.CAPTION))
            widest = max(metrics.horizontalAdvance(name) for name in dataset.classes)
            self._names_width = min(max(widest + 4, _NAMES), _MOST_NAMES)
            old = None
        if old is None or not np.array_equal(old.rows, page.rows):
            self._mosaic = None
        self._page = page
        self.update()

    def show_example(self, example: int) -> None:
        """Frame one of the examples, if it is on the page."""
        self._example = example
        self._describe()
        self.update()

    def show_starred(self, examples: frozenset[int]) -> None:
        """Mark the examples that are followed through training."""
        if examples != self._starred:
            self._starred = examples
            self.update()

    def example_at(self, at: QPoint) -> int | None:
        """Return the example whose picture is at a place."""
        index = self.index_at(QPointF(at))
        return int(self._page.rows[index]) if index is not None and self._page else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._mosaic = None

    def sizeHint(self) -> QSize:
        return QSize(7 * (self._narrowest + _ACROSS), 3 * (self._height + _DOWN))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._narrowest + 2 * _EDGE, self._height + 2 * _EDGE)

    @property
    def _height(self) -> int:
        """The height of a picture and the words beside it."""
        return max(_SIDE, (_TOP + 1) * theme.px(_LINE))

    @property
    def _narrowest(self) -> int:
        return _SIDE + 8 + int(self._names_width) + _BAR + theme.px(_SHARE)

    @property
    def _columns(self) -> int:
        return max(1, (self.width() - 2 * _EDGE + _ACROSS) // (self._narrowest + _ACROSS))

    @property
    def _cell(self) -> int:
        """The width of a picture and its words: with what room there is, so bars may be longer."""
        room = (self.width() - 2 * _EDGE + _ACROSS) // self._columns - _ACROSS
        return min(max(room, self._narrowest), self._narrowest + _SPARE)

    def _place(self, index: int) -> QPointF:
        """Return the left upper corner of a picture."""
        row, column = divmod(index, self._columns)
        x = _EDGE + column * (self._cell + _ACROSS)
        return QPointF(x, _EDGE + row * (self._height + _DOWN))

    def index_at(self, at: QPointF) -> int | None:
        """Return which picture of the page is at a place."""
        column = int((at.x() - _EDGE) // (self._cell + _ACROSS))
        row = int((at.y() - _EDGE) // (self._height + _DOWN))
        index = row * self._columns + column
        inside = 0 <= column < self._columns and 0 <= index < self._count
        return index if inside else None

    @property
    def _count(self) -> int:
        return len(self._page.rows) if self._page else 0

    @property
    def _current(self) -> int | None:
        """Where on the page the chosen example is."""
        if self._page is None:
            return None
        found = np.flatnonzero(self._page.rows == self._example)
        return int(found[0]) if len(found) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position())
        if index is not None and self._page:
            self.chosen.emit(int(self._page.rows[index]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif step is None or not self._page or not self._count:
            super().keyPressEvent(event)
        else:
            current = self._current
            index = 0 if current is None else current + step
            if 0 <= index < self._count:
                self.chosen.emit(int(self._page.rows[index]))
            else:
                self.turned.emit(1 if index > 0 else -1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.index_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if index is None else self._words(index), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._page and self._dataset and self._count:
            if self._mosaic is None:
                self._mosaic = self._compose(self._dataset, self._page)
            painter.drawImage(QPointF(_EDGE, _EDGE), self._mosaic)
            self._paint_answers(painter, self._page, self._dataset)
        if self.hasFocus():
            widgets.draw_focus(painter, QRectF(self.rect()), 4)
        painter.end()

    def _compose(self, dataset: Dataset, page: Page) -> QImage:
        """Return the pictures of the page as one, on the colour of the panel."""
        images = shown_examples(dataset).x[page.rows]
        pixels = example_pixels(images)
        height, width = pixels.shape[1:3]
        pick = (np.arange(_SIDE) * height) // _SIDE, (np.arange(_SIDE) * width) // _SIDE
        pixels = pixels[:, pick[0]][:, :, pick[1]]
        last = self._place(len(pixels) - 1)
        across = min(len(pixels), self._columns) * (self._cell + _ACROSS)
        canvas = np.empty((int(last.y()) - _EDGE + _SIDE, across, 3), np.uint8)
        surface = theme.colour("surface")
        canvas[:] = (surface.red(), surface.green(), surface.blue())
        for index, picture in enumerate(pixels):
            at = self._place(index)
            x, y = int(at.x()) - _EDGE, int(at.y()) - _EDGE
            canvas[y : y + _SIDE, x : x + _SIDE] = picture
        return theme.to_image(canvas)

    def _paint_answers(self, painter: QPainter, page: Page, dataset: Dataset) -> None:
        truth = shown_examples(dataset).y[page.rows]
        top = np.argsort(-page.answers, axis=1, kind="stable")[:, :_TOP]
        shares = np.take_along_axis(page.answers, top, axis=1)
        wrong = (top[:, 0] != truth).tolist()
        self._paint_bars(painter, shares)
        for index, (classes, values) in enumerate(zip(top.tolist(), shares.tolist(), strict=True)):
            at = self._place(index)
            names = [dataset.classes[number] for number in classes]
            if wrong[index]:
                text = tr("✕ {0}, is {1}").format(names[0], dataset.classes[truth[index]])
            else:
                text = f"✓ {names[0]}"
            self._paint_verdict(painter, at, text, wrong=wrong[index])
            self._paint_shares(painter, at, names, values)
        self._paint_stars(painter, page)
        current = self._current
        for index in [i for i, is_wrong in enumerate(wrong) if is_wrong]:
            _frame(painter, self._place(index), "danger", 0)
        if current is not None:
            _frame(painter, self._place(current), "accent", 3)

    def _paint_stars(self, painter: QPainter, page: Page) -> None:
        """Mark the pictures of followed examples in their lower right corner."""
        for index, example in enumerate(page.rows.tolist()):
            if example in self._starred:
                corner = self._place(index) + QPointF(_SIDE - _STAR, _SIDE - _STAR)
                no_pen(painter, "surface", 220)
                painter.drawRect(QRectF(corner.x(), corner.y(), _STAR, _STAR))
                box = QRect(corner.toPoint(), QSize(_STAR, _STAR))
                icon("star", "accent").paint(painter, box)

    def _paint_bars(self, painter: QPainter, shares: NDArray[Any]) -> None:
        tracks, bars = [], []
        length = _BAR + self._cell - self._narrowest
        for index, values in enumerate(shares.tolist()):
            at = self._place(index) + QPointF(_SIDE + 8 + self._names_width, theme.px(_LINE))
            for line, value in enumerate(values):
                y = at.y() + line * theme.px(_LINE) + theme.px(_LINE) / 2 - 3
                tracks.append(QRectF(at.x(), y, length, 6))
                bars.append(QRectF(at.x(), y, max(1.0, length * value), 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRects(tracks)
        painter.setBrush(theme.colour("pos"))
        painter.drawRects(bars)

    def _paint_verdict(self, painter: QPainter, at: QPointF, text: str, *, wrong: bool) -> None:
        painter.setFont(theme.font(theme.SMALL, 600))
        painter.setPen(theme.colour("danger" if wrong else "text"))
        width = self._cell - _SIDE - 8
        text = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)
        place = QRectF(at.x() + _SIDE + 8, at.y(), width + _ACROSS / 2, theme.px(_LINE))
        painter.drawText(place, _LEFT_OF_ROW, text)

    def _paint_shares(
        self, painter: QPainter, at: QPointF, names: list[str], values: list[float]
    ) -> None:
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("muted"))
        metrics = QFontMetricsF(painter.font())
        left = at.x() + _SIDE + 8
        for line, (name, value) in enumerate(zip(names, values, strict=True)):
            y = at.y() + (line + 1) * theme.px(_LINE)
            if len(name) > 1:
                room = self._names_width - 2
                name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(
                QRectF(left, y, self._names_width, theme.px(_LINE)), _LEFT_OF_ROW, name
            )
            place = QRectF(left, y, self._cell - _SIDE - 8, theme.px(_LINE))
            painter.drawText(place, _RIGHT_OF_ROW, f"{100 * value:.0f}%")

    def _words(self, index: int) -> str:
        """Return all about one picture, for the tooltip and for screen readers."""
        page, dataset = self._page, self._dataset
        if page is None or dataset is None:
            return ""
        answers = page.answers[index]
        best = int(answers.argmax())
        truth = dataset.classes[int(shown_examples(dataset).y[page.rows[index]])]
        return tr("Example {0}: taken for {1} ({2}), is {3}").format(
            grouped(page.rows[index] + 1),
            dataset.classes[best],
            percent(float(answers[best])),
            truth,
        )

    def _describe(self) -> None:
        current = self._current
        self.setAccessibleDescription("" if current is None else self._words(current))

    def _forget_mosaic(self) -> None:
        self._mosaic = None
        self.update()


def _frame(painter: QPainter, at: QPointF, token: str, outside: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(theme.pen(token, 2))
    inset = 1 - outside
    painter.drawRect(QRectF(at.x(), at.y(), _SIDE, _SIDE).adjusted(inset, inset, -inset, -inset))
