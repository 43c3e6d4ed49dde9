"""The menus of the window from left to right, with all that stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.gui.commands.command import Menu
from playground.gui.commands.data import data_menu
from playground.gui.commands.edit import edit_menu
from playground.gui.commands.file import file_menu
from playground.gui.commands.help import help_menu
from playground.gui.commands.model import model_menu
from playground.gui.commands.train import train_menu
from playground.gui.commands.view import view_menu

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow

_MENUS = (file_menu, edit_menu, data_menu, model_menu, train_menu, view_menu, help_menu)


def menus_of(window: MainWindow) -> tuple[Menu, ...]:
    """Return the menus in the language in force."""
    return tuple(make(window) for make in _MENUS)
