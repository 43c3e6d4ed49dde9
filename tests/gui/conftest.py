"""What the tests of the window share."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from playground.data.sources.csv_file import CsvFile
from playground.training.templates import project_for
from playground.training.trainer import Trainer

NOTES, SPECIES = ("", "old", "new"), ("rose", "tulip")
FLOWERS = "petal,leaf,note,species\n" + "".join(
    f"{n + 0.5},{'' if n % 7 == 1 else n % 3},{NOTES[n % 3]},{SPECIES[n % 2]}\n" for n in range(60)
)


@pytest.fixture(autouse=True, scope="session")
def tests_are_no_garbage():
    """Keep the thousands of tests themselves out of every collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def settings_of_its_own(tmp_path, monkeypatch):
    """Keep each test from the user's settings and state, and from those of the test before."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(autouse=True)
def collected_in_this_thread():
    """Let no other thread collect: it would destroy Qt's timers there, and the next tick crash.

    The app does the same, see ``collecting_in_this_thread``.
    """
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def no_widgets_left(settings_of_its_own):
    """Take the widgets of a test away, or every later change of the theme dresses them again."""
    before = len(QApplication.allWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if len(QApplication.allWidgets()) > before:
        gc.collect()


@pytest.fixture(autouse=True)
def no_key_left_down(qapp):
    """Let go of Ctrl and Shift, which Qt takes for held after a key was sent with them."""
    yield
    if qapp.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_unknown)


@pytest.fixture(scope="session")
def flowers(tmp_path_factory):
    """The snapshot of a network for a table with missing cells."""
    path = tmp_path_factory.mktemp("flowers") / "flowers.csv"
    path.write_text(FLOWERS)
    source = CsvFile(path=path, targets=("species",))
    dataset = source.load()
    return Trainer(project_for(source, dataset), dataset).snapshot()


@pytest.fixture(scope="session")
def prices(tmp_path_factory):
    """The snapshot of a network that predicts a number."""
    path = tmp_path_factory.mktemp("prices") / "prices.csv"
    path.write_text("size,price\n" + "".join(f"{n},{3 * n + 1}.5\n" for n in range(40)))
    source = CsvFile(path=path, targets=("price",), task="regression")
    dataset = source.load()
    return Trainer(project_for(source, dataset), dataset).snapshot()
