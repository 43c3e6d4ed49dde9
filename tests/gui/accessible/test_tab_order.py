"""The keyboard reaches everything, once, in the order in which one reads."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QPushButton, QTabBar, QWidget

from playground.data.sources.text import PastedText
from playground.gui.data.text_dialog import TextDialog
from playground.gui.docking.centre import Centre
from playground.gui.focus_order import panels, step_focus, step_panel
from playground.gui.forms.control_bar import ControlBar
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.start.first_steps import FirstSteps
from playground.gui.start.samples_dialog import SamplesDialog
from tests.gui.accessible.walking import PRESETS, controls, opened, scenes, shown, tabbed

BLOCKS = (ControlBar, FirstSteps, Centre, QDockWidget)


def to_be_reached(root):
    """Return what the Tab key has to reach."""
    tab = Qt.FocusPolicy.TabFocus
    return {
        w
        for w in controls(root)
        if w.focusPolicy() & tab and w.isEnabled() and w.focusProxy() is None
    }


def block_of(widget):
    """Return the panel that a widget stands in; of the tabs above panels, nothing."""
    while widget is not None and not isinstance(widget, BLOCKS):
        widget = widget.parentWidget()
    return widget


@pytest.mark.parametrize("name", PRESETS)
def test_tab_reaches_every_control_once_in_every_view(qtbot, name):
    window = opened(qtbot, name)
    for scene in scenes(qtbot, window):
        reached = tabbed(window)
        assert set(reached) == to_be_reached(window), scene


@pytest.mark.parametrize("name", PRESETS)
def test_tab_leaves_a_panel_only_when_it_is_done_with_it(qtbot, name):
    window = opened(qtbot, name)
    window.workspace.controls.setFocus()
    blocks = [block_of(w) for w in tabbed(window) if not isinstance(w, QTabBar)]
    changes = [b for a, b in pairwise([*blocks, blocks[0]]) if a is not b]
    assert len(changes) == len(set(blocks))


@pytest.mark.parametrize("name", PRESETS)
def test_back_goes_the_same_way(qtbot, name):
    window = opened(qtbot, name)
    there = tabbed(window)
    back = tabbed(window, Qt.Key.Key_Backtab)
    start = back.index(there[0])
    assert [*back[start:], *back[:start]] == [there[0], *reversed(there[1:])]


def test_the_control_bar_is_read_from_left_to_right(qtbot):
    window = opened(qtbot, "digits-cnn")
    bar = window.workspace.controls
    places = [w.mapTo(bar, QPoint(0, 0)).x() for w in tabbed(window) if bar.isAncestorOf(w)]
    start = places.index(min(places))
    ordered = [*places[start:], *places[:start]]
    assert sorted(ordered, key=lambda x: x // 200) == ordered
    assert len(ordered) > 12


def test_the_panels_come_in_reading_order(qtbot):
    window = opened(qtbot, "digits-cnn")
    found = [block_of(group[-1]) for group in panels(window)]
    # without what stands in the menu bar, and the hints that come and go
    found = [block for block in found if block and not isinstance(block, FirstSteps)]
    assert isinstance(found[0], ControlBar)
    assert found[1].objectName() == "Data"
    assert isinstance(found[2], Centre)
    assert [dock.objectName() for dock in found[3:]] == ["CurvesView", "FiltersView"]


PLACES = {
    "a": (0, 0, 80, 60),
    "b": (0, 80, 80, 120),
    "c": (100, 0, 80, 140),
    "d": (100, 150, 80, 50),
    "e": (0, 210, 80, 40),
    "f": (100, 220, 80, 40),
}
"""Two columns that no level line cuts, above a row."""


def test_a_column_is_read_before_its_neighbour_and_a_row_before_the_row_below(qtbot):
    root = QWidget()
    qtbot.addWidget(root)
    made = {name: QPushButton(name, root) for name in reversed(PLACES)}
    for name, place in PLACES.items():
        made[name].setGeometry(*place)
    shown(qtbot, root)
    made["f"].setFocus()
    seen = []
    for _ in PLACES:
        assert step_focus(root, forward=True)
        seen.append(QApplication.focusWidget().text())
    assert "".join(seen) == "abcdef"


def test_the_panels_are_gone_through_both_ways(qtbot):
    window = opened(qtbot, "digits-cnn")
    groups = panels(window)
    groups[0][0].setFocus()
    assert step_panel(window, forward=True)
    assert any(w.hasFocus() for w in groups[1])
    step_panel(window, forward=False)
    step_panel(window, forward=False)
    assert any(w.hasFocus() for w in groups[-1])


def test_the_start_page_is_read_in_order(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    shown(qtbot, window)
    seen = tabbed(window)
    assert set(seen) == to_be_reached(window)


@pytest.mark.parametrize("make", [SamplesDialog, lambda: TextDialog(PastedText(text="A cat."))])
def test_no_dialog_traps_the_focus(qtbot, make):
    apply_theme("light")
    dialog = make()
    qtbot.addWidget(dialog)
    shown(qtbot, dialog)
    assert set(tabbed(dialog)) == to_be_reached(dialog)


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_panel_that_floats_goes_round_by_itself(qtbot):
    window = opened(qtbot, "digits-cnn")
    dock = window.workspace.docks["CurvesView"]
    dock.setFloating(True)
    shown(qtbot, dock)
    to_be_reached(dock).pop().setFocus()
    assert set(tabbed(dock)) == to_be_reached(dock)
    dock.setFloating(False)
