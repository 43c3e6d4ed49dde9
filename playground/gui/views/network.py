"""The network as columns: its layers, their weights, and what they answer to an example."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from playground.data.dataset import DataKind
from playground.gui.gestures import CLICK, DRAG, WHEEL, gestures
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.network.canvas import Canvas
from playground.gui.network.captions import size_field, stepper_texts
from playground.gui.network.columns import Form, flat
from playground.gui.network.controls import SIDE, RoundButton, layer_menu
from playground.gui.network.edits import choices, resized
from playground.gui.network.feature_button import FeatureButton
from playground.gui.network.placed import Gap
from playground.gui.network.spoken import describe_network, describe_selection
from playground.gui.selection import Selection
from playground.gui.views.base import Area, ProbeView
from playground.gui.widgets import button, label
from playground.language import grouped, mark, tr
from playground.nn.edits import can_branch, without
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, is_output, layer_at
from playground.probes import Probe
from playground.probes.activations import Activations, Outputs, shown_examples
from playground.training.project import Project
from playground.training.snapshot import Snapshot


@gestures(
    mark("Network"),
    (("Left", "Right"), mark("Choose the layer before or behind")),
    (("Up", "Down"), mark("Choose a neuron or filter of the layer")),
    (("Esc",), mark("Choose the whole layer again")),
    (("Ins",), mark("Add a layer behind the chosen one")),
    (("Del",), mark("Remove the chosen layer")),
    (("PgUp", "PgDown"), mark("Show the example before, or the next one")),
    (("R",), mark("Show any example")),
    (("+", "-"), mark("Zoom in or out")),
    (("0",), mark("Show the whole network")),
    (CLICK, mark("Choose a layer, a neuron or a filter")),
    (DRAG, mark("Move the picture")),
    (WHEEL, mark("Zoom at the pointer; with Shift, move sideways")),
)
class NetworkView(ProbeView):
    """The heart of the window: the picture of the network, with the buttons that change it."""

    title: ClassVar[str] = "Network"
    synonyms: ClassVar[str] = mark("graph layers neurons")
    area: ClassVar[Area] = Area.CENTRE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self.canvas = Canvas(self)
        self.canvas.picked.connect(self._follow)
        self.canvas.arranged.connect(self._place_buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self._plus: list[RoundButton] = []
        self._smaller, self._larger, self._remove = (
            RoundButton(self.canvas, name) for name in ("minus", "plus", "trash-can-outline")
        )
        self._smaller.clicked.connect(lambda: self._resize(-1))
        self._larger.clicked.connect(lambda: self._resize(1))
        self._remove.clicked.connect(self.remove_layer)
        for one in (self._smaller, self._larger, self._remove):
            explain(one, "resize-layer")
        self._features = FeatureButton(self.canvas)
        explain(self._features, "Field/features")
        self._features.chosen.connect(lambda source: self.edited.emit({"source": source}))
        self._summary = label("", theme.SMALL, colour="muted", elide=True)
        self._tools = self._make_tools()
        self._place_buttons()

    # What the window tells

    def setting(self) -> tuple[float, QPointF]:
        return self.canvas.zoom, self.canvas.pan

    def set_up(self, setting: tuple[float, QPointF]) -> None:
        self.canvas.zoom, self.canvas.pan = setting
        self.canvas.arrange()

    def show_project(self, project: Project) -> None:
        self._project = project
        self._features.show_source(project.source)
        self._place_feature_button()
        snapshot = self.canvas.shown.snapshot
        if snapshot is not None and project.source != snapshot.project.source:
            return  # the picture changes when the data is there
        if project.model != self._model:
            self.canvas.shown.model = project.model
            self.canvas.arrange()
            self._describe()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        project = self._project
        # a newer network than the snapshot's is shown at once, its weights when they are there
        is_newer = project is not None and project.source == snapshot.project.source
        model = project.model if project is not None and is_newer else snapshot.model
        if self.canvas.show_snapshot(snapshot, model):
            self._describe()

    def show_selection(self, selection: Selection) -> None:
        if selection != self._selection:
            self.canvas.show_selection(selection)
            self._describe()

    def probe(self, snapshot: Snapshot) -> Probe | None:
        return Activations(example=self._selection.example)

    def show_result(self, snapshot: Snapshot, result: Any) -> None:
        if isinstance(result, Outputs):
            is_first = self.canvas.shown.outputs is None
            self.canvas.show_outputs(snapshot, result)
            if is_first:
                self._describe()

    def header_tools(self) -> list[QWidget]:
        return [self._summary, *self._tools]

    # What the user does

    def add_layer(self) -> None:
        """Offer the layers to put in behind the selected one, or else before the last."""
        layer, count = self.canvas.shown.layer, len(self._model.layers)
        path: LayerPath = (max(count - 1, 0),)
        if layer is not None and layer != path:
            path = (*layer[:-1], layer[-1] + 1)
        self._offer_layers(path, self._tools[0].mapToGlobal(self._tools[0].rect().bottomLeft()))

    def remove_layer(self) -> None:
        """Take the selected layer out."""
        layer = self.canvas.shown.layer
        if layer is None:
            return
        model = without(self._model, layer)
        nearest = (layer, (*layer[:-1], layer[-1] - 1), layer[:-2])
        self._edit(model, next((path for path in nearest if layer_at(model, path)), None))

    def step_example(self, by: int) -> None:
        """Show the next example, or the one before; after the last comes the first."""
        count = self._example_count()
        if count:
            self._select(example=(self._selection.example + by) % count)

    def random_example(self) -> None:
        """Show any other example."""
        count = self._example_count()
        if count > 1:
            self.step_example(int(np.random.default_rng().integers(1, count)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = _KEYS.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            action(self)

    # Inside

    @property
    def _model(self) -> Sequential:
        return self.canvas.shown.model

    @property
    def _selection(self) -> Selection:
        return self.canvas.shown.selection

    def _make_tools(self) -> list[QPushButton]:
        add = button(tr("Add layer"), "plus", "quiet", tr("Add a layer (Insert)"))
        add.clicked.connect(self.add_layer)
        fit = button("", "fit-to-page-outline", "flat", tr("Show the whole network (0)"))
        fit.clicked.connect(self.canvas.fit)
        before = button("", "chevron-left", "flat", tr("Previous example (Page Up)"))
        before.clicked.connect(lambda: self.step_example(-1))
        after = button("", "chevron-right", "flat", tr("Next example (Page Down)"))
        after.clicked.connect(lambda: self.step_example(1))
        chance = button("", "dice-3-outline", "flat", tr("Any example (R)"))
        chance.clicked.connect(self.random_example)
        explain(add, "add-layer")
        for one in (before, after, chance, fit):
            explain(one, "network-tools")
        return [add, before, after, chance, fit]

    def _select(self, **changes: Any) -> None:
        self._follow(dataclasses.replace(self._selection, **changes))

    def _follow(self, selection: Any) -> None:
        """Ask the window to show a selection here and everywhere."""
        self.selected.emit(selection)

    def _edit(self, model: Sequential, selected: LayerPath | None) -> None:
        if model != self._model:
            self.edited.emit({"model": model})
            self._select(layer=selected, unit=None)

    def _resize(self, direction: int) -> None:
        layer = self.canvas.shown.layer
        if layer is not None:
            self._edit(resized(self._model, layer, direction), layer)

    def _offer_layers(self, path: LayerPath, at: QPoint) -> None:
        snapshot = self.canvas.shown.snapshot
        if snapshot is None:
            return
        offered = choices(self._model, snapshot.input_shape, path)
        menu = layer_menu(self, offered, lambda model: self._edit(model, path))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _move_layer(self, by: int) -> None:
        """Select the next layer to the right or to the left; the input is left of the first.

        Branches are gone through one after the other.
        """
        columns = flat(self.canvas.shown.columns())
        order = [None, *(path for column in columns for path in column.layers)]
        place = order.index(self.canvas.shown.layer) + by
        self._select(layer=order[min(max(place, 0), len(order) - 1)], unit=None)

    def _move_unit(self, by: int) -> None:
        scene = self.canvas.scene
        placed = scene.selected if scene else None
        if placed is None or not placed.column.count:
            return
        unit, count = self._selection.unit, placed.column.count
        first = 0 if by > 0 else count - 1
        self._select(unit=first if unit is None else (unit + by) % count)

    def _example_count(self) -> int:
        snapshot = self.canvas.shown.snapshot
        return len(shown_examples(snapshot.dataset)) if snapshot else 0

    def _describe(self) -> None:
        """Say in words what is shown, for the ear and in the header."""
        shown = self.canvas.shown
        columns = list(flat(shown.columns()))
        self.canvas.setAccessibleName(describe_network(columns))
        self.canvas.setAccessibleDescription(
            describe_selection(shown.model, columns, shown.selection)
        )
        if shown.snapshot is not None:
            is_flat = shown.snapshot.dataset.kind in (DataKind.POINTS, DataKind.CURVE)
            for tool in self._tools[1:4]:
                tool.setVisible(not is_flat)
            weights = sum(column.weights for column in columns)
            self._summary.setText(tr("{0} params").format(grouped(weights)))
            self._describe_plane(shown.snapshot)

    def _describe_plane(self, snapshot: Snapshot) -> None:
        """Say which inputs the maps in the neurons run over, where that is a choice of ours."""
        outputs, features = self.canvas.shown.outputs, snapshot.dataset.features
        plane = outputs.plane if outputs and snapshot.dataset.plane is None else None
        # the outputs may still be those of the data before
        fits = plane is not None and len(plane.axes) == 2 and plane.axes[-1] < len(features)
        if plane is None or not fits or len(features) <= 2:
            self._summary.setToolTip("")
            return
        across, up = (features[axis] for axis in plane.axes)
        text = tr("over {0} and {1}").format(across, up)
        self._summary.setText(f"{self._summary.text()}, {text}")
        self._summary.setToolTip(
            tr(
                "Each neuron is a map of its answers: {0} to the right, {1} upwards, the other "
                "inputs as in the example."
            ).format(across, up)
        )

    # The buttons on the picture

    def _place_buttons(self) -> None:
        gaps = self._gaps()
        self._make_plus(len(gaps))
        for plus in self._plus[len(gaps) :]:
            plus.hide()
        for plus, gap in zip(self._plus, gaps, strict=False):
            plus.show()
            self._centre(plus, gap.at)
            if gap.after:
                plus.name(tr("Add a layer after {0}").format(gap.after))
            else:
                plus.name(tr("Add a layer at the beginning of the branch"))
        self._place_layer_buttons()
        self._place_feature_button()

    def _gaps(self) -> list[Gap]:
        """Return where a layer can be put in now."""
        scene = self.canvas.scene
        selected = self.canvas.shown.layer
        return [gap for gap in scene.layout.gaps if gap.is_open(selected)] if scene else []

    def _make_plus(self, count: int) -> None:
        while len(self._plus) < count:
            plus = RoundButton(self.canvas, "plus")
            plus.clicked.connect(lambda _=False, plus=plus: self._insert_at(plus))
            explain(plus, "add-layer")
            self._plus.append(plus)

    def _insert_at(self, plus: RoundButton) -> None:
        gap = self._gaps()[self._plus.index(plus)]
        self._offer_layers(gap.path, plus.mapToGlobal(plus.rect().bottomLeft()))

    def _place_layer_buttons(self) -> None:
        scene, layer = self.canvas.scene, self.canvas.shown.layer
        buttons = (self._smaller, self._larger, self._remove)
        placed = scene.selected if scene else None
        chosen = layer_at(self._model, layer)
        if placed is None or layer is None or chosen is None:
            for one in buttons:
                one.hide()
            return
        # the size of an output is that of the answer
        has_size = size_field(chosen) is not None and not is_output(self._model, layer)
        shown = buttons if has_size or can_branch(chosen) else buttons[2:]
        foot = placed.frame.bottom()
        if placed.band.is_lane:  # over its caption; the rows of an output have none
            foot += 4 if placed.column.form is Form.OUTPUT else -8
        for one in buttons:
            one.setVisible(one in shown)
        for index, one in enumerate(shown):
            x = placed.frame.center().x() + (index - (len(shown) - 1) / 2) * (SIDE + 4)
            self._centre(one, QPointF(x, foot))
        name = type(chosen).__name__
        fewer, more = stepper_texts(chosen)
        self._smaller.name(fewer.format(name))
        self._larger.name(more.format(name))
        self._remove.name(tr("Remove {0} (Delete)").format(name))

    def _place_feature_button(self) -> None:
        scene = self.canvas.scene
        self._features.setVisible(scene is not None and self._features.is_of_use)
        if scene is not None:
            frame = scene.layout.placed[0].frame
            self._centre(self._features, QPointF(frame.center().x(), frame.bottom()))

    def _centre(self, one: RoundButton, at: QPointF) -> None:
        point = self.canvas.to_widget(at)
        one.move(round(point.x()) - SIDE // 2, round(point.y()) - SIDE // 2)


_KEYS = {
    Qt.Key.Key_Left: lambda view: view._move_layer(-1),
    Qt.Key.Key_Right: lambda view: view._move_layer(1),
    Qt.Key.Key_Up: lambda view: view._move_unit(-1),
    Qt.Key.Key_Down: lambda view: view._move_unit(1),
    Qt.Key.Key_Escape: lambda view: view._select(unit=None),
    Qt.Key.Key_Delete: lambda view: view.remove_layer(),
    Qt.Key.Key_Insert: lambda view: view.add_layer(),
    Qt.Key.Key_PageUp: lambda view: view.step_example(-1),
    Qt.Key.Key_PageDown: lambda view: view.step_example(1),
    Qt.Key.Key_R: lambda view: view.random_example(),
    Qt.Key.Key_Plus: lambda view: view.canvas.zoom_by(1),
    Qt.Key.Key_Equal: lambda view: view.canvas.zoom_by(1),
    Qt.Key.Key_Minus: lambda view: view.canvas.zoom_by(-1),
    Qt.Key.Key_0: lambda view: view.canvas.fit(),
}
