"""What the window costs the training, and what the training costs the window.

``python -m tests.benchmarks.window [PRESET] [--seconds N] [--rounds N]`` trains a preset without a
window and in the real one with every view open, in turn, and prints the share of the speed that
is kept and how late the window's timer comes. Run it with a display, or it draws offscreen.
"""

import argparse
import dataclasses
import time

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer

from playground.gui.app import (
    apply_theme,
    collecting_in_this_thread,
    dispose,
    make_application,
    wait_for,
)
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset
from playground.training.snapshot import Status
from playground.training.trainer import Trainer
from playground.training.worker import TrainingThread

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


def window_speed(project, seconds):
    """Return the steps a second in the window, and the gaps of a 10 ms timer in ms."""
    window = MainWindow(Settings())
    window.resize(1366, 768)
    window.show()
    session, workspace = window.session, window.workspace
    session.open(project, play=True)
    wait_for(lambda: session.status is Status.RUNNING)
    spread(workspace)
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("preset", nargs="?", default="digits-cnn")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    make_application()
    apply_theme("light")
    project = dataclasses.replace(load_preset(options.preset), epochs=100_000)
    kept, gaps = [], []
    with collecting_in_this_thread():
        for number in range(1, options.rounds + 1):
            alone = headless_speed(project, options.seconds)
            beside, late, visible = window_speed(project, options.seconds)
            kept.append(beside / alone)
            gaps.append(late)
            print(
                f"round {number}: headless {alone * project.batch_size:,.0f} examples/s, "
                f"{visible} views open {beside * project.batch_size:,.0f}/s, kept {kept[-1]:.0%}"
            )
    all_gaps = np.concatenate(gaps)
    p50, p99 = np.percentile(all_gaps, (50, 99))
    print(f"speed kept, median of {len(kept)}: {np.median(kept):.0%}")
    print(f"timer gap: p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {all_gaps.max():.0f} ms")


if __name__ == "__main__":
    main()
