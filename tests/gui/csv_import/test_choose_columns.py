"""The dialog opened again from the data panel of an open table."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from playground.gui.csv_import.dialog import CsvDialog
from playground.gui.data.data_panel import DataPanel
from playground.gui.look import theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset


@pytest.fixture
def window(qtbot, qapp):
    theme.apply(qapp, dark=False)
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 700)
    window.show()
    window.session.open(load_preset("iris"))
    _ = window.workspace
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=20_000)
    return window


def when_read(do):
    """Do something with the dialog as soon as it has read its file."""
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, CsvDialog)]
    ready = [d for d in dialogs if d.isVisible() and default(d).isEnabled()]
    if ready:
        do(ready[0])
    else:
        QTimer.singleShot(20, lambda: when_read(do))


def default(dialog):
    return next(b for b in dialog.findChildren(QPushButton) if b.isDefault())


def choose_columns(window):
    panel = window.findChild(DataPanel)
    next(b for b in panel.findChildren(QPushButton) if b.text() == "Choose columns...").click()


def test_the_columns_of_an_open_table_can_be_chosen_anew(qtbot, window):
    def leave_one_out(dialog):
        dialog._preview.choose("petal_width_cm")
        dialog._give_role("left_out")
        default(dialog).click()

    before = window.session.dataset.features
    QTimer.singleShot(0, lambda: when_read(leave_one_out))
    choose_columns(window)
    qtbot.waitUntil(lambda: len(window.session.dataset.features) == 3, timeout=20_000)
    assert window.session.dataset.features == before[:3]
    window.session.undo()
    qtbot.waitUntil(lambda: window.session.dataset.features == before, timeout=20_000)


def test_cancelling_changes_nothing(qtbot, window):
    project = window.session.project
    QTimer.singleShot(0, lambda: when_read(lambda dialog: dialog.reject()))
    choose_columns(window)
    assert window.session.project is project
