"""The output over the plane, for data that lies in one."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from playground.data.dataset import DataKind, Dataset
from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.help.subjects import explain
from playground.gui.pictures.figures import RunFigures
from playground.gui.plane.drawing_desk import DrawingDesk
from playground.gui.plane.plane import PlanePicture
from playground.gui.selection import Selection
from playground.gui.views.base import Area, ProbeView
from playground.language import mark, tr
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
    synonyms = mark("decision boundary plane map")
    area = Area.RIGHT
    kinds = frozenset({DataKind.POINTS})

    def __init__(self) -> None:
        super().__init__()
        self._map: PlaneMap | None = None
        self._run_id = 0
        self._project: Project | None = None
        self._dataset: Dataset | None = None
        self._selection = Selection()
        self._picture = PlanePicture(tr("Decision map"))
        self._picture.chosen.connect(self._choose)
        self._figures = RunFigures()
        self._points = widgets.Switch(tr("Show points kept aside"), on=True, detail=tr("hollow"))
        self._points.setToolTip(
            tr("The points for validation and test, which the network is not trained on")
        )
        self._points.toggled.connect(self._picture.set_kept_aside)
        self._discrete = widgets.Switch(tr("Discretise"))
        self._discrete.setToolTip(tr("Only the most probable class, not how sure it is"))
        explain(self._points, "points-apart")
        explain(self._discrete, "discretise")
        self._discrete.toggled.connect(self._picture.set_discrete)
        self._menu = ChartMenu(self._picture, "decision-map", self._table)
        self._empty = widgets.EmptyState("chart-scatter-plot", "")
        self._empty.show_text(
            tr("The decision map appears here for data in a plane: two inputs, one answer."),
            tr("Show a spiral"),
            partial(self.asked.emit, "data.Spiral"),
        )
        self._desk = DrawingDesk(self._picture)
        self._desk.drawn.connect(
            lambda source, stroke: self.stroked.emit({"source": source}, stroke)
        )
        self._lay_out()

    def _lay_out(self) -> None:
        column = widgets.column(
            *(self._desk, self._picture, self._figures, self._points, self._discrete),
            margins=(16, 0, 16, 8),
        )
        column.setStretch(1, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(widgets.boxed(column))
        self._pages.addWidget(self._empty)
        self._pages.setCurrentWidget(self._empty)

    # What the window tells

    @property
    def portrait(self) -> QWidget:
        return self._picture

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
        if self._desk.is_looking:
            self._menu.exec(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._desk.take_key(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _choose(self, example: int) -> None:
        chosen = Selection(self._selection.layer, self._selection.unit, example)
        self.selected.emit(chosen)

    # Inside

    def _show_points(self, dataset: Dataset) -> None:
        """Show the newest points, though their map may still be under way."""
        if self._project is None or dataset is self._dataset:
            return
        self._dataset = dataset
        self._desk.show_points(self._project.source, dataset)
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
