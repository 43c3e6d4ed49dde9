"""The sheet of all keys: nothing is missing on it, and what it says is so."""

import importlib
import pkgutil
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

import playground.gui
from playground.data.sources.points import Spiral
from playground.gui.commands.sheet import KeySheet, groups_of
from playground.gui.gestures import REGISTRY, key_text
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset

POINTS = replace(load_preset("spiral"), source=Spiral(samples=100))
CLOSED_BY_ESCAPE = {"Popup"}


@pytest.fixture
def window(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    assert window.workspace
    return window


@pytest.fixture
def sheet(window, qtbot):
    sheet = KeySheet(window, window.commands)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def every_widget_class():
    """Return the classes of widgets of the whole package."""
    for module in pkgutil.walk_packages(playground.gui.__path__, "playground.gui."):
        importlib.import_module(module.name)
    classes, found = [QWidget], set()
    while classes:
        for cls in classes.pop().__subclasses__():
            classes.append(cls)
            if cls.__module__.startswith("playground."):
                found.add(cls)
    return found


def test_every_key_of_the_window_is_on_it(window):
    told = {how for group in groups_of(window.commands) for line in group.lines for how in line.how}
    told |= {part for how in told for part in how.split("  ")}
    actions = [key for action in window.findChildren(QAction) for key in action.shortcuts()]
    shortcuts = [shortcut.key() for shortcut in window.findChildren(QShortcut)]
    assert len(actions) > 40
    assert shortcuts
    keys = {key_text(key.toString()) for key in (*actions, *shortcuts)}
    assert keys - told == set()


def test_every_widget_with_keys_of_its_own_declares_them():
    with_keys = {cls for cls in every_widget_class() if "keyPressEvent" in cls.__dict__}
    declared = {cls for made in REGISTRY.values() for cls, _ in made}
    silent = {cls.__name__ for cls in with_keys if not declared & {cls, *cls.__subclasses__()}}
    views = {"DecisionMapView", "FittedCurveView"}  # these hand them to the desk that declares
    assert len(with_keys) > 20
    assert silent - CLOSED_BY_ESCAPE - views == set()


def test_every_declared_key_is_a_key():
    keys = [
        key
        for made in REGISTRY.values()
        for _, gesture in made
        if not isinstance(gesture.how, str)
        for key in gesture.how
    ]
    assert len(keys) > 60
    assert [key for key in keys if QKeySequence(key)[0].key() == Qt.Key.Key_unknown] == []


@pytest.mark.parametrize(
    ("key", "text"),
    [("Ctrl+S", "Ctrl+S"), ("Left", "←"), ("Alt+Up", "Alt+↑"), ("+", "+"), ("Ctrl++", "Ctrl++")],
)
def test_a_key_is_written_as_on_the_keyboard(key, text):
    assert key_text(key) == text


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_view_takes_the_keys_that_it_declares(window, qtbot):
    window.session.open(POINTS)
    qtbot.waitUntil(lambda: window.session.project == POINTS, timeout=20_000)
    window.session.play_epoch()
    qtbot.waitUntil(lambda: window.session.step > 0, timeout=20_000)
    qtbot.waitUntil(lambda: window.workspace.frames.idle, timeout=20_000)
    tried = 0
    for cls, gesture in [each for made in REGISTRY.values() for each in made]:
        for widget in window.findChildren(QWidget):
            is_key = not isinstance(gesture.how, str) and not gesture.does.startswith("With a tool")
            if type(widget) is cls and widget.isVisible() and is_key:
                assert all(takes(widget, key) for key in gesture.how), (cls, gesture)
                tried += 1
    assert tried > 10


def takes(widget, key):
    """Press a key; return whether it was for this widget."""
    press = QKeySequence(key)[0]
    if any(s.key() == QKeySequence(key) for s in widget.findChildren(QShortcut)):
        return True
    if isinstance(widget, QLineEdit) and key in ("Return", "Esc"):
        return True  # a line of text lets the dialog around it see them, too
    typed = key if len(key) == 1 else ""
    event = QKeyEvent(QEvent.Type.KeyPress, press.key(), press.keyboardModifiers(), typed)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_it_opens_by_its_key(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    sheet = window.findChild(KeySheet)
    assert sheet.isVisible()
    sheet.close()


def test_it_leaves_what_one_looks_for(sheet):
    sheet.findChild(QLineEdit).setText("save project as")
    assert [(line.does, line.how) for line in sheet.found()] == [
        ("Save project as", ("Ctrl+Shift+S",))
    ]


def test_a_key_is_looked_for_as_well(sheet):
    sheet.findChild(QLineEdit).setText("ctrl+k")
    assert [line.does for line in sheet.found()] == ["Find a command"]


def test_a_heading_leaves_its_whole_group(sheet):
    sheet.findChild(QLineEdit).setText("confusion matrix")
    assert len(sheet.found()) == len(REGISTRY["Confusion matrix"])


def test_it_is_copied_as_text(sheet):
    sheet._copy()
    text = QGuiApplication.clipboard().text()
    assert "Ctrl+S\tSave project" in text.splitlines()
    assert "Confusion matrix" in text.splitlines()
