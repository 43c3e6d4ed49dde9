"""What a network that has learnt from a text says next, and what it writes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.texts.language import Language
from playground.nn.arrays import Array
from playground.probes.base import Probe
from playground.probes.predictions import class_probabilities
from playground.training.snapshot import Snapshot

_AT_ONCE = 8
"""Tokens written in one step."""


@dataclass(frozen=True, eq=False)
class Continuation:
    """The most probable next tokens after a beginning, and what was written behind it."""

    probe: NextWord
    tokens: tuple[str, ...]
    """Those of the beginning."""
    known: tuple[bool, ...]
    """Which of them are in the vocabulary."""
    seen: int
    """How many of the last of them the network is given."""
    words: NDArray[np.intp]
    """Classes, the most probable first."""
    shares: Array
    """Their probabilities."""
    written: tuple[str, ...]
    """What comes behind the beginning, as far as it goes."""
    finished: bool


@dataclass(frozen=True)
class NextWord(Probe):
    """Answer with a ``Continuation``: the probabilities first, then more and more of the text.

    Tokens are drawn with the probabilities ``p ** (1 / temperature)``, scaled to add up to 1, and
    never the one for all unknown words. The same seed draws the same text of the same network.
    """

    beginning: str = param("", doc="What stands there already.")
    most: int = param(16, low=1, high=1000, doc="How many of the next tokens are told.")
    count: int = param(0, low=0, high=1000, doc="How many tokens are written.")
    temperature: float = param(
        0.7,
        low=0.1,
        high=2.0,
        log=True,
        doc="Below 1 the probable becomes more probable, above 1 the improbable.",
    )
    seed: int = param(0, low=0, high=2**31 - 1, doc="The same seed, the same text.")

    def compute(self, snapshot: Snapshot) -> Iterator[Continuation]:
        language = snapshot.dataset.language
        if language is None:
            return
        tokens = language.split(self.beginning)
        shares = _shares(snapshot, language, tokens)
        words = np.argsort(-shares, kind="stable")[: self.most]
        known = tuple(number > 0 for number in language.numbers_of(tokens))
        seen, written = len(language.in_sight(tokens)), list[str]()
        while True:
            finished = len(written) >= self.count or not np.isfinite(shares).all()
            yield Continuation(
                self,
                tuple(tokens),
                known,
                seen,
                words,
                shares[words],
                tuple(written),
                finished,
            )
            if finished:
                return
            for _ in range(min(_AT_ONCE, self.count - len(written))):
                written.append(self._drawn(snapshot, language, [*tokens, *written], len(written)))

    def _drawn(
        self, snapshot: Snapshot, language: Language, tokens: list[str], position: int
    ) -> str:
        shares = _shares(snapshot, language, tokens)
        rng = np.random.default_rng((self.seed, position))
        return language.words[drawn(shares, self.temperature, rng)]


def drawn(shares: Array, temperature: float, rng: np.random.Generator) -> int:
    """Return a class at random, sharpened by the temperature; never 0, the unknown."""
    with np.errstate(divide="ignore"):
        heat = np.log(shares[1:].astype(np.float64)) / temperature
    if not np.isfinite(heat.max()):  # nothing is probable: a network that has diverged
        return 1 + int(rng.integers(len(heat)))
    weights = np.exp(heat - heat.max())
    return 1 + int(rng.choice(len(weights), p=weights / weights.sum()))


def _shares(snapshot: Snapshot, language: Language, tokens: list[str]) -> Array:
    x = language.context_of(tokens)[None]
    with np.errstate(over="ignore", invalid="ignore"):
        outputs, _ = snapshot.model.forward(snapshot.weights, x)
        shares: Array = class_probabilities(snapshot.project.loss.answers(outputs))[0]
    return shares
