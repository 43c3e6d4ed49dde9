"""What menus, cards and dropped files ask of the window: to open, to save, to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from playground.data.opening import image_source
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.image_files import ImageFiles
from playground.data.sources.text import MOST_PASTED, PastedText, TextFile
from playground.errors import PlaygroundError
from playground.gui import dialogs
from playground.gui.offers import Kind, Offer, offer_for
from playground.nn.edits import inserted, without
from playground.nn.layers import Layer
from playground.nn.paths import layer_at
from playground.training.adapt import adapted
from playground.training.presets import load_preset
from playground.training.storage import load_project
from playground.training.templates import project_for

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow


class Deeds(QObject):
    """Asks what has to be asked, and tells the session.

    Work that is not saved is asked about last, when it is sure that what takes its place can be
    read.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.session = window.session

    # Files, whatever they are

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open whatever files are that are given at once: a project, a table, a text, images."""
        self.take(offer_for(paths))

    def open_path(self, path: Path) -> None:
        """Open whatever a file is."""
        self.open_paths([path])

    @Slot(Offer)
    def take(self, offer: Offer) -> None:
        """Do what was offered, or say why it cannot be done."""
        if offer.kind is Kind.NOTHING:
            self.show_error(offer.detail)
        elif offer.kind is Kind.PROJECT:
            self.open_project(offer.path)
        elif offer.kind is Kind.TABLE:
            self.open_csv(offer.path)
        elif offer.kind is Kind.IMAGES:
            self.open_images(offer.path, offer.labels)
        elif offer.text:
            self._ask_text(PastedText(text=offer.text[:MOST_PASTED]))
        else:
            self.open_text(offer.path)

    # Projects

    def start_preset(self, name: str, *, play: bool = True) -> None:
        """Open one of the projects in the box, and train it at once unless told otherwise."""
        try:
            project = load_preset(name)
        except PlaygroundError as error:
            self.show_error(str(error))
        else:
            self.session.open(project, play=play, gate=self._enter)
            _ = self.window.workspace  # made while the data is on its way

    def open_project(self, path: Path | None = None) -> None:
        """Open a project file."""
        path = path or dialogs.ask_project_to_open(self.window)
        if path:
            _ = self.window.workspace
            self.session.open_file(path, gate=self._enter)

    def open_sample(self) -> None:
        """Let the user choose among the data in the box; it is opened, not yet trained."""
        preset = dialogs.ask_sample(self.window)
        if preset:
            self.start_preset(preset, play=False)

    def save(self) -> bool:
        """Save the project under its name; return whether it is saved now."""
        return self.session.save(self.session.path) if self.session.path else self.save_as()

    def save_as(self) -> bool:
        """Save the project under a name that the user chooses."""
        project = self.session.project
        path = dialogs.ask_project_to_save(self.window, project.title if project else "")
        return path is not None and self.session.save(path)

    def export(self) -> None:
        """Write the weights to a file."""
        project = self.session.project
        path = dialogs.ask_export(self.window, project.title if project else "")
        if path:
            self.session.export(path)

    def recover(self, path: Path, original: Path | None) -> None:
        """Open what was kept of work that was never saved, under the name it had, if any."""
        _ = self.window.workspace
        try:
            kept = load_project(path)
        except PlaygroundError as error:
            self.session.failed.emit(str(error))
        else:
            self.session.open(kept.project, state=kept.state, path=original, unsaved=True)

    # Data

    def choose_source(self, cls: type[DataSource]) -> None:
        """Show built-in data: to the network that stands if it learns the same kind of thing."""
        self._open_source(cls())

    def open_csv(self, path: Path | None = None) -> None:
        """Let the user choose a table and the column to predict."""
        path = path or dialogs.ask_csv(self.window)
        source = dialogs.ask_csv_source(self.window, path) if path else None
        if source:
            self._open_source(source)

    def open_text(self, path: Path | None = None) -> None:
        """Let the user choose a text file, and what to predict of it."""
        path = path or dialogs.ask_text(self.window)
        if path:
            self._ask_text(TextFile(path=path))

    def paste_text(self) -> None:
        """Let the user paste a text, beginning with what lies on the clipboard."""
        text = QGuiApplication.clipboard().text()[:MOST_PASTED]
        self._ask_text(PastedText(text=text))

    def open_images(self, path: Path | None = None, labels: Path = Path()) -> None:
        """Open a set of images by one of its files, or a folder of it."""
        path = path or dialogs.ask_images(self.window)
        try:
            source = image_source(path) if path else None
        except PlaygroundError as error:
            self.show_error(str(error))
            return
        if isinstance(source, ImageFiles):
            source = dialogs.ask_labels(self.window, replace(source, labels=labels))
        if source:
            self._open_source(source)

    def open_image_folder(self) -> None:
        """Let the user choose a folder of images."""
        path = dialogs.ask_image_folder(self.window)
        if path:
            self.open_images(path)

    def choose_columns(self) -> None:
        """Let the user change what becomes of the open table."""
        project = self.session.project
        if project and isinstance(project.source, CsvFile):
            source = dialogs.ask_csv_source(self.window, project.source)
            if source:
                self.session.edit(source=source)

    def edit_text(self) -> None:
        """Let the user edit the text that was pasted; the network goes with it."""
        project = self.session.project
        if project and isinstance(project.source, PastedText):
            source = dialogs.ask_text_source(self.window, project.source)
            if source:
                self.session.edit(source=source)

    def draw_points(self) -> None:
        """Show an empty plane to put points on."""
        self.choose_source(DrawnPoints)

    # The network

    def add_layer(self, cls: type[Layer]) -> None:
        """Insert a layer after the selected one."""
        project, at = self.session.project, self.session.selection.layer
        if project:
            place = (*at[:-1], at[-1] + 1) if layer_at(project.model, at) and at else (0,)
            self.session.edit(model=inserted(project.model, place, cls()))

    def remove_layer(self) -> None:
        """Take the selected layer out."""
        project, at = self.session.project, self.session.selection.layer
        if project and at and layer_at(project.model, at):
            self.session.edit(model=without(project.model, at))

    def fit_output(self) -> None:
        """Make the last layer and the loss fit the data."""
        project, dataset = self.session.project, self.session.dataset
        if project and dataset:
            fitting = adapted(project, dataset)
            self.session.edit(model=fitting.model, loss=fitting.loss)

    def show_error(self, message: str) -> None:
        """Say what went wrong."""
        dialogs.show_error(self.window, message)

    def may_leave(self) -> bool:
        """Ask what to do with unsaved training; return whether to go on."""
        if not self.session.unsaved:
            return True
        answer = dialogs.ask_unsaved(self.window)
        return answer is dialogs.Answer.DISCARD or (answer is dialogs.Answer.SAVE and self.save())

    # Inside

    def _ask_text(self, start: TextFile | PastedText) -> None:
        source = dialogs.ask_text_source(self.window, start)
        if source:
            self._open_source(source)

    def _open_source(self, source: DataSource) -> None:
        _ = self.window.workspace
        self.session.open_source(source, project_for, gate=self._enter)

    def _enter(self, start: Callable[[], bool]) -> None:
        """Begin something else: now, or once the user has said what becomes of unsaved work."""
        if self.session.unsaved:
            # not within the tick that has brought the data
            QTimer.singleShot(0, self, partial(self._ask_and_begin, start))
        else:
            self._begin(start)

    def _ask_and_begin(self, start: Callable[[], bool]) -> None:
        if self.may_leave():
            self._begin(start)

    def _begin(self, start: Callable[[], bool]) -> None:
        # docks that are arranged on a hidden page leave a tab bar behind
        self.window.show_workspace()
        if not start() and self.session.project is None:
            self.window.show_welcome()
