"""Every text that people can read goes through the catalogue: no word of English is left.

The window speaks a language that has no letter of English, while everything in it is read. To
find out where a text comes from, look for it in the code: it wants ``tr``.
"""

from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressBar

from playground.component import Component
from playground.data.sources.curves import Sine
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.drawn_curve import DrawnCurve
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.my_drawings import MyDrawings
from playground.gui.about.licences import licences
from playground.gui.csv_import.dialog import CsvDialog
from playground.gui.help import topics
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.language import LANGUAGES
from playground.nn.optimizers import SGD
from playground.training.presets import load_preset
from playground.training.snapshot import Status
from playground.training.templates import project_for
from playground.versions import versions
from tests.gui import pseudo
from tests.gui.reader import Reader

LICENCES = {"CC", "BY", "SA", "BSD", "MIT", "Clause"}
FIGURES = {"float", "RMSE", "MAE", "AUC", "CPU", "MB", "ms", "UTF", "bytes"}
"""Words that stand beside numbers: the same in all languages, or put there by Qt's locale."""
NAMES = {"Neural", "Playground", "MNIST", "Keras", *LANGUAGES.values()}
SHORT = {"MaxPool", "AvgPool", "BatchNorm", "LayerNorm", "GlobalAvgPool", "GlobalMaxPool", "Concat"}
"""Names of layers above the columns of the network, where there is little room."""
ON_THE_CARDS = {"my", "mother", "reads", "book", "story", "newspaper", "cake", "window"} | {
    *("Adelie", "Chinstrap", "Gentoo", "species", "bill", "flipper", "mass")
}
"""Data in the pictures of the start page: a sentence with its next word, and penguins."""
MATHEMATICS = {"sin", "xy", "tanh", "sigmoid", "softmax", "linear"}
"""Features of points, and functions as Keras writes them."""


def classes_below(cls):
    for child in cls.__subclasses__():
        yield child.__name__
        yield from classes_below(child)


def known_words(session):
    """Return the words that may stand there as they are: names of code, and the user's own."""
    dataset = session.dataset
    own = (*dataset.features, *dataset.targets, *dataset.classes) if dataset else ()
    code = set(classes_below(Component))
    return pseudo.words_in(
        (*code, *LICENCES, *FIGURES, *NAMES, *SHORT, *MATHEMATICS, *ON_THE_CARDS, *map(str, own))
    )


def check(reader, known):
    """Fail with a line for each text that has words which did not go through ``tr``."""
    found = []
    for text, places in reader.texts.items():
        if words := pseudo.plain_words(text, known):
            found.append(f"{' '.join(words)!r} in {text[:160]!r}: {min(places)}")
    assert not found, "not through tr():\n" + "\n".join(sorted(found))


@pytest.fixture
def reader(qapp, monkeypatch):
    parse = topics.parse

    def title_of(source, name):
        """Leave out what has a file in each language, and tests of its own."""
        return topics.Topic(pseudo.strange(parse(source, name).title), ())

    monkeypatch.setattr(topics, "parse", title_of)
    with pseudo.spoken():
        yield Reader(monkeypatch)


@pytest.fixture
def window(qtbot, reader):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    return window


def show(workspace, view):
    """Bring a view to the front; return its name."""
    name = type(view).__name__
    workspace.centre.show_view(name if name in workspace.centre.views else "NetworkView")
    if name in workspace.docks:
        workspace.docks[name].show()
        workspace.docks[name].raise_()
    return name


def visit_views(qtbot, window, reader):
    """Bring every view to the front, and lead the mouse over it."""
    workspace = window.workspace
    for view in workspace.views:
        name = show(workspace, view)
        qtbot.waitUntil(view.isVisible)
        qtbot.waitUntil(lambda name=name: workspace.frames.has_shown(name), timeout=20_000)
        reader.visit(view)


quiet = pytest.mark.qt_log_ignore("This plugin does not support")
"""The platform that draws without a screen cannot raise windows."""
NOT_RUN = ("language.", "text.", "theme.", "colours.", "file.quit")
"""Commands that end the window, or only make all of it look another way."""
PROJECTS = {
    "points": load_preset("spiral"),
    "curve": project_for(Sine(), Sine().load()),
    "images": replace(
        load_preset("digits-cnn"), source=MnistDigits(examples=200, validation_split=0.2)
    ),
    "table": load_preset("iris"),
    "text": load_preset("next-word-italian"),
}


