"""What the data panel shows of a text: its words, and examples of what comes next."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.data.sources.text import PastedText
from playground.data.texts.language import Language
from playground.gui.charts.scales import number, percent
from playground.gui.look import theme
from playground.gui.look.markers import no_pen
from playground.gui.widgets import GAP, Painted, boxed, button, column, label, section
from playground.language import grouped, tr

_WORDS, _EXAMPLES = 10, 5
_ROW = 20
_CENTRE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | _CENTRE


class TextPart(QWidget):
    """Figures of a text, its most frequent words, and some contexts with the word behind them."""

    edit_requested = Signal()
    """Of a pasted text."""

    def __init__(self) -> None:
        super().__init__()
        self._edit = button(tr("Edit the text..."), "pencil-outline")
        self._edit.clicked.connect(self.edit_requested)
        self._words_head = section(tr("Most frequent"))
        self._words = WordBars(tr("The most frequent words of the training part"))
        self._examples = ContextLines(tr("Examples: some words, and the one behind them"))
        self._facts = label("", theme.SMALL, colour="muted", wrap=True)
        words = column(self._words_head, self._words, gap=GAP)
        examples = column(section(tr("What comes next")), self._examples, gap=GAP)
        self.setLayout(column(self._edit, boxed(words), boxed(examples), self._facts, gap=12))

    def show_source(self, source: DataSource) -> None:
        """Offer to edit a text that was pasted."""
        self._edit.setVisible(isinstance(source, PastedText))

    def show_dataset(self, dataset: Dataset) -> None:
        """Show a text; nothing at all for other data."""
        language = dataset.language
        self.setVisible(language is not None)
        if language is None:
            return
        frequent = 1 + np.argsort(-language.counts[1:], kind="stable")[:_WORDS]
        self._words.show_words(
            [visible(language.words[k]) for k in frequent.tolist()],
            [int(language.counts[k]) for k in frequent.tolist()],
        )
        self._words_head.set_detail(tr("of {0}").format(grouped(len(language.words) - 1)))
        self._examples.show_examples(some_examples(dataset, language))
        self._facts.setText("\n".join(self._sentences(language)))
        self._facts.setToolTip(
            tr(
                "Counting which word follows which, smoothed: what a network has to beat. "
                "Perplexity: between how many words it hesitates."
            )
        )

    def _sentences(self, language: Language) -> list[str]:
        words = tr("Unknown in the validation part: {0}")
        facts = [words.format(percent(language.unknown))] if language.bigram else []
        if language.bigram:
            words = tr("Perplexity to beat: {0}, by counting pairs")
            facts.append(words.format(number(language.bigram)))
        return facts


class WordBars(Painted):
    """A line for each word: the word, a bar, and how often it occurs."""

    def __init__(self, name: str) -> None:
        super().__init__(self._draw, _WORDS * _ROW, name)
        self._words: list[str] = []
        self._counts: list[int] = []

    def show_words(self, words: list[str], counts: list[int]) -> None:
        """Show words with their counts, the largest first."""
        self._words, self._counts = words, counts
        pairs = zip(words, counts, strict=True)
        self.setAccessibleDescription(
            ", ".join(f"{word} {grouped(count)}" for word, count in pairs)
        )
        self.setFixedHeight(round(_ROW * max(len(words), 1) * theme.notifier().scale))
        self.update()

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        font = theme.font(theme.SMALL)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        height = box.height() / max(len(self._words), 1)
        name = min(
            0.4 * box.width(), 8 + max(map(metrics.horizontalAdvance, self._words), default=0)
        )
        figure = 8 + metrics.horizontalAdvance(grouped(max(self._counts, default=0)))
        room = box.width() - name - figure
        for i, (word, count) in enumerate(zip(self._words, self._counts, strict=True)):
            line = QRectF(box.left(), box.top() + i * height, box.width(), height)
            painter.setPen(theme.colour("text"))
            text = metrics.elidedText(word, Qt.TextElideMode.ElideRight, name - 8)
            painter.drawText(line, _CENTRE, text)
            painter.setPen(theme.colour("muted"))
            painter.drawText(line, _RIGHT, grouped(count))
            no_pen(painter, "muted", 150)
            width = room * count / max(self._counts[0], 1)
            painter.drawRoundedRect(
                QRectF(line.left() + name, line.center().y() - 4, max(width, 2), 8), 2, 2
            )


class ContextLines(Painted):
    """A line for each example: the context, cut at its front, and the next word, marked."""

    def __init__(self, name: str) -> None:
        super().__init__(self._draw, _EXAMPLES * 28, name)
        self._examples: list[tuple[str, str]] = []

    def show_examples(self, examples: list[tuple[str, str]]) -> None:
        """Show contexts with the words behind them."""
        self._examples = examples
        self.setAccessibleDescription("; ".join(f"{a} → {b}" for a, b in examples))
        self.setFixedHeight(round(28 * max(len(examples), 1) * theme.notifier().scale))
        self.update()

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        height = box.height() / max(len(self._examples), 1)
        for i, example in enumerate(self._examples):
            line = QRectF(box.left(), box.top() + i * height, box.width(), height)
            draw_example(painter, line, example)


def draw_example(painter: QPainter, line: QRectF, example: tuple[str, str]) -> None:
    """Draw a context, and the next word on the accent's tint behind it."""
    (before, after), font = example, theme.font(theme.SMALL)
    bold = theme.font(theme.SMALL, 600)
    word = QFontMetricsF(bold).elidedText(after, Qt.TextElideMode.ElideRight, line.width() / 2)
    room = QFontMetricsF(bold).horizontalAdvance(word) + 12
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, line.width() - room - 6)
    painter.setFont(font)
    painter.setPen(theme.colour("text"))
    painter.drawText(line, _CENTRE, text)
    left = line.left() + (metrics.horizontalAdvance(text) + 6 if text else 0)
    chip = QRectF(left, line.center().y() - 10, room, 20)
    no_pen(painter, "tint")
    painter.drawRoundedRect(chip, 4, 4)
    painter.setFont(bold)
    painter.setPen(theme.colour("accent"))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)


def some_examples(
    dataset: Dataset, language: Language, most: int = _EXAMPLES
) -> list[tuple[str, str]]:
    """Return a few contexts with their next words, from all over the training part."""
    train = dataset.train
    words = np.array([word.isalnum() for word in language.words])  # no marks, and not the unknown
    complete = ((train.x != language.start) & (train.x != 0)).all(axis=1)
    whole = np.flatnonzero(words[train.y] & complete)
    rows = whole if len(whole) >= most else np.flatnonzero(train.y > 0)
    chosen = rows[np.linspace(0, len(rows) - 1, min(most, len(rows))).astype(int)]
    return [
        (
            language.tokenizer.join(language.read(train.x[row])),
            visible(language.words[train.y[row]]),
        )
        for row in chosen.tolist()
    ]


def visible(word: str) -> str:
    """Return a token so that it can be seen: a blank as an open box."""
    return "␣" if word == " " else word
