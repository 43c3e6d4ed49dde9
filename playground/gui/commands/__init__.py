"""Every command of the window, declared once: menus, palette, keys and locks read it."""

from playground.gui.commands.command import Command, Entry, Menu
from playground.gui.commands.registry import Commands
from playground.gui.commands.tree import menus_of

__all__ = ["Command", "Commands", "Entry", "Menu", "menus_of"]
