"""From sentences to examples: some tokens, and the one that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from playground.data.dataset import Examples, split_rows
from playground.data.texts.corpus import Corpus, Tokens
from playground.data.texts.language import UNKNOWN
from playground.errors import DataError
from playground.language import tr

Order = Literal["shuffled", "in order"]


@dataclass(frozen=True)
class Share:
    """Which sentences are kept aside, and how many."""

    validation: float
    test: float
    order: Order
    seed: int


def parts_of(corpus: Corpus, share: Share) -> tuple[Tokens, Tokens, Tokens]:
    """Return the numbers of the sentences for training, validation and test.

    A sentence is in one part only, and no context reaches into another: so nothing leaks.
    """
    count, shares = len(corpus.starts), (share.validation, share.test)
    train, validation, test = split_rows(None, count, shares, share.seed)
    if share.order == "in order":
        ends = np.cumsum([len(train), len(validation)])
        train, validation, test = np.split(np.arange(count), ends)
    return train, validation, test


def vocabulary(corpus: Corpus, train: Tokens, most: int, least: int) -> tuple[Tokens, Tokens]:
    """Return the tokens of the vocabulary, the most frequent first, and the number of each token.

    Only those of the training sentences count, ``most`` of them, each seen ``least`` times or
    more. Number 0 is for all others.
    """
    here = np.zeros(len(corpus.starts), bool)
    here[train] = True
    counts = np.bincount(
        corpus.tokens[np.repeat(here, corpus.lengths)], minlength=len(corpus.words)
    )
    often = np.argsort(-counts, kind="stable")[:most]
    often = often[counts[often] >= max(least, 1)]
    numbers = np.zeros(len(corpus.words), np.intp)
    numbers[often] = np.arange(1, len(often) + 1)
    return often, numbers


def words_of(corpus: Corpus, tokens: Tokens) -> tuple[str, ...]:
    """Return the words of a vocabulary, behind that for all others."""
    return (UNKNOWN, *(corpus.words[k] for k in tokens.tolist()))


def examples_of(
    corpus: Corpus, numbers: Tokens, context: int, start: int | None, chosen: Tokens
) -> Examples:
    """Return the examples of some sentences; ``rows`` are the places of their answers in the text.

    ``start`` fills up the contexts at the beginning of a sentence; without it the first answer is
    behind the first whole context.
    """
    lengths, begins = corpus.lengths[chosen], corpus.starts[chosen]
    gap = context if start is not None else 0
    # every sentence behind ``gap`` fillings, one after the other
    ends = np.cumsum(lengths + gap)
    places = _ranges(ends - lengths, lengths)
    rows = _ranges(begins, lengths)
    flat = np.full(int(ends[-1]) if len(ends) else 0, start or 0, np.float32)
    flat[places] = numbers[corpus.tokens[rows]]
    if start is None:
        whole = _ranges(np.zeros_like(lengths), lengths) >= context
        places, rows = places[whole], rows[whole]
    if not len(places):
        return Examples(np.zeros((0, context), np.float32), np.zeros(0, np.int64))
    windows: NDArray[np.float32] = sliding_window_view(flat, context)[places - context]
    answers = numbers[corpus.tokens[rows]].astype(np.int64)
    return Examples(windows.copy(), answers, rows=rows)


def check_parts(name: str, parts: tuple[Examples, ...], context: int, share: Share) -> None:
    """Raise ``DataError`` if a part that is wanted has no example."""
    if not len(parts[0]):
        raise DataError(
            tr(
                "{name} is too short: no sentence has more than {context} tokens, so none has a "
                "whole context and a token behind it; choose a shorter context, or fill up the "
                "beginnings."
            ).format(name=name, context=context)
        )
    for examples, wanted in zip(parts[1:], (share.validation, share.test), strict=True):
        if wanted and not len(examples):
            raise DataError(
                tr(
                    "{name} is too short to keep sentences aside for validation and test; choose "
                    "a longer text or a shorter context, or set a split to 0."
                ).format(name=name)
            )


def _ranges(starts: Tokens, lengths: Tokens) -> Tokens:
    """Return ``starts[0], starts[0] + 1, ...`` for as long as ``lengths`` says, one by one."""
    ends = np.cumsum(lengths)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths)
    return np.repeat(starts, lengths) + within
