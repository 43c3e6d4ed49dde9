"""How a line of the command palette is drawn."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.gui.commands.matching import Match
from playground.gui.commands.offers import Offer
from playground.gui.look import theme
from playground.gui.look.icons import icon

_HEIGHT, _ICON, _EDGE, _TEXT = 32, 16, 12, 40
_LEAST_WHERE = 48
"""A place that would be cut to less is left out."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class OfferLine(QStyledItemDelegate):
    """Icon, name with the typed letters strong, menu or what is missing, key."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.px(_HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        offer, fit = index.data(Qt.ItemDataRole.UserRole)
        box = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint"))
            painter.drawRoundedRect(QRectF(box), 6, 6)
        _draw_icon(painter, box, offer)
        end = _draw_name(painter, box.adjusted(theme.px(_TEXT), 0, -_EDGE, 0), offer, fit)
        right = _draw_keys(painter, box.adjusted(0, 0, -_EDGE, 0), offer.keys)
        _draw_where(painter, QRect(end + 16, box.top(), right - end - 24, box.height()), offer)
        painter.restore()


def _draw_icon(painter: QPainter, box: QRect, offer: Offer) -> None:
    size = theme.px(_ICON)
    place = QRect(box.left() + _EDGE, box.center().y() - size // 2 + 1, size, size)
    if offer.chosen:
        icon("check", "accent").paint(painter, place)
    elif offer.icon != "check":
        icon(offer.icon, "muted").paint(painter, place)


def _draw_name(painter: QPainter, box: QRect, offer: Offer, fit: Match) -> int:
    """Draw the name; return where it ends."""
    x = box.left()
    letters = enumerate(offer.text)
    for strong, run in groupby(letters, key=lambda each: each[0] in fit.places):
        piece = "".join(letter for _, letter in run)
        font = theme.font(theme.BODY, 600 if strong else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if offer.lack else "accent" if strong else "text"))
        painter.drawText(QRect(x, box.top(), box.width(), box.height()), _LEFT, piece)
        x += QFontMetrics(font).horizontalAdvance(piece)
    return x


def _draw_keys(painter: QPainter, box: QRect, keys: str) -> int:
    """Draw the key at the right; return where it begins."""
    if not keys:
        return box.right()
    font = theme.font(theme.SMALL, 500)
    width = QFontMetrics(font).horizontalAdvance(keys) + 12
    height = theme.px(20)
    cap = QRect(box.right() - width, box.center().y() - height // 2 + 1, width, height)
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(font)
    painter.setPen(theme.colour("muted"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
    return cap.left()


def _draw_where(painter: QPainter, box: QRect, offer: Offer) -> None:
    """Draw the menu that it is in; or, if it cannot be done, why."""
    if box.width() < _LEAST_WHERE:
        return
    font = theme.font(theme.SMALL)
    words = offer.lack or offer.where
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(theme.colour("muted"))
    painter.drawText(box, _RIGHT, shown)
