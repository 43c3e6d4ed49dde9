"""The window: menus, the welcome page and the workspace."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QShowEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QStackedWidget

from playground.gui.focus_order import step_focus
from playground.gui.gestures import EVERYWHERE, RIGHT_CLICK, gestures
from playground.gui.settings import Settings
from playground.language import mark, tr, tr_declared
from playground.resources import resource_path

if TYPE_CHECKING:
    from playground.data.dataset import DataKind
    from playground.gui.workspace import Workspace

READY_MS = 300
SMALL_SCREEN = 1600


@gestures(
    EVERYWHERE,
    (("Tab", "Shift+Tab"), mark("Go to the next control, or back")),
    (("Left", "Right", "Up", "Down"), mark("Change a slider or a choice; go along tabs")),
    (mark("Alt and the underlined letter"), mark("Open a menu")),
    (mark("Drop a file on the window"), mark("Open it: a project, a table, images, a text")),
    (RIGHT_CLICK, mark("Save a chart as a picture or a table; also the menu key")),
)
class MainWindow(QMainWindow):
    """Everything the user sees. Wishes go to the session; the workspace draws what comes back.

    An empty window needs little more than Qt. All that would load more is imported where it is
    used, so that the window is on the screen before the half second that this takes.
    """

    did = Signal(str)
    """The id of a command that was run."""

    def __init__(self, settings: Settings, *, furnished: bool = True) -> None:
        """Make the window; with ``furnished=False`` it is empty until ``furnish`` is called."""
        super().__init__()
        self.settings = settings
        self.furnished = False
        self.setMinimumSize(960, 600)
        self.setWindowTitle("Neural Playground")
        self._place(settings.layout("window"))
        if furnished:
            self.furnish()

    def furnish(self) -> None:
        """Put in all there is: the session, the menus and the start page."""
        from playground.gui.deeds import Deeds
        from playground.gui.drop_target import DropTarget
        from playground.gui.help.asking import Guide
        from playground.gui.look.appearance import Appearance
        from playground.gui.session import Session
        from playground.gui.start.recent import RecentProjects

        self.appearance = Appearance(self.settings, self.rebuild)
        self.session = Session(self)
        self.deeds = Deeds(self)
        self._recent = RecentProjects(self.settings)
        self.guide = Guide(self)
        self._drops = DropTarget(self)
        # after the drop is done, or the desktop would wait for our dialogs
        self._drops.dropped.connect(self.deeds.take, Qt.ConnectionType.QueuedConnection)
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(str(resource_path("icons", "app.svg"))))
        self._connect_session()
        self._furnish()
        self.furnished = True
        self._drops.watch(self)
        # once the start page is there: the first click shall find the workspace ready
        QTimer.singleShot(READY_MS, self, self._make_ready)

    def _furnish(self) -> None:
        """Make the menus, the start page, and what notes are told by."""
        from playground.gui.commands import Commands, menus_of
        from playground.gui.menus import Menus
        from playground.gui.start.welcome import WelcomePage
        from playground.gui.status.note_bar import NoteBar

        self._workspace: Workspace | None = None
        self._welcome = WelcomePage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._welcome)
        self.setCentralWidget(self._pages)
        self.commands = Commands(self)
        self.commands.done.connect(self.did)
        self.note_bar = NoteBar(self)
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
            from playground.gui.commands.panels import panels_menu
            from playground.gui.docking.layouts import Layouts
            from playground.gui.workspace import Workspace

            self._workspace = Workspace(self.session, Layouts(self.settings))
            self._workspace.data_panel.choose_data_requested.connect(self.show_welcome)
            self._workspace.data_panel.edit_text_requested.connect(self.deeds.edit_text)
            self._workspace.data_panel.choose_columns_requested.connect(self.deeds.choose_columns)
            self._workspace.asked.connect(self.commands.run)
            self._workspace.first_steps.want(self.settings.first_steps)
            self._workspace.first_steps.finished.connect(self._end_first_steps)
            self._workspace.frames.polled.connect(self._show_loading)
            for dock in self._workspace.area.findChildren(QDockWidget):
                self._drops.follow(dock)
            self._pages.addWidget(self._workspace)
            self._menus.show_within("view", panels_menu(self._workspace))
            self.commands.dress(self._workspace)
            self.menuBar().setCornerWidget(self._workspace.switcher)
        return self._workspace

    def rebuild(self, change: Callable[[], object]) -> None:
        """Make all that is seen anew around ``change``: of the language, of the size of text.

        It is done once the click that asks for it is over, or the dialog that is open. The
        session knows nothing of it: training goes on.
        """
        QTimer.singleShot(0, self, partial(self._rebuild, change))

    # What the menus do

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

    def show_workspace(self) -> None:
        """Show the page for building and training."""
        self._pages.setCurrentWidget(self.workspace)

    # Qt

    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, next)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.furnished:
            self._drops.watch(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.furnished:
            return  # nothing has begun yet
        if not self.deeds.may_leave():
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

    # Inside

    def _end_first_steps(self) -> None:
        self.settings.first_steps = False

    def _make_ready(self) -> None:
        if QApplication.activeModalWidget():  # which would stand there blank meanwhile
            QTimer.singleShot(READY_MS, self, self._make_ready)
        elif self.isVisible():  # else it was closed, and whatever appears now would keep Qt going
            _ = self.workspace

    def _clear(self) -> None:
        """Take away all that ``_furnish`` makes, at once: a change would dress it, too."""
        if self._workspace:
            self._workspace.arrangement.remember()
            self._workspace.frames.stop()
        for old in (self.takeCentralWidget(), self.menuBar(), self.commands, self.note_bar):
            old.deleteLater()
            QCoreApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)

    def _rebuild(self, change: Callable[[], object]) -> None:
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            # its opener waits for the answer, and would go
            QTimer.singleShot(READY_MS, self, partial(self._rebuild, change))
            return
        old = self._workspace
        at_work = old is not None and self._pages.currentWidget() is old
        setting = old.setting() if old else None
        self._clear()
        change()
        self._furnish()
        if at_work:
            self.show_workspace()
        if setting:
            self.workspace.take_over(setting)

    def _place(self, remembered: QByteArray) -> None:
        """Take the place of last time; at first most of the screen, or all of a small one."""
        screen = self.screen().availableSize()
        self.resize(screen.width() * 4 // 5, screen.height() * 4 // 5)
        if not self.restoreGeometry(remembered) and screen.width() < SMALL_SCREEN:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _connect_welcome(self) -> None:
        page, deeds = self._welcome, self.deeds
        page.preset_chosen.connect(deeds.start_preset)
        page.samples_requested.connect(deeds.open_sample)
        page.draw_requested.connect(deeds.draw_points)
        page.open_csv_requested.connect(deeds.open_csv)
        page.open_images_requested.connect(deeds.open_images)
        page.open_project_requested.connect(deeds.open_project)
        page.recent_chosen.connect(deeds.open_project)
        page.cancel_requested.connect(self.session.cancel_loading)

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
        QTimer.singleShot(0, self, partial(self.deeds.show_error, message))
