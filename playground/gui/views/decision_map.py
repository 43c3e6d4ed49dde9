"""The output over the plane, for data of two inputs and classes."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QStackedLayout

from playground.data.dataset import DataKind
from playground.gui import widgets
from playground.gui.chart_menu import ChartMenu, Table
from playground.gui.figures import RunFigures
from playground.gui.plane import PlanePicture
from playground.gui.selection import Selection
from playground.gui.views.base import Area, ProbeView
from playground.probes.decision_map import ClassMap, DecisionMap
from playground.probes.runner import ProbeFailure
from playground.training.snapshot import Snapshot

_SHADED, _DISCRETE = 100, 200
"""Points along a side; the hard edges of the discrete map need more."""


class DecisionMapView(ProbeView):
    """The probability of each class over the plane, with the points and the figures of the run."""

    title = "Output"
    area = Area.RIGHT
    kinds = frozenset({DataKind.POINTS})

    def __init__(self) -> None:
        super().__init__()
        self._map: ClassMap | None = None
        self._run_id = 0
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
            self.tr("The decision map appears here for data with two inputs and classes."),
            icon="chart-scatter-plot",
        )
        column = widgets.column(
            self._picture, self._figures, self._points, self._discrete, margins=(16, 0, 16, 8)
        )
        column.setStretch(0, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(widgets.boxed(column))
        self._pages.addWidget(self._empty)

    def probe(self, snapshot: Snapshot) -> DecisionMap | None:
        if snapshot.dataset.kind is not DataKind.POINTS:
            return None
        return DecisionMap(resolution=_DISCRETE if self._discrete.isChecked() else _SHADED)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        fits = snapshot.dataset.kind is DataKind.POINTS
        self._pages.setCurrentIndex(0 if fits else 1)
        self._figures.show_snapshot(snapshot)

    def show_result(self, snapshot: Snapshot, result: ClassMap | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure) or result is self._map:
            return
        coarser = self._map is not None and len(result.probabilities) < len(self._map.probabilities)
        if coarser and len(result.probabilities) < _SHADED and snapshot.run_id == self._run_id:
            return  # a fine map, though a little older, is worth more
        self._map, self._run_id = result, snapshot.run_id
        self._picture.show_map(result, snapshot.dataset)

    def show_selection(self, selection: Selection) -> None:
        self._selection = selection
        self._picture.show_example(selection.example)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.exec(event.globalPos())

    def _choose(self, example: int) -> None:
        chosen = Selection(self._selection.layer, self._selection.unit, example)
        self.selected.emit(chosen)

    def _table(self) -> Table:
        """Return the map as rows of x1, x2 (scaled as the network sees them), probabilities."""
        if self._map is None:
            return []
        side, _, classes = self._map.probabilities.shape
        (left, bottom), (right, top) = self._map.low, self._map.high
        rows: list[tuple[Any, ...]] = [("x1", "x2", *(f"class_{k}" for k in range(classes)))]
        for i, row in enumerate(self._map.probabilities.tolist()):
            x2 = top + (bottom - top) * i / (side - 1)
            for j, shares in enumerate(row):
                rows.append((left + (right - left) * j / (side - 1), x2, *shares))
        return rows
