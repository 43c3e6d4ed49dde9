"""The page on which a network is built and trained: controls, network, docks, status."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.data.dataset import DataKind, Dataset
from playground.gui import widgets
from playground.gui.data.data_panel import DataPanel
from playground.gui.docking.arrangement import Arrangement, in_order
from playground.gui.docking.centre import Centre
from playground.gui.docking.docks import BOTTOM, LEFT, RIGHT, Dock, DockArea
from playground.gui.docking.layouts import Layouts
from playground.gui.docking.workspace_switcher import WorkspaceSwitcher
from playground.gui.forms.control_bar import ControlBar
from playground.gui.frames import FrameLoop
from playground.gui.help.subjects import explain
from playground.gui.layers.layer_list import LayerList
from playground.gui.selection import Selection
from playground.gui.session import Session
from playground.gui.start.first_steps import LAYER, PAUSE, RATE, FirstSteps
from playground.gui.status.announcer import Announcer
from playground.gui.status.status_strip import StatusStrip
from playground.gui.views import View
from playground.gui.views.base import Area
from playground.language import tr, tr_declared
from playground.training.project import Project
from playground.training.snapshot import Snapshot, Status

Setting = tuple[DataKind | None, dict[str, Any]]
"""The kind of data that a workspace is laid out for, and the settings of its views."""


class Workspace(QWidget):
    """Shows a session. Everything in it draws values and emits wishes; here they are connected."""

    asked = Signal(str)
    """The id of a command that would help a view."""

    def __init__(self, session: Session, layouts: Layouts) -> None:
        super().__init__()
        self._session = session
        self.views = [cls() for cls in View.registry.values()]
        self.controls = ControlBar()
        self.data_panel = DataPanel()
        self.layers = LayerList()
        self.status = StatusStrip()
        self._announcer = Announcer(self.status)
        self.area = DockArea()
        large = [view for view in self.views if view.area is Area.CENTRE]
        self.centre = Centre(in_order(large))
        self.docks = {
            type(view).__name__: Dock(
                type(view).__name__, tr_declared(view.title), view, view.header_tools()
            )
            for view in self.views
            if view.area is not Area.CENTRE
        }
        self._data_dock = Dock("Data", tr("Data"), self.data_panel, [])
        self._layer_dock = Dock("Layers", tr("Layers"), self.layers, [])
        fixed = (self._data_dock, self._layer_dock)
        self.arrangement = Arrangement(self.area, self.centre, fixed, self.docks, layouts)
        self.switcher = WorkspaceSwitcher(self.arrangement, self.area)
        self._explain()
        self._place()
        self.first_steps = FirstSteps()
        column = widgets.column(self.controls, self.first_steps, self.area, self.status, gap=1)
        column.setStretch(2, 1)
        self.setLayout(column)
        self._connect()
        self.frames = FrameLoop(session, self.views, self)
        self.frames.arrived.connect(self._show_snapshot)
        self.frames.polled.connect(self._show_loading)

    @property
    def all_docks(self) -> tuple[Dock, ...]:
        """Every panel beside the centre."""
        return self._data_dock, self._layer_dock, *self.docks.values()

    def setting(self) -> Setting:
        """Return how the user has set it up, for a workspace that takes its place."""
        views = {type(view).__name__: view.setting() for view in self.views}
        return self.arrangement.kind, {name: one for name, one in views.items() if one is not None}

    def take_over(self, setting: Setting) -> None:
        """Show the session that another workspace has shown, and as that one did."""
        kind, views = setting
        dataset, project = self._session.dataset, self._session.project
        if dataset and project:
            self._show_dataset(dataset)
            self._show_project(project)
            self._show_selection(self._session.selection)
            self.arrangement.show(kind or dataset.kind)
        for view in self.views:
            if type(view).__name__ in views:
                view.set_up(views[type(view).__name__])

    def portrait(self) -> QImage:
        """Return a picture of what tells most of the run: the output, or the network."""
        own = [view for view in self.views if view.kinds == {self.arrangement.kind}]
        output = next((view for view in own if view.area is Area.RIGHT), None)
        return (output.portrait if output else self.centre.views["NetworkView"]).grab().toImage()

    def close_session(self) -> None:
        """Stop drawing, then end the session's threads."""
        self.frames.stop()
        self._session.close()

    def _explain(self) -> None:
        """Say which topic tells what each panel is; its own parts may have others."""
        for view in self.views:
            explain(view, f"View/{type(view).__name__}")
        for name, dock in self.docks.items():
            explain(dock, f"View/{name}")
        for widget, topic in (
            (self, "workspace"),
            (self.data_panel, "data-panel"),
            (self._data_dock, "data-panel"),
            (self.layers, "layer-list"),
            (self._layer_dock, "layer-list"),
            (self.status, "status"),
        ):
            explain(widget, topic)

    def _place(self) -> None:
        """Put the network in the middle and the data at the left, where they always begin."""
        self.area.setCentralWidget(widgets.boxed(widgets.column(self.centre), "panel"))
        self.area.add(self._data_dock, LEFT)
        self.area.add(self._layer_dock, RIGHT)
        for dock in self.docks.values():
            self.area.add(dock, BOTTOM)
        self._data_dock.keep_bare()

    def _connect(self) -> None:
        session, controls, status = self._session, self.controls, self.status
        controls.train_toggled.connect(session.toggle)
        controls.batch_requested.connect(session.play_batch)
        controls.epoch_requested.connect(session.play_epoch)
        controls.reset_requested.connect(session.reset)
        controls.new_seed_requested.connect(session.new_seed)
        status.mend_requested.connect(session.go_back)
        status.cancel_requested.connect(session.cancel_loading)
        editors: list[ControlBar | DataPanel | LayerList | View] = [*self.views]
        for editor in (*editors, controls, self.data_panel, self.layers):
            editor.edited.connect(self._edit)
        for view in self.views:
            view.stroked.connect(self._draw)
            view.asked.connect(self.asked)
        pickers: list[LayerList | View] = [self.layers, *self.views]
        for picker in pickers:
            picker.selected.connect(session.select)
            picker.selected.connect(self.first_steps.when_tried(LAYER))
        controls.train_toggled.connect(self.first_steps.when_tried(PAUSE))
        self.first_steps.pointed.connect(self._point_at)
        session.project_changed.connect(self._show_project)
        session.dataset_changed.connect(self._show_dataset)
        session.selection_changed.connect(self._show_selection)
        session.failed.connect(self._show_what_holds)
        session.advised.connect(status.show_message)
        session.advised.connect(self._announcer.tell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.first_steps.fit(self.height())

    def _point_at(self, step: str) -> None:
        """Give the focus to what a first step is done with."""
        self.centre.show_view("NetworkView")
        network = self.centre.views["NetworkView"]
        targets = {PAUSE: self.controls.train_button, RATE: self.controls.rate_slider}
        targets.get(step, network).setFocus(Qt.FocusReason.TabFocusReason)

    def _edit(self, changes: Any) -> None:
        if "optimizer" in changes:
            self.first_steps.tick(RATE)
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
        self.arrangement.show(dataset.kind)
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
        self._announcer.follow(snapshot)
        if snapshot.status is Status.PAUSED and snapshot.step:  # whichever way: there is a key, too
            self.first_steps.tick(PAUSE)

    def _show_loading(self) -> None:
        loader = self._session.loader
        if loader.title:
            self.status.show_loading(loader.title, loader.progress)
        else:
            self.status.end_loading()
