"""How long the core takes to import beyond NumPy, and how long until the window is drawn."""

import json
import subprocess
import sys
import time

import numpy as np

from tests.benchmarks.bench import ROOT
from tests.benchmarks.report import Entry, Result

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
WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from playground.gui.app import make_application
from playground.gui.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings

class Drawn(MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, told)

def told():
    print(time.time(), flush=True)
    QTimer.singleShot(0, application.quit)

application = make_application()
settings = Settings()
apply_theme(settings.theme)
window = Drawn(settings)
window.show()
application.exec()
"""


def seconds_of_imports():
    """Return the seconds that NumPy, our core and then the trainer take to import."""
    process = subprocess.run(
        (sys.executable, "-c", CORE), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(process.stdout)


def seconds_to_window():
    """Return the seconds from the start of a process until its window is drawn."""
    begun = time.time()
    process = subprocess.run(
        (sys.executable, "-c", WINDOW), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(process.stdout.split()[0]) - begun


class StartUp:
    title = "Start-up"

    def measure(self, bench):
        seconds_of_imports(), seconds_to_window()  # the files come into the memory of the system
        rounds = 2 * bench.rounds
        imports = np.array([seconds_of_imports() for _ in range(rounds)])
        window = np.array([seconds_to_window() for _ in range(bench.rounds)])
        return Result(
            self.title,
            [
                Entry("import of NumPy", 1000 * imports[:, 0], "ms"),
                Entry("import of the core beyond it", 1000 * imports[:, 1], "ms", gate="150 ms"),
                Entry("import of the trainer beyond both", 1000 * imports[:, 2], "ms"),
                Entry("from the command to the window drawn", 1000 * window, "ms"),
            ],
        )


PARTS = (StartUp(),)
