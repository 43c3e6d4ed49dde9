"""Examples as pictures in rows, as many as there are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from playground.data.browse.series import Rows
from playground.gui import widgets
from playground.gui.browser.fields import part_name
from playground.gui.browser.state import Shown
from playground.gui.charts.scales import number, percent
from playground.gui.gestures import CLICK, WHEEL, gestures
from playground.gui.look import theme
from playground.language import grouped, mark, tr

ZOOMS = (1, 2, 3, 4)
_GAP, _LINE, _MARGIN = 8, 14, 16
_LEAST, _MOST = 24, 64
"""Pixels that a picture is wide at zoom 1."""
_NARROWEST = 44
"""Of a picture with its words."""
_STAR = 14
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@gestures(
    mark("Data browser, images"),
    (("Left", "Right", "Up", "Down", "PgUp", "PgDown", "Home", "End"), mark("Choose an example")),
    (("Space",), mark("Put it into the inspection set, or take it out")),
    (("+", "-"), mark("Larger or smaller images")),
    (CLICK, mark("Choose an example")),
    (WHEEL, mark("Scroll; with Ctrl, larger or smaller images")),
)
class ImageGrid(QAbstractScrollArea):
    """Shows what a ``Shown`` holds; the arrow keys move, Space stars, Ctrl and + or - zoom."""

    chosen = Signal(int)
    starred = Signal(object)
    zoomed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._current: int | None = None
        self._zoom = 2
        self._pictures: tuple[Rows, tuple[int, int], QImage] | None = None
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.notifier().changed.connect(self._forget)

    @property
    def zoom(self) -> int:
        """How many times larger than at first the pictures are."""
        return self._zoom

    def set_zoom(self, zoom: int) -> None:
        """Show the pictures larger or smaller; what is at the top stays there."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        if zoom != self._zoom:
            first = self._first_row * self._columns
            self._zoom = zoom
            self._lay_out()
            self.verticalScrollBar().setValue(first // self._columns * self._step)
            self._forget()
            self.zoomed.emit(zoom)

    def show_examples(self, shown: Shown, current: int | None) -> None:
        """Show examples, with a frame around one of them."""
        old, self._shown, self._current = self._shown, shown, current
        if old is None or old.positions is not shown.positions:
            self._lay_out()
            if old is None or old.order != shown.order or old.catalogue is not shown.catalogue:
                self.verticalScrollBar().setValue(0)
        self._describe()
        self.viewport().update()

    def show_current(self, position: int | None) -> None:
        """Frame an example without emitting ``chosen``."""
        self._current = position
        place = self._place()
        if place is not None:
            self._reveal(place)
        self._describe()
        self.viewport().update()

    def chosen_positions(self) -> Rows:
        """Return the example that is framed, if it is shown."""
        return np.array([] if self._place() is None else [self._current], np.intp)

    # Where things are

    @property
    def _side(self) -> tuple[int, int]:
        """Width and height of a picture."""
        if self._shown is None:
            return _LEAST, _LEAST
        height, width, _ = self._shown.catalogue.dataset.input_shape
        size = min(max(height, width, _LEAST), _MOST) * self._zoom
        largest = max(height, width)
        return max(1, size * width // largest), max(1, size * height // largest)

    @property
    def _cell(self) -> tuple[int, int]:
        width, height = self._side
        return max(width, _NARROWEST) + _GAP, height + 2 * theme.px(_LINE) + _GAP + 2

    @property
    def _step(self) -> int:
        return self._cell[1]

    @property
    def _columns(self) -> int:
        return max(1, (self.viewport().width() - 2 * _MARGIN + _GAP) // self._cell[0])

    @property
    def _count(self) -> int:
        return len(self._shown.positions) if self._shown else 0

    @property
    def _first_row(self) -> int:
        return self.verticalScrollBar().value() // self._step

    def _place(self) -> int | None:
        shown = self._shown
        return None if shown is None or self._current is None else shown.place_of(self._current)

    def _box(self, place: int) -> QRect:
        """Return where a picture is drawn at present."""
        row, column = divmod(place, self._columns)
        across, down = self._cell
        width, height = self._side
        x = _MARGIN + column * across + (across - _GAP - width) // 2
        y = _MARGIN + row * down - self.verticalScrollBar().value()
        return QRect(x, y, width, height)

    def place_at(self, at: QPoint) -> int | None:
        """Return which picture, counted from the first one, is at a point of the viewport."""
        column = (at.x() - _MARGIN) // self._cell[0]
        row = (at.y() - _MARGIN + self.verticalScrollBar().value()) // self._cell[1]
        place = row * self._columns + column
        return place if 0 <= column < self._columns and 0 <= place < self._count else None

    def _lay_out(self) -> None:
        rows = -(-self._count // self._columns)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(self._step)
        bar.setRange(0, max(0, rows * self._step + 2 * _MARGIN - _GAP - height))

    def _reveal(self, place: int) -> None:
        box, bar = self._box(place), self.verticalScrollBar()
        top, bottom = box.top() - _MARGIN, box.top() + self._step + _MARGIN
        if top < 0:
            bar.setValue(bar.value() + top)
        elif bottom > self.viewport().height():
            bar.setValue(bar.value() + bottom - self.viewport().height())

    # What the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().toPoint())
        if place is None or self._shown is None:
            return
        self._choose(place)
        box = self._box(place)
        corner = QRect(box.right() - _STAR, box.top(), _STAR, _STAR)
        if corner.contains(event.position().toPoint()):
            self.starred.emit(self.chosen_positions())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(1, self.viewport().height() // self._step) * self._columns
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -self._count,
            Qt.Key.Key_End: self._count,
        }.get(Qt.Key(event.key()))
        if step is not None and self._count:
            place = self._place()
            wanted = 0 if place is None else place + step
            self._choose(min(max(wanted, 0), self._count - 1))
        elif event.key() == Qt.Key.Key_Space and self._place() is not None:
            self.starred.emit(self.chosen_positions())
        elif event.text() in ("+", "=", "-") and self._shown is not None:
            self.set_zoom(self._zoom + (-1 if event.text() == "-" else 1))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom + (1 if event.angleDelta().y() > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)

    def _choose(self, place: int) -> None:
        assert self._shown is not None
        self._current = int(self._shown.positions[place])
        self._reveal(place)
        self._describe()
        self.viewport().update()
        self.chosen.emit(self._current)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.place_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if place is None else self._words(place), self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("surface"))
        if self._shown is not None and self._count:
            top = event.rect().top() - _MARGIN + self.verticalScrollBar().value()
            bottom = event.rect().bottom() - _MARGIN + self.verticalScrollBar().value()
            first = max(0, top // self._step) * self._columns
            last = min(self._count, (bottom // self._step + 1) * self._columns)
            self._paint_pictures(painter, self._shown, first, last)
            self._paint_words(painter, self._shown, first, last)
            self._paint_stars(painter, self._shown, first, last)
            self._paint_frame(painter)
        if self.hasFocus():
            widgets.draw_focus(painter, QRectF(self.viewport().rect()), 4)
        painter.end()

    def _paint_pictures(self, painter: QPainter, shown: Shown, first: int, last: int) -> None:
        mosaic = self._mosaic(shown, first, last)
        height, width, _ = shown.catalogue.dataset.input_shape
        smooth = self._side[0] % width != 0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        for place in range(first, last):
            source = QRect(0, (place - first) * height, width, height)
            painter.drawImage(self._box(place), mosaic, source)

    def _mosaic(self, shown: Shown, first: int, last: int) -> QImage:
        """Return the pictures below each other, as they are in the data."""
        known, places = self._pictures, (first, last)
        if known is None or known[0] is not shown.positions or known[1] != places:
            x = shown.catalogue.pictures(shown.positions[first:last])
            pixels = x.reshape(-1, *x.shape[2:])
            if pixels.shape[-1] == 3:
                colours = np.rint(np.clip(pixels, 0, 1) * 255).astype(np.uint8)
            else:
                colours = theme.ink(pixels[..., 0])
            known = self._pictures = shown.positions, places, theme.to_image(colours)
        return known[2]

    def _paint_words(self, painter: QPainter, shown: Shown, first: int, last: int) -> None:
        painter.setFont(theme.font(theme.CAPTION, 500))
        metrics = QFontMetrics(painter.font())
        room = self._cell[0] - 2
        text, muted, danger = (theme.colour(name) for name in ("text", "muted", "danger"))
        for place in range(first, last):
            position = int(shown.positions[place])
            box = self._box(place)
            left = box.center().x() - room // 2
            words, wrong = self._verdict(shown, position)
            if len(words) * 9 > room:
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.setPen(danger if wrong else text)
            painter.drawText(QRect(left, box.bottom() + 3, room, theme.px(_LINE)), _CENTRE, words)
            painter.setPen(muted)
            part = _short_part(int(shown.catalogue.parts[position]))
            painter.drawText(
                QRect(left, box.bottom() + 3 + theme.px(_LINE), room, theme.px(_LINE)),
                _CENTRE,
                part,
            )

    @staticmethod
    def _verdict(shown: Shown, position: int) -> tuple[str, bool]:
        """Return the class, and after a cross what the network takes it for if it is wrong."""
        labels, classes, answers = (
            shown.catalogue.labels,
            shown.catalogue.dataset.classes,
            shown.answers,
        )
        if labels is None:
            return "", False
        name = classes[int(labels[position])]
        if answers is None or answers.right is None or answers.classes is None:
            return name, False
        verdict = int(answers.right[position])
        if verdict:
            return (f"{name} ✓" if verdict > 0 else name), False
        return f"{name} ✕ {classes[int(answers.classes[position])]}", True

    def _paint_stars(self, painter: QPainter, shown: Shown, first: int, last: int) -> None:
        current = self._place()
        painter.setFont(theme.font(theme.SMALL))
        for place in range(first, last):
            chosen = shown.is_inspected(int(shown.positions[place]))
            if chosen or place == current:
                box = self._box(place)
                corner = QRect(box.right() - _STAR, box.top(), _STAR + 1, _STAR + 1)
                painter.fillRect(corner, theme.colour("surface"))
                painter.setPen(theme.colour("accent" if chosen else "muted"))
                painter.drawText(corner, _CENTRE, "★" if chosen else "☆")

    def _paint_frame(self, painter: QPainter) -> None:
        place = self._place()
        if place is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.pen("accent", 3 if self.hasFocus() else 2))
        painter.drawRect(self._box(place).adjusted(-2, -2, 2, 2))

    def _words(self, place: int) -> str:
        """Return all about one picture, for the tooltip and for screen readers."""
        shown = self._shown
        assert shown is not None
        position = int(shown.positions[place])
        catalogue, answers = shown.catalogue, shown.answers
        row, part = grouped(int(catalogue.rows[position]) + 1), part_name(catalogue.parts[position])
        words = [tr("Image {0}, {1}").format(row, part), self._verdict(shown, position)[0]]
        if answers is not None and not np.isnan(answers.losses[position]):
            words.append(tr("loss {0}").format(number(float(answers.losses[position]))))
            if answers.confidences is not None:
                words.append(tr("{0} sure").format(percent(float(answers.confidences[position]))))
        return ", ".join(filter(None, words))

    def _describe(self) -> None:
        place = self._place()
        self.setAccessibleDescription("" if place is None else self._words(place))

    def _forget(self) -> None:
        self._pictures = None
        self.viewport().update()


def _short_part(part: int) -> str:
    return (tr("train"), tr("valid."), tr("test"))[part]
