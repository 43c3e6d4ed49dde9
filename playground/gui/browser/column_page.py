"""One column: how its values are spread, and its figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.data.browse.filters import Filter, Key, Range
from playground.data.browse.series import CategorySeries, NumberSeries, Series, written
from playground.data.browse.statistics import (
    Figures,
    Histogram,
    LevelCounts,
    figures_of,
    histogram_of,
    levels_of,
)
from playground.gui import widgets
from playground.gui.browser.bars import Bar, BarList
from playground.gui.browser.facts import Facts
from playground.gui.browser.histogram_chart import HistogramChart
from playground.gui.browser.legend import PartLegend
from playground.gui.charts.scales import number, percent
from playground.language import grouped, tr


@dataclass(frozen=True, eq=False)
class Described:
    """What is known of a column of all examples."""

    key: Key
    name: str
    histogram: Histogram
    figures: Figures | LevelCounts


def described(key: Key, name: str, series: Series, parts: NDArray[np.int8]) -> Described:
    """Sum up a column of all examples."""
    figures: Figures | LevelCounts
    if isinstance(series, CategorySeries):
        figures = levels_of(series)
    else:
        figures = figures_of(NumberSeries(name, series.keys))
    return Described(key, name, histogram_of(series, parts), figures)


class ColumnPage(QWidget):
    """Histogram of a column with the figures below; a choice in it becomes a filter."""

    ranged = Signal(Range)
    """Only examples with such values shall be shown; or no longer only those."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Described | None = None
        self._heading = widgets.label("", weight=600, wrap=True)
        self._legend = PartLegend()
        self._chart = HistogramChart(tr("Histogram"))
        self._chart.chosen.connect(self._choose)
        self._levels = BarList(tr("Values of the column"))
        self._levels.chosen.connect(self._choose_level)
        self._facts = Facts(tr("Figures of the column"))
        self._empty = widgets.label(
            tr("A click on a column, or on its heading, shows here what it holds."),
            colour="muted",
            wrap=True,
        )
        parts = (self._empty, self._heading, self._legend, self._chart, self._levels, self._facts)
        self.setLayout(widgets.column(*parts, widgets.STRETCH))
        for part in parts[1:]:
            part.hide()

    def show_column(self, shown: Described) -> None:
        """Show a column."""
        self._shown = shown
        figures, is_text = shown.figures, isinstance(shown.figures, LevelCounts)
        self._empty.hide()
        self._heading.setText(shown.name)
        self._legend.show_parts([bool(row.any()) for row in shown.histogram.counts])
        self._chart.setVisible(not is_text)
        self._levels.setVisible(is_text)
        if isinstance(figures, LevelCounts):
            self._show_levels(shown.histogram, figures.count)
        else:
            self._chart.show_histogram(shown.histogram)
        facts = self._level_facts(figures) if is_text else self._number_facts(figures)
        self._facts.show_facts(len(facts), lambda row: (*facts[row], "text"))
        for part in (self._heading, self._legend, self._facts):
            part.show()

    def show_filter(self, wanted: Filter) -> None:
        """Tint what the filter lets pass."""
        key = self._shown.key if self._shown else None
        limits = next(((r.low, r.high) for r in wanted.ranges if r.key == key), None)
        self._chart.show_limits(limits)
        marked: frozenset[int] = frozenset()
        if limits is not None and self._shown is not None:
            edges = self._shown.histogram.edges[:, 0].tolist()
            marked = frozenset(n for n, e in enumerate(edges) if limits[0] <= e <= limits[1])
        self._levels.mark(marked)

    def _show_levels(self, histogram: Histogram, count: int) -> None:
        bars = []
        for label, counts in zip(histogram.labels, histogram.counts.T.tolist(), strict=True):
            total = sum(counts)
            tip = tr("{0}: {1} of {2} ({3})").format(
                label, grouped(total), grouped(count), percent(total / max(count, 1))
            )
            bars.append(Bar(label, tuple(counts), grouped(total), tip))
        self._levels.show_bars(bars)

    def _number_facts(self, figures: Figures | LevelCounts) -> list[tuple[str, str]]:
        assert isinstance(figures, Figures)
        low, middle, high = figures.quartiles
        return [
            (tr("count"), grouped(figures.count)),
            (tr("missing"), grouped(figures.missing)),
            (tr("distinct"), grouped(figures.distinct)),
            (tr("mean"), number(figures.mean)),
            (tr("standard deviation"), number(figures.deviation)),
            (tr("minimum"), written(figures.minimum)),
            (tr("first quartile"), number(low)),
            (tr("median"), number(middle)),
            (tr("third quartile"), number(high)),
            (tr("maximum"), written(figures.maximum)),
        ]

    def _level_facts(self, figures: Figures | LevelCounts) -> list[tuple[str, str]]:
        return [
            (tr("count"), grouped(figures.count)),
            (tr("missing"), grouped(figures.missing)),
            (tr("distinct"), grouped(figures.distinct)),
        ]

    def _choose(self, low: float, high: float) -> None:
        if self._shown is not None:
            self.ranged.emit(Range(self._shown.key, low, high))

    def _choose_level(self, row: int) -> None:
        if self._shown is not None:
            self._choose(*self._shown.histogram.edges[row].tolist())
