"""What helps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.gui import dialogs
from playground.gui.commands.command import Command, Menu
from playground.language import tr

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow


def help_menu(window: MainWindow) -> Menu:
    """Return the Help menu."""
    about = Command(
        "help.about",
        tr("About"),
        partial(dialogs.show_about, window),
        tr("Say what this is, and which version."),
        icon="information-outline",
        synonyms=tr("version licence"),
    )
    entries = (*_explaining(window), None, *_finding(window), None, about)
    return Menu("help", tr("&Help"), entries)


def _explaining(window: MainWindow) -> tuple[Command, ...]:
    this = Command(
        "help.this",
        tr("What is this?"),
        window.guide.explain_this,
        tr("Explain what is under the mouse, or what has the focus."),
        "F1",
        icon="help-circle-outline",
        synonyms=tr("help explain meaning formula"),
    )
    point = Command(
        "help.point",
        tr("What is...? (click on it)"),
        window.guide.point,
        tr("Explain what the next click hits; Esc leaves."),
        "Shift+F1",
        icon="cursor-default-click-outline",
        synonyms=tr("help explain pointer"),
    )
    return this, point


def _finding(window: MainWindow) -> tuple[Command, ...]:
    find = Command(
        "help.find",
        tr("Find a command..."),
        partial(_find, window),
        tr("Type a few letters of what you want to do, or of a setting."),
        "Ctrl+K",
        ("Ctrl+Shift+P",),
        icon="magnify",
        synonyms=tr("palette search"),
    )
    keys = Command(
        "help.keys",
        tr("Keys and gestures..."),
        partial(_keys, window),
        tr("List every key of the window, and what keys and mouse do in the pictures."),
        "Ctrl+/",
        ("Ctrl+Shift+/",),
        icon="keyboard-outline",
        synonyms=tr("shortcuts keyboard mouse"),
    )
    return find, keys


def _find(window: MainWindow) -> None:
    from playground.gui.commands.palette import open_palette  # when the window is there

    open_palette(window)


def _keys(window: MainWindow) -> None:
    from playground.gui.commands.sheet import KeySheet  # it names views, which take their time

    KeySheet(window, window.commands).open()
