"""How a cell of the table is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.gui import theme
from playground.gui.browser.fields import Field
from playground.gui.browser.state import Shown
from playground.gui.browser.table_model import Index, TableModel
from playground.gui.markers import CLASS_TOKENS, class_token, draw_marker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

PADDING = 8
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_NARROW = 11
"""A text with as many pixels for each letter fits in any case."""


class CellPainter(QStyledItemDelegate):
    """Paints cells itself, with one look at the model each: Qt would ask it seven times."""

    def __init__(self, view: QTableView, model: TableModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._take_colours()
        theme.notifier().changed.connect(self._take_colours)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = self._model.shown
        if shown is None:
            return
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        field, position = self._model.fields[column], int(shown.positions[row])
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._tint)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), self._accent)
        text = field.text(shown, position)
        if field.kind == "data":
            self._paint_value(painter, rect, text, field, shown, position)
        elif field.kind == "star":
            self._paint_star(painter, rect, chosen=bool(text))
        elif field.kind == "answer":
            self._paint_answer(painter, rect, text, shown, position)
        elif field.kind == "confidence" and text:
            assert shown.answers is not None
            assert shown.answers.confidences is not None
            self._paint_share(painter, rect, text, float(shown.answers.confidences[position]))
        else:
            right = field.kind in ("row", "loss")
            self._write(painter, rect, text, _RIGHT if right else _LEFT, self._muted)

    def _paint_value(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        field: Field,
        shown: Shown,
        position: int,
    ) -> None:
        shelf, labels = shown.catalogue.columns[field.index], shown.catalogue.labels
        if not text:
            painter.fillRect(rect.adjusted(1, 2, -1, -2), self._sunken)
            self._write(painter, rect, self.tr("missing"), _CENTRE, self._muted)
        elif shelf.is_answer and labels is not None:
            self._paint_class(painter, rect, int(labels[position]), text, self._text)
        else:
            self._write(painter, rect, text, _RIGHT if shelf.is_number else _LEFT, self._text)

    def _paint_answer(
        self, painter: QPainter, rect: QRect, text: str, shown: Shown, position: int
    ) -> None:
        answers = shown.answers
        if not text or answers is None:
            self._write(painter, rect, "–", _LEFT, self._muted)
        elif answers.right is None:
            self._write(painter, rect, text, _RIGHT, self._text)
        else:
            right = bool(answers.right[position])
            colour = self._text if right else self._danger
            self._write(painter, rect, f"{'✓' if right else '✕'}  {text}", _LEFT, colour)

    def _paint_class(
        self, painter: QPainter, rect: QRect, number: int, text: str, colour: QColor
    ) -> None:
        """Write the name of a class behind its mark: few classes have a shape and a colour."""
        assert self._model.shown is not None
        few = len(self._model.shown.catalogue.dataset.classes) <= len(CLASS_TOKENS)
        if few:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(class_token(number)))
            at = QPointF(rect.left() + PADDING + 5, rect.center().y() + 1)
            draw_marker(painter, at, number, 4)
        self._write(painter, rect.adjusted(16 if few else 0, 0, 0, 0), text, _LEFT, colour)

    def _paint_share(self, painter: QPainter, rect: QRect, text: str, share: float) -> None:
        """Write a percentage over a thin bar."""
        bar = QRect(rect.left() + PADDING, rect.bottom() - 4, rect.width() - 2 * PADDING, 3)
        painter.fillRect(bar, self._sunken)
        bar.setWidth(round(bar.width() * share))
        painter.fillRect(bar, self._pos)
        self._write(painter, rect, text, _RIGHT, self._text)

    def _paint_star(self, painter: QPainter, rect: QRect, *, chosen: bool) -> None:
        painter.setPen(self._accent if chosen else self._line)
        painter.drawText(rect, _CENTRE, "★" if chosen else "☆")

    def _write(self, painter: QPainter, rect: QRect, text: str, flags: int, colour: QColor) -> None:
        room = rect.width() - 2 * PADDING
        if len(text) * _NARROW > room:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setPen(colour)
        painter.drawText(rect.adjusted(PADDING, 0, -PADDING, 0), flags, text)

    def _take_colours(self) -> None:
        names = ("text", "muted", "danger", "accent", "tint", "sunken", "pos")
        colours = [theme.colour(name) for name in names]
        self._text, self._muted, self._danger, self._accent, *others = colours
        self._tint, self._sunken, self._pos = others
        self._line = theme.colour("border", 150)
        self._metrics = QFontMetrics(font())


def font() -> QFont:
    """Return the font of the cells."""
    return theme.font(theme.BODY)
