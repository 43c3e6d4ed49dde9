"""The commands of the window: one declaration each, read by menus, keys and all else."""

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QPushButton, QSpinBox

from playground.data.sources import DataSource
from playground.data.sources.points import Spiral
from playground.gui.look import icons
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.views import View
from playground.nn.layers import Layer
from playground.nn.losses import Loss
from playground.nn.optimizers import SGD, Optimizer
from playground.nn.schedules import Schedule
from playground.training.presets import load_preset

POINTS = replace(load_preset("spiral"), source=Spiral(samples=100))
TYPING = [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier]
STANDARD = {
    "file.open": QKeySequence.StandardKey.Open,
    "file.save": QKeySequence.StandardKey.Save,
    "edit.undo": QKeySequence.StandardKey.Undo,
    "edit.redo": QKeySequence.StandardKey.Redo,
}


@pytest.fixture
def window(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    return window


@pytest.fixture
def commands(window):
    """All commands of a window, the panels among them."""
    assert window.workspace
    return window.commands


@pytest.fixture
def opened(window, qtbot):
    """A window in which points are learnt."""
    assert window.workspace
    window.session.open(POINTS)
    qtbot.waitUntil(lambda: window.session.project == POINTS, timeout=20_000)
    return window


def actions_in(menu):
    """Return every action of a menu and of those within it."""
    for action in menu.actions():
        if isinstance(action.menu(), QMenu):
            yield from actions_in(action.menu())
        elif not action.isSeparator():
            yield action


def test_every_entry_of_the_menu_bar_is_a_command(window, commands):
    known = {id(one.action) for one in commands}
    shown = [action for top in window.menuBar().actions() for action in actions_in(top.menu())]
    assert len(shown) > 80
    assert [action.text() for action in shown if id(action) not in known] == []


def test_every_command_says_what_it_does(commands):
    assert [one.command.id for one in commands if not one.command.help] == []
    assert [one.command.id for one in commands if one.command.help == one.command.text] == []


def test_every_command_has_an_icon_or_is_a_choice(commands):
    bare = [one.command for one in commands if one.command.chosen is None and not one.command.icon]
    assert [command.id for command in bare] == []


def test_every_icon_is_one_of_the_font(commands):
    names = {one.command.icon for one in commands} - {""}
    assert names <= icons._glyphs().keys()


def test_no_two_commands_have_the_same_key(commands):
    keys = [QKeySequence(key).toString() for one in commands for key in one.command.keys]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert "" not in keys


def test_no_command_takes_a_key_that_types(commands):
    functions = range(Qt.Key.Key_F1, Qt.Key.Key_F35 + 1)
    for one in commands:
        for key in one.command.keys:
            press = QKeySequence(key)[0]
            assert press.keyboardModifiers() not in TYPING or press.key() in functions, key


@pytest.mark.parametrize("field", [QLineEdit, QPlainTextEdit, QSpinBox])
def test_the_keys_that_edit_a_text_stay_with_it(opened, qtbot, field):
    where = field(opened)
    where.show()
    opened.activateWindow()
    where.setFocus()
    before = opened.session.project
    qtbot.keyClicks(where, "12")
    qtbot.keyClick(where, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(where, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert opened.session.project is before


@pytest.mark.parametrize("name", STANDARD)
def test_the_keys_are_those_of_the_platform(commands, name):
    keys = [QKeySequence(key) for key in commands[name].command.keys]
    assert keys[0] in QKeySequence.keyBindings(STANDARD[name])


def test_everything_of_the_registries_is_a_command(commands):
    assert {f"layer.add.{name}" for name in Layer.registry} <= {one.command.id for one in commands}
    for field, family in (("optimizer", Optimizer), ("loss", Loss), ("schedule", Schedule)):
        assert all(f"{field}.{name}" in commands for name in family.registry)
    assert all(f"panel.{name}" in commands for name in View.registry)


def test_all_data_that_needs_no_file_is_a_command(commands):
    named = {one.command.id.removeprefix("data.") for one in commands}
    missing = set(DataSource.registry) - named
    assert missing == {"CsvFile", "ImageFiles", "ImageFolder", "PastedText", "TextFile"}


def test_what_cannot_be_done_is_grey_and_says_what_is_missing(window, commands):
    save = commands["file.save"]
    assert not save.action.isEnabled()
    assert save.action.toolTip() == "Open data or a project first."
    assert commands["file.open"].action.isEnabled()


def test_it_can_be_done_once_a_project_is_open(opened):
    assert opened.commands["file.save"].action.isEnabled()
    assert not opened.commands["edit.undo"].action.isEnabled()
    opened.session.edit(epochs=99)
    assert opened.commands["edit.undo"].action.isEnabled()
    opened.session.undo()
    assert opened.commands["edit.redo"].action.isEnabled()


def test_an_optimizer_is_chosen_and_ticked(opened):
    opened.commands.run("optimizer.SGD")
    assert opened.session.project.optimizer == SGD()
    assert opened.commands["optimizer.SGD"].action.isChecked()
    assert not opened.commands["optimizer.Adam"].action.isChecked()


def test_choosing_what_is_chosen_changes_nothing(opened):
    opened.session.edit(optimizer=SGD(learning_rate=0.5))
    opened.commands.run("optimizer.SGD")
    assert opened.session.project.optimizer == SGD(learning_rate=0.5)
    assert opened.commands["optimizer.SGD"].action.isChecked()


def test_what_is_missing_is_not_done(window, commands):
    commands.run("train.epoch")
    assert window.session.project is None


def test_a_command_tells_that_it_was_done(opened, qtbot):
    with qtbot.waitSignal(opened.commands.done) as done:
        opened.commands.run("train.batch")
    assert done.args == ["train.batch"]


def test_a_panel_is_shown_and_hidden(opened, qtbot):
    dock = opened.workspace.docks["RateView"]
    before = dock.isHidden()
    opened.commands.run("panel.RateView")
    assert dock.isHidden() is not before
    assert opened.commands["panel.RateView"].action.isChecked() is before


def test_a_button_that_does_a_command_tells_its_key(opened):
    tips = [button.toolTip() for button in opened.workspace.controls.findChildren(QPushButton)]
    assert "Train on one batch, then rest (Ctrl+B)" in tips
    assert "Start again from other first weights (Ctrl+Shift+R)" in tips
