"""How loading tells how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Told now and then how much is done, from 0 to 1; it raises to cancel the loading."""


def unwatched(_share: float) -> None:
    """Ignore the progress."""


def part(progress: Progress, start: float, stop: float) -> Progress:
    """Return the progress of one step that takes the whole from ``start`` to ``stop``."""

    def report(share: float) -> None:
        progress(start + share * (stop - start))

    return report
