"""Workspaces: each kind of data has its layout, which the user changes and the window remembers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize, Qt

from playground.data.dataset import DataKind
from playground.gui.docking.docks import within_reach
from playground.gui.docking.layouts import Layout, Layouts
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
floating = pytest.mark.qt_log_ignore("does not support raise", extend=True)
SPIRAL, IRIS = replace(load_preset("spiral"), epochs=5), load_preset("iris")


@pytest.fixture
def start(qtbot):
    """Start the program with a project, as often as wanted."""

    def begun(project, size=(1366, 768)):
        apply_theme("light")
        window = MainWindow(Settings())
        qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*size)
        window.show()
        opened(qtbot, window, project)
        return window

    return begun


def opened(qtbot, window, project):
    window.session.mark_saved()
    window.session.open(project)
    _ = window.workspace
    qtbot.waitUntil(lambda: window.session.project == project, timeout=20_000)
    settled(qtbot, window)


def settled(qtbot, window):
    qtbot.waitUntil(lambda: window.workspace.arrangement.is_settled)
    qtbot.wait(20)


def quit_window(window):
    window.session.mark_saved()
    window.close()


def side(window, name):
    return window.workspace.area.dockWidgetArea(window.workspace.docks[name])


def moved_left(qtbot, window, name):
    dock = window.workspace.docks[name]
    window.workspace.area.addDockWidget(LEFT, dock)
    qtbot.waitUntil(lambda: side(window, name) is LEFT)


def open_docks(window):
    return {name for name, dock in window.workspace.docks.items() if not dock.isHidden()}


def test_data_of_a_kind_brings_its_workspace(start, qtbot):
    window = start(SPIRAL)
    assert window.layout_shown is DataKind.POINTS
    assert side(window, "DecisionMapView") is RIGHT
    opened(qtbot, window, IRIS)
    assert window.layout_shown is DataKind.TABLE
    assert "DecisionMapView" not in open_docks(window)


def test_each_workspace_keeps_its_own_layout(start, qtbot):
    window = start(IRIS)
    moved_left(qtbot, window, "CurvesView")
    opened(qtbot, window, SPIRAL)
    assert side(window, "CurvesView") is not LEFT
    opened(qtbot, window, IRIS)
    assert side(window, "CurvesView") is LEFT


def test_a_layout_is_there_again_at_the_next_start(start, qtbot):
    window = start(IRIS)
    moved_left(qtbot, window, "CurvesView")
    window.workspace.docks["InspectionView"].hide()
    window.workspace.centre.show_view("DataBrowserView")
    before = window.workspace.arrangement
    quit_window(window)
    window = start(IRIS)
    assert window.workspace.arrangement is not before
    assert type(window.workspace.centre.front).__name__ == "DataBrowserView"
    window.workspace.centre.show_view("NetworkView")
    assert side(window, "CurvesView") is LEFT
    assert "InspectionView" not in open_docks(window)


@floating
def test_a_dock_floats_again_at_the_next_start(start, qtbot):
    window = start(IRIS)
    dock = window.workspace.docks["CurvesView"]
    dock.setFloating(True)
    dock.setGeometry(40, 50, 420, 300)
    qtbot.wait(20)
    quit_window(window)
    again = start(IRIS).workspace.docks["CurvesView"]
    assert again.isFloating()
    assert again.updatesEnabled()
    assert again.size() == dock.size()


@floating
def test_reset_puts_the_designed_layout_back_for_good(start, qtbot):
    window = start(IRIS)
    designed = {name: side(window, name) for name in open_docks(window)}
    moved_left(qtbot, window, "CurvesView")
    window.workspace.docks["PredictionsView"].setFloating(True)
    window.reset_layout()
    settled(qtbot, window)
    assert {name: side(window, name) for name in open_docks(window)} == designed
    assert not window.workspace.docks["PredictionsView"].isFloating()
    quit_window(window)
    window = start(IRIS)
    assert {name: side(window, name) for name in open_docks(window)} == designed


def test_the_switcher_and_the_menu_show_another_workspace(start, qtbot):
    window = start(IRIS)
    segments = window.workspace.switcher.segments
    qtbot.mouseClick(segments.segment("images"), Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert "FiltersView" in open_docks(window)
    window.commands.run("workspace.table")
    settled(qtbot, window)
    assert "FiltersView" not in open_docks(window)
    assert segments.choice() == "table"


def test_a_layout_of_a_large_screen_leaves_everything_in_reach_on_a_small_one(start, qtbot):
    window = start(SPIRAL, (1920, 1080))
    area, docks = window.workspace.area, window.workspace.docks
    area.resizeDocks([docks["DecisionMapView"]], [900], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: docks["DecisionMapView"].width() > 800)
    quit_window(window)
    window = start(SPIRAL, (1366, 768))
    assert window.width() == 1366
    assert window.workspace.docks["DecisionMapView"].width() < 1366 * 0.5
    assert window.workspace.centre.width() >= window.workspace.centre.minimumSizeHint().width()


@pytest.mark.parametrize(
    ("place", "is_in_reach"),
    [
        (QRect(100, 100, 400, 300), True),
        (QRect(1900, 100, 400, 300), False),  # on a screen that is gone
        (QRect(100, -200, 400, 300), False),  # its heading is above the screen
        (QRect(-300, 100, 400, 300), True),  # a hundred pixels of the heading are left
        (QRect(1300, 740, 400, 300), False),
    ],
)
def test_a_place_is_kept_where_the_mouse_can_take_hold_of_it(place, is_in_reach):
    screen = QRect(0, 0, 1366, 768)
    found = within_reach(place, [screen])
    assert (found == place) is is_in_reach
    assert screen.contains(found) or is_in_reach


def test_a_panel_larger_than_the_screen_is_made_to_fit():
    found = within_reach(QRect(3000, 0, 2000, 1500), [QRect(0, 0, 1366, 768)])
    assert found == QRect(0, 0, 1366, 768)


BROKEN = {
    "not a layout": "nonsense",
    "a number": 5,
    "no panels": {"front": "NetworkView"},
    "changed bytes": {"docks": "AAAA", "check": 1, "front": "", "enlarged": [], "size": [9, 9]},
    "no base64": {"docks": "?", "check": 0, "front": "", "enlarged": [], "size": [9, 9]},
    "no size": {"docks": "", "check": 0, "front": "", "enlarged": [], "size": [0, 9]},
}


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_a_broken_layout_is_none(value):
    settings = Settings()
    settings.file.put("workspace/table", value)
    assert Layouts(settings)[DataKind.TABLE] is None


def test_a_layout_of_other_panels_is_ignored(start, qtbot):
    window = start(IRIS)
    moved_left(qtbot, window, "CurvesView")
    other = window.workspace.area.saveState(7)  # of a program with other panels
    opened(qtbot, window, SPIRAL)
    kept = Layouts(window.settings)
    layout = kept[DataKind.TABLE]
    kept.keep(DataKind.TABLE, replace(layout, docks=bytes(other.data())))
    window.workspace.arrangement.show(DataKind.TABLE)
    settled(qtbot, window)
    assert side(window, "CurvesView") is RIGHT


def test_a_remembered_layout_is_read_as_it_was_written():
    layout = Layout(b"\x00\xffdocks", "NetworkView", frozenset({"DataBrowserView"}), QSize(9, 8))
    settings = Settings()
    Layouts(settings).keep(DataKind.IMAGES, layout)
    settings.flush()
    assert Layouts(Settings())[DataKind.IMAGES] == layout


def widths(window):
    docks = window.workspace.all_docks
    return {dock.objectName(): dock.width() for dock in docks if dock.is_in_front}


@pytest.mark.parametrize("project", [SPIRAL, IRIS], ids=["spiral", "iris"])
def test_docks_are_as_wide_again_when_a_large_view_goes(project, start, qtbot):
    window = start(project)
    before = widths(window)
    for name in ("DataBrowserView", "NetworkView") * 2:
        window.workspace.centre.show_view(name)
        qtbot.wait(50)
    assert widths(window) == before
