"""How a text became numbers, and how numbers become a text again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.data.texts.tokens import Tokenizer, sentences

UNKNOWN = "<unknown>"
"""Stands for every token that is not in the vocabulary."""
START = "<start>"
"""Stands before the first token of a sentence."""


@dataclass(frozen=True, eq=False)
class Language:
    """The vocabulary of a text and the form of its examples.

    ``words`` are the tokens that can be predicted, the most frequent first, behind ``UNKNOWN``,
    which is number 0; token ``k`` is class ``k``. Inputs are ``context`` tokens; where a sentence
    begins they are filled up with ``START``, the number behind all words, if it is ``padded``.
    """

    tokenizer: Tokenizer
    words: tuple[str, ...]
    context: int
    padded: bool
    counts: NDArray[np.int64]
    """How often each word occurs in the training part, ``(words,)``."""
    unknown: float = 0.0
    """The share of the validation part's tokens that are not in the vocabulary."""
    tokens: int = 0
    """Of the whole text."""
    sentences: int = 0
    bigram: float | None = None
    """The validation perplexity of counting which word follows which; None without such a part."""

    @property
    def inputs(self) -> int:
        """How many different tokens the network may be given: what ``Embedding`` needs."""
        return len(self.words) + int(self.padded)

    @property
    def start(self) -> int:
        """The number that fills up a context."""
        return len(self.words) if self.padded else 0

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words)}

    def split(self, text: str) -> list[str]:
        """Return the tokens of a text that somebody typed, as they are in the vocabulary."""
        clean = self.tokenizer.clean(text)
        if self.tokenizer.unit == "character":
            return self.tokenizer.split(clean) + ([" "] if clean[-1:].isspace() else [])
        return [token for part in sentences(clean) for token in self.tokenizer.split(part)]

    def numbers_of(self, tokens: Iterable[str]) -> list[int]:
        """Return the number of each token; 0 for those that are unknown."""
        return [self._numbers.get(token, 0) for token in tokens]

    def context_of(self, tokens: list[str]) -> NDArray[np.float32]:
        """Return the input ``(context,)`` for what comes after these tokens.

        Nothing is seen of what stands before the end of a sentence: so it was in training, too.
        """
        last = self.numbers_of(self.in_sight(tokens))
        filled = [self.start] * (self.context - len(last)) + last
        return np.array(filled, np.float32)

    def in_sight(self, tokens: list[str]) -> list[str]:
        """Return the last tokens, as far as a context goes and none of an older sentence."""
        ends = [i for i, token in enumerate(tokens) if self.tokenizer.ends_sentence(token)]
        begun = tokens[ends[-1] + 1 if ends else 0 :]
        if ends and begun[:1] == [" "]:  # between two sentences, which begin without one
            begun = begun[1:]
        return begun[-self.context :]

    def text(self, tokens: Sequence[str]) -> str:
        """Return tokens as a text, with a blank between sentences of characters, too."""
        if self.tokenizer.unit == "word":
            return self.tokenizer.join(tokens)
        parts, after_end = list[str](), False
        for token in tokens:
            ends = self.tokenizer.ends_sentence(token)
            if after_end and not ends and token != " ":
                parts.append(" ")
            parts.append(token)
            after_end = ends
        return "".join(parts)

    def read(self, x: NDArray[np.floating]) -> list[str]:
        """Return the tokens of an input ``(context,)``, without what only fills it up."""
        numbers = np.rint(x).astype(int).tolist()
        return [self.words[k] for k in numbers if 0 <= k < len(self.words)]

    def spelled(self, x: NDArray[np.floating]) -> list[str]:
        """Return each token of an input ``(context,)``, also ``START``."""
        numbers = np.rint(x).astype(int).tolist()
        return [self.words[k] if 0 <= k < len(self.words) else START for k in numbers]

    def followed(self, text: str, word: int) -> str:
        """Return a text that somebody typed with a word written behind it."""
        tokens, written = self.split(text), self.words[word]
        if self.tokenizer.unit == "character" or not tokens:
            return text + written
        before = self.text(tokens[-1:])
        return text.rstrip() + self.text([tokens[-1], written])[len(before) :]
