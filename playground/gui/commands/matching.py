"""How well a name fits what somebody types to find it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_BEGINS, _WORDS, _INITIALS, _WITHIN, _SCATTERED = 100.0, 80.0, 60.0, 50.0, 30.0


@dataclass(frozen=True)
class Match:
    """A fit: the greater the score the better; 0 is none."""

    score: float
    places: tuple[int, ...] = ()
    """The letters of the name that were typed."""


NONE = Match(0.0)


def match(typed: str, name: str) -> Match:
    """Compare as people search: the beginning, then beginnings of words, then any letters.

    Capitals, accents and colons make no difference. Of two names that fit alike the shorter wins.
    """
    wanted, plain = _plain(typed), _plain(name)
    if not wanted.strip():
        return NONE
    for score, places_of in _WAYS:
        places = places_of(wanted, plain)
        if places is not None:
            return Match(score - min(len(name), 99) / 100 - _gaps(places) / 10, places)
    return NONE


def _plain(text: str) -> str:
    """Return as many characters, small and without accents; what parts words is a space."""
    letters = (unicodedata.normalize("NFKD", letter)[0].lower() for letter in text)
    return "".join(letter if letter.isalnum() else " " for letter in letters)


def _begins(wanted: str, name: str) -> tuple[int, ...] | None:
    wanted = wanted.strip()
    return tuple(range(len(wanted))) if name.startswith(wanted) else None


def _begins_words(wanted: str, name: str) -> tuple[int, ...] | None:
    """Take each typed word as the beginning of a word of the name, in any order."""
    free = [found.span() for found in re.finditer(r"\S+", name)]
    places: list[int] = []
    for word in wanted.split():
        here = next((span for span in free if name[span[0] : span[1]].startswith(word)), None)
        if here is None:
            return None
        free.remove(here)
        places += range(here[0], here[0] + len(word))
    return tuple(sorted(places))


def _initials(wanted: str, name: str) -> tuple[int, ...] | None:
    """Take each letter as the first one of a word: ``lr`` is the learning rate."""
    starts = [found.start() for found in re.finditer(r"\S+", name)]
    places: list[int] = []
    for letter in wanted.replace(" ", ""):
        here = next((at for at in starts if name[at] == letter), None)
        if here is None:
            return None
        starts = [at for at in starts if at > here]
        places.append(here)
    return tuple(places)


def _within(wanted: str, name: str) -> tuple[int, ...] | None:
    at = name.find(wanted.strip())
    return tuple(range(at, at + len(wanted.strip()))) if at >= 0 else None


def _scattered(wanted: str, name: str) -> tuple[int, ...] | None:
    """Take the letters as they come, with others between, but not a few far apart."""
    places: list[int] = []
    for letter in wanted.replace(" ", ""):
        at = name.find(letter, places[-1] + 1 if places else 0)
        if at < 0:
            return None
        places.append(at)
    return tuple(places) if _gaps(tuple(places)) <= 2 * len(places) else None


def _gaps(places: tuple[int, ...]) -> int:
    """Return how many letters were left out between the first and the last."""
    return places[-1] - places[0] + 1 - len(places)


_WAYS: tuple[tuple[float, Callable[[str, str], tuple[int, ...] | None]], ...] = (
    (_BEGINS, _begins),
    (_WORDS, _begins_words),
    (_INITIALS, _initials),
    (_WITHIN, _within),
    (_SCATTERED, _scattered),
)
