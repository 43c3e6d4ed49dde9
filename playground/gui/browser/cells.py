"""How the cells of the table are painted: column by column, with texts that are laid out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText

from playground.gui.browser.fields import Field
from playground.gui.browser.state import Shown
from playground.gui.look import theme
from playground.gui.look.markers import CLASS_TOKENS, class_token, draw_marker
from playground.language import tr

PADDING = 8
_MARK = 16
"""Room for the mark of a class before its name."""
_KEPT = 20_000
"""Texts whose layout is kept."""
_WIDE = 8
"""Pixels that a figure is wide at most: a shorter number need not be measured."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Strip:
    """The part of a column that is in sight: its cells begin at ``tops``, in pixels."""

    left: int
    width: int
    height: int
    tops: Sequence[int]
    positions: Sequence[int]


class CellPainter:
    """Paints strips of cells. A delegate of Qt's would take three times as long."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, int], tuple[QStaticText, float]] = {}
        self.take_look()

    def take_look(self) -> None:
        """Take over the colours and the font that are in force."""
        names = ("text", "muted", "danger", "accent", "sunken", "pos")
        colours = [theme.colour(name) for name in names]
        self._text, self._muted, self._danger, self._accent, self._sunken, self._pos = colours
        self._faint = theme.colour("border", 150)
        self._font = font()
        self._metrics = QFontMetrics(self._font)
        self._texts.clear()

    def paint(self, painter: QPainter, field: Field, shown: Shown, strip: Strip) -> None:
        """Paint the cells of a column."""
        painter.setFont(self._font)
        paint = {
            "star": self._paint_stars,
            "data": self._paint_data,
            "answer": self._paint_answers,
            "confidence": self._paint_shares,
        }.get(field.kind, self._paint_known)
        paint(painter, field, shown, strip)

    def _paint_stars(self, painter: QPainter, field: Field, shown: Shown, strip: Strip) -> None:
        for top, position in zip(strip.tops, strip.positions, strict=True):
            chosen = shown.is_inspected(position)
            colour = self._accent if chosen else self._faint
            self._write(painter, strip, top, "★" if chosen else "☆", colour)

    def _paint_known(self, painter: QPainter, field: Field, shown: Shown, strip: Strip) -> None:
        right = field.is_number(shown.catalogue)
        for top, position in zip(strip.tops, strip.positions, strict=True):
            self._write(painter, strip, top, field.text(shown, position), self._muted, right=right)

    def _paint_data(self, painter: QPainter, field: Field, shown: Shown, strip: Strip) -> None:
        catalogue = shown.catalogue
        shelf, labels = catalogue.columns[field.index], catalogue.labels
        marks = shelf.is_answer and len(catalogue.dataset.classes) <= len(CLASS_TOKENS)
        missing = tr("missing")
        if self._metrics.horizontalAdvance(missing) > strip.width - 2 * PADDING:
            missing = "–"
        for top, position in zip(strip.tops, strip.positions, strict=True):
            text = catalogue.text(position, field.index)
            if not text:
                box = QRect(strip.left + 1, top + 2, strip.width - 2, strip.height - 4)
                painter.fillRect(box, self._sunken)
                self._write(painter, strip, top, missing, self._muted, right=shelf.is_number)
            elif marks and labels is not None:
                self._mark(painter, strip, top, int(labels[position]))
                self._write(painter, strip, top, text, self._text, indent=_MARK)
            else:
                self._write(painter, strip, top, text, self._text, right=shelf.is_number)

    def _paint_answers(self, painter: QPainter, field: Field, shown: Shown, strip: Strip) -> None:
        answers, is_number = shown.answers, field.is_number(shown.catalogue)
        for top, position in zip(strip.tops, strip.positions, strict=True):
            text = field.text(shown, position)
            if not text or answers is None:
                self._write(painter, strip, top, "–", self._muted, right=is_number)
            elif answers.right is None:
                self._write(painter, strip, top, text, self._text, right=True)
            elif answers.right[position]:
                self._write(painter, strip, top, f"✓  {text}", self._text)
            else:
                self._write(painter, strip, top, f"✕  {text}", self._danger)

    def _paint_shares(self, painter: QPainter, field: Field, shown: Shown, strip: Strip) -> None:
        """Write percentages over thin bars."""
        shares = shown.answers.confidences if shown.answers else None
        room = strip.width - 2 * PADDING
        for top, position in zip(strip.tops, strip.positions, strict=True):
            text = field.text(shown, position)
            if text and shares is not None:
                y = top + strip.height - 4
                painter.fillRect(strip.left + PADDING, y, room, 3, self._sunken)
                length = round(room * float(shares[position]))
                painter.fillRect(strip.left + PADDING, y, length, 3, self._pos)
                self._write(painter, strip, top, text, self._text, right=True)

    @staticmethod
    def _mark(painter: QPainter, strip: Strip, top: int, number: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(class_token(number)))
        at = QPointF(strip.left + PADDING + 5, top + strip.height / 2)
        draw_marker(painter, at, number, 4)

    def _write(
        self,
        painter: QPainter,
        strip: Strip,
        top: int,
        text: str,
        colour: QColor,
        *,
        right: bool = False,
        indent: int = 0,
    ) -> None:
        if not text:
            return
        painter.setPen(colour)
        room = strip.width - 2 * PADDING - indent
        if right and len(text) * _WIDE <= room:  # numbers: each is seen once
            place = QRect(strip.left + PADDING, top, room, strip.height)
            painter.drawText(place, _RIGHT, text)
            return
        laid_out, width = self._laid_out(text, room)
        x = strip.left + strip.width - PADDING - width if right else strip.left + PADDING + indent
        y = top + (strip.height - self._metrics.height()) / 2
        painter.drawStaticText(QPointF(x, y), laid_out)

    def _laid_out(self, text: str, room: int) -> tuple[QStaticText, float]:
        """Return a text, cut to the room there is, ready to be drawn, and how wide it is."""
        known = self._texts.get((text, room))
        if known is None:
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            cut = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            laid_out = QStaticText(cut)
            laid_out.setTextFormat(Qt.TextFormat.PlainText)
            laid_out.prepare(font=self._font)
            known = self._texts[text, room] = laid_out, laid_out.size().width()
        return known


def font() -> QFont:
    """Return the font of the cells."""
    return theme.font(theme.BODY)
