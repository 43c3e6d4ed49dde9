"""The language of the window: chosen in a menu, remembered, and that of the desktop at first."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QMenu

from playground import language
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.tongue import apply_language
from playground.training.presets import load_preset
from playground.training.snapshot import Status

TOLD = """
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QKeySequence
from playground import language
from playground.gui.tongue import apply_language
app = QCoreApplication([])
apply_language("system")
print(language.spoken(), QLocale().name(), app.translate("QPlatformTheme", "Cancel"))
"""


@pytest.fixture(autouse=True)
def in_english_again(qapp):
    yield
    apply_language("en")


def of_desktop(**variables):
    """Return what a start in such an environment speaks: its language, its locale, Cancel."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    environment = {k: v for k, v in os.environ.items() if k not in names} | variables
    told = subprocess.run(
        [sys.executable, "-c", TOLD], env=environment, capture_output=True, text=True, check=True
    )
    return told.stdout.split()


def test_on_an_italian_desktop_it_speaks_italian():
    assert of_desktop(LANG="it_IT.UTF-8") == ["it", "it_IT", "Annulla"]


def test_a_desktop_in_a_language_that_it_does_not_have_gets_english():
    assert of_desktop(LANG="fr_FR.UTF-8") == ["en", "en_US", "Cancel"]


def test_the_texts_that_qt_brings_are_in_the_language_too(qtbot):
    apply_language("it")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "Annulla"
    line = QLineEdit()
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    assert isinstance(menu, QMenu)
    assert "Seleziona tutto" in {action.text().split("\t")[0] for action in menu.actions()}
    menu.deleteLater()


def test_english_comes_back_whole():
    apply_language("it")
    apply_language("en")
    assert language.spoken() == "en"
    assert QLocale().language() is QLocale.Language.English
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_a_language_from_the_menu_holds_at_once_and_next_time_while_training_goes_on(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.show()
    _ = window.workspace
    window.session.open(replace(load_preset("spiral"), epochs=100_000), play=True)
    qtbot.waitUntil(lambda: window.session.status is Status.RUNNING, timeout=20_000)
    run, old = window.session.snapshot.run_id, window.workspace

    window.commands.run("language.it")

    qtbot.waitUntil(lambda: window.workspace is not old)
    assert language.spoken() == "it"
    assert Settings().language == "it"
    assert window.session.snapshot.run_id == run
    assert window.session.status is Status.RUNNING
    qtbot.waitUntil(lambda: window.session.snapshot.dataset.classes == ("rombi", "cerchi"))
    assert window.session.snapshot.run_id == run


def test_what_qt_lacks_is_said_too_and_keys_as_keyboards_have_them():
    apply_language("it")
    key = QKeySequence("Ctrl+Shift+S")
    assert key == QKeySequence(Qt.Modifier.CTRL | Qt.Modifier.SHIFT | Qt.Key.Key_S)
    assert key.toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Maiusc+S"
    assert QCoreApplication.translate("QFileDialog", "Files of &type:") == "&Tipo di file:"


def test_keys_keep_their_names_in_english():
    apply_language("it")
    apply_language("en")
    key = QKeySequence("Ctrl+Shift+S")
    assert key.toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Shift+S"
