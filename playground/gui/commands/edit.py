"""What takes edits back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.gui.commands.command import Command, Menu
from playground.gui.commands.needs import Needs
from playground.language import tr

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow


def edit_menu(window: MainWindow) -> Menu:
    """Return the Edit menu."""
    session = window.session
    needs = Needs(session)
    undo = Command(
        "edit.undo",
        tr("Undo"),
        session.undo,
        tr("Take the last change back, and its weights with it."),
        "Ctrl+Z",
        icon="undo",
        lack=needs.edit,
        synonyms=tr("back revert"),
    )
    redo = Command(
        "edit.redo",
        tr("Redo"),
        session.redo,
        tr("Make again the change that was undone last."),
        "Ctrl+Shift+Z",
        ("Ctrl+Y",),
        icon="redo",
        lack=needs.undone,
        synonyms=tr("again repeat"),
    )
    return Menu("edit", tr("&Edit"), (undo, redo))
