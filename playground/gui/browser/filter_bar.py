"""Which examples are shown: search, parts, classes, right or wrong, ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from playground.data.browse.catalogue import Catalogue
from playground.data.browse.filters import Filter, Range
from playground.data.browse.series import CategorySeries, written
from playground.gui import widgets
from playground.gui.browser.classes_page import class_counts
from playground.gui.browser.fields import key_name, part_name
from playground.gui.charts.scales import number
from playground.gui.look import theme
from playground.language import grouped, tr

_PATIENCE_MS = 200
"""After the last letter typed, before anything is looked for."""
_MOST_CHIPS = 12
"""Classes with a chip each; more of them share a menu."""


class FilterBar(QWidget):
    """A search line, and below it chips that are pressed while they are in force."""

    changed = Signal(Filter)

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self._catalogue: Catalogue | None = None
        self._search = self._search_line()
        self._typing = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._typing.timeout.connect(self._take_text)
        self._count = widgets.label("", weight=600)
        tip = tr("Show all examples again")
        self._clear = widgets.button(tr("Clear filters"), kind="quiet", tip=tip)
        self._clear.clicked.connect(self.clear)
        self._tools = widgets.row(gap=8)
        top = widgets.row(self._search, self._tools, 8, self._count, self._clear)
        top.setStretch(0, 1)
        self._chips = widgets.Wrap(tr("Filters"))
        self._fixed: list[QWidget] = []
        self._parts: dict[int, QPushButton] = {}
        self._classes: dict[int, QPushButton | QAction] = {}
        self._class_button: QPushButton | None = None
        self._ranges: dict[Range, QPushButton] = {}
        self._right = self._verdict("✓ " + tr("Right"), "right")
        self._wrong = self._verdict("✕ " + tr("Wrong"), "wrong")
        self._inspected = self._chip("★ " + tr("Inspected"))
        self._inspected.setToolTip(tr("Only the examples that have a star"))
        self._inspected.clicked.connect(self._turn_inspected)
        self.setLayout(widgets.column(top, self._chips, margins=(16, 4, 16, 8)))

    @property
    def filter(self) -> Filter:
        """What is in force."""
        return self._filter

    def add_tool(self, tool: QWidget) -> None:
        """Put a control of how the examples are shown beside the search."""
        self._tools.addWidget(tool)

    def focus_search(self) -> None:
        """Let the user type."""
        self._search.setFocus()
        self._search.selectAll()

    def clear(self) -> None:
        """Show all examples."""
        self._set(Filter())

    def set_filter(self, wanted: Filter) -> None:
        """Put a filter in force that was chosen elsewhere."""
        self._set(wanted)

    def show_count(self, shown: int, total: int) -> None:
        """Say how many examples pass, of how many."""
        words = tr("{0} examples") if shown == total else tr("{0} of {1}")
        self._count.setText(words.format(grouped(shown), grouped(total)))
        tip = tr("{0} of {1} examples are shown").format(grouped(shown), grouped(total))
        self._count.setToolTip(tip)
        self._count.setAccessibleName(tip)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Offer the parts and the classes of other data; no filter is in force any more."""
        self._catalogue, self._filter, self._ranges = catalogue, Filter(), {}
        self._search.setPlaceholderText(self._hint(catalogue))
        self._parts = {
            part: self._chip(f"{part_name(part)}  {grouped(len(examples))}")
            for part, examples in enumerate(catalogue.split)
            if len(examples)
        }
        for part, chip in self._parts.items():
            chip.clicked.connect(lambda _on=False, part=part: self._turn_part(part))
        verdicts = (self._right, self._wrong) if catalogue.labels is not None else ()
        for chip in (self._right, self._wrong):
            chip.setVisible(bool(verdicts))
        self._fixed = [
            *self._parts.values(),
            *self._offered_classes(catalogue),
            *verdicts,
            self._inspected,
        ]
        self._show()

    def _offered_classes(self, catalogue: Catalogue) -> Iterator[QWidget]:
        """Yield a chip for each class, or one with a menu of many."""
        self._classes, self._class_button = {}, None
        if catalogue.labels is None:
            return
        names = catalogue.dataset.classes
        counts = class_counts(catalogue).sum(axis=0).tolist()
        texts = [f"{name}  {grouped(count)}" for name, count in zip(names, counts, strict=True)]
        if len(names) <= _MOST_CHIPS:
            for label, text in enumerate(texts):
                chip = self._chip(text)
                chip.clicked.connect(lambda _on=False, n=label: self._turn_class(n))
                self._classes[label] = chip
                yield chip
            return
        self._class_button = self._chip("")
        menu = QMenu(self._class_button)
        for label, text in enumerate(texts):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.triggered.connect(lambda _on=False, n=label: self._turn_class(n))
            self._classes[label] = action
        self._class_button.setMenu(menu)
        yield self._class_button

    # What is in force

    def _set(self, wanted: Filter) -> None:
        changed = wanted != self._filter
        self._filter = wanted
        self._show()
        if changed:
            self.changed.emit(wanted)

    def _turn_inspected(self) -> None:
        self._set(replace(self._filter, inspected=not self._filter.inspected))

    def _turn_part(self, part: int) -> None:
        self._set(replace(self._filter, parts=self._filter.parts ^ {part}))

    def _turn_class(self, label: int) -> None:
        self._set(replace(self._filter, classes=self._filter.classes ^ {label}))

    def turn_class(self, label: int) -> None:
        """Show one class alone, or all again."""
        alone = frozenset({label})
        self._set(
            replace(self._filter, classes=frozenset() if self._filter.classes == alone else alone)
        )

    def turn_range(self, wanted: Range) -> None:
        """Show only examples with values in a range, or no longer only those."""
        if wanted in self._filter.ranges:
            self._set(self._filter.without_range(wanted.key))
        else:
            self._set(self._filter.with_range(wanted))

    def _take_text(self) -> None:
        self._typing.stop()
        self._set(replace(self._filter, text=self._search.text().strip()))

    def _show(self) -> None:
        wanted = self._filter
        if self._search.text().strip() != wanted.text:
            with QSignalBlocker(self._search):
                self._search.setText(wanted.text)
        for part, chip in self._parts.items():
            chip.setChecked(part in wanted.parts)
        for label, entry in self._classes.items():
            entry.setChecked(label in wanted.classes)
        if self._class_button is not None:
            chosen = f"{len(wanted.classes)} / " if wanted.classes else ""
            self._class_button.setText(tr("Classes  {0}{1}").format(chosen, len(self._classes)))
            self._class_button.setChecked(bool(wanted.classes))
        self._right.setChecked(wanted.verdict == "right")
        self._wrong.setChecked(wanted.verdict == "wrong")
        self._inspected.setChecked(wanted.inspected)
        self._clear.setVisible(wanted != Filter())
        self._ranges = {
            limits: self._ranges.get(limits) or self._range_chip(limits) for limits in wanted.ranges
        }
        self._chips.show_items([*self._fixed, *self._ranges.values()])

    # Parts

    def _search_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(tr("Search the examples"))
        line.setToolTip(
            tr(
                "A value looks for it in every cell; 'column > 2' compares one column "
                "(<, <=, =, !=, >=, >), also {0}, {1} and {2}. 'column =' finds what is "
                "missing. Several conditions are joined by 'and'."
            ).format(tr("loss"), tr("confidence"), tr("row"))
        )
        line.setMinimumWidth(160)
        line.textEdited.connect(lambda: self._typing.start())
        line.textChanged.connect(lambda text: None if text else self._take_text())
        line.returnPressed.connect(self._take_text)
        return line

    def _hint(self, catalogue: Catalogue) -> str:
        """Return what can be typed, in words of this data."""
        numbers = (s.name for s in catalogue.columns if s.is_number and not s.is_answer)
        value = catalogue.text(0, len(catalogue.columns) - 1)
        condition = f"{next(numbers, tr('confidence'))} > 0.5"
        words = tr("Search: {0}   {1}   {2} >= 1   {3} = 12")
        return words.format(value, condition, tr("loss"), tr("row"))

    def _chip(self, text: str) -> QPushButton:
        chip = widgets.button(text, kind="pill", checkable=True)
        chip.setParent(self)  # so that it goes with the bar even if it is never shown
        chip.setFont(theme.font(theme.SMALL, 500))
        return chip

    def _verdict(self, text: str, verdict: Literal["right", "wrong"]) -> QPushButton:
        chip = self._chip(text)
        chip.setToolTip(tr("What the network answers at present"))
        chip.clicked.connect(lambda: self._turn_verdict(verdict))
        return chip

    def _turn_verdict(self, verdict: Literal["right", "wrong"]) -> None:
        again = self._filter.verdict == verdict
        self._set(replace(self._filter, verdict="" if again else verdict))

    def _range_chip(self, limits: Range) -> QPushButton:
        assert self._catalogue is not None
        chip = self._chip(f"{_words(self._catalogue, limits)}  ✕")
        chip.setToolTip(tr("Show all values again"))
        chip.setChecked(True)
        chip.clicked.connect(lambda: self._set(self._filter.without_range(limits.key)))
        return chip


def _words(catalogue: Catalogue, limits: Range) -> str:
    """Return a range as people write it."""
    name = key_name(catalogue, limits.key)
    if isinstance(limits.key, int):
        series = catalogue.series(limits.key)
        if isinstance(series, CategorySeries):
            return f"{name} = {series.levels[int(limits.low)]}"
    if limits.key == "answer" and catalogue.labels is not None:
        return f"{name} = {catalogue.dataset.classes[int(limits.low)]}"
    if limits.low == limits.high:
        return f"{name} = {written(limits.low)}"
    return f"{name} {number(limits.low)} – {number(limits.high)}"