@pytest.fixture
def closing(reader, monkeypatch):
    """Read each dialog and menu that opens, and put it away, as if nothing had been chosen."""

    def file_dialog(_parent, *texts, **_named):
        for text in texts:
            reader.note(text, "dialog for a file")
        return "", ""

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, file_dialog)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a: file_dialog(*a)[0])

    def look():
        opened = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if opened is not None:
            timer.stop()  # a visit has the window live for a while
            reader.visit(opened)
            reader.read_all(opened)
            opened.close()
            timer.start()

    timer = QTimer(interval=50)
    timer.timeout.connect(look)
    timer.start()
    yield
    timer.stop()


def opened(qtbot, window, project):
    window.session.open(project)
    qtbot.waitUntil(lambda: window.session.project == project, timeout=20_000)
    qtbot.waitUntil(window.workspace.isVisible)


@quiet
@pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS)
def test_the_window_at_work(qtbot, window, reader, project):
    opened(qtbot, window, replace(project, epochs=100_000))
    reader.visit(window.workspace)
    reader.read_all()
    window.session.play()
    qtbot.waitUntil(lambda: window.session.status is Status.RUNNING)
    visit_views(qtbot, window, reader)
    reader.read_all()
    check(reader, known_words(window.session))


@quiet
@pytest.mark.parametrize("cls", [DrawnPoints, DrawnCurve, MyDrawings], ids=lambda cls: cls.title)
def test_the_window_without_anything_to_learn(qtbot, window, reader, cls):
    window.deeds.choose_source(cls)
    qtbot.waitUntil(lambda: window.session.dataset is not None, timeout=20_000)
    for view in window.workspace.views:
        show(window.workspace, view)
        qtbot.waitUntil(view.isVisible)
        reader.visit(view)
    reader.read_all()
    check(reader, known_words(window.session))


@quiet
def test_the_window_after_a_divergence(qtbot, window, reader):
    project = load_preset("diabetes")
    opened(qtbot, window, replace(project, optimizer=SGD(learning_rate=100.0)))
    window.session.play()
    qtbot.waitUntil(lambda: window.session.status is Status.DIVERGED, timeout=20_000)
    qtbot.waitUntil(lambda: window.workspace.frames.idle)
    reader.visit(window.workspace)
    reader.read_all()
    check(reader, known_words(window.session))


@quiet
@pytest.mark.usefixtures("closing")
def test_what_every_command_opens(qtbot, window, reader):
    opened(qtbot, window, PROJECTS["table"])
    QGuiApplication.clipboard().setText("Αυτό είνβι κείμενο.")
    known = {"name", *known_words(window.session)}  # a column of the cars
    known |= pseudo.words_in(f"{one.name} {one.licence}" for one in licences())
    known |= pseudo.words_in(f"{name} {value}" for name, value in versions())
    for command in [one.command for one in window.commands]:
        if not command.id.startswith(NOT_RUN) and not command.lack():
            command.run()
            qtbot.wait(1)
            known |= known_words(window.session)
    reader.read_all()
    check(reader, known)


TABLE = "μήκος,πλάτος,είδος\n" + "".join(f"{n},{n % 7},{'βδ'[n % 2]}\n" for n in range(40))


@quiet
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("good", TABLE),
        ("gaps", TABLE + "5,,β\n6,1,\n"),
        ("wrong cell", TABLE + "5,?,β\n"),
        ("one cell too many", TABLE + "5,6,7,8\n"),
        ("nothing to predict", "μήκος,είδος\n1,β\n2,β\n3,β\n"),
        ("empty", ""),
    ],
    ids=lambda value: value.replace(" ", "_") if len(value) < 20 else "",
)
def test_a_table_about_to_be_opened(qtbot, window, reader, tmp_path, name, content):
    path = tmp_path / "1.csv"
    path.write_text(content, encoding="utf-8")
    dialog = CsvDialog(path, window)
    dialog.show()
    waiting = dialog.findChild(QProgressBar)
    qtbot.waitUntil(lambda: not waiting.isVisible(), timeout=20_000)
    reader.visit(dialog)
    reader.read_all()
    dialog.reject()
    check(reader, known_words(window.session))
