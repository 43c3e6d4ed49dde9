"""The menu bar, as the commands say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QMenuBar

from playground.gui.commands import Commands, Menu

if TYPE_CHECKING:
    from collections.abc import Sequence


class Menus:
    """Fills the menu bar, and menus that come later, with commands."""

    def __init__(self, bar: QMenuBar, commands: Commands) -> None:
        self._commands = commands
        self._bar = bar
        self._by_id: dict[str, QMenu] = {}

    def show(self, menus: Sequence[Menu]) -> None:
        """Put menus into the bar."""
        self._commands.add(menus)
        for menu in menus:
            self._bar.addMenu(self._made(menu))

    def show_within(self, parent: str, menu: Menu) -> None:
        """Put a menu at the end of another one that stands already."""
        outer = self._by_id[parent]
        self._commands.add([menu], within=(outer.title().replace("&", ""),))
        outer.addMenu(self._made(menu))

    def _made(self, menu: Menu) -> QMenu:
        made = QMenu(menu.text, self._bar)
        made.setToolTipsVisible(True)
        made.aboutToShow.connect(self._commands.refresh)
        self._by_id[menu.id] = made
        for entry in menu.entries:
            if entry is None:
                made.addSeparator()
            elif isinstance(entry, Menu):
                made.addMenu(self._made(entry))
            else:
                made.addAction(self._commands[entry.id].action)
        return made
