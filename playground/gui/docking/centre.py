"""The middle of the workspace: the network, and other large views as tabs beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from playground.gui import widgets
from playground.gui.help.subjects import explain
from playground.gui.views.base import View
from playground.language import tr, tr_declared


class Centre(QWidget):
    """Views of which one is in front, each with its tab and its own tools in the heading."""

    room_wanted = Signal(bool)
    """Whether the view in front shall have the room of the docks."""

    def __init__(self, views: Sequence[View]) -> None:
        super().__init__()
        self.views = {type(view).__name__: view for view in views}
        self._pages, self._tools = _Pages(), QStackedWidget()
        self._tabs: dict[str, QPushButton] = {}
        self._enlarge: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        for name, view in self.views.items():
            self._add(name, view)
        header = widgets.row(*self._tabs.values(), self._tools, gap=0, margins=(8, 4, 8, 0))
        header.setStretch(len(self._tabs), 1)
        column = widgets.column(header, self._pages, gap=0)
        column.setStretch(1, 1)
        self.setLayout(column)
        next(iter(self._tabs.values())).setChecked(True)

    @property
    def front(self) -> View:
        """The view in front."""
        return list(self.views.values())[self._pages.currentIndex()]

    @property
    def wants_room(self) -> bool:
        """Whether the view in front shall have the room of the docks."""
        return type(self.front).__name__ in self.enlarged

    @property
    def enlarged(self) -> frozenset[str]:
        """The views that take the room of the docks while they are in front."""
        return frozenset(name for name, button in self._enlarge.items() if button.isChecked())

    def enlarge(self, names: Collection[str]) -> None:
        """Let these large views, and no others, take the room of the docks."""
        for name, button in self._enlarge.items():
            button.setChecked(name in names)

    def show_view(self, name: str) -> None:
        """Bring a view to the front."""
        self._tabs[name].setChecked(True)
        number = list(self.views).index(name)
        if number != self._pages.currentIndex():
            if name in self.enlarged:
                self.room_wanted.emit(True)  # before it presses the docks together
            self._pages.setCurrentIndex(number)
            self._tools.setCurrentIndex(number)
            self.room_wanted.emit(self.wants_room)

    def _add(self, name: str, view: View) -> None:
        title = tr_declared(view.title)
        key = QKeySequence(view.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        tip = tr("{0} ({1})").format(title, key) if key else ""
        tab = widgets.button(title, kind="tab", tip=tip, checkable=True)
        tab.clicked.connect(lambda: self.show_view(name))
        explain(tab, f"View/{name}")
        self._group.addButton(tab)
        self._tabs[name] = tab
        self._pages.addWidget(view)
        tools = widgets.row(widgets.STRETCH, *view.header_tools())
        if view.roomy:
            tools.addWidget(self._enlarging(name))
        box = widgets.boxed(tools)
        explain(box, f"View/{name}")
        self._tools.addWidget(box)

    def _enlarging(self, name: str) -> QPushButton:
        """Return the switch between a large view and one with the panels around it."""
        tip = tr("Take the room of the panels beside and below")
        button = widgets.button(icon="arrow-expand-all", kind="flat", tip=tip, checkable=True)
        button.setChecked(True)
        button.toggled.connect(lambda: self.room_wanted.emit(self.wants_room))
        explain(button, "workspace")
        self._enlarge[name] = button
        return button


class _Pages(QStackedWidget):
    """Asks for the room of the page in front; a wide one behind it leaves the docks alone."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        return front.minimumSizeHint() if front else QSize()
