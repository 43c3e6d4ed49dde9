"""Every mistake is heard of, and written down once."""

import logging
import signal
import sys
import threading

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QWidget

from playground.gui.crashes.reports import Reports
from playground.gui.crashes.trail import Trail
from playground.gui.crashes.watch import MOST, Watch
from playground.training.presets import load_preset


@pytest.fixture
def watch(qapp, tmp_path, monkeypatch):
    """Listening, instead of the tests' own listeners."""
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, f"__{name}__"))
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    watch = Watch(Reports(tmp_path / "reports"), Trail())
    watch.install(tmp_path / "fault.txt")
    yield watch
    watch.uninstall()


class Clumsy(QWidget):
    """Cannot be drawn."""

    drawn = 0

    def paintEvent(self, event):
        self.drawn += 1
        raise ValueError("no brush")


def told(watch):
    """Return the first line of each report, the oldest first."""
    return [path.read_text().splitlines()[0] for path in reversed(watch.reports.paths())]


def fail(number=0):
    raise KeyError(f"number {number}")


def test_a_mistake_in_a_slot_is_told(watch, qtbot):
    with qtbot.waitSignal(watch.failed) as heard:
        QTimer.singleShot(0, fail)
    (failure,) = heard.args
    assert failure.what == "KeyError: 'number 0'"
    assert "in fail" in failure.report
    assert told(watch) == [failure.what]


def test_a_mistake_in_every_frame_is_told_once(watch, qtbot):
    widget = Clumsy()
    qtbot.addWidget(widget)
    heard = []
    watch.failed.connect(heard.append)
    widget.show()
    timer = QTimer(widget, interval=1)
    timer.timeout.connect(widget.update)
    timer.start()
    qtbot.waitUntil(lambda: widget.drawn >= 10)
    assert [failure.what for failure in heard] == ["ValueError: no brush"]
    widget.hide()


def test_the_same_mistake_in_other_words_is_told_once(watch):
    for number in range(3):
        try:
            fail(number)
        except KeyError as error:
            watch.write(error)
    assert told(watch) == ["KeyError: 'number 0'"]


def test_there_is_an_end_to_mistakes(watch):
    written = 0
    for number in range(MOST + 10):
        code = compile("\n" * number + "raise ValueError", "made up", "exec")
        try:
            exec(code)
        except ValueError as error:
            written += watch.write(error) is not None
    assert written == MOST


def test_a_mistake_in_any_thread_is_told(watch, qtbot):
    with qtbot.waitSignal(watch.failed) as heard:
        threading.Thread(target=fail).start()
    assert heard.args[0].what == "KeyError: 'number 0'"


def test_a_mistake_that_is_shown_elsewhere_is_written_down_only(watch, capsys):
    heard = []
    watch.failed.connect(heard.append)
    log = logging.getLogger("playground.training.worker")
    try:
        fail()
    except KeyError as error:
        log.exception("Training failed", exc_info=error)
    assert told(watch) == ["KeyError: 'number 0'"]
    assert heard == []


def test_a_mistake_while_something_is_destroyed_is_written_down(watch):
    class Sticky:
        def __del__(self):
            fail()

    Sticky()
    assert told(watch) == ["KeyError: 'number 0'"]


def test_what_qt_says_is_remembered(watch):
    qWarning("QPainter::begin: nothing to paint on")
    assert "Qt: QPainter::begin: nothing to paint on" in watch.trail.text()


def test_a_report_has_the_project(watch):
    watch.project = lambda: load_preset("spiral")
    assert '"class_name": "Spiral"' in watch.write(KeyError("x")).report


def test_ctrl_c_is_a_wish_to_quit_and_no_mistake(watch):
    signal.raise_signal(signal.SIGINT)
    assert watch.interrupted
    assert told(watch) == []


def test_afterwards_all_is_as_before(qapp, tmp_path):
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    interrupt = signal.getsignal(signal.SIGINT)
    watch = Watch(Reports(tmp_path), Trail())
    watch.install(None)
    assert sys.excepthook != before[0]
    watch.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    assert signal.getsignal(signal.SIGINT) is interrupt
