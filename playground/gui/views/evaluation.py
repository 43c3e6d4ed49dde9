"""How well the network does on examples that it was not trained on."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedLayout, QWidget

from playground.data.dataset import Dataset
from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.charts.metric_menu import capitalized
from playground.gui.charts.plot import Look, Plot
from playground.gui.charts.scales import number, percent, rounded_scale
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.pictures.confusion_grid import Cell, ConfusionGrid
from playground.gui.pictures.confusion_list import ConfusionList
from playground.gui.selection import Selection
from playground.gui.views.base import ProbeView
from playground.language import grouped, mark, tr
from playground.nn.metrics import Metric
from playground.probes.evaluation import Evaluation, Report
from playground.probes.runner import ProbeFailure
from playground.training.project import Project
from playground.training.snapshot import Snapshot

_MOST_DOTS = 1000
_SHARE = 0.2
"""Of the examples, kept aside on demand."""
_SIDE = 200
_LOOKS = {
    "exact": Look("muted", width=1.0),
    "examples": Look("accent", width=0, alpha=150, dots=5.0),
}


class EvaluationView(ProbeView):
    """A confusion matrix or a scatter of numbers, with every figure that fits."""

    title = "Evaluation"
    synonyms = mark("confusion matrix precision recall F1 ROC metrics")

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._project: Project | None = None
        self._report: Report | None = None
        self._run_id = 0
        self._selection = Selection()
        parts = {"validation": tr("Validation"), "test": tr("Test")}
        self._part = widgets.Choice(parts, tr("Which examples are looked at"))
        self._part.setToolTip(tr("Examples that the network does not learn from"))
        self._target = widgets.Choice({}, tr("Which of the predicted numbers is shown"))
        self._target.chosen.connect(self._show_target)
        self._target.hide()
        self._detail = widgets.label("", theme.SMALL, colour="muted", wrap=True)
        self._grid = ConfusionGrid(tr("Confusion matrix"))
        self._grid.chosen.connect(self._choose)
        self._list = ConfusionList(tr("The most frequent mistakes"))
        self._list.chosen.connect(self._choose)
        self._plot = Plot(tr("Predicted against true"), _LOOKS)
        self._figures = _Figures()
        for widget, topic in (
            (self._part, "split"),
            (self._grid, "confusion-matrix"),
            (self._list, "confusion-matrix"),
            (self._plot, "predicted-true"),
            (self._figures, "Metric"),
        ):
            explain(widget, topic)
        words = tr("The evaluation appears here with the data.")
        self._empty = widgets.EmptyState("clipboard-check-outline", words)
        self._menu = ChartMenu(self, "evaluation", self._table)
        self._pictures, pictures = _stacked(
            widgets.scrolling(self._grid), self._scatter(), widgets.scrolling(self._list)
        )
        self._pages, pages = _stacked(self._empty, pictures)
        side = widgets.boxed(
            widgets.column(
                self._part, self._target, self._figures, self._detail, widgets.STRETCH, gap=4
            )
        )
        side.setFixedWidth(theme.px(_SIDE))
        body = widgets.row(pages, side, gap=24, margins=(16, 4, 16, 4))
        body.setStretch(0, 1)
        self.setLayout(body)

    def probe(self, snapshot: Snapshot) -> Evaluation:
        return Evaluation(part="test" if self._part.choice() == "test" else "validation")

    def show_project(self, project: Project) -> None:
        self._project = project

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not self._dataset:
            self._dataset, self._report = snapshot.dataset, None
            self._pages.setCurrentIndex(0)
            self._offer_targets(snapshot.dataset)

    def show_result(self, snapshot: Snapshot, result: Report | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure) or result is self._report:
            return
        if snapshot.dataset is not self._dataset:
            return
        again = self._report is not None and self._report.probe == result.probe
        if again and snapshot.run_id == self._run_id and not result.finished:
            return  # what stands here is a little older but complete
        self._report, self._run_id = result, snapshot.run_id
        self._pages.setCurrentIndex(1 if result.total else 0)
        if not result.total:
            self._show_nothing(result)
            return
        self._figures.show_figures(result.figures)
        self._show_report(result, snapshot.dataset)
        self._describe(result, snapshot.dataset)

    def show_selection(self, selection: Selection) -> None:
        turned = selection.example != self._selection.example
        self._selection = selection
        if turned:
            self._mark_example()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.exec(event.globalPos())

    def _scatter(self) -> QWidget:
        self._up = widgets.label("", theme.CAPTION, colour="muted")
        self._across = widgets.label("", theme.CAPTION, colour="muted")
        column = widgets.column(
            self._up, self._plot, widgets.row(widgets.STRETCH, self._across), gap=0
        )
        column.setStretch(1, 1)
        return widgets.boxed(column)

    def _show_nothing(self, report: Report) -> None:
        self._detail.setText("")
        self._figures.show_figures({})
        if report.probe.part == "test":
            sentence, field = tr("There are no test examples."), "test_split"
        else:
            sentence, field = tr("There are no validation examples."), "validation_split"
        if self._project is not None and hasattr(self._project.source, field):
            do = partial(self._keep_aside, field)
            self._empty.show_text(sentence, tr("Keep a fifth of the examples aside"), do)
        else:
            self._empty.show_text(sentence)

    def _keep_aside(self, field: str) -> None:
        if self._project is not None:
            changes: dict[str, Any] = {field: _SHARE}
            self.edited.emit({"source": replace(self._project.source, **changes)})

    def _show_report(self, report: Report, dataset: Dataset) -> None:
        """Draw the matrix, the numbers or, of many classes, the most frequent mistakes."""
        selectable = report.probe.part == "validation"
        if report.matrix is not None:
            self._grid.show_matrix(report.matrix, dataset.classes, selectable=selectable)
            self._mark_example()
            self._pictures.setCurrentIndex(0)
        elif dataset.is_classification:
            self._list.show_confusions(report.confusions, dataset.classes, selectable=selectable)
            self._pictures.setCurrentIndex(2)
        else:
            self._show_numbers(report, dataset)
            self._pictures.setCurrentIndex(1)

    def _describe(self, report: Report, dataset: Dataset) -> None:
        seen = grouped(len(report.truth))
        if not report.finished:
            text = tr("the first {0} of {1} examples").format(seen, grouped(report.total))
        elif not dataset.is_classification:
            text = tr("{0} examples").format(seen)
        else:
            wrong = int((report.truth != report.answers).sum())
            text = tr("{0} of {1} are mistaken").format(grouped(wrong), seen)
        language = dataset.language
        if language and language.bigram and report.probe.part == "validation":
            words = tr("counting pairs has perplexity {0}")
            text = f"{text}; {words.format(number(language.bigram))}"
        self._detail.setText(text)

    def _show_numbers(self, report: Report, dataset: Dataset) -> None:
        """Draw one target: a dot for each example, at most a thousand, evenly taken."""
        k = max(0, self._target.currentIndex())
        every = slice(None, None, math.ceil(len(report.truth) / _MOST_DOTS))
        true = report.truth[every, k].astype(float)
        predicted = report.answers[every, k].astype(float)
        good = np.isfinite(predicted)
        low, high = float(report.truth[:, k].min()), float(report.truth[:, k].max())
        x = rounded_scale(low, high, 7)
        shown = predicted[good]
        y = rounded_scale(min(low, *shown), max(high, *shown), 5) if len(shown) else x
        self._plot.set_scales(x, y)
        ends = np.array([max(x.low, y.low), min(x.high, y.high)])
        self._plot.set_curves({"exact": (ends, ends), "examples": (true[good], shown)})
        name = dataset.targets[k]
        self._up.setText(tr("{0}, predicted").format(name))
        self._across.setText(tr("{0}, true").format(name))

    def _offer_targets(self, dataset: Dataset) -> None:
        """Let one of several numbers to predict be chosen."""
        numbers = () if dataset.is_classification else dataset.targets
        self._target.clear()
        for name in numbers:
            self._target.addItem(name, name)
        self._target.setVisible(len(numbers) > 1)

    def _show_target(self) -> None:
        if self._report is not None and self._dataset is not None and self._report.total:
            self._show_numbers(self._report, self._dataset)

    def _mark_example(self) -> None:
        """Outline the cell of the example that is looked at, if it is one of these."""
        self._grid.mark(self._cell_of(self._selection.example))

    def _cell_of(self, example: int) -> Cell | None:
        report = self._report
        if report is None or report.matrix is None or report.probe.part == "test":
            return None
        if example >= len(report.truth):
            return None
        return int(report.truth[example]), int(report.answers[example])

    def _choose(self, true: int, answer: int) -> None:
        """Select the next example of a cell after the one that is looked at."""
        report = self._report
        if report is None:
            return
        rows = np.flatnonzero((report.truth == true) & (report.answers == answer))
        if len(rows):
            later = rows[rows > self._selection.example]
            example = int(later[0] if len(later) else rows[0])
            self.selected.emit(replace(self._selection, example=example))

    def _table(self) -> Table:
        """Return the matrix with the names of the classes, or true and predicted numbers."""
        report, dataset = self._report, self._dataset
        if report is None or dataset is None:
            return []
        if dataset.is_classification and report.matrix is None:
            rows = [(dataset.classes[a], dataset.classes[b], n) for a, b, n in report.confusions]
            return [("true", "predicted", "times"), *rows]
        if report.matrix is None:
            names = [f"{name}{what}" for what in ("", "_predicted") for name in dataset.targets]
            pairs = zip(report.truth.tolist(), report.answers.tolist(), strict=True)
            return [names, *([*true, *answer] for true, answer in pairs)]
        counted = zip(dataset.classes, report.matrix.tolist(), strict=True)
        return [("true", *dataset.classes), *((name, *counts) for name, counts in counted)]


class _Figures(QWidget):
    """Names and values, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[Metric, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)

    def show_figures(self, figures: dict[Metric, float]) -> None:
        """Show a value for each metric; the labels stay while the metrics do."""
        if figures.keys() != self._rows.keys():
            self._build(figures)
        for metric, value in figures.items():
            text = (percent if metric.percent else number)(value) if math.isfinite(value) else "–"
            if self._rows[metric].text() != text:
                self._rows[metric].setText(text)

    def _build(self, figures: dict[Metric, float]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._rows = {}
        for row, metric in enumerate(figures):
            name = widgets.label(capitalized(metric.label), colour="muted")
            name.setToolTip(repr(metric))
            value = widgets.label("", theme.BODY, 600)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
            self._rows[metric] = value


def _stacked(*pages: QWidget) -> tuple[QStackedLayout, QWidget]:
    box = QWidget()
    layout = QStackedLayout(box)
    for page in pages:
        layout.addWidget(page)
    return layout, box
