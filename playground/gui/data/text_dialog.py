"""The dialog in which a text becomes data: what to predict from how much, and what it becomes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from playground.component import Parameter, parameters
from playground.data.sources.text import MOST_PASTED, PastedText, TextFile, TextSource
from playground.data.texts.files import read_text
from playground.data.texts.tokens import Tokenizer, sentences
from playground.errors import PlaygroundError
from playground.gui.data.text_part import visible
from playground.gui.focus_order import step_focus
from playground.gui.help.asking import Guide
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.widgets import (
    STRETCH,
    NumberBox,
    Segments,
    Switch,
    button,
    column,
    label,
    row,
    section,
)
from playground.language import grouped, tr

_PAUSE_MS = 150
_LOOKED_AT = MOST_PASTED
"""Characters of a file that the dialog shows and counts; the whole of it is learnt from."""
_TOKENS = 24


class TextDialog(QDialog):
    """Shows a text, to be edited if it is pasted, and what its tokens are; ``source`` tells."""

    def __init__(self, source: TextFile | PastedText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: TextSource = source
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        pasted = isinstance(source, PastedText)
        self.setWindowTitle(tr("Paste a text") if pasted else tr("Open text"))
        self.resize(720, 560)
        self.setMinimumSize(520, 440)
        self._make_widgets(source)
        self._lay_out()
        self._look()
        explain(self, "text-import")
        explain(self._context, "Field/context")
        Guide(self)

    def source(self) -> TextSource:
        """Return what the user has chosen."""
        changes: dict[str, Any] = {
            "unit": self._unit.choice(),
            "context": self._context.value(),
            "lower_case": self._lower.isChecked(),
        }
        if isinstance(self._source, PastedText):
            changes["text"] = self._text.toPlainText()
        return replace(self._source, **changes)

    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, next)

    def _make_widgets(self, source: TextFile | PastedText) -> None:
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(tr("The text"))
        self._text.setFont(theme.font(theme.BODY))
        self._text.setTabChangesFocus(True)
        self._text.setToolTip(tr("What the network learns to go on with"))
        self._text.setPlaceholderText(
            tr("Paste or type a text here: a story, song texts, recipes ...")
        )
        self._text.setReadOnly(isinstance(source, TextFile))
        self._trouble = self._fill(source)
        self._text.textChanged.connect(self._pause.start)
        units = {"word": tr("The next word"), "character": tr("The next character")}
        tips = {
            "word": tr("Word by word; it takes some hundred sentences to learn"),
            "character": tr(
                "Letter by letter: fewer answers to choose from, a longer way to sense"
            ),
        }
        self._unit = Segments(units, tr("What is predicted"), tips=tips)
        self._unit.set_choice(source.unit)
        self._unit.chosen.connect(self._choose_unit)
        context = field(source, "context")
        self._context = NumberBox(tr("Context"), context.check, source.context)
        self._context.set_tip(context.doc)
        self._context.setFixedWidth(64)
        self._lower = Switch(tr("Lower case"), on=source.lower_case)
        self._lower.setToolTip(field(source, "lower_case").doc)
        self._lower.toggled.connect(self._look)
        self._tokens = label("", theme.SMALL, wrap=True)
        self._tokens.setMinimumHeight(44)
        self._facts = section(tr("Its tokens"))
        self._verdict = label("", theme.SMALL, colour="muted", wrap=True)
        self._cancel = button(tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._ok = button(tr("Use this text"), "check", "primary")
        self._ok.setDefault(True)
        self._ok.clicked.connect(self.accept)

    def _fill(self, source: TextFile | PastedText) -> str:
        """Put the text in; return why that is not possible, if so."""
        if isinstance(source, PastedText):
            self._text.setPlainText(source.text)
            return ""
        try:
            text, _ = read_text(source.path)
        except PlaygroundError as error:
            return str(error)
        self._text.setPlainText(text[:_LOOKED_AT])
        return ""

    def _lay_out(self) -> None:
        words = label(tr("Words before it"), theme.SMALL, colour="muted")
        words.setBuddy(self._context)
        self._context_words = words
        choices = row(self._unit, 8, words, self._context, 8, self._lower)
        choices.setStretch(0, 1)
        buttons = row(self._verdict, STRETCH, self._cancel, self._ok)
        buttons.setStretch(0, 1)
        self.setLayout(
            column(
                self._text,
                choices,
                column(self._facts, self._tokens, gap=4),
                buttons,
                gap=16,
                margins=(16, 16, 16, 16),
            )
        )

    def _choose_unit(self, unit: str) -> None:
        """Take a context that goes with the unit: a word is five characters or so."""
        self._context.set_value(4 if unit == "word" else 10)
        self._look()

    def _look(self) -> None:
        """Say what the tokens of the text are."""
        words = self._unit.choice() == "word"
        self._context_words.setText(tr("Words before it") if words else tr("Characters before it"))
        text = self._text.toPlainText()
        tokenizer = Tokenizer("word" if words else "character", self._lower.isChecked())
        found = [tokenizer.split(one) for one in sentences(tokenizer.clean(text))]
        counts = Counter(token for sentence in found for token in sentence)
        first = list(islice((token for sentence in found for token in sentence), _TOKENS))
        self._tokens.setText("  ·  ".join(map(visible, first)))
        total = sum(counts.values())
        details = tr("{0} tokens, {1} different, {2} sentences")
        more = "+" if len(text) == _LOOKED_AT and self._text.isReadOnly() else ""
        self._facts.set_detail(
            details.format(
                f"{grouped(total)}{more}",
                f"{grouped(len(counts))}{more}",
                f"{grouped(len(found))}{more}",
            )
        )
        problem = self._trouble or self._problem(text, len(counts))
        self._verdict.setText(problem)
        self._ok.setEnabled(not problem)

    def _problem(self, text: str, different: int) -> str:
        if len(text) > MOST_PASTED:
            words = tr("At most {0} characters can be pasted; save it as a file and open that.")
            return words.format(grouped(MOST_PASTED))
        if not text.strip():
            return tr("There is no text yet.")
        return "" if different > 1 else tr("At least two different tokens are needed.")


def field(source: TextSource, name: str) -> Parameter:
    """Return the declaration of a field."""
    return next(one for one in parameters(type(source)) if one.name == name)
