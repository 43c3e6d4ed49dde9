"""What to try first is said once, ticked when it was tried, and never said again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QSlider

from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.start.first_steps import DONE_MS
from playground.training.presets import load_preset
from playground.training.snapshot import Status


@pytest.fixture
def window(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    window.deeds.start_preset("spiral")
    qtbot.waitUntil(lambda: window.session.step > 0, timeout=20_000)
    return window


def hint(window, number):
    return window.workspace.first_steps.findChildren(QPushButton)[number]


def is_done(window, number):
    return hint(window, number).accessibleName().endswith(": done")


def test_the_first_network_brings_three_hints(window):
    assert window.workspace.first_steps.isVisible()
    assert not any(is_done(window, number) for number in range(3))


def test_each_hint_is_ticked_once_it_was_tried_then_all_go_for_good(qtbot, window):
    window.session.pause()
    qtbot.waitUntil(lambda: is_done(window, 0))
    slider = window.workspace.controls.rate_slider
    qtbot.keyClick(slider.findChild(QSlider), Qt.Key.Key_Right)
    assert is_done(window, 1)
    window.workspace.layers.selected.emit(window.session.selection)
    assert is_done(window, 2)
    qtbot.waitUntil(lambda: not window.workspace.first_steps.isVisible(), timeout=2 * DONE_MS)
    assert not Settings().first_steps


def test_the_hints_are_closed_for_good(qtbot, window):
    close = window.workspace.first_steps.findChildren(QPushButton)[-1]
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.workspace.first_steps.isVisible()
    later = MainWindow(Settings())
    qtbot.addWidget(later)
    later.show()
    later.show_workspace()
    assert not later.workspace.first_steps.isVisible()


def test_a_hint_shows_where_it_is_done(qtbot, window):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    hint(window, 1).click()
    slider = window.workspace.controls.rate_slider
    focused = QApplication.focusWidget()
    assert focused is slider or slider.isAncestorOf(focused)
    hint(window, 2).click()
    network = window.workspace.centre.views["NetworkView"]
    assert network.isAncestorOf(QApplication.focusWidget())


def test_a_low_window_gives_its_room_to_the_network(qtbot, window):
    window.resize(1366, 600)
    qtbot.waitUntil(lambda: not window.workspace.first_steps.isVisible())
    window.resize(1366, 768)
    qtbot.waitUntil(window.workspace.first_steps.isVisible)


def test_a_project_that_is_opened_goes_on_being_trained_with_the_hints(qtbot, window):
    window.session.mark_saved()
    window.session.open(load_preset("iris"), play=True)
    qtbot.waitUntil(lambda: window.session.status is Status.RUNNING, timeout=20_000)
    assert window.workspace.first_steps.isVisible()
