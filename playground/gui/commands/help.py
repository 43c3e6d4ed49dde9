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
    return Menu("help", tr("&Help"), (about,))
