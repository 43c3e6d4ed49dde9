"""The window, as a user meets it."""

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QTabBar

from playground.data.dataset import DataKind
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.points import Spiral
from playground.data.sources.surfaces import MultiGauss
from playground.data.sources.text import PastedText, TextFile
from playground.gui.data.text_dialog import TextDialog
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.views import View
from playground.nn.layers.dropout import Dropout
from playground.nn.optimizers import Adam
from playground.nn.parameters import flatten
from playground.training.presets import load_preset, preset_names
from playground.training.project import check_fit
from playground.training.snapshot import Status
from playground.training.templates import project_for
from tests.gui.dragging import drop, files

POINTS = replace(load_preset("spiral"), source=Spiral(samples=100), epochs=100_000)
DIGITS = replace(load_preset("digits-cnn"), source=MnistDigits(examples=300), batch_size=16)
WORDS = replace(load_preset("next-word-english"), epochs=100_000)
STORY = "The cat sleeps on the sofa. A dog eats the fish. Birds sing in the tree. " * 20


@pytest.fixture
def window(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    # closed without a question, which nobody would answer
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    return window


def opened(qtbot, window, project, *, play=False):
    """Open a project, and wait until it is there."""
    window.session.open(project, play=play)
    qtbot.waitUntil(lambda: window.session.project == project, timeout=20_000)
    if play:
        qtbot.waitUntil(lambda: window.session.status is Status.RUNNING, timeout=20_000)


def answer(button):
    """Press a button of the next question that comes up."""

    def press():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.button(button).click()
        else:
            QTimer.singleShot(20, press)

    QTimer.singleShot(20, press)


def test_it_begins_with_the_start_page_and_nothing_to_lose(window):
    assert window.session.project is None
    assert not window.session.unsaved
    assert not window.workspace.isVisible()


@pytest.mark.parametrize("name", preset_names())
def test_one_click_on_a_preset_and_it_is_learning(window, qtbot, name):
    window.deeds.start_preset(name)
    qtbot.waitUntil(lambda: window.session.step > 0, timeout=30_000)
    assert window.workspace.isVisible()
    assert window.session.project == load_preset(name)


def test_every_view_has_a_dock_or_the_middle(window):
    middle = window.workspace.area.centralWidget().findChildren(View)
    docked = [view for dock in window.workspace.docks.values() for view in dock.findChildren(View)]
    assert sorted(type(view).__name__ for view in middle + docked) == sorted(View.registry)


def test_the_view_menu_brings_any_view_to_the_front(window, qtbot):
    opened(qtbot, window, POINTS)
    dock = window.workspace.docks["RateView"]
    dock.toggleViewAction().trigger()
    qtbot.waitUntil(dock.widget().isVisible)


@pytest.mark.parametrize("project", [POINTS, DIGITS, WORDS], ids=["points", "digits", "words"])
def test_every_view_of_a_kind_draws_while_training(window, qtbot, project):
    opened(qtbot, window, project, play=True)
    workspace, kind = window.workspace, window.session.dataset.kind
    views = [view for view in workspace.views if kind in view.kinds]
    assert len(views) >= 3
    for view in views:
        name = type(view).__name__
        workspace.centre.show_view(name if name in workspace.centre.views else "NetworkView")
        if name in workspace.docks:
            workspace.docks[name].raise_()
        qtbot.waitUntil(view.isVisible)
        qtbot.waitUntil(
            lambda view=view: workspace.frames.has_shown(type(view).__name__), timeout=20_000
        )
    assert window.session.status is Status.RUNNING


def test_space_for_everything_at_1366_by_700(window, qtbot):
    opened(qtbot, window, DIGITS)
    window.resize(1366, 700)
    # docks among tabs put their headings away by and by
    qtbot.waitUntil(lambda: window.minimumSizeHint().height() <= 700)
    assert window.minimumSizeHint().width() <= 1366
    assert (window.width(), window.height()) == (1366, 700)


def test_the_train_button_trains_and_pauses(window, qtbot):
    opened(qtbot, window, POINTS)
    window.workspace.controls.train_toggled.emit()
    qtbot.waitUntil(lambda: window.session.status is Status.RUNNING)
    window.workspace.controls.train_toggled.emit()
    qtbot.waitUntil(lambda: window.session.status is Status.PAUSED)


def test_the_learning_rate_follows_the_bar_while_training(window, qtbot):
    opened(qtbot, window, POINTS, play=True)
    window.workspace.controls.edited.emit({"optimizer": Adam(learning_rate=0.5)})
    qtbot.waitUntil(lambda: window.session.snapshot.project.optimizer.learning_rate == 0.5)
    assert window.session.status is Status.RUNNING


def test_a_layer_from_the_menu_can_be_undone(window, qtbot):
    opened(qtbot, window, POINTS)
    window.deeds.add_layer(Dropout)
    assert [type(layer).__name__ for layer in window.session.project.model.layers] == [
        "Dense",
        "Dropout",
        "Dense",
        "Dense",
    ]
    window.session.undo()
    assert window.session.project == POINTS


def test_a_file_that_is_no_table_says_so_and_harms_nothing(window, qtbot, tmp_path):
    opened(qtbot, window, POINTS)
    broken = tmp_path / "t10k-images-idx3-ubyte"
    broken.write_bytes(b"\x00\x00\x08\x03\x00")
    messages = []
    window.session.failed.disconnect()
    window.session.failed.connect(messages.append)
    window.deeds.open_path(broken)
    qtbot.waitUntil(lambda: bool(messages))
    assert "t10k-images-idx3-ubyte" in messages[0]
    assert window.session.project == POINTS


def test_projects_are_saved_and_opened_again(window, qtbot, tmp_path):
    opened(qtbot, window, POINTS)
    window.session.play_epoch()
    qtbot.waitUntil(lambda: window.session.step > 0 and window.session.status is Status.PAUSED)
    weights = flatten(window.session.snapshot.weights)
    path = tmp_path / "mine.nnproj"
    assert window.session.save(path)
    assert "mine.nnproj" in window.windowTitle()
    assert window.settings.recent == [path.resolve()]
    opened(qtbot, window, DIGITS)
    window.deeds.open_path(path)
    qtbot.waitUntil(lambda: window.session.project == POINTS)
    np.testing.assert_array_equal(flatten(window.session.snapshot.weights), weights)


def test_closing_with_unsaved_training_asks_and_can_be_called_off(window, qtbot):
    opened(qtbot, window, POINTS, play=True)
    qtbot.waitUntil(lambda: window.session.step > 0)
    answer(QMessageBox.StandardButton.Cancel)
    assert not window.close()
    assert window.session.status is Status.RUNNING


def test_closing_while_training_takes_less_than_two_seconds(window, qtbot):
    opened(qtbot, window, DIGITS, play=True)
    qtbot.waitUntil(lambda: window.session.step > 0, timeout=20_000)
    answer(QMessageBox.StandardButton.Discard)
    started = time.monotonic()
    assert window.close()
    assert time.monotonic() - started < 2


def test_the_theme_changes_while_it_trains(window, qtbot):
    opened(qtbot, window, DIGITS, play=True)
    light = window.grab().toImage().pixelColor(4, 300).lightness()
    window.appearance.set_theme("dark")
    qtbot.waitUntil(lambda: window.grab().toImage().pixelColor(4, 300).lightness() < light - 100)
    assert Settings().theme == "dark"
    assert window.session.status is Status.RUNNING


def test_a_dropped_file_is_opened(window, qtbot, tmp_path):
    opened(qtbot, window, POINTS)
    assert window.session.save(tmp_path / "dropped.nnproj")
    opened(qtbot, window, DIGITS)
    drop(window, files(tmp_path / "dropped.nnproj"))
    qtbot.waitUntil(lambda: window.session.project == POINTS)


def test_the_keyboard_trains(window, qtbot):
    opened(qtbot, window, POINTS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.status is Status.RUNNING)


def pressing(button_text, *, then=lambda dialog: None):
    """Do something in the next dialog for texts that comes up, and press one of its buttons."""

    def press():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, TextDialog):
            QTimer.singleShot(20, press)
            return
        then(dialog)
        button = next(b for b in dialog.findChildren(QPushButton) if b.text() == button_text)
        button.click()

    QTimer.singleShot(20, press)


