"""What may be written behind the program's name to open the window. No Qt here."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from playground.errors import ConfigError
from playground.language import LANGUAGES, mark, tr

NO_SCREEN = mark(
    "There is no display for the window. In a terminal, say what to do without one: "
    "playground --help."
)


@dataclass(frozen=True)
class WindowArguments:
    """How to open the window."""

    files: tuple[Path, ...] = ()
    """What to open in it: a project, a table, a text, a picture or a folder of pictures."""
    reset: bool = False
    """Whether to begin afresh."""
    language: str = ""
    """What to speak this time; empty for what the settings say."""


class Parser(argparse.ArgumentParser):
    """Reports a wrong option as any other mistake of the user's."""

    def error(self, message: str) -> NoReturn:
        raise ConfigError(
            tr("{message}. What there is: {program} --help.").format(
                message=message, program=self.prog
            )
        )


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add the option that holds for window and commands."""
    parser.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default="",
        help=tr("what to speak this time, with any command or without one"),
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the window."""
    add_language(parser)
    parser.add_argument(
        "--reset",
        action="store_true",
        help=tr("open the window as on the first day; what it remembered is set aside"),
    )


def window_arguments(arguments: Sequence[str]) -> WindowArguments:
    """Return what the arguments ask for; raise ``ConfigError`` for what nobody knows."""
    parser = Parser(prog="playground", add_help=False)
    add_options(parser)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    # a project remembers where its data lies, wherever it is opened from the next time
    files = tuple(file.absolute() for file in options.files)
    return WindowArguments(files, options.reset, options.language)
