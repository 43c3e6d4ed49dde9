"""How loading tells how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Piece = TypeVar("Piece")

Progress = Callable[[float], None]
"""Told now and then how much is done, from 0 to 1; it raises to cancel the loading."""


def unwatched(_share: float) -> None:
    """Ignore the progress."""


def part(progress: Progress, start: float, stop: float) -> Progress:
    """Return the progress of one step that takes the whole from ``start`` to ``stop``."""

    def report(share: float) -> None:
        progress(start + share * (stop - start))

    return report


def watched(pieces: Sequence[Piece], progress: Progress) -> Iterator[Piece]:
    """Yield the pieces of some work, telling how far it is."""
    for done, piece in enumerate(pieces):
        progress(done / len(pieces))
        yield piece
    progress(1.0)
