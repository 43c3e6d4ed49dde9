"""Docks that look like panels: a heading with the view's own tools, and no frame."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from playground.gui import theme, widgets
from playground.gui.focus_order import step_focus


class Dock(QDockWidget):
    """A panel that can be moved, floated and closed."""

    def __init__(self, name: str, title: str, contents: QWidget, tools: list[QWidget]) -> None:
        super().__init__(title)
        self.setObjectName(name)
        self.setWidget(widgets.boxed(widgets.column(contents, gap=0), "panel"))
        self.setAccessibleName(title)
        self._header = widgets.boxed(
            widgets.row(
                widgets.label(title, theme.TITLE, 600),
                widgets.STRETCH,
                *tools,
                margins=(16, 4, 8, 4),
            ),
            "panel",
        )
        self._no_header = QWidget()
        self._bare = False
        self.setTitleBarWidget(self._header)
        self.toggleViewAction().triggered.connect(self._come_forward)

    def keep_bare(self) -> None:
        """Never show the heading while docked: the contents have one of their own."""
        self._bare = True
        self.show_header(False)

    def focusNextPrevChild(self, next: bool) -> bool:
        # docked, the window knows what comes before and after
        return step_focus(self, next) if self.isFloating() else super().focusNextPrevChild(next)

    @Slot()
    def _come_forward(self) -> None:
        """Be the tab in front, once the user asks for it."""
        if not self.isHidden():
            self.raise_()

    def show_header(self, visible: bool) -> None:
        """Show the heading; a dock among tabs needs none, its tab says it all."""
        visible = visible and not (self._bare and not self.isFloating())
        wanted = self._header if visible else self._no_header
        if self.titleBarWidget() is not wanted:
            self.setTitleBarWidget(wanted)


class DockArea(QMainWindow):
    """A central view with docks around it, itself part of a window."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        self.setAnimated(False)  # a changed figure lays out anew, and must not start to move
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)

    def add(self, dock: Dock, area: Qt.DockWidgetArea) -> None:
        """Put a dock at a side of the window, where its place is followed from then on."""
        self.addDockWidget(area, dock)
        for signal in (dock.dockLocationChanged, dock.topLevelChanged, dock.visibilityChanged):
            signal.connect(self._update_headers, Qt.ConnectionType.QueuedConnection)

    def stack(self, docks: list[Dock]) -> None:
        """Make docks tabs of one place, the first one in front."""
        for first, second in pairwise(docks):
            self.tabifyDockWidget(first, second)
        if docks:
            docks[0].raise_()

    @Slot()
    def _update_headers(self) -> None:
        for dock in self.findChildren(Dock):
            tabs = [other for other in self.tabifiedDockWidgets(dock) if not other.isHidden()]
            dock.show_header(not tabs or dock.isFloating())
