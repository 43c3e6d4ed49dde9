"""What the side panel shows, worked out beside the window when its page is looked at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject

from playground.data.browse.catalogue import Catalogue
from playground.data.browse.filters import Filter, Known
from playground.data.browse.pictures import ClassImages, class_images
from playground.data.browse.relations import Relation, relations
from playground.data.browse.series import CategorySeries, NumberSeries, Series
from playground.gui.browser.classes_page import class_counts
from playground.gui.browser.column_page import Described, described
from playground.gui.browser.fields import Field, part_name
from playground.gui.browser.jobs import Jobs
from playground.gui.browser.scatter import Pairs, pairs_of
from playground.gui.browser.side_panel import SidePanel
from playground.gui.browser.state import Shown

_OF_THE_NETWORK = ("answer", "confidence", "loss")


class Studies(QObject):
    """Fills the page in front; what depends on the data alone is worked out once."""

    def __init__(self, panel: SidePanel, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._panel, self._jobs = panel, jobs
        self._shown: Shown | None = None
        self._field: Field | None = None
        self._filter = Filter()
        self._asked: dict[str, tuple[object, ...]] = {}
        panel.turned.connect(self.refresh)
        panel.pairs.columns_chosen.connect(self.refresh)
        panel.target.column_chosen.connect(lambda n: self.show_column(Field("data", n)))

    def show(self, shown: Shown, wanted: Filter) -> None:
        """Follow other data, another filter or newer answers."""
        old, self._shown, self._filter = self._shown, shown, wanted
        if old is None or old.catalogue is not shown.catalogue:
            self._begin(shown.catalogue)
        self._panel.classes.mark(wanted.classes)
        self._panel.column.show_filter(wanted)
        self.refresh()

    def show_column(self, field: Field) -> None:
        """Sum up another column, as soon as its page is in front."""
        if field.kind != "star":
            self._field = field
            self.refresh()

    def refresh(self) -> None:
        """Work out what the page in front lacks."""
        if self._shown is None:
            return
        page = self._panel.front
        if page == "column":
            self._describe_column(self._shown)
        elif page == "classes":
            self._describe_classes(self._shown)
        elif page == "pairs":
            self._pair(self._shown)
        elif page == "target":
            self._relate(self._shown)

    def _begin(self, catalogue: Catalogue) -> None:
        self._asked.clear()
        pages = {"example", "column"}
        if catalogue.labels is not None:
            pages.add("classes")
            self._panel.classes.show_counts(catalogue, class_counts(catalogue))
        if not catalogue.is_images:
            pages |= {"pairs", "target"}
            self._panel.pairs.show_catalogue(catalogue)
        self._panel.offer(pages)
        answers = [n for n, shelf in enumerate(catalogue.columns) if shelf.is_answer]
        self._panel.target.show_target(catalogue.columns[answers[0]].name if answers else "")
        inputs = [n for n in range(len(catalogue.columns)) if n not in answers]
        self._field = Field("data", (inputs or answers)[0])

    def _is_new(self, page: str, *question: object) -> bool:
        """Return whether a page has not been asked this before."""
        if self._asked.get(page) == question:
            return False
        self._asked[page] = question
        return True

    def _describe_column(self, shown: Shown) -> None:
        field, catalogue = self._field, shown.catalogue
        if field is None:
            return
        depends = shown.answers if field.kind in _OF_THE_NETWORK else None
        if not self._is_new("column", field, id(depends)):
            return

        def work() -> Iterator[Described]:
            name, series = field.title(catalogue), series_of(shown.known, field)
            yield described(field.key, name, series, catalogue.parts)

        self._jobs.ask("column", work, self._take_column)

    def _take_column(self, found: Described) -> None:
        self._panel.column.show_column(found)
        self._panel.column.show_filter(self._filter)

    def _describe_classes(self, shown: Shown) -> None:
        catalogue = shown.catalogue
        if catalogue.is_images and catalogue.labels is not None and self._is_new("classes"):
            self._jobs.ask("classes", lambda: class_images(catalogue), self._take_images)

    def _take_images(self, images: ClassImages) -> None:
        self._panel.classes.show_images(images)

    def _pair(self, shown: Shown) -> None:
        across, up = self._panel.pairs.columns
        catalogue = shown.catalogue
        if min(across, up) < 0 or not self._is_new("pairs", across, up, id(shown.positions)):
            return

        def work() -> Iterator[Pairs]:
            answers = [n for n, shelf in enumerate(catalogue.columns) if shelf.is_answer]
            answer = catalogue.series(answers[0]) if answers else None
            x, y = catalogue.series(across), catalogue.series(up)
            yield pairs_of(x, y, catalogue.labels, answer, shown.positions)

        self._jobs.ask("pairs", work, self._panel.pairs.show_pairs)

    def _relate(self, shown: Shown) -> None:
        catalogue = shown.catalogue
        if self._is_new("target"):
            self._jobs.ask("target", lambda: relations(catalogue), self._take_relations)

    def _take_relations(self, found: list[Relation]) -> None:
        self._panel.target.show_relations(found)


def series_of(known: Known, field: Field) -> Series:
    """Return the values of a column of the table."""
    catalogue = known.catalogue
    if field.kind == "data":
        return catalogue.series(field.index)
    if field.kind == "part":
        names = tuple(part_name(part) for part in range(3))
        return CategorySeries(field.kind, names, catalogue.parts)
    keys = known.keys(field.key)
    if field.kind == "answer" and catalogue.labels is not None:
        codes = np.where(np.isnan(keys), -1, keys).astype(np.int64)
        return CategorySeries(field.kind, catalogue.dataset.classes, codes)
    return NumberSeries(field.kind, keys)
