"""The first rows of a table, with what was found out about each column above it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from playground.data.sources.csv_file import ColumnKind, CsvColumn, CsvSummary
from playground.gui import theme

_NARROW, _WIDE = 96, 240
_MEASURED = 50
"""Columns fitted to their contents; in a wider table all have the same width."""
_INPUTS = (ColumnKind.NUMBER, ColumnKind.CATEGORY, ColumnKind.DATE)
Index = QModelIndex | QPersistentModelIndex


class CsvPreview(QTableView):
    """Shows the first rows; a click on a column proposes it as the one to predict."""

    column_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Rows()
        self.setModel(self._model)
        self.setAccessibleName(self.tr("The first rows of the table"))
        self.setFont(theme.font(theme.SMALL))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(26 * theme.notifier().scale))
        header = self.horizontalHeader()
        header.setFont(theme.font(theme.SMALL, 500))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.setMinimumHeight(round(44 * theme.notifier().scale))
        header.sectionClicked.connect(self._choose)
        self.clicked.connect(lambda index: self._choose(index.column()))

    def show_summary(self, summary: CsvSummary, target: str) -> None:
        """Show a table, with the column to predict in the accent colour."""
        self._model.show(summary, target)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultSectionSize(round(128 * theme.notifier().scale))
        if len(summary.columns) <= _MEASURED:
            self.resizeColumnsToContents()
            for i in range(len(summary.columns)):
                self.setColumnWidth(i, min(max(self.columnWidth(i), _NARROW), _WIDE))

    def show_target(self, target: str) -> None:
        """Mark another column as the one to predict, and scroll to it."""
        self._model.mark(target)
        at = self._model.position(target)
        if at is not None and self._model.rowCount():
            self.scrollTo(self._model.index(0, at))

    def _choose(self, at: int) -> None:
        self.column_chosen.emit(self._model.column_name(at))


class _Rows(QAbstractTableModel):
    """The cells as they stand in the file."""

    def __init__(self) -> None:
        super().__init__()
        self._summary: CsvSummary | None = None
        self._target = ""

    def show(self, summary: CsvSummary, target: str) -> None:
        self.beginResetModel()
        self._summary, self._target = summary, target
        self.endResetModel()

    def mark(self, target: str) -> None:
        self._target = target
        if self._summary is not None and self.rowCount():
            corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner, [])
            last = self.columnCount() - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def column_name(self, at: int) -> str:
        return self._summary.columns[at].name if self._summary else ""

    def position(self, name: str) -> int | None:
        names = [column.name for column in self._summary.columns] if self._summary else []
        return names.index(name) if name in names else None

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._summary.preview) if self._summary and not _valid(parent) else 0

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._summary.columns) if self._summary and not _valid(parent) else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._summary is None or not index.isValid():
            return None
        column = self._summary.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._summary.preview[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = column.kind is ColumnKind.NUMBER
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.BackgroundRole and column.name == self._target:
            return theme.colour("tint")
        if role == Qt.ItemDataRole.ForegroundRole and not _used(column):
            return theme.colour("muted")
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if self._summary is None or orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._summary.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            kind = self._kind(column)
            if column.name == self._target:
                kind = self.tr("target, {0}").format(kind)
            return f"{column.name}\n{kind}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.problem or f"{column.name}: {self._kind(column)}"
        return None

    def _kind(self, column: CsvColumn) -> str:
        """Return what a column holds, and what becomes of it."""
        if column.problem:
            return self.tr("cannot be read")
        words = {
            ColumnKind.NUMBER: self.tr("numbers"),
            ColumnKind.CATEGORY: self.tr("{0} categories").format(column.distinct),
            ColumnKind.DATE: self.tr("dates"),
            ColumnKind.TEXT: self.tr("texts, left out"),
            ColumnKind.COUNTER: self.tr("row numbers, left out"),
            ColumnKind.EMPTY: self.tr("nothing"),
        }[column.kind]
        if not column.missing or column.kind is ColumnKind.EMPTY:
            return words
        return self.tr("{0}, {1} missing").format(words, f"{column.missing:,}")


def _used(column: CsvColumn) -> bool:
    return column.kind in _INPUTS and not column.problem


def _valid(parent: Index | None) -> bool:
    """Say whether this is a cell, which has no rows of its own."""
    return parent is not None and parent.isValid()
