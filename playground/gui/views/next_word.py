"""What the network says next, live, and what it writes by itself."""

from __future__ import annotations

from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedLayout, QWidget

from playground.component import parameters
from playground.data.dataset import DataKind, Dataset
from playground.data.texts.language import Language
from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.data.source_rows import SliderRow
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.pictures.token_line import Piece, TokenLine
from playground.gui.pictures.word_list import WordList
from playground.gui.selection import Selection
from playground.gui.views.base import ProbeView
from playground.language import mark, tr
from playground.probes.activations import shown_examples
from playground.probes.next_word import Continuation, NextWord
from playground.probes.runner import ProbeFailure
from playground.training.snapshot import Snapshot

_LENGTHS = {"word": 40, "character": 200}
"""Tokens that are written on."""
_FIELDS = {parameter.name: parameter for parameter in parameters(NextWord)}


class NextWordView(ProbeView):
    """Type a beginning: the most probable next words, to be clicked, and a text written on.

    An example that is chosen elsewhere becomes the beginning, and its own next word is marked.
    """

    title = "Next word"
    synonyms = mark("write text generate")
    kinds = frozenset({DataKind.TEXT})

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._selection = Selection()
        self._shown: Continuation | None = None
        self._right: tuple[str, int] = ("", -1)
        """The beginning that is an example's, and the class of its next word."""
        self._temperature = float(_FIELDS["temperature"].default)
        self._writes = False
        self._make_parts()
        self._menu = ChartMenu(self, "next-word", self._table)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._body())

    def probe(self, snapshot: Snapshot) -> NextWord | None:
        language = snapshot.dataset.language
        if language is None:
            return None
        return NextWord(
            beginning=self._line.text(),
            count=int(self._count.value()) if self._writes else 0,
            temperature=self._temperature,
            seed=int(self._seed.value()) if self._writes else 0,
        )

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is self._dataset:
            return
        self._dataset, self._shown = snapshot.dataset, None
        self._stop_writing()
        language = snapshot.dataset.language
        self._pages.setCurrentIndex(int(language is not None))
        if language is not None:
            unit = language.tokenizer.unit
            self._count.set_value(_LENGTHS[unit])
            self._unit.setText(tr("words") if unit == "word" else tr("characters"))
        self._take_example()

    def show_selection(self, selection: Selection) -> None:
        turned = selection.example != self._selection.example
        self._selection = selection
        if turned:
            self._take_example()

    def show_result(self, snapshot: Snapshot, result: Continuation | ProbeFailure) -> None:
        language = snapshot.dataset.language
        if isinstance(result, ProbeFailure) or language is None:
            return
        if snapshot.dataset is not self._dataset or result.probe.beginning != self._line.text():
            return
        if not result.finished and self._shown and self._shown.probe == result.probe:
            return  # the text that stands here is a little older but complete
        self._shown = result
        pairs = zip(result.words.tolist(), result.shares.tolist(), strict=True)
        beginning, right = self._right
        self._words.show_words(
            [(number, language.words[number], share) for number, share in pairs],
            right if beginning == result.probe.beginning else None,
        )
        first_seen = len(result.tokens) - result.seen
        self._tokens.show_pieces(
            [
                Piece(word, known, place >= first_seen)
                for place, (word, known) in enumerate(zip(result.tokens, result.known, strict=True))
            ]
        )
        self._show_text(language, result)

    def _show_text(self, language: Language, result: Continuation) -> None:
        """Show the beginning, quietly, and what was written behind it."""
        if not result.probe.count:
            self._written.setText(self._quiet(tr("Write on lets the network continue here.")))
            return
        whole = language.text([*result.tokens, *result.written])
        beginning = language.text(result.tokens)
        self._written.setText(f"{self._quiet(beginning)}{escape(whole[len(beginning) :])}")

    @staticmethod
    def _quiet(text: str) -> str:
        return f'<span style="color: {theme.colour("muted").name()}">{escape(text)}</span>'

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.exec(event.globalPos())

    def _make_parts(self) -> None:
        self._empty = widgets.EmptyState("text-box-outline", "")
        self._empty.show_text(
            tr("Next words appear here when the data are a text."),
            tr("Show sentences"),
            partial(self.asked.emit, "data.TextSample"),
        )
        self._line = QLineEdit()
        self._line.setAccessibleName(tr("Beginning"))
        self._line.setToolTip(tr("What the network goes on from"))
        self._line.setPlaceholderText(tr("Type a beginning"))
        self._line.setFont(theme.font(theme.BODY))
        self._line.setMaxLength(1000)
        self._tokens = TokenLine(tr("The beginning, as the network sees it"))
        self._words = WordList(tr("The most probable next words"))
        self._words.chosen.connect(self._append)
        self._write = widgets.button(tr("Write on"), "fountain-pen-tip")
        self._write.setToolTip(tr("Let the network go on; once more for another text"))
        self._write.clicked.connect(self._write_on)
        self._stop = widgets.button("", "close", "flat", tr("Write no more"))
        self._stop.clicked.connect(self._stop_writing)
        self._stop.hide()
        self._count = _number("count", tr("How many are written"), _LENGTHS["word"])
        self._seed = _number("seed", tr("Seed of the text"), 0)
        self._heat = SliderRow(_FIELDS["temperature"], tr("Temperature"), slim=True)
        self._heat.show_value(self._temperature)
        self._heat.changed.connect(self._set_temperature)
        explain(self._heat, "Field/temperature")
        for one in (self._write, self._stop, self._count, self._seed):
            explain(one, "written-text")
        self._written = QLabel()
        self._written.setTextFormat(Qt.TextFormat.RichText)
        self._written.setFont(theme.font(theme.BODY))
        self._written.setWordWrap(True)
        self._written.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._written.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        explain(self._written, "written-text")
        self._written.setToolTip(
            tr("Each word is drawn by the probability that the network gives it")
        )
        self._written.setAccessibleName(tr("What the network writes"))

    def _body(self) -> QWidget:
        contents = widgets.boxed(widgets.column(self._written, widgets.STRETCH), "panel")
        area = widgets.scrolling(contents, tr("What the network writes"), sideways=True)
        area.setObjectName("content")  # which the style sheet leaves without a ground of its own
        area.viewport().setAutoFillBackground(False)
        self._heat.setFixedWidth(theme.px(216))
        self._unit = widgets.label("", theme.SMALL, colour="muted")
        seed = widgets.label(tr("Seed"), theme.SMALL, colour="muted")
        writing = widgets.row(
            self._write,
            self._count,
            self._unit,
            self._stop,
            widgets.STRETCH,
            self._heat,
            16,
            seed,
            self._seed,
        )
        left = widgets.column(self._line, self._tokens, writing, area, gap=8)
        left.setStretch(3, 1)
        body = widgets.row(widgets.boxed(left), self._words, gap=32, margins=(16, 8, 16, 8))
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        return widgets.boxed(body)

    def _take_example(self) -> None:
        """Begin with the context of the example that is looked at."""
        dataset = self._dataset
        if dataset is None or dataset.language is None:
            return
        examples, language = shown_examples(dataset), dataset.language
        row = min(self._selection.example, len(examples) - 1)
        beginning = language.text(language.read(examples.x[row]))
        self._right = beginning, int(examples.y[row])
        self._line.setText(beginning)

    def _append(self, word: int) -> None:
        """Write a word behind the beginning."""
        if self._dataset and self._dataset.language:
            self._line.setText(self._dataset.language.followed(self._line.text(), word))

    def _write_on(self) -> None:
        if self._writes:  # once more: another text
            self._seed.set_value(int(self._seed.value()) + 1)
        self._writes = True
        self._stop.show()

    def _stop_writing(self) -> None:
        self._writes = False
        self._stop.hide()

    def _set_temperature(self, value: object) -> None:
        assert isinstance(value, float)
        self._temperature = value

    def _table(self) -> Table:
        """Return the next words with their probabilities."""
        result, dataset = self._shown, self._dataset
        if result is None or dataset is None:
            return []
        pairs = zip(result.words.tolist(), result.shares.tolist(), strict=True)
        return [("word", "probability"), *((dataset.classes[k], share) for k, share in pairs)]


def _number(name: str, caption: str, value: int) -> widgets.NumberBox:
    """Return a small editor for a field of the probe."""
    box = widgets.NumberBox(caption, _FIELDS[name].check, value)
    box.set_tip(_FIELDS[name].doc)
    box.setFixedWidth(theme.px(56))
    return box
