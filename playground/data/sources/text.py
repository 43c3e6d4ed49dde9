"""Texts, for predicting the next word or the next character."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np

from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.data.progress import Progress, part, unwatched
from playground.data.sources.base import DataSource
from playground.data.texts.bigram import Bigram
from playground.data.texts.corpus import Corpus, read_corpus
from playground.data.texts.examples import (
    Order,
    Share,
    check_parts,
    examples_of,
    parts_of,
    vocabulary,
    words_of,
)
from playground.data.texts.files import read_text
from playground.data.texts.language import Language
from playground.data.texts.tokens import Tokenizer, Unit, counted
from playground.errors import ConfigError, DataError
from playground.language import Told, grouped, tr

MOST_PASTED = 200_000
"""Characters of a pasted text, which is kept in the project; a longer one goes into a file."""


@dataclass(frozen=True)
class TextSource(DataSource, abstract=True):
    """A text: each token is predicted from those before it in its sentence.

    Whole sentences are kept aside, and the vocabulary is that of the training part, so that
    nothing of the held-out sentences is known.
    """

    unit: Unit = param("word", doc="What is predicted: the next word or the next character.")
    context: int = param(
        4, low=1, high=64, log=True, doc="How many tokens the network sees of what came before."
    )
    vocabulary: int = param(
        1000,
        low=2,
        high=20_000,
        log=True,
        doc="How many different tokens are told apart, the most frequent; all others are unknown.",
    )
    min_count: int = param(
        2, low=1, high=100, doc="A token seen less often in the training part is unknown."
    )
    lower_case: bool = param(True, doc="Take capital letters as small ones.")
    pad_starts: bool = param(
        True, doc="Predict from the first token on: what a context lacks is filled up."
    )
    order: Order = param(
        "shuffled",
        doc="Keep sentences aside from all over the text, or those at its end.",
        advanced=True,
    )
    test_split: float = param(
        0.1, low=0.0, high=0.8, doc="Share of the sentences for the last test."
    )
    most_tokens: int = param(
        200_000,
        low=100,
        high=2_000_000,
        log=True,
        doc="Tokens that are read at most, from the beginning on.",
        advanced=True,
    )

    @abstractmethod
    def read(self) -> tuple[str, str, tuple[Told, ...]]:
        """Return the name of the text, the text, and what is to be told of it."""

    def load(self, progress: Progress = unwatched) -> Dataset:
        name, text, notes = self.read()
        progress(0.1)
        tokenizer = Tokenizer(self.unit, self.lower_case)
        corpus = read_corpus(name, text, tokenizer, self.most_tokens, part(progress, 0.1, 0.7))
        share = Share(self.validation_split, self.test_split, self.order, self.seed)
        chosen = parts_of(corpus, share)
        known, numbers = vocabulary(corpus, chosen[0], self.vocabulary, self.min_count)
        words = words_of(corpus, known)
        if len(words) < 3:
            raise self._too_few(name)
        start = len(words) if self.pad_starts else None
        parts = tuple(examples_of(corpus, numbers, self.context, start, one) for one in chosen)
        check_parts(name, parts, self.context, share)
        progress(0.8)
        train, validation, test = parts
        dataset = Dataset(
            name,
            train,
            validation,
            test,
            classes=words,
            features=self._names(),
            told=(*notes, *self._notes(corpus)),
            language=self._language(tokenizer, words, corpus, train, validation),
        )
        progress(1.0)
        return dataset

    def renamed(self, dataset: Dataset) -> Dataset:
        return replace(dataset, features=self._names())

    def _names(self) -> tuple[str, ...]:
        """Return what the tokens are called from which the next one is predicted."""
        before = tr("word −{0}") if self.unit == "word" else tr("character −{0}")
        return tuple(before.format(back) for back in range(self.context, 0, -1))

    def _too_few(self, name: str) -> DataError:
        units = tr("words") if self.unit == "word" else tr("characters")
        text = tr(
            "{name} has fewer than two {units} that its training part has {min_count} times; "
            "choose a longer text or a smaller min_count."
        )
        return DataError(text.format(name=name, units=units, min_count=self.min_count))

    def _language(
        self,
        tokenizer: Tokenizer,
        words: tuple[str, ...],
        corpus: Corpus,
        train: Examples,
        validation: Examples,
    ) -> Language:
        return Language(
            tokenizer,
            words,
            self.context,
            self.pad_starts,
            counts=np.bincount(train.y, minlength=len(words)),
            unknown=float(np.mean(validation.y == 0)) if len(validation) else 0.0,
            tokens=len(corpus.tokens),
            sentences=len(corpus.starts),
            bigram=bigram_perplexity(train, validation, len(words)) if len(validation) else None,
        )

    def _notes(self, corpus: Corpus) -> tuple[Told, ...]:
        unit, tokens = self.unit, len(corpus.tokens)
        blocks, length = len(corpus.starts), int(corpus.lengths[0])

        def first() -> str:
            words = counted(unit, tokens)
            return tr("Read: the first {words}; most_tokens asks for more.").format(words=words)

        def cut() -> str:
            return tr(
                "The text has few full stops, so it is cut into {blocks} blocks of {words}, which "
                "are kept aside as sentences are."
            ).format(blocks=grouped(blocks), words=counted(unit, length))

        return (*([first] if corpus.cut else ()), *([cut] if corpus.in_blocks else ()))


@dataclass(frozen=True)
class TextSample(TextSource):
    """Short sentences in the box, to begin with."""

    title: ClassVar[str] = "Sentences"

    language: Literal["english", "italian"] = param("english", doc="The language they are in.")

    def read(self) -> tuple[str, str, tuple[Told, ...]]:
        text, _ = read_text(Path("datasets", "texts", f"{self.language}.txt"))
        # in English, whatever is spoken: it becomes the title of a project
        return f"{self.language.capitalize()} sentences", text, ()


@dataclass(frozen=True)
class TextFile(TextSource):
    """A text file of yours."""

    title: ClassVar[str] = "Text file"

    path: Path = param(Path(), doc="The file to read.")

    def read(self) -> tuple[str, str, tuple[Told, ...]]:
        text, encoding = read_text(self.path)
        if encoding != "cp1252":
            return self.path.name, text, ()
        return self.path.name, text, (_not_unicode,)


@dataclass(frozen=True)
class PastedText(TextSource):
    """A text that is typed or pasted, and kept in the project."""

    title: ClassVar[str] = "Pasted text"

    text: str = param("", doc="The text itself.")

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.text) > MOST_PASTED:
            raise ConfigError(
                tr(
                    "A pasted text may have {most_pasted} characters; save a longer one as a file "
                    "and open that. Received: {0}."
                ).format(grouped(len(self.text)), most_pasted=grouped(MOST_PASTED))
            )

    def read(self) -> tuple[str, str, tuple[Told, ...]]:
        if not self.text.strip():
            raise DataError(tr("There is no text yet; paste one: Data, Paste a text."))
        return self.title, self.text, ()


def bigram_perplexity(train: Examples, held_out: Examples, words: int) -> float:
    """Return how many words the best count of pairs hesitates between, over held-out examples."""
    last, word = held_out.x[:, -1].astype(np.intp), held_out.y
    counted = Bigram.counted(train.x[:, -1].astype(np.intp), train.y, words)
    return counted.fitted(last, word).perplexity(last, word)


def _not_unicode() -> str:
    return tr(
        "Read as Windows-1252 (cp1252), for it is no UTF-8; if letters are wrong, save it so."
    )
