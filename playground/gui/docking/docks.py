"""Docks that look like panels: a heading with the view's own tools, and no frame."""

from __future__ import annotations

import zlib
from itertools import pairwise

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from playground.gui import widgets
from playground.gui.docking.scrolling_view import ScrollingView
from playground.gui.focus_order import step_focus
from playground.gui.help.subjects import Subject, subject_of
from playground.gui.look import theme
from playground.gui.views.base import View

LEFT, RIGHT, BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
_GRIP = QSize(96, 32)
"""How much of a heading must be on a screen for the mouse to take hold of it."""


class Dock(QDockWidget):
    """A panel that can be moved, floated and closed."""

    def __init__(self, name: str, title: str, contents: QWidget, tools: list[QWidget]) -> None:
        super().__init__(title)
        self.setObjectName(name)
        if theme.notifier().scale > 1 and isinstance(contents, View):
            contents = ScrollingView(contents)
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

    @property
    def is_in_front(self) -> bool:
        """Whether it is docked, and in sight: one behind another tab has a size of long ago."""
        return not self.isFloating() and not self.visibleRegion().isEmpty()

    def come_within_reach(self) -> None:
        """Go to where there is a screen, if it floats where there is none any more."""
        if self.isFloating():
            rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
            self.setGeometry(within_reach(self.geometry(), rooms))


def within_reach(place: QRect, rooms: list[QRect]) -> QRect:
    """Return a place, moved into the first room if nobody could take hold of its heading."""
    heading = QRect(place.topLeft(), QSize(place.width(), _GRIP.height()))
    seen = (heading.intersected(room).size() for room in rooms)
    if any(size.width() >= _GRIP.width() and size.height() >= _GRIP.height() for size in seen):
        return place
    room = rooms[0]
    size = place.size().boundedTo(room.size())
    spare = room.size() - size
    return QRect(room.topLeft() + QPoint(spare.width() // 2, spare.height() // 2), size)


class DockArea(QMainWindow):
    """A central view with docks around it, itself part of a window."""

    shown = Signal(bool)
    """Whether it is on the screen."""

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def state(self) -> QByteArray:
        """Return where every dock is."""
        return self.saveState(self._version)

    def restore(self, state: QByteArray) -> bool:
        """Put the docks where ``state`` says; return whether it speaks of the docks there are."""
        return self.restoreState(state, self._version)

    def fit(self, size: QSize) -> None:
        """Share out the room as it was shared out when the area had another size."""
        docks = [dock for dock in self.findChildren(Dock) if dock.is_in_front]
        wide = [dock.width() * self.width() // size.width() for dock in docks]
        high = [dock.height() * self.height() // size.height() for dock in docks]
        self.resizeDocks(docks, wide, Qt.Orientation.Horizontal)
        self.resizeDocks(docks, high, Qt.Orientation.Vertical)

    @property
    def _version(self) -> int:
        """A number that changes with the docks that there are."""
        names = ",".join(sorted(dock.objectName() for dock in self.findChildren(Dock)))
        return zlib.crc32(names.encode()) >> 1  # Qt takes no more than 31 bits

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

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what explains the panel whose tab is at a place."""
        bar = self.childAt(place) if place else None
        if not isinstance(bar, QTabBar) or place is None:
            return None
        title = bar.tabText(bar.tabAt(bar.mapFrom(self, place)))
        named = (dock for dock in self.findChildren(Dock) if dock.windowTitle() == title)
        dock = next(named, None)
        return subject_of(dock) if dock else None

    @Slot()
    def _update_headers(self) -> None:
        for dock in self.findChildren(Dock):
            tabs = [other for other in self.tabifiedDockWidgets(dock) if not other.isHidden()]
            dock.show_header(not tabs or dock.isFloating())
