"""Everything that can be used has a name that a screen reader says."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from playground.data.sources.text import PastedText
from playground.gui.data.text_dialog import TextDialog
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.start.samples_dialog import SamplesDialog
from tests.gui.accessible.walking import PRESETS, controls, is_there, opened, scenes, spoken


def nameless(root):
    """Return what takes the focus, or is painted by us, and has nothing to say."""
    painted = [
        w
        for w in root.findChildren(QWidget)
        if type(w).__module__.startswith("playground") and "paintEvent" in type(w).__dict__
        if is_there(w) and not isinstance(w, QLabel)
    ]
    return {type(w).__name__ for w in (*controls(root), *painted) if not spoken(w)}


@pytest.mark.parametrize("name", PRESETS)
def test_every_control_and_picture_of_every_view_has_a_name(qtbot, name):
    window = opened(qtbot, name)
    for scene in scenes(qtbot, window):
        assert nameless(window) == set(), scene


def test_the_start_page_speaks(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.show()
    assert len(controls(window)) > 8
    assert nameless(window) == set()


@pytest.mark.parametrize("make", [SamplesDialog, lambda: TextDialog(PastedText(text="A cat."))])
def test_every_dialog_speaks(qtbot, make):
    apply_theme("light")
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    assert controls(dialog)
    assert nameless(dialog) == set()


@pytest.mark.parametrize("name", ["spiral", "digits-cnn"])
def test_a_combo_box_says_what_it_is_for_and_not_only_what_it_shows(qtbot, name):
    window = opened(qtbot, name)
    boxes = [w for w in controls(window) if isinstance(w, QComboBox)]
    assert len(boxes) > 2
    assert [spoken(w) for w in boxes if spoken(w) == w.currentText()] == []


def test_every_menu_entry_speaks(qtbot):
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    bar = QAccessible.queryAccessibleInterface(window.menuBar())
    names = [bar.child(i).text(QAccessible.Text.Name) for i in range(bar.childCount())]
    assert len(names) >= 7
    assert all(names)
