"""A typed text as the network sees it: token by token."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip

from playground.gui.data.text_part import visible
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.gui.widgets import Painted
from playground.language import tr


@dataclass(frozen=True)
class Piece:
    """A token of the beginning."""

    word: str
    is_known: bool
    is_seen: bool
    """Whether it is within the context."""


class TokenLine(Painted):
    """Chips of the last tokens: tinted those in the context, outlined the unknown ones."""

    def __init__(self, name: str) -> None:
        super().__init__(self._draw, 28, name)
        self._pieces: list[Piece] = []
        self._chips: list[tuple[QRectF, Piece]] = []

    def show_pieces(self, pieces: list[Piece]) -> None:
        """Show tokens, the last at the right."""
        if pieces != self._pieces:
            self._pieces = pieces
            self.setAccessibleDescription(", ".join(self._words(piece) for piece in pieces))
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = [piece for chip, piece in self._chips if chip.contains(event.pos())]
            QToolTip.showText(event.globalPos(), self._words(found[0]) if found else "", self)
            return True
        return super().event(event)

    def _words(self, piece: Piece) -> str:
        if not piece.is_known:
            words = tr("{0} is not in the vocabulary: the network sees <unknown>")
        elif not piece.is_seen:
            words = tr("{0} lies before the context: the network does not see it")
        else:
            words = tr("{0} is in the context")
        return words.format(visible(piece.word))

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        self._chips = self._placed(box)
        painter.setFont(theme.font(theme.SMALL, 500))
        for chip, piece in self._chips:
            if piece.is_seen:
                no_pen(painter, "tint")
                painter.drawRoundedRect(chip, 4, 4)
            if not piece.is_known:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(theme.pen("danger", 1, style=Qt.PenStyle.DashLine))
                painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            token = "accent" if piece.is_seen else "muted"
            painter.setPen(theme.colour(token if piece.is_known else "danger"))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, visible(piece.word))

    def _placed(self, box: QRectF) -> list[tuple[QRectF, Piece]]:
        """Return the chips of as many of the last tokens as fit, from the left."""
        metrics = QFontMetricsF(theme.font(theme.SMALL, 500))
        widths = [metrics.horizontalAdvance(visible(piece.word)) + 12 for piece in self._pieces]
        first, room = len(widths), box.width()
        while first and room >= widths[first - 1] + 4:
            first -= 1
            room -= widths[first] + 4
        chips, left = [], box.left()
        for width, piece in zip(widths[first:], self._pieces[first:], strict=True):
            chips.append((QRectF(left, box.center().y() - 11, width, 22), piece))
            left += width + 4
        return chips
