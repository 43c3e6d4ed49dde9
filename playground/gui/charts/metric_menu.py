"""Which of the metrics a chart shows, and what else could be measured."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from playground.component import summary
from playground.language import tr
from playground.nn.metrics import Metric


class MetricMenu(QMenu):
    """The menu of a button: what is measured, what might be too, and an end to it."""

    chosen = Signal(object)
    """A ``Metric``, measured already or not."""
    cleared = Signal()
    """Nothing but the first metric shall be measured from now on."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button)
        self._button = button
        self._measured: tuple[Metric, ...] = ()
        self._shown: Metric | None = None
        self._classes = 0
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)
        button.clicked.connect(self._open)

    def show_metrics(self, measured: tuple[Metric, ...], shown: Metric, classes: int) -> None:
        """Offer these, and all others that say something about so many classes; 0 are numbers."""
        self._measured, self._shown, self._classes = measured, shown, classes

    def _open(self) -> None:
        self.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _fill(self) -> None:
        self.clear()
        for metric in self._measured:
            action = self._add(metric)
            action.setCheckable(True)
            action.setChecked(metric == self._shown)
        self.addSeparator()
        for metric in (cls() for cls in Metric.registry.values()):
            if metric not in self._measured and metric.fits(self._classes):
                self._add(metric)
        if len(self._measured) > 1:
            self.addSeparator()
            self.addAction(tr("Measure nothing else"), self.cleared.emit)

    def _add(self, metric: Metric) -> QAction:
        action = QAction(capitalized(metric.label), self)
        action.setToolTip(summary(type(metric)))
        action.triggered.connect(partial(self.chosen.emit, metric))
        self.addAction(action)
        return action


def capitalized(label: str) -> str:
    """Return a metric's label as a heading."""
    return label[:1].upper() + label[1:]
