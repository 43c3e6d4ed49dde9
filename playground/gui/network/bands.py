"""The heights of the bands of words in the picture: they go with the size of text."""

from __future__ import annotations

from playground.gui.look import theme


def line() -> float:
    """Return how far apart two lines of captions are."""
    return theme.px(15)


def note() -> float:
    """Return the height of a line: of that, too, which says how much of a column is shown."""
    return theme.px(16)


def top() -> float:
    """Return the height of the band of the names and the + buttons."""
    return 25 + line()


def bottom() -> float:
    """Return that of the shapes, the parameter counts and the layer's own buttons."""
    return 34 + 2 * line()


def lane_head() -> float:
    """Return that of the names within a branch."""
    return theme.px(18)


def lane_foot() -> float:
    """Return that of the shapes within a branch."""
    return line()
