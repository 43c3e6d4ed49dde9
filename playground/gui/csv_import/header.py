"""What stands above each column of the preview: its name, its type to change, its shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QHelpEvent,
    QHoverEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from playground.gui.csv_import.draft import Role
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.look.markers import no_pen

_PAD, _ICON, _CHIP, _BARS = 8, 14, 24, 20
_SIDE = 11
"""As far from the edge as the texts of the cells."""


@dataclass(frozen=True)
class Card:
    """What is said of one column."""

    name: str
    type: str
    type_icon: str
    role: Role
    note: str
    """Such as how many values are missing."""
    bars: tuple[float, ...] = ()
    """Of the histogram, from 0 to 1."""
    problem: str = ""


class ColumnHeader(QHeaderView):
    """Cards to click; the chip with the type opens its menu."""

    types_requested = Signal(int, QPoint)
    """The menu of a column's types is wanted at this place of the screen."""

    def __init__(self, card: Callable[[int], Card], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._card = card
        self._hovered = -1
        self._chosen: frozenset[int] = frozenset()
        self.setSectionsClickable(True)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        height = 2 * _PAD + self._line()
        if self.count() and self._card(0).type:
            height += 4 + _scaled(_CHIP) + 6 + _scaled(_BARS)
        return QSize(self.length(), height)

    def wanted_width(self, card: Card) -> int:
        """Return how wide a column is that shows all of its card."""
        name = QFontMetrics(_name_font(card)).horizontalAdvance(card.name)
        mark = _scaled(_ICON) + 4 if card.role is not Role.INPUT else 0
        small = QFontMetrics(theme.font(theme.SMALL))
        chip = small.horizontalAdvance(card.type) + 2 * _scaled(_ICON) + 24
        note = QFontMetrics(theme.font(theme.CAPTION)).horizontalAdvance(card.note)
        return 2 * _SIDE + max(name + mark, chip, note + 8 + _scaled(48))

    def show_chosen(self, sections: frozenset[int]) -> None:
        """Tint the selected columns."""
        self._chosen = sections
        self.viewport().update()

    def chip(self, section: int) -> QRect:
        """Return where the chip of a column is, in the viewport."""
        left, width = self.sectionViewportPosition(section), self.sectionSize(section)
        top = _PAD + self._line() + 4
        small = QFontMetrics(theme.font(theme.SMALL))
        wanted = small.horizontalAdvance(self._card(section).type) + 2 * _scaled(_ICON) + 24
        return QRect(left + _SIDE, top, min(wanted, width - 2 * _SIDE), _scaled(_CHIP))

    def open_types(self, section: int) -> None:
        """Ask for the menu of a column's types, below its chip."""
        below = self.chip(section).bottomLeft() + QPoint(0, 2)
        self.types_requested.emit(section, self.viewport().mapToGlobal(below))

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        section = self._chip_at(event.position().toPoint())
        super().mousePressEvent(event)
        if section >= 0 and event.button() is Qt.MouseButton.LeftButton:
            # a header that is pressed would go on to select while the menu is open
            super().mouseReleaseEvent(event)
            self.open_types(section)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHoverEvent):
            self._hover(self._chip_at(event.position().toPoint()))
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            section = self.logicalIndexAt(event.pos())
            QToolTip.showText(event.globalPos(), self._tip(section), self.viewport())
            return True
        return super().viewportEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        card = self._card(section)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = section in self._chosen
        painter.fillRect(rect, theme.colour("tint" if chosen else "surface"))
        painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), theme.colour("line"))
        if card.role is Role.TARGET:
            painter.fillRect(rect.adjusted(0, 0, 0, 3 - rect.height()), theme.colour("accent"))
        box = rect.adjusted(_SIDE, _PAD, -_SIDE, -_PAD)
        self._paint_name(painter, QRect(box.left(), box.top(), box.width(), self._line()), card)
        if card.type:
            self._paint_chip(painter, section, card)
        bottom = QRect(box.left(), box.bottom() + 1 - _scaled(_BARS), box.width(), _scaled(_BARS))
        self._paint_shape(painter, bottom, card)
        painter.restore()

    # Inside

    def _paint_name(self, painter: QPainter, box: QRect, card: Card) -> None:
        font = _name_font(card)
        mark = _MARKS.get(card.role)
        room = box.width()
        if mark:
            size = _scaled(_ICON)
            token = "accent" if card.role is Role.TARGET else "muted"
            place = QRect(box.left(), box.top() + (box.height() - size) // 2, size, size)
            icon(mark, token).paint(painter, place)
            box = box.adjusted(size + 4, 0, 0, 0)
            room -= size + 4
        painter.setFont(font)
        painter.setPen(theme.colour(_INK[card.role]))
        name = QFontMetrics(font).elidedText(card.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_chip(self, painter: QPainter, section: int, card: Card) -> None:
        box = self.chip(section)
        painter.setPen(theme.pen("danger" if card.problem else "border", 1))
        painter.setBrush(theme.colour("sunken" if section == self._hovered else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        size = _scaled(_ICON)
        top = box.top() + (box.height() - size) // 2
        token = "danger" if card.problem else "muted"
        icon(card.type_icon, token).paint(painter, QRect(box.left() + 6, top, size, size))
        arrow = QRect(box.right() - 4 - size, top, size, size)
        icon("chevron-down", "muted").paint(painter, arrow)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("text"))
        words = box.adjusted(10 + size, 0, -6 - size, 0)
        text = painter.fontMetrics().elidedText(
            card.type, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_shape(self, painter: QPainter, box: QRect, card: Card) -> None:
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("danger" if card.problem else "muted"))
        note = painter.fontMetrics().elidedText(card.note, Qt.TextElideMode.ElideRight, box.width())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(box, right, note)
        used = painter.fontMetrics().horizontalAdvance(note) + 8
        room = QRectF(box.left(), box.top(), min(box.width() - used, _scaled(72)), box.height())
        if card.bars and room.width() > len(card.bars):
            faint = 70 if card.role is Role.LEFT_OUT else 150
            paint_bars(painter, room, card.bars, faint)

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def _chip_at(self, position: QPoint) -> int:
        section = self.logicalIndexAt(position)
        if section < 0 or not self._card(section).type:
            return -1
        return section if self.chip(section).contains(position) else -1

    def _tip(self, section: int) -> str:
        if section < 0:
            return ""
        card = self._card(section)
        return card.problem or ", ".join(filter(None, (card.name, card.type, card.note)))

    @staticmethod
    def _line() -> int:
        return QFontMetrics(theme.font(theme.BODY, 600)).height()


_MARKS = {Role.TARGET: "bullseye-arrow", Role.WEIGHT: "weight", Role.LEFT_OUT: "eye-off-outline"}
_INK = {Role.INPUT: "text", Role.TARGET: "accent", Role.WEIGHT: "text", Role.LEFT_OUT: "muted"}


def paint_bars(
    painter: QPainter, box: QRectF, heights: tuple[float, ...], alpha: int = 150
) -> None:
    """Draw slim bars side by side; what is not nothing can be seen."""
    no_pen(painter, "muted", alpha)
    step = box.width() / len(heights)
    for i, share in enumerate(heights):
        height = max(1.0, box.height() * share) if share else 0.0
        left = box.left() + i * step
        painter.drawRect(QRectF(left, box.bottom() - height, max(1.0, step - 1), height))


def _name_font(card: Card) -> QFont:
    font = theme.font(theme.BODY, 600)
    font.setStrikeOut(card.role is Role.LEFT_OUT)
    return font


def _scaled(pixels: int) -> int:
    return theme.px(pixels)
