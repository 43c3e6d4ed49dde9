"""The window: menus, the welcome page and the workspace."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from playground.data.dataset import DataKind
from playground.data.opening import image_source
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.image_files import ImageFiles
from playground.data.sources.text import MOST_PASTED, PastedText, TextFile
from playground.errors import PlaygroundError
from playground.gui import dialogs
from playground.gui.appearance import Appearance, apply_theme
from playground.gui.commands import Commands, menus_of
from playground.gui.focus_order import step_focus
from playground.gui.help.asking import Guide
from playground.gui.layouts import Layouts
from playground.gui.menus import Menus
from playground.gui.note_bar import NoteBar
from playground.gui.recent import RecentProjects
from playground.gui.session import Session
from playground.gui.settings import Settings
from playground.gui.text_dialog import looks_like_prose
from playground.gui.welcome import WelcomePage
from playground.language import tr, tr_declared
from playground.nn.edits import inserted, without
from playground.nn.layers import Layer
from playground.nn.paths import layer_at
from playground.resources import resource_path
from playground.training.adapt import adapted
from playground.training.presets import load_preset
from playground.training.project import Project
from playground.training.storage import is_project
from playground.training.templates import project_for

if TYPE_CHECKING:
    from playground.gui.workspace import Workspace

__all__ = ["MainWindow", "apply_theme"]

READY_MS = 300
SMALL_SCREEN = 1600


class MainWindow(QMainWindow):
    """Everything the user sees. Wishes go to the session; the workspace draws what comes back."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.appearance = Appearance(settings, self.rebuild)
        self.session = Session(self)
        self._recent = RecentProjects(settings)
        self.guide = Guide(self)
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(str(resource_path("icons", "app.svg"))))
        self.setMinimumSize(960, 600)
        self._connect_session()
        self._furnish()
        self._place(settings.layout("window"))
        self.note_bar = NoteBar(self)
        # once the window is there: the first click shall find the workspace ready
        QTimer.singleShot(READY_MS, self, lambda: self.workspace)

    def _furnish(self) -> None:
        """Make the menus and the start page."""
        self._workspace: Workspace | None = None
        self._welcome = WelcomePage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._welcome)
        self.setCentralWidget(self._pages)
        self.commands = Commands(self)
        self._connect_welcome()
        self._menus = Menus(self.menuBar(), self.commands)
        self._menus.show(menus_of(self))
        session = self.session
        for changed in (session.opened, session.project_changed, session.selection_changed):
            changed.connect(self.commands.refresh)
        self.commands.done.connect(self._show_notes)
        self._show_title()
        self._welcome.show_recent(self._recent.projects())

    @property
    def workspace(self) -> Workspace:
        """The page for building and training; made when first needed, for it imports pyqtgraph."""
        if self._workspace is None:
            # after the first paint: half a second
            from playground.gui.commands.view import panels_menu
            from playground.gui.workspace import Workspace

            self._workspace = Workspace(self.session, Layouts(self.settings))
            self._workspace.data_panel.choose_data_requested.connect(self.show_welcome)
            self._workspace.data_panel.edit_text_requested.connect(self.edit_text)
            self._workspace.data_panel.choose_columns_requested.connect(self.choose_columns)
            self._workspace.frames.polled.connect(self._show_loading)
            self._pages.addWidget(self._workspace)
            self._menus.show_within("view", panels_menu(self._workspace))
            self.menuBar().setCornerWidget(self._workspace.switcher)
        return self._workspace

    def rebuild(self, change: Callable[[], object]) -> None:
        """Make all that is seen anew around ``change``: of the language, of the size of text.

        It is done once the click that asks for it is over, or the dialog that is open. The
        session knows nothing of it: training goes on.
        """
        QTimer.singleShot(0, self, partial(self._rebuild, change))

    # What the menus do

    def start_preset(self, name: str, *, play: bool = True) -> None:
        """Open one of the projects in the box, and train it at once unless told otherwise."""
        try:
            project = load_preset(name)
        except PlaygroundError as error:
            dialogs.show_error(self, str(error))
        else:
            self._open(project, play=play)

    def open_path(self, path: Path) -> None:
        """Open whatever a file is: a project, a table, a text or images."""
        if not path.exists():
            words = tr("{0} is not there. Check its name, and whether its disk is connected.")
            dialogs.show_error(self, words.format(path))
        elif is_project(path):
            self.open_project(path)
        elif path.suffix.lower() == ".txt" and looks_like_prose(path):
            self.open_text(path)
        elif path.suffix.lower() in (".csv", ".tsv", ".txt"):
            self.open_csv(path)
        else:
            self.open_images(path)

    def open_project(self, path: Path | None = None) -> None:
        """Open a project file."""
        path = path or dialogs.ask_project_to_open(self)
        if path and self._may_leave():
            _ = self.workspace  # it polls the session
            self.session.open_file(path)

    def open_sample(self) -> None:
        """Let the user choose among the data in the box; it is opened, not yet trained."""
        preset = dialogs.ask_sample(self)
        if preset:
            self.start_preset(preset, play=False)

    def open_csv(self, path: Path | None = None) -> None:
        """Let the user choose a table and the column to predict."""
        path = path or dialogs.ask_csv(self)
        source = dialogs.ask_csv_source(self, path) if path else None
        if source:
            self._open_source(source)

    def choose_columns(self) -> None:
        """Let the user change what becomes of the open table."""
        project = self.session.project
        if project and isinstance(project.source, CsvFile):
            source = dialogs.ask_csv_source(self, project.source)
            if source:
                self.session.edit(source=source)

    def open_text(self, path: Path | None = None) -> None:
        """Let the user choose a text file, and what to predict of it."""
        path = path or dialogs.ask_text(self)
        source = dialogs.ask_text_source(self, TextFile(path=path)) if path else None
        if source:
            self._open_source(source)

    def paste_text(self) -> None:
        """Let the user paste a text, beginning with what lies on the clipboard."""
        text = QGuiApplication.clipboard().text()[:MOST_PASTED]
        source = dialogs.ask_text_source(self, PastedText(text=text))
        if source:
            self._open_source(source)

    def edit_text(self) -> None:
        """Let the user edit the text that was pasted; the network goes with it."""
        project = self.session.project
        if project and isinstance(project.source, PastedText):
            source = dialogs.ask_text_source(self, project.source)
            if source:
                self.session.edit(source=source)

    def open_images(self, path: Path | None = None) -> None:
        """Open a set of images by one of its files, or a folder of it."""
        path = path or dialogs.ask_images(self)
        try:
            source = image_source(path) if path else None
        except PlaygroundError as error:
            dialogs.show_error(self, str(error))
            return
        if isinstance(source, ImageFiles):
            source = dialogs.ask_labels(self, source)
        if source:
            self._open_source(source)

    def open_image_folder(self) -> None:
        """Let the user choose a folder of images."""
        path = dialogs.ask_image_folder(self)
        if path:
            self.open_images(path)

    def save(self) -> bool:
        """Save the project under its name; return whether it is saved now."""
        return self.session.save(self.session.path) if self.session.path else self.save_as()

    def save_as(self) -> bool:
        """Save the project under a name that the user chooses."""
        project = self.session.project
        path = dialogs.ask_project_to_save(self, project.title if project else "")
        return path is not None and self.session.save(path)

    def export(self) -> None:
        """Write the weights to a file."""
        project = self.session.project
        path = dialogs.ask_export(self, project.title if project else "")
        if path:
            self.session.export(path)

    def show_welcome(self) -> None:
        """Show the start page; training goes on behind it."""
        self._welcome.show_recent(self._recent.projects())
        self._pages.setCurrentWidget(self._welcome)

    def reset_layout(self) -> None:
        """Put every dock back where it belongs."""
        self.workspace.arrangement.reset()

    @property
    def layout_shown(self) -> DataKind | None:
        """The workspace that is shown."""
        return self._workspace.arrangement.kind if self._workspace else None

    def show_layout(self, kind: DataKind) -> None:
        """Show the workspace that goes with a kind of data."""
        self.workspace.arrangement.show(kind)

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

    def choose_source(self, cls: type[DataSource]) -> None:
        """Show built-in data: to the network that stands if it learns the same kind of thing."""
        self._open_source(cls())

    def show_workspace(self) -> None:
        """Show the page for building and training."""
        self._pages.setCurrentWidget(self.workspace)

    # Qt

    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, next)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave():
            event.ignore()
            return
        self.settings.set_layout("window", self.saveGeometry())
        if self._workspace:
            self._workspace.arrangement.remember()
        self.settings.flush()
        if self._workspace:
            self._workspace.close_session()
        self.session.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            # after the drop is done, or the desktop would wait for our dialogs
            QTimer.singleShot(0, self, lambda: self.open_path(paths[0]))

    # Inside

    def _clear(self) -> None:
        """Take away all that ``_furnish`` makes, at once: a change would dress it, too."""
        if self._workspace:
            self._workspace.arrangement.remember()
            self._workspace.frames.stop()
        for old in (self.takeCentralWidget(), self.menuBar(), self.commands):
            old.deleteLater()
            QCoreApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)

    def _rebuild(self, change: Callable[[], object]) -> None:
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            # its opener waits for the answer, and would go
            QTimer.singleShot(READY_MS, self, partial(self._rebuild, change))
            return
        old = self._workspace
        at_work = old is not None and self._pages.currentWidget() is old
        kind = old.arrangement.kind if old else None
        self._clear()
        change()
        self._furnish()
        if at_work:
            self.show_workspace()
        if old:
            self.workspace.take_over(kind)

    def _open(self, project: Project, *, play: bool = False) -> None:
        if self._may_leave():
            _ = self.workspace  # it polls the session
            self.session.open(project, play=play)

    def _open_source(self, source: DataSource) -> None:
        if self._may_leave():
            _ = self.workspace  # it polls the session
            if source.instant:  # docks arranged on a hidden page leave a tab bar behind
                self.show_workspace()
            self.session.open_source(source, project_for)

    def _may_leave(self) -> bool:
        """Ask what to do with unsaved training; return whether to go on."""
        if not self.session.unsaved:
            return True
        answer = dialogs.ask_unsaved(self)
        return answer is dialogs.Answer.DISCARD or (answer is dialogs.Answer.SAVE and self.save())

    def _place(self, remembered: QByteArray) -> None:
        """Take the place of last time; at first most of the screen, or all of a small one."""
        screen = self.screen().availableSize()
        self.resize(screen.width() * 4 // 5, screen.height() * 4 // 5)
        if not self.restoreGeometry(remembered) and screen.width() < SMALL_SCREEN:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _connect_welcome(self) -> None:
        self._welcome.preset_chosen.connect(self.start_preset)
        self._welcome.samples_requested.connect(self.open_sample)
        self._welcome.draw_requested.connect(partial(self.choose_source, DrawnPoints))
        self._welcome.open_csv_requested.connect(self.open_csv)
        self._welcome.open_images_requested.connect(self.open_images)
        self._welcome.open_project_requested.connect(self.open_project)
        self._welcome.recent_chosen.connect(self.open_project)
        self._welcome.cancel_requested.connect(self.session.cancel_loading)

    def _connect_session(self) -> None:
        self.session.opened.connect(self._show_opened)
        self.session.project_changed.connect(self._show_title)
        self.session.saved.connect(self._show_saved)
        self.session.failed.connect(self._show_failure)

    def _show_opened(self) -> None:
        self.show_workspace()
        self._show_title()
        if self.session.path:
            self._recent.add(self.session.path)

    def _show_notes(self) -> None:
        """Say what became of a choice that was to be remembered, if anything did."""
        for note in self.settings.take_notes():
            self.note_bar.show_text(note)

    def _show_title(self) -> None:
        project, path = self.session.project, self.session.path
        name = path.name if path else tr_declared(project.title) if project else ""
        self.setWindowTitle(f"{name} - Neural Playground" if name else "Neural Playground")

    def _show_saved(self, name: str) -> None:
        path = Path(name)
        if path.suffix == ".nnproj":
            self._recent.add(path, self.session.snapshot, self.workspace.portrait())
        self.workspace.status.show_message(tr("Saved {0}").format(path.name))
        self._show_title()

    def _show_loading(self) -> None:
        """Tell on the start page, too, how far a loading is."""
        loader = self.session.loader
        if loader.title:
            self._welcome.show_loading(loader.title, loader.progress)
        else:
            self._welcome.end_loading()

    def _show_failure(self, message: str) -> None:
        # once the loading that failed is no longer shown
        QTimer.singleShot(0, self, lambda: dialogs.show_error(self, message))
