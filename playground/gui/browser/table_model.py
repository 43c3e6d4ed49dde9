"""Examples as rows, for a view of Qt's."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from playground.gui.browser.fields import Field, fields_of
from playground.gui.browser.state import Shown

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TableModel(QAbstractTableModel):
    """A ``Shown`` as cells. The view paints them by itself: asking here for each takes longer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: Shown | None = None
        self.fields: tuple[Field, ...] = ()

    def show(self, shown: Shown) -> None:
        """Show other examples, another order or newer answers."""
        old, self.shown = self.shown, shown
        if old is None or old.catalogue is not shown.catalogue:
            self.beginResetModel()
            self.fields = fields_of(shown.catalogue)
            self.endResetModel()
        elif len(old.positions) != len(shown.positions):
            self.shown = old
            self._change_count(shown)
        elif old.order != shown.order:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.fields) - 1)

    def text(self, row: int, column: int) -> str:
        """Return a cell as people write it."""
        shown = self.shown
        return "" if shown is None else self.fields[column].text(shown, int(shown.positions[row]))

    def position(self, row: int) -> int:
        """Return which example stands in a row."""
        assert self.shown is not None
        return int(self.shown.positions[row])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or self.shown is None else len(self.shown.positions)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.text(index.row(), index.column())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self.shown is None:
            return None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.heading(self.shown.catalogue, self.shown.order)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = field.is_number(self.shown.catalogue)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _change_count(self, shown: Shown) -> None:
        """Show more or fewer rows; rows at the end come and go, so that the view stays put."""
        before, after = self.rowCount(), len(shown.positions)
        if after > before:
            self.beginInsertRows(_ROOT, before, after - 1)
            self.shown = shown
            self.endInsertRows()
        else:
            self.beginRemoveRows(_ROOT, after, before - 1)
            self.shown = shown
            self.endRemoveRows()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.fields) - 1)
