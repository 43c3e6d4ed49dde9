"""The program from its start to its end, as ``playground FILE`` runs it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from playground.gui import app
from playground.gui.arguments import WindowArguments
from playground.gui.crashes.run_folder import abandoned, new_run
from playground.gui.main_window import MainWindow
from playground.gui.places import RUNS, state_folder
from playground.gui.reset import begin_afresh
from playground.gui.settings import Settings
from playground.gui.tongue import apply_language
from playground.language import spoken
from playground.training.presets import load_preset
from playground.training.storage import load_project, save_project

ROOT = Path(__file__).parents[2]


def run(wanted, look):
    """Run the program until ``look``, called with the window again and again, returns something."""
    seen = []

    def tick():
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        found = look(window) if window.furnished else None
        if found is None:
            QTimer.singleShot(20, tick)
        else:
            seen.append(found)
            window.session.mark_saved()
            window.close()

    QTimer.singleShot(0, tick)
    assert app.main(wanted) == 0
    return seen[0]


@pytest.fixture
def spiral(tmp_path):
    path = tmp_path / "spiral.nnproj"
    save_project(path, load_preset("spiral"), None)
    return path


def test_a_project_is_opened(qapp, spiral):
    found = run(WindowArguments((spiral,)), lambda window: window.session.path)
    assert found == spiral


def test_a_file_that_is_not_there_is_a_sentence_in_the_window(qapp, tmp_path):
    def look(window):
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.accept()
            return box.text()
        return None

    missing = tmp_path / "gone.nnproj"
    assert run(WindowArguments((missing,)), look).startswith(f"{missing} is not there.")


def test_reset_keeps_a_backup(qapp, tmp_path):
    Settings().theme = "dark"
    theme, note = run(
        WindowArguments(reset=True), lambda window: (window.settings.theme, window.note_bar.text)
    )
    assert theme == "system"
    (backup,) = (tmp_path / "config").glob("neural-playground.backup-*")
    assert 'theme = "dark"' in (backup / "window.ini").read_text()
    assert str(backup) in note


def test_a_language_asked_for_holds_this_time(qapp):
    try:
        found = run(
            WindowArguments(language="it"), lambda window: (spoken(), window.settings.language)
        )
    finally:
        apply_language("en")
    assert found == ("it", "system")


def test_reset_sets_the_work_of_crashes_aside_but_none_of_windows_that_live(tmp_path, qapp):
    live, dead = new_run(state_folder() / RUNS), new_run(state_folder() / RUNS)
    dead.work.write_bytes(b"work")
    dead.release()
    (state_folder() / "reports").mkdir()
    begin_afresh()
    assert live.path.is_dir()
    (backup,) = (tmp_path / "state").glob("neural-playground.backup-*")
    assert (backup / RUNS / dead.path.name / dead.work.name).read_bytes() == b"work"
    assert (backup / "reports").is_dir()
    assert abandoned(state_folder() / RUNS) == []
    live.remove()


def test_what_cannot_be_set_aside_is_told(monkeypatch, qapp):
    Settings().theme = "dark"
    monkeypatch.setattr(Path, "replace", denied)
    assert "could not be set aside: Permission denied" in begin_afresh()


def denied(path, target):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def test_a_start_that_fails_says_so_and_leaves_a_report(qtbot, monkeypatch):
    def broken(window):
        raise RuntimeError("no window today")

    told = []

    def answer():
        box = QApplication.activeModalWidget()
        if box is None:
            QTimer.singleShot(20, answer)
        else:
            told.append((box.text(), box.informativeText()))
            box.accept()

    monkeypatch.setattr(MainWindow, "furnish", broken)
    QTimer.singleShot(0, answer)
    with pytest.raises(RuntimeError):
        app.main(WindowArguments())
    (report,) = (state_folder() / "reports").iterdir()
    assert "no window today" in report.read_text()
    assert told[0][0] == "The playground could not start."
    assert str(report.parent) in told[0][1]


def test_a_reset_on_the_first_day_has_nothing_to_do(qapp):
    note = run(WindowArguments(reset=True), lambda window: window.note_bar.text)
    assert note == "There was nothing to reset."


def test_a_note_is_seen_in_full_whatever_the_size_of_the_window(qtbot):
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.show()
    window.note_bar.show_text("A long note that takes more than one line of the bar. " * 4)
    for size in ((960, 600), (1900, 1000)):
        window.resize(*size)
        qtbot.waitUntil(lambda: window.rect().contains(window.note_bar.geometry()))
        words = window.note_bar.findChild(QLabel)
        assert words.height() >= words.heightForWidth(words.width())
    window.note_bar.findChild(QPushButton).click()
    assert not window.note_bar.isVisible()


def test_a_choice_that_cannot_be_kept_is_told_once(qtbot, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", "/dev/null/config")
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.show()
    window.commands.run("theme.dark")
    window.commands.run("theme.light")
    assert window.note_bar.text.count("cannot be written") == 1


def test_two_windows_with_the_same_project_leave_one_whole_file(qtbot, spiral):
    windows = [MainWindow(Settings()) for _ in range(2)]
    for window in windows:
        qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
        window.deeds.open_path(spiral)
    for window in windows:
        qtbot.waitUntil(lambda window=window: window.session.project is not None)
    for seed, window in enumerate(windows):
        window.session.edit(seed=100 + seed)
        assert window.deeds.save()
    assert load_project(spiral).project.seed == 101
    assert load_project(spiral.with_name("spiral.nnproj~")).project.seed == 100


def test_a_mac_opens_files_by_events():
    """In a process of its own: there is one application in a process."""
    code = (
        "import sys; from PySide6.QtGui import QFileOpenEvent;"
        "from playground.gui.app import make_application;"
        "app = make_application(); app.asked_to_open.connect(lambda path: print(path));"
        "app.sendEvent(app, QFileOpenEvent('/tmp/my spiral.nnproj'))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == f"{Path('/tmp/my spiral.nnproj')}\n"
