"""Rows of a table with what the network makes of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from playground.data.dataset import Dataset, Floats, Scaling
from playground.gui.charts.scales import number
from playground.gui.data.text_part import visible
from playground.gui.look import theme
from playground.language import tr
from playground.probes.activations import shown_examples
from playground.probes.predictions import Page

Index = QModelIndex | QPersistentModelIndex
SHARE = Qt.ItemDataRole.UserRole
"""The role under which a cell gives the probability that its bar shows."""
_FEW = 8
"""Inputs that fit beside the answers; of more, the answers come first."""
_ROW, _BAR = 28, 80
_ANSWER = 128
"""Width in pixels of a column of answers among many inputs."""
_ROOT = QModelIndex()
_SHEET = """
PredictionTable { border: 2px solid palette(base); }
PredictionTable:focus { border: 2px solid palette(highlight); }
QHeaderView::section { padding: 4px 11px; }
"""
"""The ring of the focus takes no room from the rows, and headers stand right above their cells."""
_BLOCK = 16
"""The rows asked for begin and end at multiples of this, so that scrolling asks seldom."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PredictionModel(QAbstractTableModel):
    """Examples as rows: inputs in their own units, the right answer, the network's answer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._page: Page | None = None
        self._starred: frozenset[int] = frozenset()
        self._headers: list[str] = []
        self._first_input = 0
        self._first_answer = 0
        self._answer_columns = 3
        self._inputs: Floats = np.zeros((0, 0), np.float32)
        self._truth: Any = np.zeros(0)

    @property
    def share_column(self) -> int:
        """The column of bars; -1 if there is none."""
        known = self._dataset is not None and self._dataset.is_classification
        return self._first_answer + 2 if known else -1

    @property
    def wide(self) -> bool:
        """Whether there are more columns than fit."""
        return len(self._headers) > _FEW + 4

    def show_page(self, page: Page, dataset: Dataset) -> None:
        """Show the answers of a page; where not only mistakes are shown, among all rows."""
        same = (
            self._page is not None
            and dataset is self._dataset
            and page.probe.mistakes_only == self._page.probe.mistakes_only
            and (not page.probe.mistakes_only or np.array_equal(page.rows, self._page.rows))
        )
        if same:
            self._page = page
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last, [])
            return
        self.beginResetModel()
        self._page = page
        if dataset is not self._dataset:
            self._take(dataset)
        self.endResetModel()

    def show_starred(self, examples: frozenset[int]) -> None:
        """Mark the examples that are followed through training."""
        if examples != self._starred:
            self._starred = examples
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0), [])

    def example(self, row: int) -> int:
        """Return which of ``shown_examples`` stands in a row."""
        page = self._page
        return int(page.rows[row]) if page and page.probe.mistakes_only else row

    def row_of(self, example: int) -> int | None:
        """Return where an example stands, if it does."""
        page = self._page
        if page and page.probe.mistakes_only:
            found = np.flatnonzero(page.rows == example)
            return int(found[0]) if len(found) else None
        return example if example < self.rowCount() else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        if self._page is None or parent.isValid():
            return 0
        return len(self._page.rows) if self._page.probe.mistakes_only else len(self._inputs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.DisplayRole:
            example = self.example(index.row())
            star = "★ " if column == 0 and example in self._starred else ""
            return star + (self._text(example, column) or "") or None
        if role in (Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.FontRole):
            if column == self._first_answer + 1 and self._is_wrong(self.example(index.row())):
                danger = role == Qt.ItemDataRole.ForegroundRole
                return QBrush(theme.colour("danger")) if danger else theme.font(theme.BODY, 600)
        elif role == SHARE and column == self.share_column:
            answers = self._answers(self.example(index.row()))
            return None if answers is None else float(answers.max())
        return None

    def _take(self, dataset: Dataset) -> None:
        examples = shown_examples(dataset)
        self._dataset = dataset
        flat = examples.x.reshape(len(examples), -1)
        self._inputs = _unscaled(flat, dataset.scaling)
        self._truth = examples.y
        inputs = list(dataset.features) or [f"x{i + 1}" for i in range(flat.shape[1])]
        targets = list(dataset.targets) or [tr("class")]
        if dataset.language is not None:
            inputs, targets = [tr("before it")], [tr("next")]
        if dataset.is_classification:
            answers = [targets[0], tr("predicted"), tr("confidence")]
        else:
            self._truth = _unscaled(examples.y, dataset.target_scaling)
            words = (tr("predicted"), tr("error"))
            answers = [word for name in targets for word in (name, *words)]
        self._answer_columns = len(answers)
        answers_first = len(inputs) > _FEW
        self._first_answer = 0 if answers_first else len(inputs)
        self._first_input = len(answers) if answers_first else 0
        self._headers = [*answers, *inputs] if answers_first else [*inputs, *answers]

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        answer = self._first_answer <= column < self._first_answer + self._answer_columns
        words = self._dataset is not None and self._dataset.is_classification
        return _LEFT if answer and words else _RIGHT

    def _text(self, example: int, column: int) -> str | None:
        dataset, answer = self._dataset, column - self._first_answer
        if dataset is None:
            return None
        is_answer = 0 <= answer < self._answer_columns
        if not is_answer and dataset.language is not None:
            return dataset.language.tokenizer.join(dataset.language.read(self._inputs[example]))
        if not is_answer:
            return _figure(float(self._inputs[example, column - self._first_input]))
        answers = self._answers(example)
        if not dataset.is_classification:
            return self._number(example, answer, answers)
        if answer == 0:
            return visible(dataset.classes[int(self._truth[example])])
        if answers is None or answer == 2:
            return None
        sign = "✕  " if self._is_wrong(example) else ""
        return sign + visible(dataset.classes[int(answers.argmax())])

    def _number(self, example: int, answer: int, answers: Any) -> str | None:
        target, what = divmod(answer, 3)
        truth = float(self._truth[example, target])
        if what == 0:
            return _figure(truth)
        if answers is None:
            return None
        predicted = float(answers[target])
        return _figure(predicted) if what == 1 else _signed(predicted - truth)

    def _answers(self, example: int) -> Any:
        """Return what the network says of an example; None where it was not asked."""
        page = self._page
        if page is None or not len(page.rows):
            return None
        at = int(np.searchsorted(page.rows, example))
        return page.answers[at] if at < len(page.rows) and page.rows[at] == example else None

    def _is_wrong(self, example: int) -> bool:
        answers = self._answers(example)
        known = self._dataset is not None and self._dataset.is_classification
        return known and answers is not None and int(answers.argmax()) != self._truth[example]


class PredictionTable(QTableView):
    """The table of a ``PredictionModel``; only rows in sight are asked of the network."""

    chosen = Signal(int)
    """A row of ``shown_examples``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = PredictionModel(self)
        self.setModel(self._model)
        self._bars = _ShareBar(self)
        self.setAccessibleName(name)
        self.setStyleSheet(_SHEET)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setFont(theme.font(theme.BODY))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setFont(theme.font(theme.SMALL))
        self.horizontalHeader().setHighlightSections(False)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentRowChanged.connect(self._choose)

    @property
    def rows_in_sight(self) -> tuple[int, int]:
        """The first row and how many to ask the network for."""
        top = max(0, self.rowAt(0)) // _BLOCK * _BLOCK
        visible = self.viewport().height() // _ROW + 1
        return top, (visible // _BLOCK + 2) * _BLOCK

    def show_page(self, page: Page, dataset: Dataset) -> None:
        """Show answers."""
        columns, share = self._model.columnCount(), self._model.share_column
        self._model.show_page(page, dataset)
        if (columns, share) != (self._model.columnCount(), self._model.share_column):
            self._arrange(share)

    def show_starred(self, examples: frozenset[int]) -> None:
        """Mark the examples that are followed through training."""
        self._model.show_starred(examples)

    def example_at(self, at: QPoint) -> int | None:
        """Return the example whose row is at a place of this widget."""
        row = self.rowAt(self.viewport().mapFrom(self, at).y())
        return self._model.example(row) if row >= 0 else None

    def show_example(self, example: int) -> None:
        """Select an example's row without emitting ``chosen``."""
        row = self._model.row_of(example)
        selection = self.selectionModel()
        with QSignalBlocker(selection):
            if row is None:
                selection.clear()
            elif row != self.currentIndex().row():
                self.selectRow(row)
        self.viewport().update()

    def _arrange(self, old_share: int) -> None:
        header, wide = self.horizontalHeader(), self._model.wide
        mode = QHeaderView.ResizeMode.Interactive if wide else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(mode)
        if wide:
            for column in range(self._model.share_column + 1):  # a long name must be legible
                header.resizeSection(column, _ANSWER)
        if old_share >= 0:
            self.setItemDelegateForColumn(old_share, self.itemDelegate())
        if self._model.share_column >= 0:
            self.setItemDelegateForColumn(self._model.share_column, self._bars)

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._model.example(current.row()))


class _ShareBar(QStyledItemDelegate):
    """Draws a probability as a bar with its percentage."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE)
        if share is None:
            return
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(box.left() + 11, box.center().y() - 4, min(_BAR, box.width() - 56), 8)
        place = QRectF(bar.right() + 8, box.top(), 48, box.height())
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(theme.colour("pos"))
        painter.drawRoundedRect(
            QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), 2, 2
        )
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(theme.SMALL))
        painter.drawText(place, _LEFT, f"{100 * share:.0f}%")
        painter.restore()


def _unscaled(values: Any, scaling: Scaling | None) -> Any:
    return values if scaling is None else scaling.invert(values)


def _figure(value: float) -> str:
    """Return a number of the data as it was written: without digits that rounding made."""
    if abs(value) >= 1e6 or 0 < abs(value) < 1e-4:
        return number(value)
    return f"{float(f'{value:.5g}'):g}".replace("-", "−")


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value)
