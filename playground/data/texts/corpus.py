"""A whole text as numbers, sentence by sentence."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.progress import Progress, unwatched
from playground.data.texts.tokens import Tokenizer, sentences
from playground.errors import DataError
from playground.language import tr

LONGEST = 256
"""Tokens of a sentence; a longer one, perhaps of a text without full stops, is cut."""
_FEW, _BLOCKS, _SHORTEST = 6, 50, 10
"""A text of fewer sentences is cut into that many blocks, for a part of it to be kept aside."""
_OFTEN = 500  # sentences between two words about the progress

Tokens = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Corpus:
    """The tokens of a text, ``(n,)``, numbered as they first appear.

    Sentence ``k`` goes from ``starts[k]`` to ``starts[k + 1]``, or to the end.
    """

    tokens: Tokens
    starts: Tokens
    words: tuple[str, ...]
    """The token of each number."""
    cut: bool
    """Whether the text goes on after what was read."""
    in_blocks: bool
    """Whether the sentences are blocks of equal length, for the text has too few."""

    @property
    def lengths(self) -> Tokens:
        """The tokens of each sentence."""
        return np.diff(self.starts, append=len(self.tokens))


def read_corpus(
    name: str,
    text: str,
    tokenizer: Tokenizer,
    most: int,
    progress: Progress = unwatched,
) -> Corpus:
    """Return the first ``most`` tokens of a text; raise ``DataError`` if there are too few."""
    numbers: dict[str, int] = {}
    tokens, starts = array("q"), array("q")
    done = 0
    for count, sentence in enumerate(sentences(tokenizer.clean(text))):
        if count % _OFTEN == 0:
            progress(min(1.0, done / len(text)))
        done += len(sentence)
        found = tokenizer.split(sentence)
        starts.extend(range(len(tokens), len(tokens) + len(found), LONGEST))
        tokens.extend([numbers.setdefault(token, len(numbers)) for token in found])
        if len(tokens) > most:
            break
    cut = len(tokens) > most
    corpus = _corpus(tokens[:most], starts, tuple(numbers), cut=cut)
    _check(name, corpus, tokenizer)
    return corpus


def _corpus(tokens: array[int], starts: array[int], words: tuple[str, ...], *, cut: bool) -> Corpus:
    all_tokens = np.array(tokens, np.intp)
    begins = np.array(starts, np.intp)
    begins = begins[begins < len(all_tokens)]
    in_blocks = len(begins) < _FEW and len(all_tokens) >= _FEW * _SHORTEST
    if in_blocks:
        begins = np.arange(0, len(all_tokens), max(len(all_tokens) // _BLOCKS, _SHORTEST))
    return Corpus(all_tokens, begins, words, cut, in_blocks)


def _check(name: str, corpus: Corpus, tokenizer: Tokenizer) -> None:
    unit = tokenizer.unit
    if not len(corpus.tokens):
        text = (
            tr("{name} has no word in it; choose or paste another text.")
            if unit == "word"
            else tr("{name} has no character in it; choose or paste another text.")
        )
        raise DataError(text.format(name=name))
    if len(corpus.words) == 1:
        raise DataError(
            tr(
                "{name} has only one {unit}, {0!r}, over and over: there is nothing to predict; "
                "choose another text."
            ).format(
                corpus.words[0], name=name, unit=tr("word") if unit == "word" else tr("character")
            )
        )
