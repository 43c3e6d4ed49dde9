"""The page on which a network is built and trained: controls, network, docks, status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from playground.data.dataset import DataKind, Dataset
from playground.gui import widgets
from playground.gui.centre import Centre
from playground.gui.control_bar import ControlBar
from playground.gui.data_panel import DataPanel
from playground.gui.docks import Dock, DockArea
from playground.gui.frames import FrameLoop
from playground.gui.layer_list import LayerList
from playground.gui.room import Room
from playground.gui.selection import Selection
from playground.gui.session import Session
from playground.gui.status_strip import StatusStrip
from playground.gui.views import View
from playground.gui.views.base import Area
from playground.language import tr, tr_declared
from playground.training.project import Project
from playground.training.snapshot import Snapshot

LEFT, RIGHT, BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
ORDER = (
    "NetworkView",
    "NextWordView",
    "FiltersView",
    "MaxActivationView",
    "PredictionsView",
    "DrawView",
    "CurvesView",
)
"""Of the tabs below; views not named here come after."""
DATA_WIDTH = 248
"""Of the data panel at first, in pixels."""
ON_THE_PLANE = {DataKind.POINTS, DataKind.CURVE}
"""Kinds of data whose output is a large picture: it takes the right side from top to bottom."""


@dataclass(frozen=True)
class Keepsake:
    """How the user has set up a workspace, for one that takes its place."""

    front: str
    """The view in front in the middle."""
    enlarged: frozenset[str]
    """The views of the middle that take the room of the docks."""
    docks: QByteArray


class Workspace(QWidget):
    """Shows a session. Everything in it draws values and emits wishes; here they are connected."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.views = [cls() for cls in View.registry.values()]
        self.controls = ControlBar()
        self.data_panel = DataPanel()
        self.layers = LayerList()
        self.status = StatusStrip()
        self.area = DockArea()
        self._kind: DataKind | None = None
        large = [view for view in self.views if view.area is Area.CENTRE]
        self.centre = Centre(sorted(large, key=lambda view: _place(type(view).__name__)))
        self.docks = {
            type(view).__name__: Dock(
                type(view).__name__, tr_declared(view.title), view, view.header_tools()
            )
            for view in self.views
            if view.area is not Area.CENTRE
        }
        self._data_dock = Dock("Data", tr("Data"), self.data_panel, [])
        self._layer_dock = Dock("Layers", tr("Layers"), self.layers, [])
        self._room = Room(self.area, [self._layer_dock, *self.docks.values()])
        self._place()
        column = widgets.column(self.controls, self.area, self.status, gap=1)
        column.setStretch(1, 1)
        self.setLayout(column)
        self._connect()
        self.frames = FrameLoop(session, self.views, self)
        self.frames.arrived.connect(self._show_snapshot)
        self.frames.polled.connect(self._show_loading)

    @property
    def all_docks(self) -> tuple[Dock, ...]:
        """Every panel beside the centre."""
        return self._data_dock, self._layer_dock, *self.docks.values()

    def arrange(self, kind: DataKind, *, again: bool = False) -> None:
        """Show the docks that go with this kind of data, where they belong."""
        if kind is self._kind and not again:
            return
        self._kind = kind
        self._room.forget()
        right = [self.docks[name] for name in self._names(kind, Area.RIGHT)]
        below = [self.docks[name] for name in self._names(kind, Area.BOTTOM)]
        tall = kind in ON_THE_PLANE
        self.area.setCorner(Qt.Corner.BottomRightCorner, RIGHT if tall else BOTTOM)
        for dock in self.docks.values():
            self.area.removeDockWidget(dock)
        for dock in (*right, *below):
            self.area.addDockWidget(RIGHT if dock in right else BOTTOM, dock)
            dock.show()
        self.area.addDockWidget(RIGHT, self._layer_dock)
        self._layer_dock.show()
        self.area.stack([*right, self._layer_dock])
        others = [dock for dock in self.docks.values() if dock not in right + below]
        for dock in others:  # for the View menu to show: tabs behind those below
            self.area.addDockWidget(BOTTOM, dock)
            dock.hide()
        self.area.stack(below + others)
        self._data_dock.show()
        # sizes hold only once the page is shown and laid out
        QTimer.singleShot(0, self, self._share_space)

    def keepsake(self) -> Keepsake:
        """Return how the user has set it up."""
        return Keepsake(type(self.centre.front).__name__, self.centre.enlarged, self._room.state())

    def take_over(self, kept: Keepsake) -> None:
        """Show the session that another workspace has shown, and as that one did."""
        if self._session.dataset and self._session.project:
            self._show_dataset(self._session.dataset)
            self._show_project(self._session.project)
            self._show_selection(self._session.selection)
        self.centre.enlarge(kept.enlarged)
        self.centre.show_view(kept.front)
        # after the designed layout
        QTimer.singleShot(0, self, lambda: self._restore(kept.docks))

    def portrait(self) -> QImage:
        """Return a picture of what tells most of the run: the output, or the network."""
        own = [view for view in self.views if view.kinds == {self._kind}]
        output = next((view for view in own if view.area is Area.RIGHT), None)
        return (output.portrait if output else self.centre.views["NetworkView"]).grab().toImage()

    def close_session(self) -> None:
        """Stop drawing, then end the session's threads."""
        self.frames.stop()
        self._session.close()

    def _place(self) -> None:
        """Put the network in the middle and the data at the left, where they always begin."""
        self.area.setCentralWidget(widgets.boxed(widgets.column(self.centre), "panel"))
        self.area.add(self._data_dock, LEFT)
        self.area.add(self._layer_dock, RIGHT)
        for dock in self.docks.values():
            self.area.add(dock, BOTTOM)
        self._data_dock.keep_bare()

    def _names(self, kind: DataKind, area: Area) -> list[str]:
        """Return the views that an area begins with; a general view makes room for the output."""
        names = []
        for view in self.views:
            general = view.kinds == frozenset(DataKind)
            place = Area.BOTTOM if kind in ON_THE_PLANE and general else view.area
            if kind in view.kinds and view.area is not Area.CENTRE and place is area:
                names.append(type(view).__name__)
        return sorted(names, key=_place)

    def _share_space(self) -> None:
        """Give the output its picture, the network the middle, and the views below a third."""
        width, height = self.width(), self.height()
        tall = self._kind in ON_THE_PLANE
        side = min(max(288, width // 3), 456) if tall else max(288, width * 23 // 100)
        self.area.resizeDocks([self._data_dock], [DATA_WIDTH], Qt.Orientation.Horizontal)
        self.area.resizeDocks([self._layer_dock], [side], Qt.Orientation.Horizontal)
        below = [
            dock
            for dock in self.docks.values()
            if self.area.dockWidgetArea(dock) == BOTTOM and not dock.isHidden()
        ]
        if below:
            self.area.resizeDocks(below[:1], [height * 34 // 100], Qt.Orientation.Vertical)
        self._make_room(self.centre.wants_room)

    def _make_room(self, wanted: bool) -> None:
        """Give a large view the room of the docks, or them theirs."""
        if wanted:
            self._room.take()
            # once the others are gone: what they had is the centre's alone
            QTimer.singleShot(0, self, self._keep_data_panel)
        else:
            self._room.give_back()

    def _restore(self, docks: QByteArray) -> None:
        """Put the docks where they were, and give a large view their room again."""
        self._room.forget()
        self.area.restoreState(docks)
        self._make_room(self.centre.wants_room)

    def _keep_data_panel(self) -> None:
        width = max(DATA_WIDTH, self._data_dock.width())
        self.area.resizeDocks([self._data_dock], [width], Qt.Orientation.Horizontal)

    def _connect(self) -> None:
        session, controls, status = self._session, self.controls, self.status
        controls.train_toggled.connect(session.toggle)
        controls.batch_requested.connect(session.play_batch)
        controls.epoch_requested.connect(session.play_epoch)
        controls.reset_requested.connect(session.reset)
        controls.new_seed_requested.connect(session.new_seed)
        status.mend_requested.connect(session.go_back)
        status.cancel_requested.connect(session.cancel_loading)
        self.centre.room_wanted.connect(self._make_room)
        editors: list[ControlBar | DataPanel | LayerList | View] = [*self.views]
        for editor in (*editors, controls, self.data_panel, self.layers):
            editor.edited.connect(self._edit)
        for view in self.views:
            view.stroked.connect(self._draw)
        pickers: list[LayerList | View] = [self.layers, *self.views]
        for picker in pickers:
            picker.selected.connect(session.select)
        session.project_changed.connect(self._show_project)
        session.dataset_changed.connect(self._show_dataset)
        session.selection_changed.connect(self._show_selection)
        session.failed.connect(self._show_what_holds)
        session.advised.connect(status.show_message)

    def _edit(self, changes: Any) -> None:
        self._session.edit(**changes)

    def _draw(self, changes: Any, stroke: int) -> None:
        self._session.edit(stroke=stroke, **changes)

    def _show_project(self, project: Project) -> None:
        self.controls.show_project(project)
        self.layers.show_project(project)
        self.data_panel.show_project(project)
        for view in self.views:
            view.show_project(project)

    def _show_dataset(self, dataset: Dataset) -> None:
        project = self._session.project
        assert project is not None
        self.arrange(dataset.kind)
        self.data_panel.show_dataset(dataset, project.source)
        self.layers.show_dataset(dataset)
        if dataset.lack and dataset.kind is DataKind.IMAGES:
            self.docks["DrawView"].raise_()  # where images are made

    def _show_what_holds(self) -> None:
        """Show the source that is in force again, after another one could not be loaded."""
        if self._session.dataset and self._session.project:
            self.data_panel.show_dataset(self._session.dataset, self._session.project.source)

    def _show_selection(self, selection: Selection) -> None:
        self.layers.show_selection(selection)
        for view in self.views:
            view.show_selection(selection)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        self.controls.show_status(snapshot.status)
        self.controls.show_rate(snapshot.rate)
        self.status.show_snapshot(snapshot)

    def _show_loading(self) -> None:
        loader = self._session.loader
        if loader.title:
            self.status.show_loading(loader.title, loader.progress)
        else:
            self.status.end_loading()


def _place(name: str) -> int:
    """Return where a view comes in its row of tabs."""
    return ORDER.index(name) if name in ORDER else len(ORDER)
