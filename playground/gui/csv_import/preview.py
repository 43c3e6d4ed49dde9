"""The first rows of a table below what was found out about each column, or the rows of an error."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from playground.data.tables.excerpt import Excerpt
from playground.data.tables.summary import Line
from playground.gui.csv_import import words
from playground.gui.csv_import.draft import Draft, Role
from playground.gui.csv_import.header import Card, ColumnHeader
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.language import grouped, mark, tr

_NARROW, _WIDE, _USUAL = 104, 240, 144
_MEASURED = 60
"""Columns fitted to their contents; in a wider table the others have the usual width."""
_LOOKED_AT = 20
"""Rows whose cells are measured."""
_MENU_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Space)
_SHEET = """
CsvPreview { border: 2px solid palette(base); }
CsvPreview:focus { border: 2px solid palette(highlight); }
QHeaderView::section:vertical { border: none; padding: 0 8px 0 4px; }
"""
"""The ring of the focus takes no room from the rows."""
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@gestures(
    mark("Opening a CSV file"),
    (("Left", "Right", "Up", "Down"), mark("Go to a cell")),
    (("Alt+Down",), mark("Change the type of the column")),
)
class CsvPreview(QTableView):
    """Shows rows as they stand in the file; columns are chosen by click or arrow keys."""

    columns_chosen = Signal()
    """Other columns are selected now."""
    types_requested = Signal(QPoint)
    """The menu of types is wanted for what is selected, at this place of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = PreviewModel(self)
        self.setItemDelegate(_Cells(self))
        self._header = ColumnHeader(self._rows.card, self)
        self._header.types_requested.connect(self._open_types)
        self.setHorizontalHeader(self._header)
        self.setModel(self._rows)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.setAccessibleName(tr("The first rows of the table"))
        self.setFont(theme.font(theme.SMALL))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setStyleSheet(_SHEET)
        lines = self.verticalHeader()
        lines.setDefaultSectionSize(theme.px(26))
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setFont(theme.font(theme.CAPTION))
        lines.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        rows = 4 * self.verticalHeader().defaultSectionSize()
        return QSize(320, self._header.sizeHint().height() + rows + 16)

    def show_draft(self, draft: Draft, excerpt: Excerpt | None = None) -> None:
        """Show the first rows of a file, or others, with what becomes of its columns."""
        names, lines, chosen = self._rows.names, self._rows.lines, self.chosen()
        self._rows.show_draft(draft, excerpt)
        if self._rows.names != names:
            self._fit_columns()
            self.updateGeometries()
        if self._rows.lines != lines:
            self.choose(chosen[0] if chosen else "")
            self._scroll_to_error()
        self._header.viewport().update()

    def show_excerpt(self, excerpt: Excerpt) -> None:
        """Show the lines around an error, and where it is."""
        before = self._rows.names
        self._rows.show_excerpt(excerpt)
        if self._rows.names != before:
            self._fit_columns()
        self.updateGeometries()
        self._scroll_to_error()

    def chosen(self) -> tuple[str, ...]:
        """Return the names of the selected columns, the current one first."""
        selected = self._sections()
        current = self.currentIndex().column()
        first = [current] if current in selected else []
        order = (*first, *sorted(selected - {current}))
        return tuple(self._rows.names[section] for section in order)

    def choose(self, name: str) -> None:
        """Select one column, and show it."""
        if name in self._rows.names and self._rows.rowCount():
            wrong, current = self._rows.wrong_cell, self.currentIndex()
            row = wrong.row() if wrong.isValid() else max(current.row(), 0)
            index = self._rows.index(row, self._rows.at(name))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _tell(self) -> None:
        self._header.show_chosen(self._sections())
        self.columns_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = (
            event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if (alt_down or event.key() in _MENU_KEYS) and self.currentIndex().isValid():
            self._header.open_types(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def _sections(self) -> frozenset[int]:
        """Return the selected columns; Qt would ask of each whether all of its rows are."""
        selection = self.selectionModel().selection()
        blocks = [selection.at(i) for i in range(selection.count())]
        return frozenset(
            section for block in blocks for section in range(block.left(), block.right() + 1)
        )

    def _scroll_to_error(self) -> None:
        wrong = self._rows.wrong_cell
        if wrong.isValid():
            self.scrollTo(wrong, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _open_types(self, section: int, place: QPoint) -> None:
        name = self._rows.names[section]
        if name not in self.chosen():
            self.choose(name)
        self.types_requested.emit(place)

    def _fit_columns(self) -> None:
        scale = theme.notifier().scale
        self._header.setDefaultSectionSize(round(_USUAL * scale))
        metrics = self.fontMetrics()
        for section in range(min(self._rows.columnCount(), _MEASURED)):
            cells = self._rows.cells(section)[:_LOOKED_AT]
            widest = max((metrics.horizontalAdvance(cell[:60]) for cell in cells), default=0) + 24
            wanted = max(widest, self._header.wanted_width(self._rows.card(section)))
            low, high = round(_NARROW * scale), round(_WIDE * scale)
            self.setColumnWidth(section, min(max(wanted, low), high))


class _Cells(QStyledItemDelegate):
    """Draws cells; one that is wrong looks so even in a selected column."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(Qt.ItemDataRole.BackgroundRole) is not None:
            option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)


class PreviewModel(QAbstractTableModel):
    """Cells as they stand in the file."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self._draft: Draft | None = None
        self._excerpt: Excerpt | None = None
        self._places: dict[str, int] = {}

    def show_draft(self, draft: Draft, excerpt: Excerpt | None) -> None:
        """Show the first rows of a file or, below the same cards, the lines of an excerpt."""
        lines = _lines(excerpt) if excerpt else draft.summary.preview
        names = tuple(column.name for column in draft.summary.columns)
        self._draft = draft
        self._show(lines, names, excerpt)

    def show_excerpt(self, excerpt: Excerpt) -> None:
        """Show lines around an error; what is too much in a line gets a column of its own."""
        self._draft = None
        widest = max((len(cells) for cells in excerpt.rows), default=0)
        extra = (
            tr("column {0}").format(number) for number in range(len(excerpt.header) + 1, widest + 1)
        )
        self._show(_lines(excerpt), (*excerpt.header, *extra), excerpt)

    def _show(
        self, lines: tuple[Line, ...], names: tuple[str, ...], excerpt: Excerpt | None
    ) -> None:
        if lines == self.lines and names == self.names and excerpt == self._excerpt:
            if lines and names:
                last = self.index(len(lines) - 1, len(names) - 1)
                self.dataChanged.emit(self.index(0, 0), last, [])
            return
        self.beginResetModel()
        self.lines, self.names, self._excerpt = lines, names, excerpt
        self._places = {name: section for section, name in enumerate(names)}
        self.endResetModel()

    def at(self, name: str) -> int:
        """Return where a column stands."""
        return self._places[name]

    def cells(self, section: int) -> list[str]:
        """Return the cells of a column, from above."""
        return [line.cells[section] for line in self.lines if section < len(line.cells)]

    def card(self, section: int) -> Card:
        """Return what stands above a column."""
        name = self.names[section]
        draft = self._draft
        return words.card(draft, name) if draft else Card(name, "", "", Role.INPUT, "")

    @property
    def wrong_cell(self) -> QModelIndex:
        """The cell that the error names, or the first one of its line."""
        if self._excerpt is None:
            return QModelIndex()
        place = self._excerpt.place
        return self.index(place.line - self._excerpt.first, max(place.column - 1, 0))

    # Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cells = self.lines[index.row()].cells
        cell = cells[index.column()] if index.column() < len(cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return cell if cell.strip() or index.column() >= len(cells) else "–"
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell if len(cell) > 20 else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(index, cell)
        if role == Qt.ItemDataRole.BackgroundRole and self._is_wrong(index):
            return theme.colour("danger_tint")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            wrong = self._excerpt and self._excerpt.place.line == self.lines[section].number
            if role == Qt.ItemDataRole.DisplayRole:
                return grouped(self.lines[section].number)
            return theme.colour("danger") if wrong and role == _INK else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.spoken(self.card(section))
        return None

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        number = self._draft is not None and self._draft.type(self.names[section]) == "number"
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _ink(self, index: Index, cell: str) -> Any:
        if self._is_wrong(index):
            return theme.colour("danger")
        if self._draft is None:
            return None
        role = self._draft.role(self.names[index.column()])
        missing = not cell.strip() or cell.strip() in self._draft.summary.format.missing
        if role is Role.LEFT_OUT or missing:
            return theme.colour("muted")
        return theme.colour("accent") if role is Role.TARGET else None

    def _is_wrong(self, index: Index) -> bool:
        if self._excerpt is None:
            return False
        place = self._excerpt.place
        here = self.lines[index.row()].number == place.line
        return here and (not place.column or place.column == index.column() + 1)


def _lines(excerpt: Excerpt) -> tuple[Line, ...]:
    return tuple(Line(number, cells) for number, cells in enumerate(excerpt.rows, excerpt.first))


_INK = Qt.ItemDataRole.ForegroundRole
