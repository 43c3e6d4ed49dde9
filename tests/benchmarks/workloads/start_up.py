"""How long the core takes to import beyond NumPy, and how long until the window is drawn.

The window is compared with an empty one of Qt's, started in turn with it; on Linux so is that of
the bundle, if ``packaging/build.py`` has made one.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

import numpy as np

from tests.benchmarks.bench import ROOT
from tests.benchmarks.report import Comparison, Entry, Result

BUNDLE = ROOT / "dist" / "neural-playground" / "neural-playground"
CORE = """
import json, time
begun = time.perf_counter()
import numpy
numpy_here = time.perf_counter()
import playground.nn.plan, playground.nn.layers, playground.nn.losses, playground.nn.optimizers
core_here = time.perf_counter()
import playground.training.trainer
trainer_here = time.perf_counter()
print(json.dumps([numpy_here - begun, core_here - numpy_here, trainer_here - core_here]))
"""
TELL = """
import time
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

class Drawn(QObject):
    def __init__(self, widget, then=lambda: None):
        super().__init__(widget)
        self.then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.told)
        return False

    def told(self):
        print(time.time(), flush=True)
        self.then()
"""
EMPTY = f"""{TELL}
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication([])
window = QMainWindow()
window.resize(1092, 614)
drawn = Drawn(window, application.quit)
window.show()
application.exec()
"""
STAYING = EMPTY.replace(", application.quit", "")
OURS = f"""{TELL}
from playground.gui import app
from playground.gui.arguments import WindowArguments

class Window(app.MainWindow):
    def show(self):
        self.drawn = Drawn(self)  # the last one to watch is the first to tell
        super().show()

    def furnish(self):
        super().furnish()
        self.page_drawn = Drawn(self.centralWidget(), QCoreApplication.quit)

app.MainWindow = Window
app.main(WindowArguments())
"""


def seconds_of_imports():
    """Return the seconds that NumPy, our core and then the trainer take to import."""
    process = subprocess.run(
        (sys.executable, "-c", CORE), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(process.stdout)


def seconds_until_drawn(code):
    """Return the seconds from the start of a process until each thing that it tells of."""
    begun = time.time()
    process = subprocess.run(
        (sys.executable, "-c", code), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [float(line) - begun for line in process.stdout.split()]


class StartUp:
    title = "Start-up"

    def measure(self, bench):
        seconds_of_imports()  # the files come into the memory of the system
        rounds = 2 * bench.rounds
        imports = 1000 * np.array([seconds_of_imports() for _ in range(rounds)])
        return Result(
            self.title,
            [
                Entry("import of NumPy", imports[:, 0], "ms"),
                Entry("import of the core beyond it", imports[:, 1], "ms", gate="150 ms"),
                Entry("import of the trainer beyond both", imports[:, 2], "ms"),
            ],
        )


class FirstWindow:
    title = "From the command to the window"

    def measure(self, bench):
        seconds_until_drawn(EMPTY), seconds_until_drawn(OURS)
        pairs = [
            (seconds_until_drawn(EMPTY), seconds_until_drawn(OURS)) for _ in range(bench.rounds)
        ]
        empty = 1000 * np.array([drawn for (drawn,), _ in pairs])
        window, page = 1000 * np.array([ours for _, ours in pairs]).T
        return Result(
            self.title,
            [
                Entry("an empty window of Qt's", empty, "ms"),
                Entry("our window", window, "ms"),
                Entry("our start page", page, "ms"),
            ],
            [Comparison("our window", "an empty window of Qt's", empty / window, gate=0.5)],
        )


def seconds_until_managed(command):
    """Return the seconds until the window manager has a new window; what is in it is not asked."""
    before = windows()
    with tempfile.TemporaryDirectory() as folder:
        variables = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder}
        begun = time.time()
        with subprocess.Popen(command, cwd=ROOT, env=variables) as program:
            wait_until(lambda: windows() - before)
            seconds = time.time() - begun
            program.kill()
    wait_until(lambda: not windows() - before)  # the next window may get the same number
    return seconds


def windows():
    """Return the numbers of the windows that the window manager knows."""
    told = subprocess.check_output(("xprop", "-root", "_NET_CLIENT_LIST"), text=True)
    return set(re.findall(r"0x\w+", told))


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the windows on the desktop do not change")
        time.sleep(0.005)


class BundledWindow:
    title = "From the command to a window that the desktop has, with the bundle"

    def measure(self, bench):
        if not BUNDLE.exists():
            return Result(self.title, [], missing=["no bundle: packaging/build.py makes one"])
        commands = {
            "an empty window of Qt's": (sys.executable, "-c", STAYING),
            "our window": (sys.executable, "-m", "playground"),
            "the bundle's window": (BUNDLE,),
        }
        rounds = [
            [seconds_until_managed(c) for c in commands.values()] for _ in range(bench.rounds + 1)
        ]
        times = dict(
            zip(commands, 1000 * np.array(rounds[1:]).T, strict=True)
        )  # the first warms up
        empty = next(iter(times))
        return Result(
            self.title,
            [Entry(name, ms, "ms") for name, ms in times.items()],
            [
                Comparison(name, empty, times[empty] / ms, gate=0.5)
                for name, ms in times.items()
                if name != empty
            ],
        )


PARTS = (StartUp(), FirstWindow(), BundledWindow())
