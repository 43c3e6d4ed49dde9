"""The words as points: what the network takes for alike moves together."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QStackedLayout

from playground.data.dataset import DataKind, Dataset
from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.charts.scales import percent
from playground.gui.data.text_part import visible
from playground.gui.look import theme
from playground.gui.pictures.word_scatter import WordScatter
from playground.gui.views.base import ProbeView
from playground.language import mark, tr
from playground.nn.model import Sequential
from playground.probes.runner import ProbeFailure
from playground.probes.word_map import WordMap, Words, has_words, nearest, turned_like
from playground.training.adapt import embedded
from playground.training.snapshot import Snapshot

_NEIGHBOURS = 6
_SIDE = 184


class WordMapView(ProbeView):
    """The vectors of the embedding in the plane in which they differ most, live."""

    title = "Word map"
    synonyms = mark("embedding words")
    kinds = frozenset({DataKind.TEXT})

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._snapshot: Snapshot | None = None
        self._words: Words | None = None
        self._points: NDArray[np.float64] = np.zeros((0, 2))
        self._place: int | None = None
        self._picture = WordScatter(tr("Words, those alike near each other"))
        self._picture.looked_at.connect(self._look_at)
        self._head = widgets.label("", theme.BODY, 600)
        self._list = widgets.label("", theme.BODY, wrap=True)
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._note = widgets.label("", theme.SMALL, colour="muted", wrap=True)
        self._empty = widgets.EmptyState("map-search-outline", "")
        self._menu = ChartMenu(self, "word-map", self._table)
        side = widgets.boxed(
            widgets.column(self._head, self._list, widgets.STRETCH, self._note, gap=4)
        )
        side.setFixedWidth(theme.px(_SIDE))
        body = widgets.row(self._picture, side, gap=24, margins=(16, 8, 16, 8))
        body.setStretch(0, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(widgets.boxed(body))
        self._explain()

    def probe(self, snapshot: Snapshot) -> WordMap | None:
        return WordMap() if has_words(snapshot) else None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not self._dataset:
            self._dataset, self._words, self._place = snapshot.dataset, None, None
            self._points = np.zeros((0, 2))
        self._pages.setCurrentIndex(int(has_words(snapshot)))
        self._snapshot = snapshot
        self._explain()

    def _explain(self) -> None:
        if self._snapshot is None or self._snapshot.dataset.language is None:
            self._empty.show_text(
                tr("Words appear here when the data are a text."),
                tr("Show sentences"),
                partial(self.asked.emit, "data.TextSample"),
            )
        else:
            self._empty.show_text(
                tr("Words appear here when the network begins with an Embedding."),
                tr("Add an Embedding layer"),
                self._add_embedding,
            )

    def _add_embedding(self) -> None:
        """Put an embedding in front of the network, as large as the vocabulary."""
        snapshot = self._snapshot
        if snapshot is not None and snapshot.dataset.language is not None:
            first = embedded(snapshot.dataset.language.inputs)
            self.edited.emit({"model": Sequential((*first, *snapshot.model.layers))})

    def show_result(self, snapshot: Snapshot, result: Words | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure) or snapshot.dataset is not self._dataset:
            return
        known = len(self._points) == len(result.points)
        points = turned_like(result.points, self._points) if known else result.points
        self._words, self._points = result, points
        names = [snapshot.dataset.classes[k] for k in result.numbers.tolist()]
        self._picture.show_words(names, points)
        words = tr("{0} of the variance of the vectors lies in this plane.")
        self._note.setText(words.format(percent(result.explained)))
        self._look_at(self._place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.exec(event.globalPos())

    def _look_at(self, place: object) -> None:
        """Mark a word, and list those whose vectors point in the direction most like its own."""
        words, dataset = self._words, self._dataset
        if words is None or dataset is None:
            return
        self._place = place if isinstance(place, int) and place < len(words.numbers) else None
        if self._place is None:
            self._head.setText(tr("Point at a word"))
            self._list.setText(tr("to see those most like it."))
            self._picture.mark(None)
            return
        found = nearest(words, self._place, _NEIGHBOURS)
        self._picture.mark(self._place, tuple(k for k, _ in found))
        names = dataset.classes
        self._head.setText(tr("Most like {0}").format(visible(names[words.numbers[self._place]])))
        lines = [f"{cosine:.2f}   {visible(names[words.numbers[k]])}" for k, cosine in found]
        self._list.setText("\n".join(lines).replace("-", "−"))

    def _table(self) -> Table:
        """Return the words with their places."""
        if self._words is None or self._dataset is None:
            return []
        pairs = zip(self._words.numbers.tolist(), self._points.tolist(), strict=True)
        return [("word", "x", "y"), *((self._dataset.classes[k], *point) for k, point in pairs)]
