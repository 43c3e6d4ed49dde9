"""The yardstick of next-word prediction: counting which word follows which."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]

_ADDED = (0.01, 0.1, 0.5, 1.0, 2.0, 5.0)
_TRUST = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)


@dataclass(frozen=True, eq=False)
class Bigram:
    """Predicts a word from the one before it, by their counts in the training part.

    ``p(word | last) = trust * count(last, word) / count(last) + (1 - trust) * p(word)``, with
    ``p(word) = (count(word) + added) / (n + added * words)``: interpolation after Jelinek &
    Mercer 1980, over add-k smoothing. After a word never seen only ``p(word)`` is left.
    """

    pairs: Numbers
    """``last * words + word`` of each pair that occurs, in order."""
    pair_counts: Numbers
    last_counts: Numbers
    """How often each token is the last one before another."""
    counts: Numbers
    """How often each word comes next, ``(words,)``."""
    trust: float = 0.8
    added: float = 0.1

    @classmethod
    def counted(cls, last: Numbers, word: Numbers, words: int) -> Bigram:
        """Return the counts of training examples: the last tokens, and the words behind them."""
        pairs, pair_counts = np.unique(last * words + word, return_counts=True)
        last_counts = np.bincount(last, minlength=words + 1)
        return cls(pairs, pair_counts, last_counts, np.bincount(word, minlength=words))

    def fitted(self, last: Numbers, word: Numbers) -> Bigram:
        """Return the same counts with the trust and the added count best for a validation part."""
        settings = itertools.product(_TRUST, _ADDED)
        known = [
            Bigram(self.pairs, self.pair_counts, self.last_counts, self.counts, trust, added)
            for trust, added in settings
        ]
        return min(known, key=lambda bigram: bigram.perplexity(last, word))

    def probabilities(self, last: Numbers, word: Numbers) -> NDArray[np.float64]:
        """Return how probable each word is behind its last token, ``(n,)``."""
        wanted, words = last * len(self.counts) + word, len(self.counts)
        place = np.minimum(np.searchsorted(self.pairs, wanted), len(self.pairs) - 1)
        together = np.where(self.pairs[place] == wanted, self.pair_counts[place], 0)
        alone = (self.counts[word] + self.added) / (self.counts.sum() + self.added * words)
        before = self.last_counts[last]
        shares = together / np.maximum(before, 1)
        mixed: NDArray[np.float64] = self.trust * shares + (1 - self.trust) * alone
        return np.where(before > 0, mixed, alone)

    def perplexity(self, last: Numbers, word: Numbers) -> float:
        """Return ``exp`` of the mean surprise over some examples."""
        return float(np.exp(-np.log(self.probabilities(last, word)).mean()))
