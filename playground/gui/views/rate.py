"""The learning rate along the training: what it was, and what the schedule plans."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtGui import QContextMenuEvent

from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.charts.decimate import Points, smoothed, thinned
from playground.gui.charts.plot import NOTHING, Ending, Look, Plot, Reading
from playground.gui.charts.scales import count_scale, even_scale, number, rounded_scale
from playground.gui.look import theme
from playground.gui.views.base import Area, View
from playground.language import mark, tr
from playground.nn.progress import Progress
from playground.training.snapshot import Snapshot

_PLANNED = 200
"""Points of the plan."""
_SMOOTHING = 0.98


class RateView(View):
    """The rate in force over the epochs; with simulated annealing also the share of kept steps."""

    title = "Learning rate"
    synonyms = mark("schedule decay")
    area = Area.RIGHT
    kinds = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self._snapshot: Snapshot | None = None
        self._name = widgets.label("", theme.SMALL, 600)
        looks = {"plan": Look("muted", alpha=150), "rate": Look("accent", width=2.0)}
        self._rate = Plot(tr("Learning rate"), looks)
        self._rate.pointed.connect(self._point)
        self._accepted_name = widgets.label(tr("Accepted steps"), theme.SMALL, 600)
        self._accepted = Plot(tr("Accepted steps"), {"accepted": Look("accent", width=1.5)})
        self._show_accepting(False)
        self._rate.set_nothing_yet(tr("The learning rate appears here with the data."))
        self._menu = ChartMenu(self, "learning-rate", self._table)
        column = widgets.column(
            self._name, self._rate, self._accepted_name, self._accepted, margins=(16, 8, 8, 8)
        )
        column.setStretch(1, 1)
        column.setStretch(3, 1)
        self.setLayout(column)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        optimizer = snapshot.project.optimizer
        self._name.setText(optimizer.rate_label)
        x_scale = count_scale(max(snapshot.project.epochs, math.ceil(snapshot.epoch)), 5)
        plan, past = _plan(snapshot), _past(snapshot, self._rate.area.width())
        highest = max([optimizer.rate, *plan[1], *past[1]])
        self._rate.set_nothing_yet("")
        self._rate.set_scales(x_scale, rounded_scale(0, highest or 1.0, 4))
        self._rate.set_curves({"plan": plan, "rate": past})
        words = number(snapshot.rate)
        self._rate.set_endings([Ending(words, "accent", snapshot.epoch, snapshot.rate, 600)])
        anneals = not math.isnan(snapshot.acceptance)
        self._show_accepting(anneals)
        if anneals:
            self._show_accepted(snapshot)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.exec(event.globalPos())

    def _show_accepting(self, anneals: bool) -> None:
        self._accepted_name.setVisible(anneals)
        self._accepted.setVisible(anneals)

    def _show_accepted(self, snapshot: Snapshot) -> None:
        curves, plot = snapshot.curves, self._accepted
        made = np.isfinite(curves.accepted)
        share = smoothed(curves.accepted[made], _SMOOTHING)
        plot.set_scales(
            count_scale(max(snapshot.project.epochs, math.ceil(snapshot.epoch)), 5),
            even_scale(0, 1, 3, text=lambda value: f"{100 * value:.0f}%"),
        )
        line = thinned(curves.epoch[made], share, int(plot.area.width()) // 2)
        plot.set_curves({"accepted": line})
        plot.set_endings([Ending(f"{share[-1]:.0%}", "accent", line[0][-1], share[-1], 600)])

    def _point(self, x: object) -> None:
        """Say the rate, past or planned, at the epoch pointed at."""
        if not isinstance(x, float) or self._snapshot is None:
            self._rate.set_reading(None)
            return
        line = "rate" if x <= self._snapshot.epoch else "plan"
        epochs, rates = self._rate.curves[line]
        if not len(epochs):
            return
        rate = float(np.interp(x, epochs, rates))
        words = tr("epoch {0}").format(f"{x:.2f}"), number(rate)
        token = "accent" if line == "rate" else "muted"
        self._rate.set_reading(Reading(x, ((rate, token),), words))

    def _table(self) -> Table:
        rows: list[tuple[object, ...]] = [("epoch", "step", "rate", "accepted")]
        if self._snapshot:
            curves = self._snapshot.curves
            values = zip(curves.epoch, curves.rate, curves.accepted, strict=True)
            for entry, (epoch, rate, accepted) in enumerate(values, start=1):
                kept = None if math.isnan(accepted) else float(accepted)
                rows.append((float(epoch), entry * curves.stride, float(rate), kept))
        return rows


def _past(snapshot: Snapshot, width: float) -> Points:
    curves = snapshot.curves
    known = np.isfinite(curves.rate)  # old project files did not say
    return thinned(curves.epoch[known], curves.rate[known], max(50, int(width) // 2))


def _plan(snapshot: Snapshot) -> Points:
    """Return the rates to come, as the schedule will have them if no epoch changes its mind."""
    project = snapshot.project
    if snapshot.epoch >= project.epochs:
        return NOTHING
    schedule, rate = project.schedule, project.optimizer.rate
    passes = np.linspace(snapshot.epoch, project.epochs, _PLANNED)
    rates = np.array([schedule(rate, Progress(at, project.epochs)) for at in passes])
    # what the epochs so far made of it, as of a plateau, goes on
    return passes, rates * (snapshot.rate / rates[0] if rates[0] else 1.0)
