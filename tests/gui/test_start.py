"""What is loaded when: first a window that can be seen, then what is in it, the rest on use."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from playground.gui import app
from playground.gui.arguments import WindowArguments

def tell():
    print(*sys.modules, flush=True)

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            tell()
        return False

class Window(app.MainWindow):
    def show(self):
        self.watch = Painted(self)
        self.installEventFilter(self.watch)
        super().show()

    def furnish(self):
        super().furnish()
        QTimer.singleShot(0, self.look)

    def look(self):
        self.workspace
        tell()
        QCoreApplication.quit()

app.MainWindow = Window
app.main(WindowArguments())
"""
NOT_BEFORE_THE_WINDOW = [
    *("numpy", "pandas", "PIL", "pyqtgraph", "safetensors", "threadpoolctl"),
    *("playground.component", "playground.data", "playground.nn", "playground.training"),
    *("playground.probes", "playground.exporters", "playground.cli"),
]
NOT_BEFORE_USE = ["pandas", "PIL", "safetensors", "playground.cli", "unittest", "matplotlib"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules at the first paint, and those when all stands ready."""
    folder = str(tmp_path_factory.mktemp("config"))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": folder}
    command = [sys.executable, "-c", PROGRAM]
    process = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    first, ready = process.stdout.splitlines()
    return set(first.split()), set(ready.split())


@pytest.mark.parametrize("module", NOT_BEFORE_THE_WINDOW)
def test_the_window_is_seen_before_this_is_loaded(loaded, module):
    first, _ = loaded

    assert "playground.gui.main_window" in first
    assert module not in first


@pytest.mark.parametrize("module", NOT_BEFORE_USE)
def test_a_start_does_not_load_what_is_for_some_files_only(loaded, module):
    _, ready = loaded

    assert "pyqtgraph" in ready
    assert module not in ready
