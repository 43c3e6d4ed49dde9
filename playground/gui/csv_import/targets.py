"""The button that names what is predicted, and the list in which that is chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QPushButton, QWidget

from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.widgets import Popup, column, label
from playground.language import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH, _MOST_SHOWN, _ROW = 304, 9, 28


class TargetButton(QPushButton):
    """Names the columns that are predicted; a press opens the list of all columns."""

    chosen = Signal(str)
    """The one column to predict, by the user's doing."""
    ticked = Signal(str)
    """A column to predict as well, or no more."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setObjectName("target")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(theme.font(theme.BODY, 500))
        self._list = TargetList(self)
        self._list.chosen.connect(self.chosen)
        self._list.ticked.connect(self.ticked)
        self.clicked.connect(self.open_list)

    def show_targets(
        self, names: tuple[str, ...], types: tuple[str, ...], targets: tuple[str, ...]
    ) -> None:
        """Offer these columns with their types, and tick some."""
        self._text = ", ".join(targets)
        self.setToolTip(self._text)
        self.setAccessibleName(tr("Predict: {0}").format(self._text))
        self._list.show_targets(names, types, targets)
        self.update()

    def open_list(self) -> None:
        """Show the list below the button."""
        self._list.open_below(self)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour("text" if self.isEnabled() else "border"))
        box = self.rect().adjusted(10, 0, -28, 0)
        shown = QFontMetrics(self.font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        size = theme.px(16)
        arrow = QRect(self.width() - 6 - size, (self.height() - size) // 2, size, size)
        icon("chevron-down").paint(painter, arrow)
        painter.end()


class TargetList(Popup):
    """All columns with a box to tick, and a field to find one among many.

    A click or Enter takes one column alone; a click on its box or Space adds it or takes it away.
    """

    chosen = Signal(str)
    ticked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Columns to predict"))
        self._columns = _Columns(self)
        self._columns.ticked.connect(self.ticked)
        self._found = QSortFilterProxyModel(self)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._found.setSourceModel(self._columns)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(tr("Find a column"))
        self._filter.setAccessibleName(tr("Find a column"))
        self._filter.textChanged.connect(self._find)
        explain(self, "csv-targets")
        self._view = QListView()
        self._view.setModel(self._found)
        self._view.setUniformItemSizes(True)
        self._view.setAccessibleName(tr("Columns to predict"))
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.clicked.connect(self._click)
        self._view.installEventFilter(self)
        self._filter.installEventFilter(self)
        hint = label(tr("Tick several to predict several numbers"), theme.SMALL, 400, "muted")
        self.setLayout(column(self._filter, self._view, hint, gap=8, margins=(12, 12, 12, 12)))

    def show_targets(
        self, names: tuple[str, ...], types: tuple[str, ...], targets: tuple[str, ...]
    ) -> None:
        """Offer these columns with their types, and tick some."""
        self._columns.show_columns(names, types, targets)

    def open_below(self, anchor: QWidget) -> None:
        """Appear beside a widget, below it if there is room."""
        scale = theme.notifier().scale
        rows = min(max(self._columns.rowCount(), 3), _MOST_SHOWN)
        self._view.setFixedHeight(round(rows * _ROW * scale) + 4)
        self._filter.setVisible(self._columns.rowCount() > _MOST_SHOWN)
        self._filter.clear()
        self.setFixedWidth(round(_WIDTH * scale))
        self.adjustSize()
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        screen = anchor.screen().availableGeometry()
        if below.y() + self.height() > screen.bottom():
            below = anchor.mapToGlobal(QPoint(0, -self.height() - 4))
        self.move(below)
        self.show()
        current = self._found.mapFromSource(self._columns.index(self._columns.first_target()))
        self._view.setCurrentIndex(current)
        self._view.scrollTo(current)
        first = self._filter if self._filter.isVisibleTo(self) else self._view
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._view.currentIndex())
            return True
        if watched is self._filter and event.key() == Qt.Key.Key_Down:
            self._view.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _find(self, text: str) -> None:
        self._found.setFilterFixedString(text)
        self._view.setCurrentIndex(self._found.index(0, 0))

    def _click(self, index: QModelIndex) -> None:
        position = self._view.viewport().mapFromGlobal(self._view.cursor().pos())
        if position.x() > self._view.visualRect(index).left() + 28:  # not on the box
            self._take(index)

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._found.data(index, Qt.ItemDataRole.UserRole))
            self.close()


class _Columns(QAbstractListModel):
    """The columns of a table, some of them ticked."""

    ticked = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._types: tuple[str, ...] = ()
        self._targets: tuple[str, ...] = ()

    def show_columns(
        self, names: tuple[str, ...], types: tuple[str, ...], targets: tuple[str, ...]
    ) -> None:
        if names != self._names:
            self.beginResetModel()
            self._names, self._types, self._targets = names, types, targets
            self.endResetModel()
        elif names:
            self._types, self._targets = types, targets
            self.dataChanged.emit(self.index(0), self.index(len(names) - 1), [])

    def first_target(self) -> int:
        return self._names.index(self._targets[0]) if self._targets else 0

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._names)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name = self._names[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{name}  ·  {self._types[index.row()]}"
        if role == Qt.ItemDataRole.UserRole:
            return name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if name in self._targets else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.ticked.emit(self._names[index.row()])
        return True
