"""The output over the line, for data of one input and a number to predict."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from playground.data.dataset import DataKind, Dataset, Floats
from playground.data.sources import DataSource
from playground.data.sources.drawn_curve import DrawnCurve
from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.charts.curve_plot import CurvePlot
from playground.gui.charts.decimate import Numbers, Points
from playground.gui.charts.plot import NOTHING, Look, Reading
from playground.gui.charts.scales import Scale, even_scale, number, rounded_scale
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.pictures.figures import RunFigures
from playground.gui.plane.drawing_desk import DrawingDesk
from playground.gui.views.base import Area, ProbeView
from playground.language import mark, tr
from playground.probes.fitted_curve import Curve, FittedCurve, data_points
from playground.probes.runner import ProbeFailure
from playground.training.project import Project
from playground.training.snapshot import Snapshot

LOOKS = {
    "train": Look("pos", width=0, alpha=170, dots=6),
    "aside": Look("pos", width=0, dots=7, hollow=True),
    "network": Look("neg", width=2.0),
}
_MOST_POINTS = 2000


class FittedCurveView(ProbeView):
    """The points of the data and the curve that the network draws through them."""

    title = "Output"
    synonyms = mark("regression function")
    area = Area.RIGHT
    kinds = frozenset({DataKind.CURVE})

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._aside: Points = NOTHING
        self._low, self._high = 0.0, 1.0
        self._at: float | None = None
        self._project: Project | None = None
        self._plot = CurvePlot(tr("Fitted curve"), LOOKS)
        self._plot.pointed.connect(self._point)
        self._names = widgets.label("", theme.SMALL, colour="muted")
        self._figures = RunFigures()
        self._points = widgets.Switch(tr("Show points kept aside"), on=True, detail=tr("hollow"))
        explain(self._points, "points-apart")
        self._points.setToolTip(
            tr("The points for validation and test, which the network is not trained on")
        )
        self._points.toggled.connect(self._show_aside)
        self._menu = ChartMenu(self._plot, "fitted-curve", self._table)
        self._empty = widgets.EmptyState("chart-bell-curve", "")
        self._empty.show_text(
            tr("The fitted curve appears here for data with one input and a number."),
            tr("Show a curve"),
            partial(self.asked.emit, "data.Sine"),
        )
        self._desk = DrawingDesk(self._plot)
        self._desk.drawn.connect(
            lambda source, stroke: self.stroked.emit({"source": source}, stroke)
        )
        column = widgets.column(
            *(self._desk, self._names, self._plot, self._figures, self._points),
            margins=(16, 0, 16, 8),
        )
        column.setStretch(2, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(widgets.boxed(column))
        self._pages.addWidget(self._empty)
        self._pages.setCurrentWidget(self._empty)

    @property
    def portrait(self) -> QWidget:
        return self._plot

    def probe(self, snapshot: Snapshot) -> FittedCurve | None:
        return FittedCurve() if snapshot.dataset.kind is DataKind.CURVE else None

    def show_project(self, project: Project) -> None:
        self._project = project
        if isinstance(project.source, DrawnCurve) and self._dataset is not None:
            self._show_dataset(project.source.load())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        fits = snapshot.dataset.kind is DataKind.CURVE
        self._pages.setCurrentIndex(0 if fits else 1)
        self._figures.show_snapshot(snapshot)
        newest = self._project is None or self._project.source == snapshot.project.source
        if fits and newest and snapshot.dataset is not self._dataset:
            self._project = self._project or snapshot.project
            self._show_dataset(snapshot.dataset)

    def show_result(self, snapshot: Snapshot, result: Curve | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure) or self._dataset is None:
            return
        curve = result.x.astype(float), result.y.astype(float)
        low, high = float(curve[0][0]), float(curve[0][-1])
        self._plot.set_scales(even_scale(low, high, 7), self._y_scale(curve[1]))
        good = np.isfinite(curve[1])
        self._plot.set_curves({"network": (curve[0][good], curve[1][good])})
        self._show_reading()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._desk.is_looking:
            self._menu.exec(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._desk.take_key(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _show_dataset(self, dataset: Dataset) -> None:
        goes_on = self._dataset is not None and isinstance(self._source, DrawnCurve)
        self._dataset = dataset
        self._desk.show_points(self._source, dataset)
        train = data_points(dataset, "train")
        parts = [data_points(dataset, part) for part in ("validation", "test")]
        aside = [_first(part) for part in parts]
        self._aside = np.concatenate([x for x, _ in aside]), np.concatenate([y for _, y in aside])
        y = np.concatenate([train[1], self._aside[1]])
        least = 1.0 if isinstance(self._source, DrawnCurve) else -np.inf  # room to draw in
        self._low, self._high = float(y.min(initial=-least)), float(y.max(initial=least))
        self._plot.set_nothing_yet(dataset.lack)
        self._names.setText(
            tr("{0} over {1}: points, and the curve of the network").format(
                dataset.targets[0], dataset.features[0]
            )
        )
        self._plot.set_curves({"train": _first(train)})
        if not goes_on:  # what was drawn on keeps its curve until the next one is there
            self._plot.set_curves({"network": NOTHING})
        self._show_aside()

    @property
    def _source(self) -> DataSource:
        assert self._project is not None
        return self._project.source

    def _show_aside(self) -> None:
        self._plot.set_curves({"aside": self._aside if self._points.isChecked() else NOTHING})
        self._plot.update()

    def _y_scale(self, curve: Numbers) -> Scale:
        """Return an axis for the points, and for the curve unless that goes far off."""
        span = self._high - self._low or 1.0
        near = np.clip(curve[np.isfinite(curve)], self._low - 0.25 * span, self._high + 0.25 * span)
        return rounded_scale(
            min(self._low, near.min(initial=self._low)),
            max(self._high, near.max(initial=self._high)),
            5,
        )

    def _point(self, x: object) -> None:
        self._at = x if isinstance(x, float) else None
        self._show_reading()

    def _show_reading(self) -> None:
        x, y = self._plot.curves["network"]
        if self._at is None or not len(x) or self._dataset is None:
            self._plot.set_reading(None)
            return
        value = float(np.interp(self._at, x, y))
        words = f"{self._dataset.features[0]} {number(self._at)}"
        answer = tr("network {0}").format(number(value))
        self._plot.set_reading(Reading(self._at, ((value, "neg"),), (f"{words}   {answer}",)))

    def _table(self) -> Table:
        x, y = self._plot.curves["network"]
        names = (self._dataset.features[0], self._dataset.targets[0]) if self._dataset else ()
        return [names, *zip(x.tolist(), y.tolist(), strict=True)]


def _first(points: tuple[Floats, Floats]) -> Points:
    """Return as many points as make sense to draw."""
    x, y = points
    return x[:_MOST_POINTS].astype(np.float64), y[:_MOST_POINTS].astype(np.float64)
