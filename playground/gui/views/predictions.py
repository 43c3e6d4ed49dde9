"""Examples that the network was not trained on, with what it makes of them."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from playground.data.dataset import DataKind, Dataset
from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.charts.scales import number, percent
from playground.gui.gestures import gestures
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.pictures.predictions_grid import PredictionGrid
from playground.gui.pictures.predictions_table import PredictionTable
from playground.gui.selection import Selection
from playground.gui.views.base import ProbeView
from playground.language import grouped, mark, tr
from playground.probes.activations import example_at, example_count, shown_examples
from playground.probes.predictions import Page, Predictions, is_wrong
from playground.probes.runner import ProbeFailure
from playground.training.inspection import toggled
from playground.training.project import Project
from playground.training.snapshot import Snapshot

_MISTAKES = 500
"""The most that the table lists."""


@gestures(
    mark("Predictions"),
    (("S",), mark("Put the example into the inspection set, or take it out")),
)
class PredictionsView(ProbeView):
    """A page of pictures or a table of rows; always the same ones, so that one sees them change."""

    title = "Predictions"
    synonyms = mark("answers probabilities mistakes wrong")
    kinds = frozenset({DataKind.IMAGES, DataKind.TABLE, DataKind.TEXT})

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._page: Page | None = None
        self._run_id = 0
        self._first = 0
        self._before: list[int] = []
        self._selection = Selection()
        self._heading = widgets.label("", theme.BODY, 600)
        self._detail = widgets.label("", theme.SMALL, colour="muted")
        self._inspected: tuple[int, ...] = ()
        self._star = widgets.button("", "star-outline", "flat")
        self._star.clicked.connect(self._toggle_star)
        key = QShortcut(QKeySequence("S"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._toggle_star)
        explain(self._star, "star")
        self._mistakes = widgets.Switch(tr("Mistakes only"))
        self._mistakes.setToolTip(tr("Leave out what is predicted rightly"))
        self._mistakes.toggled.connect(self._start_over)
        self._previous = widgets.button(icon="chevron-left", kind="flat", tip=tr("Back"))
        self._next = widgets.button(icon="chevron-right", kind="flat", tip=tr("Next page"))
        self._previous.clicked.connect(lambda: self._turn(-1))
        self._next.clicked.connect(lambda: self._turn(1))
        self._grid = PredictionGrid(tr("Examples with predictions"))
        self._grid.turned.connect(self._turn)
        self._table_view = PredictionTable(tr("Examples with predictions"))
        self._table_view.setToolTip(tr("A click shows an example in every other view, too"))
        words = tr("The predictions appear here with the data.")
        self._empty = widgets.EmptyState("head-question-outline", words)
        self._menu = ChartMenu(self, "predictions", self._table)
        self._follow = QAction(self)
        self._follow.triggered.connect(self._toggle_star)
        self._menu.insertAction(self._menu.actions()[0], self._follow)
        for part in (self._grid, self._table_view):
            part.chosen.connect(self._choose)
        self._pages = QStackedLayout()
        for page in (self._grid, self._table_view, self._empty):
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(self._empty)
        self.setLayout(self._column())
        self._show_star()

    def probe(self, snapshot: Snapshot) -> Predictions:
        if self._pictures(snapshot.dataset):
            first, count = self._first, self._grid.capacity
            return Predictions(first=first, count=count, mistakes_only=self._mistakes.isChecked())
        if self._mistakes.isChecked():
            return Predictions(count=_MISTAKES, mistakes_only=True)
        first, count = self._table_view.rows_in_sight
        return Predictions(first=first, count=count)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        dataset = snapshot.dataset
        if dataset is self._dataset:
            return
        self._dataset = dataset
        self._show_star()
        self._page = None
        self._first, self._before = 0, []
        validation = len(dataset.validation) > 0
        self._heading.setText(tr("Validation examples") if validation else tr("Training examples"))
        self._mistakes.setVisible(dataset.is_classification)
        self._mistakes.set_on(self._mistakes.isChecked() and dataset.is_classification)

    def show_result(self, snapshot: Snapshot, result: Page | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure) or snapshot.dataset is not self._dataset:
            return
        again = self._page is not None and self._page.probe == result.probe
        if again and snapshot.run_id == self._run_id and not result.finished:
            return  # what stands here is a little older but complete
        self._page, self._run_id = result, snapshot.run_id
        if not len(result.rows):
            self._show_nothing(result)
            return
        part = self._grid if self._pictures(snapshot.dataset) else self._table_view
        part.show_page(result, snapshot.dataset)
        part.show_example(self._selection.example)
        self._pages.setCurrentWidget(part)
        self._describe(result, snapshot.dataset)

    def show_selection(self, selection: Selection) -> None:
        turned = selection.example != self._selection.example
        self._selection = selection
        if turned and self._page is not None and not self._mistakes.isChecked():
            rows, count = self._page.rows, self._grid.capacity
            if self._lists(selection.example) and selection.example not in rows:
                self._first, self._before = selection.example // count * count, []
        self._grid.show_example(selection.example)
        self._table_view.show_example(selection.example)
        self._show_star()

    def show_project(self, project: Project) -> None:
        if project.inspected != self._inspected:
            self._inspected = project.inspected
            self._show_star()

    def _lists(self, example: int) -> bool:
        """Return whether an example is one of those that the pages show."""
        return self._dataset is not None and example < len(shown_examples(self._dataset))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        part = self._pages.currentWidget()
        if isinstance(part, PredictionGrid | PredictionTable):
            example = part.example_at(part.mapFromGlobal(event.globalPos()))
            if example is not None:
                self._choose(example)
        self._menu.exec(event.globalPos())

    def _column(self) -> QVBoxLayout:
        pages = QWidget()
        pages.setLayout(self._pages)
        column = widgets.column(
            widgets.row(
                self._heading,
                self._detail,
                widgets.STRETCH,
                self._star,
                self._mistakes,
                8,
                self._previous,
                self._next,
            ),
            pages,
            gap=4,
            margins=(16, 4, 16, 8),
        )
        column.setStretch(1, 1)
        return column

    @staticmethod
    def _pictures(dataset: Dataset) -> bool:
        return dataset.kind is DataKind.IMAGES and dataset.is_classification

    def _describe(self, page: Page, dataset: Dataset) -> None:
        """Say how many of the shown ones are right, and which pages there are."""
        examples = shown_examples(dataset)
        shown = f"{grouped(page.rows[0] + 1)}–{grouped(page.rows[-1] + 1)}"
        place = tr("{0} of {1}").format(shown, grouped(len(examples)))
        if not dataset.is_classification:
            scaling = dataset.target_scaling
            truth = examples.y[page.rows]
            error = page.answers - (truth if scaling is None else scaling.invert(truth))
            figure = f"RMSE {number(float(np.sqrt(np.mean(error**2))))}"
        elif page.probe.mistakes_only:
            figure = tr("{0} mistakes").format(grouped(len(page.rows)))
        else:
            right = 1 - is_wrong(dataset, examples, page.rows, page.answers).mean()
            figure = tr("{0} right").format(percent(float(right)))
        self._detail.setText(f"{place} · {figure}")
        pictures = self._pictures(dataset)
        self._previous.setVisible(pictures)
        self._next.setVisible(pictures)
        self._previous.setEnabled(self._first > 0)
        self._next.setEnabled(page.scanned < len(examples))

    def _show_nothing(self, page: Page) -> None:
        if page.finished and page.probe.mistakes_only:
            self._empty.show_text(
                tr("No mistake from here on: every example is predicted rightly."),
                tr("Show all examples"),
                partial(self._mistakes.setChecked, False),
            )
            self._detail.setText("")
            self._next.setEnabled(False)
            self._previous.setEnabled(bool(self._before))
            self._pages.setCurrentWidget(self._empty)
        elif page.finished:
            self._empty.show_text(tr("There are no examples to predict yet."))
            self._detail.setText("")
            self._pages.setCurrentWidget(self._empty)

    def _start_over(self) -> None:
        self._first, self._before = 0, []
        self._previous.setEnabled(False)

    def _turn(self, direction: int) -> None:
        """Go to the next page, or to the one before."""
        page, dataset = self._page, self._dataset
        if page is None or dataset is None or not self._pictures(dataset):
            return
        if direction < 0:
            count = self._grid.capacity
            self._first = self._before.pop() if self._before else max(0, self._first - count)
        elif page.scanned < len(shown_examples(dataset)):
            self._before.append(self._first)
            self._first = page.scanned

    def _choose(self, example: int) -> None:
        chosen = Selection(self._selection.layer, self._selection.unit, example)
        self.selected.emit(chosen)

    def _number(self) -> int | None:
        """Return the number that the chosen example has in its source."""
        if self._dataset is None or self._selection.example >= example_count(self._dataset):
            return None
        part, row = example_at(self._dataset, self._selection.example)
        return int(part.rows[row])

    def _toggle_star(self) -> None:
        number = self._number()
        if number is not None:
            self.edited.emit({"inspected": toggled(self._inspected, number)})

    def _show_star(self) -> None:
        """Say whether the chosen example is followed, and mark all that are."""
        number = self._number()
        has_star = number in self._inspected
        words = (
            tr("Follow this example no longer (S)")
            if has_star
            else tr("Follow this example through training (S)")
        )
        self._star.setProperty("icon_name", "star" if has_star else "star-outline")
        widgets.set_kind(self._star, "flat")
        self._star.setToolTip(words)
        self._star.setAccessibleName(words)
        self._star.setEnabled(number is not None)
        self._follow.setText(words)
        self._follow.setEnabled(number is not None)
        rows = shown_examples(self._dataset).rows if self._dataset else np.arange(0)
        starred = frozenset(np.flatnonzero(np.isin(rows, self._inspected)).tolist())
        self._grid.show_starred(starred)
        self._table_view.show_starred(starred)

    def _table(self) -> Table:
        """Return the page as rows: example, the right answer, the network's answers."""
        page, dataset = self._page, self._dataset
        if page is None or dataset is None:
            return []
        examples = shown_examples(dataset)
        if dataset.is_classification:
            truth: list[object] = [dataset.classes[k] for k in examples.y[page.rows].tolist()]
            names = dataset.classes
        else:
            scaling, y = dataset.target_scaling, examples.y[page.rows]
            truth = (y if scaling is None else scaling.invert(y))[:, 0].tolist()
            names = dataset.targets
        answers = zip(page.rows.tolist(), truth, page.answers.tolist(), strict=True)
        header = ("example", "truth", *names)
        return [header, *((row + 1, true, *values) for row, true, values in answers)]
