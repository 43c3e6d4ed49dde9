"""The four figures of a run, in large."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from playground.gui import widgets
from playground.gui.charts.decimate import Numbers
from playground.gui.charts.scales import number, percent
from playground.gui.look import theme
from playground.language import tr
from playground.training.snapshot import Snapshot

_NARROW = 340


class RunFigures(QWidget):
    """Loss and metric of the training batches of the last epoch, and of the validation part."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._captions = [widgets.label("", theme.SMALL, colour="muted") for _ in range(4)]
        self._values = [widgets.label("–", theme.HEAD, 600) for _ in range(4)]
        self._cells = [
            widgets.boxed(widgets.column(caption, value, gap=0))
            for caption, value in zip(self._captions, self._values, strict=True)
        ]
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where a run stands."""
        curves, metric = snapshot.curves, snapshot.metric
        write = percent if metric.percent else number
        last = snapshot.epoch - 1
        names = [tr("Train loss"), tr("Valid. loss")]
        if metric.percent:
            names += [tr("Train acc."), tr("Valid. acc.")]
        else:
            names += [tr("Train RMSE"), tr("Valid. RMSE")]
        for caption, name in zip(self._captions, names, strict=True):
            _show(caption, name)
        values = (
            (number, _recent(curves.epoch, curves.loss, last)),
            (number, _last(curves.validation_loss)),
            (write, _recent(curves.epoch, curves.metric, last)),
            (write, _last(curves.validation_metric)),
        )
        for target, (writer, value) in zip(self._values, values, strict=True):
            _show(target, writer(value) if math.isfinite(value) else "–")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < theme.px(_NARROW))

    def _arrange(self, *, narrow: bool) -> None:
        """Put the figures in one row, or in two where it is narrow."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        columns = 2 if narrow else 4
        for i, cell in enumerate(self._cells):
            self._grid.removeWidget(cell)
            self._grid.addWidget(cell, i // columns, i % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, int(column < columns))


def _show(label: QLabel, text: str) -> None:
    if label.text() != text:  # a label that is set lays out its panel again
        label.setText(text)


def _recent(epoch: Numbers, values: Numbers, since: float) -> float:
    """Return the mean of the steps after ``since``, or of the last entry of a very long run."""
    first = int(np.searchsorted(epoch, since, "right"))
    recent = values[max(0, min(first, len(values) - 1)) :]
    return float(recent.mean()) if len(recent) else math.nan


def _last(values: Numbers) -> float:
    return float(values[-1]) if len(values) else math.nan
