"""All examples of the data: looked at before the training and after."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QSplitter, QStackedWidget, QWidget

from playground.data.browse.answers import Answers
from playground.data.browse.catalogue import Catalogue, Part
from playground.data.browse.filters import Order, asks_network
from playground.data.browse.series import Rows
from playground.data.dataset import Dataset
from playground.gui import widgets
from playground.gui.browser.copying import Written, as_text, most_rows, to_file
from playground.gui.browser.fields import Field, field_of, fields_of
from playground.gui.browser.filter_bar import FilterBar
from playground.gui.browser.image_grid import ImageGrid
from playground.gui.browser.image_tools import ImageTools
from playground.gui.browser.jobs import Jobs
from playground.gui.browser.side_panel import WIDTH, SidePanel
from playground.gui.browser.state import Shown
from playground.gui.browser.studies import Studies
from playground.gui.browser.table import ExampleTable
from playground.gui.gestures import gestures
from playground.gui.help.asking import add_question
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.selection import Selection
from playground.gui.views.base import Area, ProbeView
from playground.language import grouped, mark, tr, tr_declared
from playground.probes.activations import example_at, example_count, example_number
from playground.probes.example_losses import ExampleLosses
from playground.probes.runner import ProbeFailure
from playground.training.inspection import toggled
from playground.training.project import Project
from playground.training.snapshot import Snapshot, Status

_NEWS_MS = 4000
_BETWEEN = 1.0
"""Seconds between two answers of a network in training: rows that jump cannot be read."""


@gestures(
    mark("Data browser"),
    (("/",), mark("Search the examples")),
    (("Ctrl+C",), mark("Copy the selected rows")),
)
class DataBrowserView(ProbeView):
    """Examples as a table or as pictures, with filters above and what they tell beside.

    Whatever takes time is worked out in a thread: see ``Jobs``.
    """

    title = "Data browser"
    synonyms = mark("table examples rows histogram images")
    area = Area.CENTRE
    shortcut = "Ctrl+D"
    roomy = True

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._shown: Shown | None = None
        self._order, self._inspected = Order(), tuple[int, ...]()
        self._latest: Answers | None = None
        """As the probe told it; ``_shown.answers`` are the same in order."""
        self._run_id, self._answered_at = 0, 0.0
        self._selection = Selection()
        self._position: int | None = None
        self._jobs = Jobs(self)
        self._bar, self._side = FilterBar(), SidePanel()
        self._table = ExampleTable(tr("Examples"))
        self._grid = ImageGrid(tr("Examples"))
        self._image_tools = ImageTools()
        self._bar.add_tool(self._image_tools)
        words = tr("The examples appear here with the data.")
        self._empty = widgets.EmptyState("table-search", words)
        self._news = widgets.label("", theme.SMALL, colour="muted")
        self._news_timer = QTimer(self, singleShot=True, interval=_NEWS_MS)
        self._studies = Studies(self._side, self._jobs, self)
        for widget, topic in (
            (self._bar, "browser-filters"),
            (self._table, "browser-table"),
            (self._grid, "browser-images"),
            (self._image_tools, "browser-images"),
        ):
            explain(widget, topic)
        self._pages = QStackedWidget()
        for page in (self._empty, self._table, self._grid):
            self._pages.addWidget(page)
        self._lay_out()
        self._connect()

    # What the window shows it

    def header_tools(self) -> list[QWidget]:
        return [self._news]

    def probe(self, snapshot: Snapshot) -> ExampleLosses | None:
        return ExampleLosses() if self._shown is not None else None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        dataset = snapshot.dataset
        if dataset is self._dataset:
            return
        self._dataset, self._shown, self._latest = dataset, None, None
        self._order, self._position = Order(), None
        self._empty.show_text(tr("Looking through {0} ...").format(tr_declared(dataset.title)))
        self._pages.setCurrentWidget(self._empty)
        self._jobs.forget_all()

        def work() -> Iterator[Shown]:
            catalogue = Catalogue(dataset)
            yield Shown(catalogue, np.arange(len(catalogue)))

        self._jobs.ask("catalogue", work, self._take_catalogue)

    def show_project(self, project: Project) -> None:
        if project.inspected != self._inspected:
            self._inspected = project.inspected
            if self._shown is not None:
                self._shown = replace(self._shown, inspected=frozenset(self._inspected))
                self._arrange_again(self._bar.filter.inspected or self._order.key == "inspected")

    def show_selection(self, selection: Selection) -> None:
        turned = selection.example != self._selection.example
        self._selection = selection
        if turned and self._shown is not None:
            self._go_to(self._position_of(self._shown.catalogue, selection.example))

    def show_result(self, snapshot: Snapshot, result: Answers | ProbeFailure) -> None:
        shown = self._shown
        if isinstance(result, ProbeFailure) or result is self._latest or shown is None:
            return
        if snapshot.dataset is not self._dataset:
            return
        again = self._latest is not None and snapshot.run_id == self._run_id
        if again and (not result.complete or self._is_early(snapshot)):
            return  # what stands here is a little older but complete
        self._latest, self._run_id = result, snapshot.run_id
        self._answered_at = time.monotonic()
        catalogue = shown.catalogue
        self._jobs.ask("answers", lambda: iter([catalogue.sorted(result)]), self._take_answers)

    def _is_early(self, snapshot: Snapshot) -> bool:
        """Return whether a training run has told its answers just now; a resting one may always."""
        early = time.monotonic() - self._answered_at < _BETWEEN
        return early and snapshot.status is Status.RUNNING

    # What comes back from the thread

    def _take_catalogue(self, shown: Shown) -> None:
        catalogue = shown.catalogue
        self._shown = replace(shown, inspected=frozenset(self._inspected))
        if not len(catalogue):
            self._empty.show_text(tr("There are no examples yet: draw some."))
            return
        self._position = self._position_of(catalogue, self._selection.example)
        self._bar.show_catalogue(catalogue)
        self._image_tools.setVisible(catalogue.is_images)
        self._image_tools.show_zoom(self._grid.zoom)
        self._show()

    def _take_answers(self, answers: Answers) -> None:
        if self._shown is None:
            return
        self._shown = replace(self._shown, answers=answers)
        self._tell_step()
        self._arrange_again(self._bar.filter.needs_answers or asks_network(self._order.key))

    def _take_positions(self, found: tuple[Rows, Order]) -> None:
        if self._shown is not None:
            positions, order = found
            self._shown = replace(self._shown, positions=positions, order=order)
            self._show()

    # Showing

    def _arrange_again(self, needed: bool = True) -> None:
        """Sort and filter anew if need be; show what is known in any case."""
        shown, wanted, order = self._shown, self._bar.filter, self._order
        if shown is None:
            return
        if not needed:
            self._show()
            return

        def work() -> Iterator[tuple[Rows, Order]]:
            yield shown.known.arranged(wanted, order), order

        self._jobs.ask("arrange", work, self._take_positions)

    def _show(self) -> None:
        shown = self._shown
        if shown is None or not len(shown.catalogue):
            return
        part = self._grid if shown.catalogue.is_images else self._table
        part.show_examples(shown, self._position)
        if shown.catalogue.is_images:
            self._image_tools.show_order(shown.order)
        self._bar.show_count(len(shown.positions), len(shown.catalogue))
        self._side.example.show_example(shown, self._position)
        self._side.pairs.show_current(self._position)
        self._studies.show(shown, self._bar.filter)
        if len(shown.positions):
            self._pages.setCurrentWidget(part)
        else:
            words = tr("No example passes the filters.")
            if strangers := shown.known.strangers(self._bar.filter):
                no_column = tr("There is no column {0}.").format(", ".join(strangers))
                words = f"{words} {no_column}"
            self._empty.show_text(words, tr("Clear filters"), self._bar.clear)
            self._pages.setCurrentWidget(self._empty)

    def _tell_step(self) -> None:
        answers = self._shown.answers if self._shown else None
        if answers is not None and not self._news_timer.isActive():
            words = tr("Answers of step {0}").format(grouped(answers.step))
            if not answers.complete:
                share = f"{100 * answers.known // max(1, len(answers.losses))}%"
                words = tr("{0}, {1} of the examples").format(words, share)
            self._news.setText(words)

    def _tell(self, news: str) -> None:
        """Say something for a while in the heading."""
        self._news.setText(news)
        self._news_timer.start()

    # What the user does

    def _sort(self, order: Order) -> None:
        self._order = order
        if self._shown is not None and self._shown.catalogue.is_images:
            self._studies.show_column(field_of(order.key))
        self._arrange_again()

    def _choose(self, position: int) -> None:
        """Select an example everywhere."""
        if self._shown is None:
            return
        catalogue = self._shown.catalogue
        self._go_to(position)
        part = catalogue.split[catalogue.parts[position]]
        number = example_number(catalogue.dataset, part, int(catalogue.places[position]))
        self.selected.emit(replace(self._selection, example=number))

    def _go_to(self, position: int | None) -> None:
        shown = self._shown
        if shown is None or position == self._position:
            return
        self._position = position
        part = self._grid if shown.catalogue.is_images else self._table
        part.show_current(position)
        self._side.example.show_example(shown, position)
        self._side.pairs.show_current(position)

    @staticmethod
    def _position_of(catalogue: Catalogue, example: int) -> int | None:
        dataset = catalogue.dataset
        if example >= example_count(dataset):
            return None
        examples, place = example_at(dataset, example)
        part = next(n for n, known in enumerate(catalogue.split) if known is examples)
        return catalogue.position_of(Part(part), place)

    def _star(self, positions: Any) -> None:
        """Put examples into the inspection set, or take them out."""
        if self._shown is None:
            return
        inspected = self._inspected
        for row in self._shown.catalogue.rows[positions].tolist():
            inspected = toggled(inspected, row)
        self.edited.emit({"inspected": inspected})

    def copy(self) -> None:
        """Put the selected examples on the clipboard."""
        shown = self._shown
        if shown is None:
            return
        part = self._grid if shown.catalogue.is_images else self._table
        positions = part.chosen_positions()
        fields = fields_of(shown.catalogue)
        if len(positions):
            self._tell(tr("Copying ..."))
            take = partial(self._take_copy, min(most_rows(fields), len(positions)), len(positions))
            self._jobs.ask("copy", partial(as_text, shown, fields, positions), take)

    def _take_copy(self, copied: int, wanted: int, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        words = tr("Copied the first {0} of {1} rows; an export takes all")
        if copied == wanted:
            words = tr("Copied {0} rows") if copied != 1 else tr("Copied 1 row")
        self._tell(words.format(grouped(copied), grouped(wanted)))

    def export(self) -> None:
        """Write the shown examples to a file that the user chooses."""
        shown = self._shown
        if shown is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Export the shown examples"), "examples.csv", "(*.csv)"
        )
        if name:
            path, fields = Path(name), fields_of(shown.catalogue)
            path = path if path.suffix else path.with_suffix(".csv")
            self._tell(tr("Writing {0} ...").format(path.name))
            self._jobs.ask("export", partial(to_file, path, shown, fields), self._take_export)

    def _take_export(self, outcome: Written) -> None:
        self._tell(tr("Wrote {0}").format(outcome.path.name) if not outcome.problem else "")
        if outcome.problem:
            from playground.gui import dialogs  # which needs half of the window

            dialogs.show_error(self, outcome.problem)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._shown is None or not self._pages.geometry().contains(event.pos()):
            event.ignore()  # the window has a menu for everything else
            return
        menu = QMenu(self)
        menu.addAction(tr("Copy the selected rows"), QKeySequence.StandardKey.Copy, self.copy)
        menu.addAction(tr("Export the shown rows as CSV..."), self.export)
        menu.addSeparator()
        menu.addAction(tr("Clear filters"), self._bar.clear)
        menu.addSeparator()
        add_question(menu, self, event.globalPos())
        menu.exec(event.globalPos())

    # Setting up

    def _lay_out(self) -> None:
        left = widgets.column(self._bar, self._pages, gap=0)
        left.setStretch(1, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(widgets.boxed(left))
        splitter.addWidget(self._side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([WIDTH, theme.px(WIDTH)])
        self.setLayout(widgets.column(splitter))
        self.setMinimumSize(480, 120)  # or the network beside it would push the panels together

    def _connect(self) -> None:
        self._news_timer.timeout.connect(self._tell_step)
        self._bar.changed.connect(lambda _filter: self._arrange_again())
        for part in (self._table, self._grid):
            part.chosen.connect(self._choose)
            part.starred.connect(self._star)
        self._table.sorting.connect(self._sort)
        self._table.column_chosen.connect(self._studies.show_column)
        self._image_tools.sorting.connect(self._sort)
        self._image_tools.zoomed.connect(self._grid.set_zoom)
        self._grid.zoomed.connect(self._image_tools.show_zoom)
        self._side.example.starred.connect(self._star)
        self._side.column.ranged.connect(self._bar.turn_range)
        self._side.classes.class_chosen.connect(self._bar.turn_class)
        self._side.pairs.chosen.connect(self._choose)
        self._side.target.column_chosen.connect(
            lambda number: self._table.show_column(Field("data", number))
        )
        for key, action in ((QKeySequence.StandardKey.Copy, self.copy), ("/", self._search)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _search(self) -> None:
        self._bar.focus_search()
