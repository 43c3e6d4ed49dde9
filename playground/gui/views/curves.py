"""The learning curves: loss and metric of the batches and of the validation part."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.charts.decimate import Numbers, Points, envelope, smoothed, thinned
from playground.gui.charts.metric_menu import MetricMenu, capitalized
from playground.gui.charts.plot import Ending, Look, Plot, Reading
from playground.gui.charts.scales import (
    Scale,
    count_scale,
    even_scale,
    log_scale,
    number,
    percent,
    rounded_scale,
)
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.views.base import Area, View
from playground.language import grouped, mark, tr, tr_declared
from playground.nn.metrics import Metric
from playground.training.history import Curves
from playground.training.snapshot import Snapshot

LOOKS = {
    "batch": Look("muted", alpha=90),
    "train": Look("muted", width=1.5),
    "validation": Look("accent", width=2.0, dots=5.0),
}
_MOST_SMOOTHING = 0.99
_CUT = 1.5
"""After divergence the axis ends at this many times the first loss, whatever the last ones are."""
_WIDE = 480
_LEAST = -1.0  # of R2, which may be far below 0 at first


@dataclass(eq=False)
class Quantity:
    """One of the two charts: what it shows and the heading above it."""

    plot: Plot
    name: QLabel | QPushButton
    detail: QLabel
    write: Callable[[float], str] = number
    low: float = math.inf
    high: float = -math.inf
    """The values that the axis has had to hold; while a run goes on they only grow apart."""


class CurvesView(View):
    """Loss above, metric below (side by side where it is wide), over epochs."""

    title = "Learning"
    synonyms = mark("loss accuracy chart training validation")
    area = Area.RIGHT
    lively = True

    def __init__(self) -> None:
        super().__init__()
        self._snapshot: Snapshot | None = None
        self._run_id = 0
        self._at: float | None = None
        self._wide: bool | None = None
        self._wanted: Metric | None = None
        heading = widgets.label(tr("Loss"), theme.SMALL, 600)
        self._loss = self._quantity(heading, tr("Loss"))
        button = widgets.button(tr("Metric"), "chevron-down", "menu", tr("Show another metric"))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the icon comes last
        button.setObjectName("heading")
        button.setFont(theme.font(theme.SMALL, 600))
        self._metric = self._quantity(button, tr("Metric"))
        self._metrics = MetricMenu(button)
        self._metrics.chosen.connect(self._choose_metric)
        self._metrics.cleared.connect(lambda: self.edited.emit({"metrics": ()}))
        self._log = widgets.Switch(tr("Log"), name=tr("Logarithmic scale for the loss"))
        self._log.setToolTip(tr("Equal steps for equal factors: shows small losses large"))
        self._log.toggled.connect(self._rescale)
        self._smoothing = widgets.EvenSlider(0.0, _MOST_SMOOTHING, tr("Smoothing"))
        self._smoothing.set_value(0.6)
        self._smoothing.set_tip(
            tr("Average over the last batches; the batches themselves stay faint")
        )
        self._smoothing.value_changed.connect(self._redraw)
        explain(button, "Metric")
        explain(self._log, "log-scale")
        explain(self._smoothing, "smoothing")
        self._menu = ChartMenu(self, "learning-curves", self._table)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 0, 8, 4)
        self._grid.setSpacing(0)
        self._grid.setHorizontalSpacing(16)
        self._cells = (self._cell(self._loss, self._log), self._cell(self._metric, None))
        self._footer = self._controls()
        self._arrange(wide=False)

    def setting(self) -> tuple[bool, float]:
        return self._log.isChecked(), self._smoothing.value()

    def set_up(self, setting: tuple[bool, float]) -> None:
        is_log, smoothing = setting
        self._log.setChecked(is_log)
        self._smoothing.set_value(smoothing)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        for piece in self.pieces(snapshot):
            piece()

    def pieces(self, snapshot: Snapshot) -> Sequence[Callable[[], None]]:
        return partial(self._show_loss, snapshot), self._redraw_metric

    def _show_loss(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        if snapshot.run_id != self._run_id:
            self._run_id = snapshot.run_id
            self._forget_ranges()
        self._redraw_loss()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= _WIDE and self.width() > 1.4 * self.height())
        self._redraw()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.exec(event.globalPos())

    # How it is put together

    def _quantity(self, heading: QLabel | QPushButton, name: str) -> Quantity:
        plot = Plot(name, LOOKS)
        plot.pointed.connect(self._point)
        plot.set_nothing_yet(tr("Press Train: the curves grow here."))
        detail = widgets.label("", theme.SMALL, colour="muted", elide=True)
        return Quantity(plot, heading, detail)

    def _cell(self, quantity: Quantity, tool: QWidget | None) -> QWidget:
        heading = widgets.row(quantity.name, quantity.detail, widgets.STRETCH)
        if tool:
            heading.addWidget(tool)
        row = widgets.boxed(heading)
        row.setFixedHeight(theme.px(24))
        column = widgets.column(row, quantity.plot, gap=0)
        column.setStretch(1, 1)
        return widgets.boxed(column)

    def _controls(self) -> QWidget:
        self._smoothing.setMaximumWidth(160)
        row = widgets.row(
            widgets.label(tr("Smoothing"), theme.CAPTION, colour="muted"),
            self._smoothing,
            widgets.STRETCH,
            widgets.label(tr("epoch"), theme.CAPTION, colour="muted"),
            margins=(0, 0, 8, 0),
        )
        row.setStretch(1, 1)
        footer = widgets.boxed(row)
        footer.setFixedHeight(theme.px(24))
        return footer

    def _arrange(self, *, wide: bool) -> None:
        """Put the charts above each other or side by side."""
        first, second = self._cells
        if wide is self._wide:
            return
        self._wide = wide
        for widget in (first, second, self._footer):
            self._grid.removeWidget(widget)
        self._grid.addWidget(first, 0, 0)
        self._grid.addWidget(second, *((0, 1) if wide else (1, 0)))
        self._grid.addWidget(self._footer, 2, 0, 1, 2 if wide else 1)
        self._grid.setRowStretch(0, 1)
        self._grid.setRowStretch(1, 0 if wide else 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if wide else 0)

    # What it shows

    def _rescale(self) -> None:
        self._forget_ranges()
        self._redraw()

    def _forget_ranges(self) -> None:
        for quantity in (self._loss, self._metric):
            quantity.low, quantity.high = math.inf, -math.inf

    def _redraw(self) -> None:
        self._redraw_loss()
        self._redraw_metric()

    def _redraw_loss(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        curves = snapshot.curves
        self._loss.detail.setText(tr_declared(snapshot.project.loss.title))
        self._draw(self._loss, curves, curves.loss, curves.validation_loss, snapshot)
        self._show_reading(self._loss)

    def _redraw_metric(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        metric = self._shown_metric(snapshot)
        self._name_metric(snapshot, metric)
        self._metric.write = percent if metric.percent else number
        self._draw(self._metric, snapshot.curves, *_series(snapshot, metric), snapshot)
        self._show_reading(self._metric)

    def _shown_metric(self, snapshot: Snapshot) -> Metric:
        """Return what was chosen, as long as it is measured."""
        wanted = self._wanted
        return wanted if wanted and wanted in snapshot.metrics else snapshot.metric

    def _choose_metric(self, metric: Any) -> None:
        """Show a metric, and have it measured if it is not yet."""
        self._wanted = metric
        snapshot = self._snapshot
        if snapshot is not None and metric not in snapshot.metrics:
            self.edited.emit({"metrics": (*snapshot.project.metrics, metric)})
        self._rescale()

    def _name_metric(self, snapshot: Snapshot, metric: Metric) -> None:
        name = capitalized(metric.label)
        if self._metric.name.text() != name:  # a button that is set lays out its panel again
            self._metric.name.setText(name)
            self._metric.plot.setAccessibleName(name)
        self._metrics.show_metrics(snapshot.metrics, metric, len(snapshot.dataset.classes))

    def _draw(
        self,
        quantity: Quantity,
        curves: Curves,
        train: Numbers,
        validation: Numbers,
        snapshot: Snapshot,
    ) -> None:
        plot, log = quantity.plot, self._is_log(quantity)
        columns = max(50, int(plot.area.width()))
        raw = _finite(curves.epoch[: len(train)], train, log=log)
        mean = smoothed(raw[1], self._smoothing.value())
        lines = {
            "batch": envelope(*raw, columns // 2),
            "train": thinned(raw[0], mean, columns // 2),
            "validation": thinned(
                *_finite(curves.validation_epoch, validation, log=log), columns // 2
            ),
        }
        ticks = 5 if plot.area.width() < 400 else 9
        x = count_scale(max(snapshot.project.epochs, math.ceil(snapshot.epoch)), ticks)
        plot.set_scales(x, self._y_scale(quantity, lines, snapshot))
        if log:
            lines = {name: (points[0], np.log10(points[1])) for name, points in lines.items()}
        plot.set_curves(lines)
        plot.set_nothing_yet("" if len(raw[0]) else self._nothing_yet(validation, snapshot))
        plot.set_endings(self._endings(quantity))
        failure = snapshot.divergence
        words = tr("Diverged, step {0}").format(grouped(failure.step)) if failure else ""
        plot.set_mark(snapshot.epoch, words)

    def _nothing_yet(self, validation: Numbers, snapshot: Snapshot) -> str:
        """Return what will be here where no batch is measured."""
        if snapshot.dataset.lack:
            return tr("The curves grow here once there is something to learn.")
        if not snapshot.step:
            return tr("Press Train: the curves grow here.")
        measured = np.isfinite(validation).any()
        later = tr("Measured on the validation part at the end of every epoch.")
        return "" if measured else later

    def _is_log(self, quantity: Quantity) -> bool:
        return quantity is self._loss and self._log.isChecked()

    def _y_scale(self, quantity: Quantity, lines: dict[str, Points], snapshot: Snapshot) -> Scale:
        """Return an axis that holds the curves and does not shrink while a run goes on."""
        ticks = 3 if quantity.plot.area.height() < 110 else 5
        if quantity is self._metric and self._shown_metric(snapshot).percent:
            return even_scale(0, 1, ticks, text=lambda share: f"{100 * share:.0f}%")
        values = _telling([lines["train"][1], lines["validation"][1], lines["batch"][1]])
        if snapshot.divergence and len(lines["batch"][1]):
            values = values[values <= _CUT * lines["batch"][1][0]]
            quantity.high = -math.inf
        if len(values):
            quantity.low = min(quantity.low, values.min())
            quantity.high = max(quantity.high, values.max())
        low = max(_LEAST, min(0.0, quantity.low))
        if not math.isfinite(quantity.high) or (quantity.high <= 0 and low == 0):
            return rounded_scale(0, 1, ticks)
        if self._is_log(quantity):
            return log_scale(quantity.low, quantity.high, ticks)
        return rounded_scale(low, max(quantity.high, 0.0), ticks)

    def _endings(self, quantity: Quantity) -> list[Ending]:
        names = {"train": tr("train"), "validation": tr("validation")}
        endings = []
        for line, name in names.items():
            x, y = quantity.plot.curves[line]
            if len(x):
                text = f"{name} {quantity.write(self._value(quantity, y[-1]))}"
                weight = 600 if line == "validation" else 400
                endings.append(Ending(text, LOOKS[line].token, x[-1], y[-1], weight))
        return endings

    def _value(self, quantity: Quantity, drawn: float) -> float:
        return float(10**drawn) if self._is_log(quantity) else float(drawn)

    # What the pointer reads

    def _point(self, x: object) -> None:
        self._at = x if isinstance(x, float) else None
        for quantity in (self._loss, self._metric):
            self._show_reading(quantity)

    def _show_reading(self, quantity: Quantity) -> None:
        quantity.plot.set_reading(self._reading(quantity))

    def _reading(self, quantity: Quantity) -> Reading | None:
        """Return the values at the epoch pointed at, those of the nearest points."""
        if self._at is None or self._snapshot is None or not self._snapshot.step:
            return None
        found = {
            line: _nearest(quantity.plot.curves[line], self._at) for line in ("train", "validation")
        }
        names = {"train": tr("train"), "validation": tr("validation")}
        values = [
            f"{names[line]} {quantity.write(self._value(quantity, point[1]))}"
            for line, point in found.items()
            if point
        ]
        curves = self._snapshot.curves
        entry = 1 + int(np.searchsorted(curves.epoch, self._at))
        step = curves.stride * min(entry, len(curves.epoch))
        heading = tr("epoch {0}, step {1}").format(f"{self._at:.2f}", grouped(step))
        points = tuple((point[1], LOOKS[line].token) for line, point in found.items() if point)
        return Reading(self._at, points, (heading, "   ".join(values)))

    def _table(self) -> Table:
        """Return a row for each step, with the validation at the steps that ended an epoch.

        Of a very long run a row is the mean of some steps.
        """
        header = ("epoch", "step", "loss", "metric", "validation_loss", "validation_metric")
        if self._snapshot is None:
            return [header]
        curves = self._snapshot.curves
        others = curves.validation_metrics
        series = (curves.validation_loss, curves.validation_metric, *others.values())
        columns = ([None if math.isnan(v) else v for v in values.tolist()] for values in series)
        checks = list(zip(*columns, strict=True))
        entries = np.searchsorted(curves.epoch, curves.validation_epoch).tolist()
        found = dict(list(zip(entries, checks, strict=True))[1:])
        steps = zip(
            curves.epoch.tolist(), curves.loss.tolist(), curves.metric.tolist(), strict=True
        )
        rows: list[tuple[object, ...]] = [(*header, *(f"validation_{key}" for key in others))]
        if checks:
            rows.append((0.0, 0, None, None, *checks[0]))
        for entry, values in enumerate(steps):
            epoch, loss, metric = values
            step = curves.stride * (entry + 1)
            rows.append((epoch, step, loss, metric, *found.get(entry, (None,) * len(series))))
        return rows


def _series(snapshot: Snapshot, metric: Metric) -> tuple[Numbers, Numbers]:
    """Return a metric of the batches, if they are measured by it, and of the validation part."""
    curves = snapshot.curves
    if metric == snapshot.metric:
        return curves.metric, curves.validation_metric
    unknown = np.full(len(curves.validation_epoch), np.nan)
    return np.zeros(0), curves.validation_metrics.get(metric.key, unknown)


def _finite(x: Numbers, y: Numbers, *, log: bool) -> Points:
    """Leave out what cannot be drawn."""
    good = np.isfinite(y)
    if log:
        good &= y > 0
    return (x, y) if good.all() else (x[good], y[good])


def _telling(lines: list[Numbers]) -> Numbers:
    """Return the values that an axis should hold: all but the one in a hundred that stick out."""
    *means, batches = (line for line in lines)
    if len(batches):
        batches = np.clip(batches, None, np.quantile(batches, 0.99))
        batches = np.append(batches, lines[-1][0])  # the first loss is what all are compared with
    return np.concatenate([*means, batches])


def _nearest(points: Points, x: float) -> tuple[float, float] | None:
    if not len(points[0]):
        return None
    at = min(int(np.searchsorted(points[0], x)), len(points[0]) - 1)
    if at and x - points[0][at - 1] < points[0][at] - x:
        at -= 1
    return float(points[0][at]), float(points[1][at])
