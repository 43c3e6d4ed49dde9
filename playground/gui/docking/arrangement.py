"""Where the panels of the workspace are: as designed for the data, or as the user has put them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal, Slot

from playground.data.dataset import DataKind
from playground.gui.docking.centre import Centre
from playground.gui.docking.docks import BOTTOM, RIGHT, Dock, DockArea
from playground.gui.docking.layouts import Layout, Layouts
from playground.gui.docking.room import Room
from playground.gui.look import theme
from playground.gui.views import View
from playground.gui.views.base import Area

ORDER = (
    "NetworkView",
    "NextWordView",
    "FiltersView",
    "MaxActivationView",
    "PredictionsView",
    "DrawView",
    "CurvesView",
)
"""Of the tabs; views not named here come after."""
DATA_WIDTH = 248
"""Of the data panel at first, in pixels."""
_BELOW = 0.39
"""The share of the height of the views below; larger text needs its lines elsewhere, too."""
ON_THE_PLANE = {DataKind.POINTS, DataKind.CURVE}
"""Kinds of data whose output is a large picture: it takes the right side from top to bottom."""


class Arrangement(QObject):
    """Lays out the panels, each kind of data its own way, and remembers what the user changes."""

    changed = Signal(DataKind)
    """The workspace that is shown now."""

    def __init__(
        self,
        area: DockArea,
        centre: Centre,
        fixed: tuple[Dock, Dock],
        docks: Mapping[str, Dock],
        layouts: Layouts,
    ) -> None:
        super().__init__(area)
        self.kind: DataKind | None = None
        self._area, self._centre, self._docks, self._layouts = area, centre, docks, layouts
        self._data_dock, self._layer_dock = fixed
        self._room = Room(area, [self._layer_dock, *docks.values()])
        self.is_settled = False
        """Whether the panels have their places and sizes."""
        # sizes hold only once the page is shown and laid out
        self._settling = self._timer(self._settle)
        # and what others had is the centre's only once they are gone
        self._keeping = self._timer(self._keep_data_panel)
        self._centre.room_wanted.connect(self._make_room)
        self._area.shown.connect(self._settle_soon)

    def show(self, kind: DataKind) -> None:
        """Show the workspace for a kind of data."""
        if kind is not self.kind:
            self.remember()
            self._design(kind)

    def reset(self) -> None:
        """Put every panel back where it belongs."""
        if self.kind:
            self._layouts.forget(self.kind)
            self._design(self.kind)

    def remember(self) -> None:
        """Keep the layout as the user has made it."""
        if self.kind and self.is_settled:
            front, enlarged = type(self._centre.front).__name__, self._centre.enlarged
            layout = Layout(bytes(self._room.state().data()), front, enlarged, self._area.size())
            self._layouts.keep(self.kind, layout)

    def _design(self, kind: DataKind) -> None:
        """Show the docks that go with this kind of data, where they belong."""
        self.kind, self.is_settled = kind, False
        self._room.forget()
        self._area.setUpdatesEnabled(False)  # until they have their sizes
        right, below = self._beginning(kind, Area.RIGHT), self._beginning(kind, Area.BOTTOM)
        self._area.setCorner(Qt.Corner.BottomRightCorner, RIGHT if kind in ON_THE_PLANE else BOTTOM)
        for dock in self._docks.values():
            dock.setFloating(False)
            self._area.removeDockWidget(dock)
        for dock in (*right, *below):
            self._area.addDockWidget(RIGHT if dock in right else BOTTOM, dock)
            dock.show()
        self._area.addDockWidget(RIGHT, self._layer_dock)
        self._layer_dock.show()
        self._area.stack([*right, self._layer_dock])
        others = [dock for dock in self._docks.values() if dock not in right + below]
        for dock in others:  # for the View menu to show: tabs behind those below
            self._area.addDockWidget(BOTTOM, dock)
            dock.hide()
        self._area.stack(below + others)
        self._data_dock.show()
        self._settling.start()
        self.changed.emit(kind)

    @Slot(bool)
    def _settle_soon(self, is_shown: bool) -> None:
        if is_shown:
            self._settling.start()

    def _timer(self, done: Callable[[], None]) -> QTimer:
        """Return what does something once the events are handled that wait now."""
        timer = QTimer(self, singleShot=True, interval=0)  # QTimer.singleShot would keep ``self``
        timer.timeout.connect(done)
        return timer

    @Slot()
    def _settle(self) -> None:
        """Give the docks their sizes, or the places where the user has put them."""
        if self.kind is None or self.is_settled or not self._area.isVisible():
            return
        self._share_space()
        layout = self._layouts[self.kind]
        if layout:
            self._restore(layout)
        self.is_settled = True
        # Qt would leave out a dock that floats by now: it would never be painted again
        for part in (self._area, self._data_dock, self._layer_dock, *self._docks.values()):
            part.setUpdatesEnabled(True)
        self._make_room(self._centre.wants_room)

    def _beginning(self, kind: DataKind, area: Area) -> list[Dock]:
        """Return what an area begins with; a general view makes room for the output."""
        names = []
        for name in self._docks:
            view = View.registry[name]
            general = view.kinds == frozenset(DataKind)
            place = Area.BOTTOM if kind in ON_THE_PLANE and general else view.area
            if kind in view.kinds and place is area:
                names.append(name)
        return [self._docks[name] for name in sorted(names, key=place_of)]

    def _share_space(self) -> None:
        """Give the output its picture, the network the middle, and the views below a third."""
        width, height = self._area.width(), self._area.height()
        tall = self.kind in ON_THE_PLANE
        beside = max(288, theme.px(240), width * 23 // 100)
        side = min(max(288, width // 3), 456) if tall else beside
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._area.resizeDocks([self._data_dock], [theme.px(DATA_WIDTH)], horizontal)
        self._area.resizeDocks([self._layer_dock], [side], horizontal)
        below = [dock for dock in self._docks.values() if self._is_below(dock)]
        if below:
            high = height * _BELOW / theme.notifier().scale ** 0.25
            self._area.resizeDocks(below[:1], [round(high)], vertical)

    def _is_below(self, dock: Dock) -> bool:
        return self._area.dockWidgetArea(dock) == BOTTOM and not dock.isHidden()

    def _restore(self, layout: Layout) -> None:
        """Put the panels where they were, as large as there is room for now."""
        if not self._area.restore(QByteArray(layout.docks)):
            return  # of another version, with other panels
        self._centre.enlarge(layout.enlarged)
        if layout.front in self._centre.views:
            self._centre.show_view(layout.front)
        self._area.fit(layout.size)
        for dock in (self._data_dock, self._layer_dock, *self._docks.values()):
            dock.come_within_reach()

    @Slot(bool)
    def _make_room(self, wanted: bool) -> None:
        """Give a large view the room of the docks, or them theirs."""
        if not self.is_settled:
            return
        if wanted:
            self._room.take()
            self._keeping.start()
        else:
            self._room.give_back()

    @Slot()
    def _keep_data_panel(self) -> None:
        width = max(theme.px(DATA_WIDTH), self._data_dock.width())
        self._area.resizeDocks([self._data_dock], [width], Qt.Orientation.Horizontal)


def in_order(views: Sequence[View]) -> list[View]:
    """Return views as their tabs stand."""
    return sorted(views, key=lambda view: place_of(type(view).__name__))


def place_of(name: str) -> int:
    """Return where a view comes in its row of tabs."""
    return ORDER.index(name) if name in ORDER else len(ORDER)
