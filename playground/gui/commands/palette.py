"""The command palette: type a few letters of what you want, and it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView

from playground.gui.commands.matching import NONE, Match
from playground.gui.commands.offer_line import OfferLine
from playground.gui.commands.offers import Offer, found, numbers, offers_of
from playground.gui.look import theme
from playground.gui.widgets import Popup, column, divider, label
from playground.language import tr

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow

_WIDTH, _ROWS, _TOP = 640, 10, 56
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_ROWS,
    Qt.Key.Key_PageDown: _ROWS,
}
Index = QModelIndex | QPersistentModelIndex


def open_palette(window: MainWindow) -> Palette:
    """Show the palette over the upper part of a window."""
    palette = Palette(window)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    palette.appear()
    return palette


class Palette(Popup):
    """Offers all that the window can do, and goes to what it cannot do by itself."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, tr("Find a command"))
        self._window = window
        self._offers = offers_of(window, window.commands.recent)
        self._lines = _Lines()
        self._typed = QLineEdit()
        self._typed.setPlaceholderText(tr("What would you like to do?"))
        self._typed.setAccessibleName(tr("Find a command"))
        self._typed.setFont(theme.font(theme.TITLE))
        self._typed.textChanged.connect(self._find)
        self._typed.installEventFilter(self)
        self._list = QListView()
        self._list.setModel(self._lines)
        self._list.setItemDelegate(OfferLine(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys work from the line
        self._list.setMouseTracking(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(self._do)
        self._nothing = label(colour="muted", wrap=True)
        self._nothing.setContentsMargins(12, 8, 12, 8)
        hint = label(tr("↑ ↓ to choose, Enter to do it, Esc to close"), theme.SMALL, colour="muted")
        hint.setContentsMargins(12, 4, 12, 4)
        line = divider(vertical=False)
        self.setLayout(
            column(self._typed, self._list, self._nothing, line, hint, gap=4, margins=(8,) * 4)
        )
        self._find("")

    def appear(self) -> None:
        """Stand in the middle below the menu bar, ready to be typed in."""
        self.move(self._window.mapToGlobal(self._place()))
        self.show()
        self._typed.setFocus(Qt.FocusReason.PopupFocusReason)

    def type(self, text: str) -> None:
        """Look for something as if it had been typed."""
        self._typed.setText(text)

    @property
    def shown(self) -> Sequence[Offer]:
        """What is offered now, the best first."""
        return [offer for offer, _ in self._lines.fits]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the line that is typed in move the list below it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _MOVES:
                self._go(_MOVES[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _place(self) -> QPoint:
        width = min(theme.px(_WIDTH), self._window.width() - 32)
        self.setFixedWidth(width)
        return QPoint((self._window.width() - width) // 2, _TOP)

    def _find(self, typed: str) -> None:
        fits = [(offer, NONE) for offer in numbers(self._window.session, typed)]
        fits += found(self._offers, typed)
        self._lines.show_fits(fits)
        self._nothing.setText(
            tr("Nothing has that name. Try another word, or fewer letters: {0}").format(typed)
        )
        self._nothing.setVisible(not fits)
        self._list.setVisible(bool(fits))
        rows = min(_ROWS, len(fits))
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) if rows else 0)
        self._list.setCurrentIndex(self._lines.index(0))
        self._list.scrollToTop()
        self._tell()
        self.adjustSize()

    def _go(self, step: int) -> None:
        last = self._lines.rowCount() - 1
        at = self._list.currentIndex().row()
        # one step beyond an end goes round, a page stops there
        goal = (at + step) % (last + 1) if abs(step) == 1 else min(max(at + step, 0), last)
        self._list.setCurrentIndex(self._lines.index(goal))
        self._tell()

    def _tell(self) -> None:
        """Let a screen reader know what Enter would do."""
        current = self._list.currentIndex()
        said = current.data(Qt.ItemDataRole.AccessibleTextRole) if current.isValid() else ""
        self._typed.setAccessibleDescription(said or self._nothing.text())

    def _do(self, index: Index) -> None:
        """Do what a line says, once the palette is gone: it may open another window."""
        if index.isValid() and not (offer := self._lines.fits[index.row()][0]).lack:
            QTimer.singleShot(0, self._window, offer.run)
            self.close()


class _Lines(QAbstractListModel):
    """The offers that fit."""

    def __init__(self) -> None:
        super().__init__()
        self.fits: list[tuple[Offer, Match]] = []

    def show_fits(self, fits: list[tuple[Offer, Match]]) -> None:
        """Offer these."""
        self.beginResetModel()
        self.fits = fits
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.fits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        offer = self.fits[index.row()][0]
        if role == Qt.ItemDataRole.UserRole:
            return self.fits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return offer.lack or offer.help
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (offer.text, offer.where, offer.keys, offer.lack)
            return ", ".join(part for part in parts if part)
        return None
