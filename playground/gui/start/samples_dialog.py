"""The data in the box: each with a picture, its size, and where it comes from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from playground.data.dataset import Dataset
from playground.data.loading import LoadingThread
from playground.gui.data.data_summary import data_summary
from playground.gui.focus_order import step_focus
from playground.gui.help.asking import Guide
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.start import sample_pictures
from playground.gui.start.cards import Card, Start
from playground.gui.widgets import MARGIN, STRETCH, boxed, button, column, label, row, scrolling
from playground.language import tr, tr_declared
from playground.training.samples import Sample, samples

COLUMNS = 4
_LEAST_HEIGHT = 240
"""Of a card; below it there would be words and no picture."""
_POLL_MS = 30


class SamplesDialog(QDialog):
    """A card for each data set in the box; a click takes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = ""
        """The project that was chosen."""
        self.setWindowTitle(tr("Sample data"))
        self._samples = samples()
        self._cards = [Card(_start(sample), COLUMNS) for sample in self._samples]
        self._waiting = list(range(len(self._samples)))
        self._thread: LoadingThread | None = None
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._load)
        self._lay_out()
        for i, card in enumerate(self._cards):
            card.setToolTip(self._licence(self._samples[i]))
            card.clicked.connect(partial(self._take, i))
            card.moved.connect(partial(self._move_focus, i))
        self.resize(self.sizeHint())  # Qt would make it two thirds of the screen at most
        self._cards[0].setFocus()
        explain(self, "samples")
        Guide(self)
        self._timer.start()

    def card(self, preset: str) -> Card:
        """Return the card of the data that a preset learns."""
        return next(card for card in self._cards if card.start.preset == preset)

    @property
    def complete(self) -> bool:
        """Whether every picture is there."""
        return not self._timer.isActive()

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize() * 0.92
        return QSize(theme.px(1120), 720).boundedTo(room)

    def done(self, result: int) -> None:
        """Close; a loading that is under way is given up."""
        self._timer.stop()
        if self._thread:
            self._thread.cancel()
            self._thread.join()
        super().done(result)

    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, next)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(MARGIN)
        for i, card in enumerate(self._cards):
            card.setMinimumHeight(theme.px(_LEAST_HEIGHT))
            grid.addWidget(card, i // COLUMNS, i % COLUMNS)
        self._area = scrolling(boxed(grid))
        cancel = button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        hint = label(
            tr("Each opens with a network that learns it."),
            colour="muted",
        )
        foot = row(hint, STRETCH, cancel)
        layout = column(self._area, foot, gap=MARGIN, margins=(MARGIN,) * 4)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _licence(self, sample: Sample) -> str:
        words = tr("{0}. Licence: {1}; its text lies beside the data.")
        return words.format(tr_declared(sample.origin), sample.licence)

    def _take(self, at: int) -> None:
        self.preset = self._samples[at].preset
        self.accept()

    def _move_focus(self, at: int, step: int) -> None:
        if 0 <= at + step < len(self._cards):
            card = self._cards[at + step]
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(card)

    def _load(self) -> None:
        """Load one data set after the other, for its picture and its size."""
        if self._thread is None:
            self._thread = LoadingThread(self._samples[self._waiting[0]].project().source)
            self._thread.start()
        outcome = self._thread.outcome()
        if outcome is None:
            return
        at = self._waiting.pop(0)
        if isinstance(outcome, Dataset):
            self._show(at, outcome)
        self._thread = None
        if not self._waiting:
            self._timer.stop()

    def _show(self, at: int, dataset: Dataset) -> None:
        sample, card = self._samples[at], self._cards[at]
        size = data_summary(dataset, sample.project().source)
        picture = sample_pictures.picture_of(dataset)
        card.show_start(replace(_start(sample, size), picture=picture))


def _start(sample: Sample, size: str = "\u2026") -> Start:
    title, text, origin = map(tr_declared, (sample.title, sample.text, sample.origin))
    return Start(sample.preset, title, text, f"{size}\n{origin}", sample_pictures.waiting)
