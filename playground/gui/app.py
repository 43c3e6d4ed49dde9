"""Starting and ending the Qt application."""

from __future__ import annotations

import gc
import itertools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFileOpenEvent, QPalette
from PySide6.QtWidgets import QApplication

from playground.errors import FileError, PlaygroundError
from playground.gui.arguments import WindowArguments
from playground.gui.look.tokens import scheme
from playground.gui.main_window import MainWindow
from playground.gui.places import state_folder
from playground.gui.reset import begin_afresh
from playground.gui.settings import Settings
from playground.gui.tongue import apply_language
from playground.language import tr

if TYPE_CHECKING:
    from playground.training.project import Project
    from playground.training.state import RunState

COLLECT_MS = 2000
THOROUGH_EVERY = 30
"""A collection of this many looks at all objects: some 20 ms in which the window stands still."""
LATEST_MS = 500
"""So long we wait for a window that is not painted: it begins as an icon, say."""
Size = tuple[int, int]


def has_display() -> bool:
    """Say whether a window can appear; on Linux Qt aborts the program where it cannot."""
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or os.environ.get("QT_QPA_PLATFORM")
    )


def make_application() -> QApplication:
    """Return the one application, made to draw without a screen if there is none."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # this platform warns at every window that it has no window manager
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    # Qt would share large fills out to threads of its own, and wait for them while training has
    # the processor
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = Application(sys.argv[:1])
        app.setApplicationName("neural-playground")
        app.setApplicationDisplayName("")
        app.setDesktopFileName("neural-playground")
    return app


class Application(QApplication):
    """Hears of files that are opened on the desktop; a Mac names none on the command line."""

    asked_to_open = Signal(Path)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked_to_open.emit(Path(event.file()))
            return True
        return super().event(event)


@contextmanager
def collecting_in_this_thread() -> Iterator[None]:
    """Let only this thread collect cyclic garbage.

    The collector runs wherever the allocation happens that tips it over; in the training thread
    it would destroy Qt objects there, which crashes.
    """
    gc.disable()
    gc.collect()
    gc.freeze()
    timer = QTimer(interval=COLLECT_MS)
    generations = itertools.cycle([*[1] * (THOROUGH_EVERY - 1), 2])
    timer.timeout.connect(lambda: gc.collect(next(generations)))
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        gc.enable()


def main(wanted: WindowArguments) -> int:
    """Show the window until it is closed; return the exit code."""
    gc.disable()  # all that is made now stays
    app = make_application()
    notes = [begin_afresh()] if wanted.reset else []
    settings = Settings()
    apply_language(wanted.language or settings.language)
    window, files = MainWindow(settings, furnished=False), [*wanted.files]
    if isinstance(app, Application):
        app.asked_to_open.connect(partial(open_from_desktop, window, files))
    window.setPalette(QPalette(ground(app, settings)))
    try:
        window.show()
        wait_for_paint(window)
        return run(app, window, notes, files)
    finally:
        dispose(window)


def run(app: QApplication, window: MainWindow, notes: Sequence[str], files: Sequence[Path]) -> int:
    """Put everything into a window, and let the user work until it is closed."""
    from playground.gui.crashes.guard import Guard  # it loads the core

    with Guard(state_folder()) as guard:
        furnish(app, window)
        with collecting_in_this_thread():
            guard.protect(window)
            for note in (*notes, *window.settings.take_notes()):
                window.note_bar.show_text(note)
            open_wanted = partial(open_all, window, files)
            QTimer.singleShot(0, window, partial(guard.offer, window, open_wanted))
            return app.exec() if window.isVisible() else 0


def open_all(window: MainWindow, files: Sequence[Path]) -> None:
    """Open what the program was started with, if anything."""
    if files:
        window.deeds.open_paths(files)


def open_from_desktop(window: MainWindow, files: list[Path], path: Path) -> None:
    """Open a file that is opened on the desktop; while there is nothing yet to open it, keep it."""
    if window.furnished:
        window.deeds.open_path(path)
    else:
        files.append(path)


def ground(app: QApplication, settings: Settings) -> QColor:
    """Return the colour behind everything, before the rest of the look is loaded."""
    desktop_is_dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    dark = desktop_is_dark if settings.theme == "system" else settings.theme == "dark"
    return QColor(scheme(dark=dark, palette=settings.palette).canvas)


def furnish(app: QApplication, window: MainWindow) -> None:
    """Put everything into an empty window, in the look that the settings ask for."""
    from playground.gui.look.appearance import apply_look

    apply_look(window.settings)
    app.styleHints().colorSchemeChanged.connect(lambda: apply_look(window.settings))
    window.setPalette(QPalette())
    window.furnish()


def wait_for_paint(window: MainWindow) -> None:
    """Let a window come on the screen before anything else is done."""
    loop = QEventLoop()
    watcher = Painting(window)
    # only once it is done
    watcher.began.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    QTimer.singleShot(LATEST_MS, loop.quit)
    loop.exec()
    window.removeEventFilter(watcher)


class Painting(QObject):
    """Tells when a window is painted."""

    began = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.began.emit()
        return False


@contextmanager
def opened_window(
    project: Project, state: RunState | None = None, size: Size = (1366, 768), theme: str = "light"
) -> Iterator[MainWindow]:
    """Give a window that shows a project, without the user, and close it in the end.

    Raises ``PlaygroundError`` if the project cannot be opened.
    """
    from playground.gui.look.appearance import apply_theme

    make_application()
    apply_theme(theme)
    with collecting_in_this_thread():
        window = MainWindow(Settings())
        # drawn in full, but not on the user's screen, whose size would limit it
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*size)
        window.show()
        failures: list[str] = []
        session = window.session
        session.failed.disconnect()
        session.failed.connect(failures.append)
        try:
            session.open(project, state=state)
            window.show_workspace()
            wait_for(lambda: session.project is not None or bool(failures))
            if failures:
                raise PlaygroundError(failures[0])
            yield window
        finally:
            session.mark_saved()  # nobody is there to be asked
            window.close()
            dispose(window)


def save_picture(window: MainWindow, path: Path) -> None:
    """Write a picture of a window once all its views show the newest; raise ``FileError``."""
    wait_for(lambda: window.workspace.frames.idle)
    if not window.grab().save(str(path)):
        text = tr("{path} cannot be written; choose a folder that exists and has room.")
        raise FileError(text.format(path=path))


def screenshot(
    project: Project,
    path: Path,
    steps: int = 100,
    size: Size = (1366, 768),
    theme: str = "light",
) -> None:
    """Write a picture of the real window after some steps of training."""
    from playground.training.snapshot import Status

    with opened_window(project, size=size, theme=theme) as window:
        session = window.session
        session.play_steps(steps)
        ended = (Status.FINISHED, Status.DIVERGED, Status.FAILED)
        wait_for(lambda: session.step >= steps or session.status in ended)
        save_picture(window, path)


def wait_for(condition: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    loop = QEventLoop()
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start()
    loop.exec()


def dispose(window: MainWindow) -> None:
    """Destroy a closed window now, in this thread, and not in some later collection."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
