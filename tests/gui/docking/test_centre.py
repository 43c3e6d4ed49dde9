"""Large views as tabs, and the room that they take."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset


@pytest.fixture
def workspace(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    project = load_preset("iris")
    window.session.open(project)
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=20_000)
    _ = window.workspace
    qtbot.waitUntil(lambda: bool(open_docks(window.workspace)))
    return window.workspace


def open_docks(workspace):
    return {name for name, dock in workspace.docks.items() if not dock.isHidden()}


def test_the_network_is_in_front_at_first(workspace):
    assert type(workspace.centre.front).__name__ == "NetworkView"


def test_a_tab_brings_its_view_to_the_front(workspace, qtbot):
    tab = workspace.centre._tabs["DataBrowserView"]
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    assert workspace.centre.views["DataBrowserView"].isVisible()
    assert not workspace.centre.views["NetworkView"].isVisible()


def test_a_large_view_takes_the_room_of_the_docks_and_gives_it_back(workspace, qtbot):
    before = open_docks(workspace)
    assert before
    workspace.centre.show_view("DataBrowserView")
    assert not open_docks(workspace)
    workspace.centre.show_view("NetworkView")
    assert open_docks(workspace) == before


def test_the_large_views_leave_the_panels_their_room_on_a_small_screen(workspace):
    data, layers = 248, 288
    assert workspace.centre.minimumSizeHint().width() <= 1366 - data - layers


def test_the_panels_can_stay_beside_a_large_view(workspace, qtbot):
    before = open_docks(workspace)
    workspace.centre.show_view("DataBrowserView")
    workspace.centre._enlarge["DataBrowserView"].click()
    assert open_docks(workspace) == before
    workspace.centre.show_view("NetworkView")
    workspace.centre.show_view("DataBrowserView")
    assert open_docks(workspace) == before


def test_data_of_another_kind_leaves_the_view_its_room(workspace, qtbot):
    workspace.centre.show_view("DataBrowserView")
    session = workspace._session
    session.mark_saved()
    session.open(replace(load_preset("spiral"), epochs=5))
    qtbot.waitUntil(lambda: session.project.title == "Spiral", timeout=20_000)
    qtbot.waitUntil(lambda: not open_docks(workspace))
    workspace.centre.show_view("NetworkView")
    assert "DecisionMapView" in open_docks(workspace)


def test_a_key_brings_the_view_to_the_front(workspace, qtbot):
    action = workspace.window().commands["panel.DataBrowserView"].action
    assert action.shortcut().toString() == "Ctrl+D"
    action.trigger()
    assert workspace.centre.views["DataBrowserView"].isVisible()


def test_a_wide_view_behind_leaves_the_docks_their_room(workspace):
    pages, network = workspace.centre._pages, workspace.centre.views["NetworkView"]
    assert pages.minimumSizeHint() == network.minimumSizeHint()
    assert max(v.minimumSizeHint().width() for v in workspace.centre.views.values()) > (
        network.minimumSizeHint().width()
    )
