"""The window made anew around the same session: for another language or size of text."""

import gc
import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog

from playground.gui.look import theme
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.selection import Selection
from playground.gui.settings import Settings
from playground.nn.layers.dense import Dense
from playground.training.presets import load_preset
from playground.training.snapshot import Status


@pytest.fixture
def window(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    window.session.open(replace(load_preset("iris"), epochs=100_000))
    _ = window.workspace
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=20_000)
    return window


def rebuilt(qtbot, window, change=lambda: None):
    """Make the window anew; return its new workspace, laid out."""
    old = window.workspace
    window.rebuild(change)
    qtbot.waitUntil(lambda: window.workspace is not old)
    qtbot.waitUntil(window.workspace.isVisible)
    qtbot.wait(50)
    return window.workspace


def open_docks(workspace):
    return {name for name, dock in workspace.docks.items() if not dock.isHidden()}


def places(workspace):
    """Return the side of each open dock, and whether it is behind another."""
    docks = {name: workspace.docks[name] for name in open_docks(workspace)}
    return {
        name: (workspace.area.dockWidgetArea(dock), dock.visibleRegion().isEmpty())
        for name, dock in docks.items()
    }


def test_training_goes_on(window, qtbot):
    window.session.play()
    qtbot.waitUntil(lambda: window.session.status is Status.RUNNING)
    run, step = window.session.snapshot.run_id, window.session.step
    workspace = rebuilt(qtbot, window)
    qtbot.waitUntil(lambda: window.session.step > step)
    assert window.session.snapshot.run_id == run
    assert window.session.status is Status.RUNNING
    qtbot.waitUntil(lambda: workspace.controls._train.text() == "Pause")


def test_a_run_at_rest_is_shown_as_it_stands(window, qtbot):
    window.session.play_steps(3)
    qtbot.waitUntil(lambda: window.session.step == 3)
    workspace = rebuilt(qtbot, window)
    qtbot.waitUntil(lambda: workspace.frames.has_shown("NetworkView"))
    qtbot.waitUntil(lambda: workspace.frames.idle)


def test_the_project_the_data_and_the_selection_are_shown(window, qtbot):
    session = window.session
    session.edit(epochs=77)
    session.select(Selection(layer=(1,)))
    workspace = rebuilt(qtbot, window)
    assert workspace.controls._epochs.value() == 77
    assert workspace.layers._selection == session.selection
    assert workspace.data_panel._dataset is session.dataset


def test_the_start_page_stays_in_front(window, qtbot):
    window.show_welcome()
    old = window.workspace
    window.rebuild(lambda: None)
    qtbot.waitUntil(lambda: window.workspace is not old)
    assert not window.workspace.isVisible()
    window.show_workspace()
    qtbot.waitUntil(window.workspace.isVisible)


def test_docks_stay_where_the_user_has_put_them(window, qtbot):
    area, docks = window.workspace.area, window.workspace.docks
    area.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["CurvesView"])
    docks["PredictionsView"].hide()
    qtbot.wait(50)
    before = places(window.workspace)
    workspace = rebuilt(qtbot, window)
    assert places(workspace) == before
    place = workspace.area.dockWidgetArea(workspace.docks["CurvesView"])
    assert place is Qt.DockWidgetArea.LeftDockWidgetArea


def test_docks_keep_the_size_that_the_user_gives_them(window, qtbot):
    old = window.workspace
    dock = old.docks["PredictionsView"]
    qtbot.waitUntil(dock.isVisible)
    qtbot.wait(50)
    before = dock.height()
    old.area.resizeDocks([dock], [before - 40], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: dock.height() < before)
    height = dock.height()
    workspace = rebuilt(qtbot, window)
    qtbot.waitUntil(lambda: workspace.docks["PredictionsView"].height() == height)


def test_the_view_in_front_stays_there_with_its_room(window, qtbot):
    shown = open_docks(window.workspace)
    window.workspace.centre.show_view("DataBrowserView")
    workspace = rebuilt(qtbot, window)
    assert type(workspace.centre.front).__name__ == "DataBrowserView"
    assert not open_docks(workspace)
    workspace.centre.show_view("NetworkView")
    assert open_docks(workspace) == shown


def test_a_larger_text_is_in_force_when_the_widgets_are_made(window, qtbot, qapp):
    before = window.workspace.controls.sizeHint().height()
    workspace = rebuilt(qtbot, window, lambda: theme.apply(qapp, dark=False, scale=1.5))
    after = workspace.controls.sizeHint().height()
    theme.apply(qapp, dark=False)
    assert after > before


def test_the_menus_know_that_there_is_a_project(window, qtbot):
    rebuilt(qtbot, window)
    window.session.edit(epochs=5)
    window.commands.run("edit.undo")
    assert window.session.project.epochs == 100_000


def test_what_is_asked_for_while_a_dialog_is_open_waits_for_it(window, qtbot):
    dialog, old = QDialog(window), window.workspace
    dialog.setModal(True)
    dialog.show()
    window.rebuild(lambda: None)
    qtbot.wait(50)
    assert window.workspace is old
    dialog.close()
    qtbot.waitUntil(lambda: window.workspace is not old)


def test_edits_reach_the_session_once(window, qtbot):
    rebuilt(qtbot, window)
    layers = len(window.session.project.model.layers)
    window.deeds.add_layer(Dense)
    assert len(window.session.project.model.layers) == layers + 1
    window.session.undo()
    assert not window.session.can_undo


def test_nothing_of_the_old_window_is_left(window, qtbot):
    def counted():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return len(QApplication.allWidgets()), len(window.findChildren(object))

    rebuilt(qtbot, window)
    old, before = weakref.ref(window.workspace), counted()
    views = [weakref.ref(view) for view in window.workspace.views]
    for _ in range(3):
        rebuilt(qtbot, window)
    assert counted() == before
    assert old() is None
    assert not any(view() for view in views)


def test_zoom_and_the_settings_of_the_curves_stay(window, qtbot):
    views = {type(view).__name__: view for view in window.workspace.views}
    views["NetworkView"].canvas.zoom_by(2)
    views["CurvesView"]._log.click()
    zoom = views["NetworkView"].canvas.zoom
    again = {type(view).__name__: view for view in rebuilt(qtbot, window).views}
    assert again["NetworkView"].canvas.zoom == zoom > 1
    assert again["CurvesView"]._log.isChecked()
