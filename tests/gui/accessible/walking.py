"""Windows to walk through, and what a screen reader is told of them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from playground.data.sources.mnist import MnistDigits
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset

PRESETS = ("spiral", "digits-cnn", "iris", "next-word-english", "diabetes")
"""One for each workspace and each kind of answer."""


def small(name):
    """Return a preset on few data, so that its views are there at once."""
    project = load_preset(name)
    if isinstance(project.source, MnistDigits):
        project = replace(project, source=MnistDigits(examples=300))
    return project


def opened(qtbot, name):
    """Return a window that shows a preset after some steps, with nothing left to draw."""
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    shown(qtbot, window)
    session = window.session
    session.open(small(name))
    qtbot.waitUntil(lambda: session.project is not None, timeout=20_000)
    session.play_steps(2)
    qtbot.waitUntil(lambda: session.step >= 2, timeout=20_000)
    quiet(qtbot, window)
    shown(qtbot, window)
    return window


def shown(qtbot, window):
    """Show a window and make it the one that keys go to."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def quiet(qtbot, window):
    """Wait until all that is visible shows the newest."""
    QApplication.processEvents()  # lay out what has just come into sight
    qtbot.waitUntil(lambda: window.workspace.frames.idle, timeout=20_000)


def scenes(qtbot, window):
    """Bring every large view and every panel to the front, one by one; give each its name."""
    workspace = window.workspace
    for name in workspace.centre.views:
        workspace.centre.show_view(name)
        quiet(qtbot, window)
        yield name
    workspace.centre.show_view("NetworkView")
    for dock in workspace.all_docks:
        dock.show()
        dock.raise_()
        qtbot.waitUntil(lambda dock=dock: not dock.visibleRegion().isEmpty())
        quiet(qtbot, window)
        shown(qtbot, window)
        yield dock.objectName()


def controls(root):
    """Return everything that takes the focus and can be seen, or scrolled to."""
    return [w for w in root.findChildren(QWidget) if w.focusPolicy() and is_there(w)]


def is_there(widget):
    """Say whether a widget is in its window, and not behind the tab of another one."""
    if not widget.isVisible() or widget.size().isEmpty():
        return False
    while not widget.isWindow():
        docked = isinstance(widget.parentWidget(), QMainWindow)
        if docked and widget.visibleRegion().isEmpty():
            return False
        widget = widget.parentWidget()
    return True


def spoken(widget):
    """Return what a screen reader says of a widget: its name and its description."""
    told = QAccessible.queryAccessibleInterface(widget)
    kinds = QAccessible.Text
    return f"{told.text(kinds.Name)} {told.text(kinds.Description)}".strip()


def tabbed(window, key=Qt.Key.Key_Tab, most=400):
    """Press a key until the focus is back where it was; return where it has been."""
    seen = []
    for _ in range(most):
        QTest.keyClick(QApplication.focusWidget() or window, key)
        at = QApplication.focusWidget()
        if at in seen:
            return seen
        seen.append(at)
    pytest.fail(f"the focus never comes round; last {seen[-3:]}")
