"""What the window costs the training, and what the training costs the window.

A preset is trained without a window, in the window as it opens, and with every view open side by
side, in turn. Without a display the window draws offscreen.
"""

import dataclasses
import time

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer

from playground.gui.app import (
    collecting_in_this_thread,
    dispose,
    make_application,
    wait_for,
)
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset
from playground.training.snapshot import Status
from playground.training.trainer import Trainer
from playground.training.worker import TrainingThread
from tests.benchmarks.report import Entry, Result

WARM_UP = 2.0
TICK_MS = 10


def headless_speed(project, seconds):
    """Return the steps a second of the training thread alone."""
    thread = TrainingThread(Trainer(project, project.source.load()))
    thread.start()
    thread.post(Trainer.play)
    time.sleep(WARM_UP)
    first, started = thread.ask(lambda trainer: trainer.step).result(), time.perf_counter()
    time.sleep(seconds)
    last = thread.ask(lambda trainer: trainer.step).result()
    speed = (last - first) / (time.perf_counter() - started)
    thread.stop()
    return speed


def window_speed(project, seconds, arrange):
    """Return the steps a second in the window, the gaps of a 10 ms timer in ms, and the views."""
    window = MainWindow(Settings())
    window.resize(1366, 768)
    window.show()
    session, workspace = window.session, window.workspace
    session.open(project, play=True)
    wait_for(lambda: session.status is Status.RUNNING)
    arrange(workspace)
    rest(WARM_UP)
    first, started = session.snapshot.step, time.perf_counter()
    gaps = rest(seconds)
    speed = (session.snapshot.step - first) / (time.perf_counter() - started)
    visible = sum(view.isVisible() for view in workspace.views)
    session.pause()
    wait_for(lambda: session.status is not Status.RUNNING)
    session.mark_saved()
    window.close()
    dispose(window)
    return speed, gaps, visible


def as_it_opens(workspace):
    """Leave the views as every user finds them."""


def spread(workspace):
    """Open every view that goes with the data, side by side instead of in tabs."""
    docks = [dock for dock in workspace.docks.values() if not dock.isHidden()]
    for dock in docks:
        dock.setFloating(True)
        dock.resize(420, 260)
        dock.show()


def rest(seconds):
    """Let the window live; return the gaps between the ticks of a timer, in ms."""
    ticks = []
    loop = QEventLoop()
    timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
    return 1000 * np.diff(ticks)


class BesideTheWindow:
    """The speed that is kept, and the gaps of a timer that should tick every 10 ms."""

    def __init__(self, preset):
        self._preset = preset
        self.title = f"Training {preset} beside the window"

    def measure(self, bench):
        make_application()
        apply_theme("light")
        project = dataclasses.replace(load_preset(self._preset), epochs=100_000)
        seconds, rounds = (2.0, 1) if bench.quick else (6.0, 5)
        with collecting_in_this_thread():
            measured = [
                (
                    headless_speed(project, seconds),
                    window_speed(project, seconds, as_it_opens),
                    window_speed(project, seconds, spread),
                )
                for _ in range(rounds)
            ]
        alone, *beside = zip(*measured, strict=True)
        entries = [Entry("without a window", project.batch_size * np.array(alone), "examples/s")]
        for shown, rounds_beside in zip(("as it opens", "side by side"), beside, strict=True):
            entries += compared(shown, np.array(alone), rounds_beside)
        return Result(self.title, entries)


def compared(shown, alone, beside):
    """Return what the rounds with some views open say, beside those without a window."""
    speeds, gaps, views = zip(*beside, strict=True)
    late = [np.percentile(ms, (50, 99)) - TICK_MS for ms in gaps]
    p50, p99 = np.transpose(late)
    with_views = f"with {views[0]} views {shown}"
    return [
        Entry(
            f"speed kept {with_views}", 100 * np.array(speeds) / alone, "%", gate="75 %", aim="90 %"
        ),
        Entry(f"timer late {with_views}, median", p50, "ms"),
        Entry(f"timer late {with_views}, p99", p99, "ms", gate="8 ms", aim="5 ms"),
    ]


PARTS = (BesideTheWindow("digits-cnn"), BesideTheWindow("digits-mlp"), BesideTheWindow("spiral"))
