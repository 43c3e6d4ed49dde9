"""The commands of one window: the action of each, and whether it can be done now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.gui.commands.command import Command, Menu
from playground.gui.gestures import key_text
from playground.gui.look.icons import icon

RECENT = 5


@dataclass(frozen=True)
class Known:
    """A command with its place and its action."""

    command: Command
    path: tuple[str, ...]
    """The names of the menus that lead to it."""
    action: QAction


class Commands(QObject):
    """Knows every command of a window by its id.

    The action of each works by key from anywhere in the window, also while no menu shows it.
    """

    done = Signal(str)
    """The id of a command that was run, by menu, key or palette."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._known: dict[str, Known] = {}
        self.recent: list[str] = []
        """The ids of what was done last, the newest first."""

    def __iter__(self) -> Iterator[Known]:
        return iter(self._known.values())

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def __getitem__(self, name: str) -> Known:
        return self._known[name]

    def add(self, menus: Sequence[Menu], within: tuple[str, ...] = ()) -> None:
        """Take up the commands of some menus; one that stands in two is known by the first."""
        for menu in menus:
            for path, command in menu.commands(within):
                if command.id not in self._known:
                    self._known[command.id] = Known(command, path, self._action(command))
        self.refresh()

    def run(self, name: str) -> None:
        """Do what a command does, if it can be done now."""
        self.refresh()
        self._known[name].action.trigger()

    @Slot()
    def refresh(self) -> None:
        """Make grey what cannot be done now, and tick what is chosen."""
        for known in self._known.values():
            command, action = known.command, known.action
            lack = command.lack()
            action.setEnabled(not lack)
            action.setToolTip(lack or command.help)
            if command.chosen is not None:
                action.setChecked(command.chosen())

    def dress(self, page: QWidget) -> None:
        """Give the buttons that do as commands do their tooltips, with the keys."""
        for button in page.findChildren(QAbstractButton):
            if button.objectName() in self._known:
                command = self._known[button.objectName()].command
                shown = f" ({key_text(command.key)})" if command.key else ""
                button.setToolTip(command.help.removesuffix(".") + shown)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self)  # which goes when the window is made anew
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.chosen is not None)
        if command.icon:
            action.setIcon(icon(command.icon))
            action.setIconVisibleInMenu(False)  # a few of them would only disturb the column
        action.triggered.connect(partial(self._run, command))
        self._window.addAction(action)
        return action

    def _run(self, command: Command, _checked: bool = False) -> None:
        command.run()
        self.refresh()  # a choice that was chosen already has lost its tick
        others = (name for name in self.recent if name != command.id)
        self.recent = [command.id, *others][:RECENT]
        self.done.emit(command.id)