def test_a_text_on_the_clipboard_is_learnt(window, qtbot):
    QApplication.clipboard().setText(STORY)
    pressing("Use this text")
    window.deeds.paste_text()
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=20_000)
    assert window.session.project.source == PastedText(text=STORY)
    assert window.session.dataset.kind is DataKind.TEXT


def test_a_pasted_text_is_edited_and_its_network_goes_with_it(window, qtbot):
    source = PastedText(text=STORY)
    opened(qtbot, window, project_for(source, source.load()))
    longer = STORY + "The king has a horse. The king has a ship. " * 10
    pressing("Use this text", then=lambda dialog: dialog._text.setPlainText(longer))
    before = window.session.dataset
    window.workspace.data_panel.edit_text_requested.emit()
    qtbot.waitUntil(lambda: window.session.dataset is not before, timeout=20_000)
    assert "king" in window.session.dataset.classes
    check_fit(window.session.project, window.session.dataset)


def test_a_dropped_text_is_opened_as_a_text(window, qtbot, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    pressing("Use this text")
    window.deeds.open_path(path)
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=20_000)
    assert window.session.project.source == TextFile(path=path)


def test_a_bad_text_harms_nothing(window, qtbot, tmp_path):
    opened(qtbot, window, POINTS)
    window.session.edit(source=TextFile(path=tmp_path / "no.txt"))
    answer(QMessageBox.StandardButton.Ok)
    qtbot.waitUntil(lambda: not window.session.loader.title, timeout=20_000)
    assert window.session.project == POINTS


def menu_action(window, *path):
    """Return the entry that one finds by going through menus of these names."""
    menu = next(a.menu() for a in window.menuBar().actions() if a.text() == path[0])
    for name in path[1:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text() == name)
    return next(a for a in menu.actions() if a.text() == path[-1])


def test_an_empty_plane_is_opened_to_be_drawn_on(qtbot, window):
    menu_action(window, "&Data", "Draw your own points").trigger()
    assert window.session.project.source == DrawnPoints()
    window.session.play()
    assert "no points to train on yet" in window.workspace.status.text()


def test_made_data_is_found_in_the_menu_by_its_group(qtbot, window):
    menu_action(window, "&Data", "Surfaces", "Hills").trigger()
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=20_000)
    assert window.session.project.source == MultiGauss()


def test_an_empty_plane_leaves_no_tab_bar_behind(qtbot, window):
    window.deeds.choose_source(DrawnPoints)
    qtbot.waitUntil(lambda: window.workspace.docks["DecisionMapView"].isVisible())

    def tabs():
        bars = [bar for bar in window.workspace.area.findChildren(QTabBar) if bar.isVisible()]
        return [bar.tabText(i) for bar in bars for i in range(bar.count())]

    qtbot.waitUntil(lambda: 0 < len(tabs()) == len(set(tabs())))  # Qt puts them away by and by
