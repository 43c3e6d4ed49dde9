"""Examples as rows of a table, as many as there are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from playground.data.browse.filters import Order
from playground.data.browse.series import Rows
from playground.gui.browser.cells import PADDING, CellPainter, Strip, font
from playground.gui.browser.fields import Field, part_name
from playground.gui.browser.state import Shown
from playground.gui.browser.table_model import TableModel
from playground.gui.gestures import CLICK, gestures
from playground.gui.look import theme
from playground.language import mark

ROW = 28
_DEFAULT, _HEADING, _WIDEST, _MEASURED = 88, 104, 200, 60
"""Widths in pixels, of a heading that is longer than its values, too; how many columns are
measured: the others are as wide as most."""
_WIDTHS = {"star": 32, "answer": 104, "confidence": 64, "loss": 72}
_SAMPLE = 16
"""Rows whose texts decide how wide a column is."""
_SHEET = """
QTableView { border: 2px solid palette(base); }
QTableView:focus { border: 2px solid palette(highlight); }
QHeaderView::section { padding: 4px 7px; }
"""
"""The ring of the focus takes no room from the rows."""


@gestures(
    mark("Data browser, table"),
    (("Left", "Right", "Up", "Down"), mark("Go to a cell")),
    (("Space",), mark("Put the example into the inspection set, or take it out")),
    (("Alt+Up", "Alt+Down"), mark("Sort by the column")),
    (CLICK, mark("Choose an example; on a heading, sort by the column")),
)
class ExampleTable(QTableView):
    """Shows what a ``Shown`` holds. Space stars the current row; Alt and Up or Down sort."""

    chosen = Signal(int)
    """The position of the example that the user goes to."""
    column_chosen = Signal(Field)
    """The column that the user goes to."""
    sorting = Signal(Order)
    """The order that the user wishes."""
    starred = Signal(object)
    """Positions of examples to put into the inspection set, or take out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.examples = TableModel(self)
        self.setModel(self.examples)
        self._cells = CellPainter()
        theme.notifier().changed.connect(self._take_look)
        self.setAccessibleName(name)
        self.setStyleSheet(_SHEET)
        self.setFont(font())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._set_up_headers()
        self.selectionModel().currentChanged.connect(self._follow_current)
        self.clicked.connect(self._click)

    def show_examples(self, shown: Shown, current: int | None) -> None:
        """Show examples, with one of them selected if it is among them."""
        old = self.examples.shown
        with QSignalBlocker(self.selectionModel()):
            self.examples.show(shown)
            if old is None or old.catalogue is not shown.catalogue:
                self._set_widths(shown)
            if old is None or old.positions is not shown.positions:
                self._select(shown, current)
        if old is None or old.order != shown.order:
            self.scrollToTop()
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def show_current(self, position: int | None) -> None:
        """Go to an example without emitting ``chosen``."""
        shown, at = self.examples.shown, self.currentIndex()
        if shown is None or (at.isValid() and self.examples.position(at.row()) == position):
            return
        with QSignalBlocker(self.selectionModel()):
            self._select(shown, position)
        if self.currentIndex().isValid() and position is not None:
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    def show_column(self, field: Field) -> None:
        """Bring a column into sight."""
        if field in self.examples.fields and self.examples.rowCount():
            row = max(0, self.currentIndex().row())
            index = self.examples.index(row, self.examples.fields.index(field))
            with QSignalBlocker(self.selectionModel()):
                self.selectionModel().setCurrentIndex(
                    index, QItemSelectionModel.SelectionFlag.NoUpdate
                )
            self.scrollTo(index)

    def chosen_positions(self) -> Rows:
        """Return the examples that are selected, from top to bottom."""
        shown = self.examples.shown
        if shown is None or not self.selectionModel().hasSelection():
            return np.zeros(0, np.intp)
        # a range for each run of rows; a list of rows would hold a million of Qt's objects
        chosen = np.zeros(len(shown.positions), bool)
        for one in self.selectionModel().selection().toList():
            chosen[one.top() : one.bottom() + 1] = True
        found: Rows = shown.positions[chosen]
        return found

    def current_field(self) -> Field | None:
        """Return the column of the current cell."""
        index = self.currentIndex()
        return self.examples.fields[index.column()] if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, field = Qt.Key(event.key()), self.current_field()
        sorts = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_Space and field is not None:
            self.starred.emit(self.chosen_positions())
        elif sorts and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and field is not None:
            self.sorting.emit(Order(field.key, key == Qt.Key.Key_Down))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, shown = QPainter(self.viewport()), self.examples.shown
        painter.fillRect(event.rect(), theme.colour("surface"))
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        if shown is not None and first >= 0:
            rows = range(first, (last if last >= 0 else self.examples.rowCount() - 1) + 1)
            tops = [self.rowViewportPosition(row) for row in rows]
            self._paint_selection(painter, rows, tops)
            positions = shown.positions[rows.start : rows.stop].tolist()
            for column in self._columns_in(event.rect()):
                left, width = self.columnViewportPosition(column), self.columnWidth(column)
                strip = Strip(left, width, self._row_height, tops, positions)
                self._cells.paint(painter, self.examples.fields[column], shown, strip)
        painter.end()

    @property
    def _row_height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def _columns_in(self, rect: QRect) -> range:
        first, last = self.columnAt(rect.left()), self.columnAt(rect.right())
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else len(self.examples.fields) - 1) + 1)

    def _paint_selection(self, painter: QPainter, rows: range, tops: list[int]) -> None:
        """Tint the selected rows; the current cell has a line below it."""
        tint, selection = theme.colour("tint"), self.selectionModel()
        for row, top in zip(rows, tops, strict=True):
            if selection.isSelected(self.examples.index(row, 0)):
                painter.fillRect(0, top, self.viewport().width(), self._row_height, tint)
        current = self.currentIndex()
        if current.isValid() and self.hasFocus():
            cell = self.visualRect(current)
            painter.fillRect(
                cell.left(), cell.bottom() - 1, cell.width(), 2, theme.colour("accent")
            )

    def _take_look(self) -> None:
        self._cells.take_look()
        self.viewport().update()

    def _set_up_headers(self) -> None:
        header, side = self.horizontalHeader(), self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.px(ROW))
        header.setFont(theme.font(theme.SMALL))
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header.setDefaultSectionSize(_DEFAULT)
        header.setMinimumSectionSize(32)
        header.sectionClicked.connect(self._click_heading)
        # its own, empty one: a header looks at every selected row to paint itself
        header.setSelectionModel(QItemSelectionModel(self.examples, header))

    def _set_widths(self, shown: Shown) -> None:
        """Make room for values, and for headings that are not too long."""
        catalogue = shown.catalogue
        scale = theme.notifier().scale
        metrics, small = QFontMetrics(font()), QFontMetrics(theme.font(theme.SMALL))
        header = self.horizontalHeader()
        for column, field in enumerate(self.examples.fields[:_MEASURED]):
            width = round(_WIDTHS.get(field.kind, 0) * scale)
            heading = small.horizontalAdvance(f"{field.title(catalogue)} ↓") + 2 * PADDING
            if field.kind in ("data", "row", "part"):
                texts = _some_texts(shown, field)
                width = max(metrics.horizontalAdvance(text) for text in texts) + 2 * PADDING + 4
                width += 16 * (field.kind == "data" and catalogue.columns[field.index].is_answer)
            width = max(min(heading, round(_HEADING * scale)), width)
            header.resizeSection(column, min(width, round(_WIDEST * scale)))

    def _select(self, shown: Shown, current: int | None) -> None:
        place = None if current is None else shown.place_of(current)
        if place is None:
            self.selectionModel().clear()
            return
        index = self.examples.index(place, max(0, self.currentIndex().column()))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _follow_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if not current.isValid():
            return
        if current.row() != before.row() or not before.isValid():
            self.chosen.emit(self.examples.position(current.row()))
        if current.column() != before.column() or not before.isValid():
            self.column_chosen.emit(self.examples.fields[current.column()])

    def _click(self, index: QModelIndex) -> None:
        if self.examples.fields[index.column()].kind == "star":
            self.starred.emit(np.array([self.examples.position(index.row())]))

    def _click_heading(self, column: int) -> None:
        field, shown = self.examples.fields[column], self.examples.shown
        if shown is not None:
            again = shown.order.key == field.key and not shown.order.descending
            self.sorting.emit(Order(field.key, again))
            self.column_chosen.emit(field)


def _some_texts(shown: Shown, field: Field) -> list[str]:
    """Return what a column may hold, as far as its width goes."""
    if field.kind == "part":
        return [part_name(part) for part in range(3)]
    count = len(shown.catalogue)
    step = max(1, count // _SAMPLE)
    return [field.text(shown, position) for position in (*range(0, count, step), count - 1)]
