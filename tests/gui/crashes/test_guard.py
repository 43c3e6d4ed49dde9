"""From a crash to the next start, with real processes."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from playground.gui.arguments import WindowArguments
from playground.gui.crashes import autosave
from playground.gui.crashes.guard import MOST_QUESTIONS, Guard
from playground.gui.crashes.offer_dialog import OfferDialog
from playground.gui.crashes.report_text import ReportText
from playground.gui.crashes.trouble_dialog import TroubleDialog
from playground.gui.crashes.watch import Failure
from playground.gui.main_window import MainWindow
from playground.gui.places import state_folder
from playground.gui.settings import Settings
from playground.training.presets import load_preset
from playground.training.storage import load_project, save_project
from tests.gui.test_app import run

ROOT = Path(__file__).parents[3]
CHILD = """
import faulthandler, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from playground.gui import app
from playground.gui.arguments import WindowArguments
from playground.gui.crashes import autosave
from playground.gui.main_window import MainWindow

def tick():
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    session = window.session
    if session.project is None:
        return
    if session.step == 0:
        session.play()
    elif sys.argv[2] == "segfault" and session.step > 20:
        window.commands.run("train.toggle")
        faulthandler._sigsegv()

autosave.LOOK_MS, autosave.EVERY, autosave.SHARE = 50, 0.1, 0
app.make_application()
timer = QTimer(interval=50)
timer.timeout.connect(tick)
timer.start()
app.main(WindowArguments((Path(sys.argv[1]),)))
"""


@pytest.fixture
def spiral(tmp_path):
    path = tmp_path / "my spiral.nnproj"
    save_project(path, load_preset("spiral"), None)
    return path


def start(path, end):
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), end], cwd=ROOT, stderr=subprocess.DEVNULL
    )


def kept_steps():
    """Return the step of the work that is kept, 0 for none."""
    for path in state_folder().glob("runs/*/work.nnproj"):
        return load_project(path).state.step
    return 0


def until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def crash(path):
    """Kill a window while it trains, as kill -9 does; return the step that was kept."""
    with start(path, "train") as process:
        until(lambda: kept_steps() > 5)
        process.kill()
    return kept_steps()


def answering(words, then):
    """Return what looks for the offer, presses a button of it, and goes on with ``then``."""
    pressed = []

    def look(window):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, OfferDialog):
            pressed.append(dialog)
            press(dialog, words)
            return None
        return then(window) if pressed else None

    return look


def press(dialog, words):
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()


def runs():
    return [path for path in (state_folder() / "runs").iterdir() if path.is_dir()]


def test_killed_while_training_the_work_comes_back(qapp, spiral):
    step = crash(spiral)

    def reopened(window):
        session = window.session
        if session.project is None:
            return None
        return session.step, session.path, session.unsaved

    found, path, unsaved = run(WindowArguments(), answering("Reopen", reopened))
    assert found == step
    assert path == spiral
    assert unsaved
    assert load_project(spiral).state is None


def test_work_that_is_put_off_is_offered_again_until_it_is_discarded(qapp, spiral):
    step = crash(spiral)
    run(WindowArguments(), answering("Later", lambda window: True))
    assert kept_steps() == step
    run(WindowArguments(), answering("Discard", lambda window: True))
    assert runs() == []


def test_reopened_work_is_kept_anew_before_the_old_goes(qapp, spiral, monkeypatch):
    monkeypatch.setattr(autosave, "LOOK_MS", 50)
    step = crash(spiral)
    (old,) = runs()

    def taken_over(window):
        seen.append((len(runs()), kept_steps()))
        return True if not old.exists() else None

    seen = []
    run(WindowArguments(), answering("Reopen", taken_over))
    assert seen[-1] == (1, step)
    assert all(steps == step for _, steps in seen)
    assert runs() == []


def test_a_segmentation_fault_leaves_a_report(qapp, spiral):
    start(spiral, "segfault").wait(timeout=60)
    shown = []

    def look(window):
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, OfferDialog):
            return True if shown else None
        shown.append(dialog.findChild(ReportText).toPlainText())
        press(dialog, "Copy")
        press(dialog, "Reopen")
        return None

    run(WindowArguments(), look)
    (text,) = shown
    assert text.startswith("Fatal Python error: Segmentation fault")
    assert "in tick" in text
    assert "train.toggle" in text
    assert '"class_name": "Spiral"' in text
    assert "numpy: " in text
    assert QApplication.clipboard().text() == text
    (report,) = (state_folder() / "reports").iterdir()
    assert report.read_text() == text


def test_a_clean_end_leaves_nothing_to_offer(qapp, spiral):
    run(WindowArguments((spiral,)), lambda window: window.session.project)
    assert runs() == []


def test_a_window_that_is_open_is_not_offered_to_another(qtbot, spiral):
    with start(spiral, "train") as process:
        until(lambda: kept_steps() > 5)
        with Guard(state_folder()) as guard:
            window = MainWindow(Settings())
            qtbot.addWidget(window)
            nothing = []
            guard.offer(window, lambda: nothing.append(True))
            assert nothing == [True]
        process.kill()


def test_where_nothing_can_be_written_the_window_works(qapp, spiral, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/state")

    def opened(window):
        return window.session.path and (window.session.path, window.note_bar.text)

    found, note = run(WindowArguments((spiral,)), opened)
    assert found == spiral
    assert note.startswith("Save your work now and then; a crash would lose it.")


@pytest.fixture
def guarded(qtbot):
    """A window in which mistakes are asked about."""
    with qtbot.captureExceptions(), Guard(state_folder()) as guard:
        window = MainWindow(Settings())
        qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
        guard.protect(window)
        window.show()
        yield window


def fail_often(window, count):
    """Fail in as many different ways."""
    for number in range(count):
        code = compile("\n" * number + "raise ValueError('made up')", "made up", "exec")
        QTimer.singleShot(0, window, lambda code=code: exec(code))


def test_ten_mistakes_make_one_question(guarded, qtbot):
    window = guarded
    fail_often(window, 10)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), TroubleDialog))
    qtbot.wait(100)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, TroubleDialog)]
    assert [dialog.isVisible() for dialog in dialogs] == [True]
    press(dialogs[0], "Continue")
    assert window.isVisible()
    assert len(list((state_folder() / "reports").iterdir())) == 5


def test_a_question_has_what_is_needed(guarded, qtbot, spiral):
    window = guarded
    window.deeds.open_path(spiral)
    qtbot.waitUntil(lambda: window.session.project is not None)
    window.session.edit(seed=7)
    fail_often(window, 1)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), TroubleDialog))
    dialog = QApplication.activeModalWidget()
    (kept,) = state_folder().glob("runs/*/work.nnproj")
    assert load_project(kept).project.seed == 7
    press(dialog, "Copy details")
    assert "ValueError: made up" in QApplication.clipboard().text()
    press(dialog, "Save project...")
    assert load_project(spiral).project.seed == 7
    assert not window.session.unsaved
    press(dialog, "Quit")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_there_is_an_end_to_questions(guarded, qtbot):
    window = guarded
    asked = 0
    for number in range(MOST_QUESTIONS + 2):
        code = compile("\n" * number + "raise ValueError", "again", "exec")
        QTimer.singleShot(0, window, lambda code=code: exec(code))
        qtbot.wait(100)
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, TroubleDialog):
            asked += 1
            press(dialog, "Continue")
            qtbot.wait(20)
    assert asked == MOST_QUESTIONS


def test_work_that_cannot_be_read_waits_for_another_version(qapp, spiral):
    with start(spiral, "train") as process:
        until(lambda: kept_steps() > 5)
        process.kill()
    (work,) = state_folder().glob("runs/*/work.nnproj")
    content = work.read_bytes()
    work.write_bytes(content[:-10])

    def told(window):
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.accept()
            return box.text()
        return None

    assert "cut off" in run(WindowArguments(), answering("Reopen", told))
    assert work.read_bytes() == content[:-10]


@pytest.mark.parametrize(("kept", "words"), [(True, "it was kept just now"), (False, "To be sure")])
def test_only_what_is_true_is_said_of_the_work(qtbot, kept, words):
    dialog = TroubleDialog(Failure("what", "report"), lambda: True, kept=kept)
    qtbot.addWidget(dialog)
    assert any(words in label.text() for label in dialog.findChildren(QLabel))


def test_ctrl_c_in_the_terminal_closes_the_window(guarded, qtbot):
    assert guarded.isVisible()
    signal.raise_signal(signal.SIGINT)
    qtbot.waitUntil(lambda: not guarded.isVisible())
