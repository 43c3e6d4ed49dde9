"""The menu bar, from one table: every command with its name, its key and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from playground.component import Kind, parameters
from playground.data.sources import DataSource
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.text import PastedText
from playground.gui import dialogs
from playground.gui.toy_sets import group_of
from playground.language import tr
from playground.nn.layers import Layer

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow


@dataclass(frozen=True)
class Command:
    """An entry of a menu."""

    text: str
    run: Callable[[], object]
    key: str = ""
    needs_project: bool = False
    """Whether it makes sense only while a project is open."""


@dataclass(frozen=True)
class Group:
    """Entries that a menu opens at its side."""

    text: str
    entries: tuple[Command, ...]


SEPARATOR = None
Entry = Command | Group | None


class Menus:
    """The menus of a window. Those that need a project are grey until ``enable_project``."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._needing_project: list[QAction] = []
        session = window.session
        self._add(tr("&File"), file_entries(window))
        self._add(tr("&Edit"), [])
        self.undo = self._action(Command(tr("Undo"), session.undo, "Ctrl+Z"))
        self.redo = self._action(Command(tr("Redo"), session.redo, "Ctrl+Shift+Z"))
        self._menu.addActions([self.undo, self.redo])
        self._add(tr("&Data"), data_entries(window))
        self._add(tr("&Model"), model_entries(window))
        self._add(tr("&Train"), train_entries(window))
        self._add(tr("&View"), [Command(tr("Reset layout"), window.reset_layout, "", True)])
        self._add_themes(self._menu.addMenu(tr("Theme")))
        self._docks = self._menu.addMenu(tr("Panels"))
        self._add(tr("&Help"), [Command(tr("About"), lambda: dialogs.show_about(window))])
        for action in self._needing_project:
            action.setEnabled(False)

    def enable_project(self) -> None:
        """Make available what needs an open project."""
        for action in self._needing_project:
            action.setEnabled(True)

    def show_docks(self, actions: list[QAction]) -> None:
        """List what shows and hides each dock."""
        self._docks.addActions(actions)

    def _add(self, title: str, entries: list[Entry]) -> None:
        self._menu: QMenu = self._window.menuBar().addMenu(title)
        for entry in entries:
            if entry is SEPARATOR:
                self._menu.addSeparator()
            elif isinstance(entry, Group):
                inner = self._menu.addMenu(entry.text)
                inner.addActions([self._action(command) for command in entry.entries])
            else:
                self._menu.addAction(self._action(entry))

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setShortcut(QKeySequence(command.key))
        action.triggered.connect(lambda _checked=False: command.run())
        if command.needs_project:
            self._needing_project.append(action)
        return action

    def _add_themes(self, menu: QMenu) -> None:
        group = QActionGroup(self._window)
        names = (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark")))
        for name, text in names:
            action = self._action(Command(text, partial(self._window.set_theme, name)))
            action.setCheckable(True)
            action.setChecked(name == self._window.settings.theme)
            group.addAction(action)
            menu.addAction(action)


def file_entries(window: MainWindow) -> list[Entry]:
    """Return what opens, saves and exports."""
    return [
        Command(tr("Start page"), window.show_welcome, "Ctrl+N"),
        Command(tr("Samples..."), window.open_sample, "Ctrl+Shift+O"),
        Command(tr("Open project..."), window.open_project, "Ctrl+O"),
        Command(tr("Open CSV..."), window.open_csv, "Ctrl+T"),
        Command(tr("Open images..."), window.open_images, "Ctrl+M"),
        Command(tr("Open image folder..."), window.open_image_folder, "Ctrl+Shift+M"),
        Command(tr("Open text..."), window.open_text, "Ctrl+Shift+T"),
        Command(tr("Paste text..."), window.paste_text, "Ctrl+Shift+V"),
        SEPARATOR,
        Command(tr("Save project"), window.save, "Ctrl+S", True),
        Command(tr("Save project as..."), window.save_as, "Ctrl+Shift+S", True),
        Command(tr("Export weights..."), window.export, "Ctrl+E", True),
        SEPARATOR,
        Command(tr("Quit"), window.close, "Ctrl+Q"),
    ]


def data_entries(window: MainWindow) -> list[Entry]:
    """Return every kind of data: made ones, those in the box, files."""
    commands = {
        cls: Command(cls().title, partial(window.choose_source, cls))
        for cls in DataSource.registry.values()
        if cls not in (PastedText, DrawnPoints)
        and not any(parameter.kind is Kind.PATH for parameter in parameters(cls))
    }
    names = {
        "classes": tr("Points of classes"),
        "surfaces": tr("Surfaces"),
        "curves": tr("Curves"),
    }
    made = [
        Group(name, tuple(entry for cls, entry in commands.items() if group_of(cls) == group))
        for group, name in names.items()
    ]
    in_the_box = [entry for cls, entry in commands.items() if not group_of(cls)]
    draw = Command(
        tr("Draw your own points"), partial(window.choose_source, DrawnPoints), "Ctrl+Shift+D"
    )
    files = [
        Command(tr("A table (CSV)..."), window.open_csv),
        Command(tr("Images (files)..."), window.open_images),
        Command(tr("Images (a folder)..."), window.open_image_folder),
        Command(tr("A text file..."), window.open_text),
        Command(tr("A pasted text..."), window.paste_text),
    ]
    return [draw, *made, SEPARATOR, *in_the_box, SEPARATOR, *files]


def model_entries(window: MainWindow) -> list[Entry]:
    """Return what changes the network."""
    layers = [
        Command(tr("Add {0}").format(name), partial(window.add_layer, cls), "", True)
        for name, cls in Layer.registry.items()
    ]
    mend = Command(tr("Fit the output to the data"), window.fit_output, "Ctrl+F", True)
    remove = Command(tr("Remove the selected layer"), window.remove_layer, "", True)
    return [*layers, SEPARATOR, remove, mend]


def train_entries(window: MainWindow) -> list[Entry]:
    """Return what the buttons of the control bar do."""
    session = window.session
    return [
        Command(tr("Train or pause"), session.toggle, "Ctrl+Return", True),
        Command(tr("One batch"), session.play_batch, "Ctrl+B", True),
        Command(tr("One epoch"), session.play_epoch, "Ctrl+Shift+B", True),
        SEPARATOR,
        Command(tr("Reset to the same weights"), session.reset, "Ctrl+R", True),
        Command(tr("New seed"), session.new_seed, "Ctrl+Shift+R", True),
    ]
