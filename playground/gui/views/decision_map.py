"""The output over the plane, for data that lies in one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QStackedLayout

from playground.data.dataset import DataKind, Dataset
from playground.gui import theme, widgets
from playground.gui.chart_menu import ChartMenu, Table
from playground.gui.figures import RunFigures
from playground.gui.plane import PlanePicture
from playground.gui.plane_editor import PlaneEditor
from playground.gui.plane_tools import KEYS, PlaneTools, Tool
from playground.gui.selection import Selection
from playground.gui.views.base import Area, ProbeView
from playground.probes.decision_map import ClassMap, DecisionMap, PlaneMap
from playground.probes.extent import plane_grid
from playground.probes.runner import ProbeFailure
from playground.training.project import Project
from playground.training.snapshot import Snapshot

_SHADED, _DISCRETE = 100, 200
"""Points along a side; the hard edges of the discrete map need more."""


class DecisionMapView(ProbeView):
    """What the network answers over the plane, with the points, which can be drawn."""

    title = "Output"
    area = Area.RIGHT
    kinds = frozenset({DataKind.POINTS})

    def __init__(self) -> None:
        super().__init__()
        self._map: PlaneMap | None = None
        self._run_id = 0
        self._project: Project | None = None
        self._dataset: Dataset | None = None
        self._selection = Selection()
        self._picture = PlanePicture(self.tr("Decision map"))
        self._picture.chosen.connect(self._choose)
        self._figures = RunFigures()
        self._points = widgets.Switch(
            self.tr("Show points kept aside"), on=True, detail=self.tr("hollow")
        )
        self._points.setToolTip(
            self.tr("The points for validation and test, which the network is not trained on")
        )
        self._points.toggled.connect(self._picture.set_kept_aside)
        self._discrete = widgets.Switch(self.tr("Discretise"))
        self._discrete.setToolTip(self.tr("Only the most probable class, not how sure it is"))
        self._discrete.toggled.connect(self._picture.set_discrete)
        self._menu = ChartMenu(self._picture, "decision-map", self._table)
        self._empty = widgets.EmptyState(
            self.tr("The decision map appears here for data in a plane: two inputs, one answer."),
            icon="chart-scatter-plot",
        )
        self._make_editor()
        column = widgets.column(
            self._tools,
            self._problem,
            self._advice,
            self._picture,
            self._figures,
            self._points,
            self._discrete,
            margins=(16, 0, 16, 8),
        )
        column.setStretch(3, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(widgets.boxed(column))
        self._pages.addWidget(self._empty)

    def _make_editor(self) -> None:
        self._editor = PlaneEditor(self)
        self._tools = PlaneTools()
        self._problem = widgets.label("", theme.SMALL, colour="danger", wrap=True)
        self._advice = widgets.label("", theme.SMALL, colour="muted", wrap=True)
        self._problem.hide()
        self._advice.hide()
        self._tools.hide()
        self._tools.changed.connect(self._take_tool)
        self._tools.clear_asked.connect(self._editor.clear)
        picture, editor = self._picture, self._editor
        picture.stroke_began.connect(editor.begin)
        picture.stroke_moved.connect(editor.move)
        picture.stroke_ended.connect(editor.end)
        picture.erase_asked.connect(editor.erase_at)
        editor.changed.connect(self._take_points)
        editor.refused.connect(self._say)

    # What the window tells

    def probe(self, snapshot: Snapshot) -> DecisionMap | None:
        if snapshot.dataset.kind is not DataKind.POINTS:
            return None
        return DecisionMap(resolution=_DISCRETE if self._discrete.isChecked() else _SHADED)

    def show_project(self, project: Project) -> None:
        self._project = project
        if project.source.instant and self._dataset is not None:
            self._show_points(project.source.load())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        fits = snapshot.dataset.kind is DataKind.POINTS
        self._pages.setCurrentIndex(0 if fits else 1)
        self._figures.show_snapshot(snapshot)
        if self._project is None or self._project.source == snapshot.project.source:
            self._project = self._project or snapshot.project
            self._show_points(snapshot.dataset)

    def show_result(self, snapshot: Snapshot, result: PlaneMap | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure) or result is self._map:
            return
        coarser = self._map is not None and _side(result) < _side(self._map)
        if coarser and _side(result) < _SHADED and snapshot.run_id == self._run_id:
            return  # a fine map, though a little older, is worth more
        self._map, self._run_id = result, snapshot.run_id
        newest = self._dataset
        fits = newest is not None and newest.is_classification == isinstance(result, ClassMap)
        self._picture.show_map(result, newest if newest and fits else snapshot.dataset)

    def show_selection(self, selection: Selection) -> None:
        self._selection = selection
        self._picture.show_example(selection.example)

    # What the user does

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._tools.tool is Tool.LOOK or not self._editor.can_draw:
            self._menu.exec(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a tool by its letter, a class by its number from 1."""
        key, can_draw = Qt.Key(event.key()), self._editor.can_draw
        if can_draw and key in KEYS:
            self._tools.choose(KEYS[key])
        elif can_draw and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._tools.choose_class(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def _choose(self, example: int) -> None:
        chosen = Selection(self._selection.layer, self._selection.unit, example)
        self.selected.emit(chosen)

    def _take_tool(self) -> None:
        self._editor.tool, self._editor.label = self._tools.tool, self._tools.label
        self._picture.set_tool(self._tools.tool, self._tools.label)
        self._say("")

    def _take_points(self, source: object, stroke: int) -> None:
        self._say("")
        self.stroked.emit({"source": source}, stroke)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    # Inside

    def _show_points(self, dataset: Dataset) -> None:
        """Show the newest points, though their map may still be under way."""
        if self._project is None or dataset is self._dataset:
            return
        self._dataset = dataset
        self._editor.show(self._project.source, dataset)
        self._tools.setVisible(self._editor.can_draw)
        self._advice.setText(dataset.lack)
        self._advice.setVisible(bool(dataset.lack) and len(dataset.train) > 0)
        if self._editor.can_draw:
            self._tools.show_classes(dataset.classes)
            if dataset.lack and self._tools.tool is Tool.LOOK and not len(dataset.train):
                self._tools.choose(Tool.ADD)  # what else is there to do
        elif self._tools.tool is not Tool.LOOK:
            self._tools.choose(Tool.LOOK)
        if self._map is not None and dataset.is_classification == isinstance(self._map, ClassMap):
            self._picture.show_points(dataset)

    def _table(self) -> Table:
        """Return the map as rows: the place, as the network sees it, and what it answers."""
        if self._map is None or self._dataset is None:
            return []
        side = _side(self._map)
        points = plane_grid(self._map.low, self._map.high, side)
        if isinstance(self._map, ClassMap):
            answers = self._map.probabilities.reshape(side * side, -1)
            names = [f"class_{k}" for k in range(answers.shape[1])]
        else:
            answers, names = self._map.values.reshape(-1, 1), [self._dataset.targets[0]]
        rows: list[tuple[Any, ...]] = [(*self._dataset.axes, *names)]
        for place, answer in zip(points.tolist(), answers.tolist(), strict=True):
            rows.append((*place, *answer))
        return rows


def _side(plane_map: PlaneMap) -> int:
    field = plane_map.probabilities if isinstance(plane_map, ClassMap) else plane_map.values
    return len(field)
