"""What a command is, and the menu it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


def nothing_lacks() -> str:
    """Say that a command can be done at any time."""
    return ""


@dataclass(frozen=True)
class Command:
    """Something that the window does when it is told to.

    Its texts are in the language in force when it is made; the window is made anew for another.
    """

    id: str
    """The same in every language and version, e.g. ``train.batch``: for settings and lessons."""
    text: str
    run: Callable[[], object]
    help: str
    """One sentence, for the tooltip and the list of commands."""
    key: str = ""
    """As ``QKeySequence`` reads it; Ctrl is the command key of a Mac."""
    other_keys: tuple[str, ...] = ()
    """Keys that do the same, for those who are used to them."""
    icon: str = ""
    """An mdi6 name."""
    lack: Callable[[], str] = nothing_lacks
    """Says what is missing before the command can be done; nothing if it can."""
    chosen: Callable[[], bool] | None = None
    """Of a switch or one of several choices: whether it is on."""
    synonyms: str = ""
    """Other words that people look for it by."""

    @property
    def keys(self) -> tuple[str, ...]:
        """All its keys, the one to tell first."""
        return (self.key, *self.other_keys) if self.key else ()


@dataclass(frozen=True)
class Menu:
    """Entries under a name; None is a line between two groups."""

    id: str
    text: str
    entries: tuple[Entry, ...]

    def commands(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
        """Go through the commands, each with the names of the menus on the way to it."""
        here = (*path, self.text.replace("&", ""))
        for entry in self.entries:
            if isinstance(entry, Menu):
                yield from entry.commands(here)
            elif entry is not None:
                yield here, entry


Entry = Command | Menu | None
