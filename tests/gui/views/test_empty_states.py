"""What every view says while it has nothing to show, and what its button does about it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton

from playground.data.sources.csv_file import CsvFile
from playground.data.sources.curves import Sine
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.drawn_curve import DrawnCurve
from playground.data.sources.my_drawings import MyDrawings
from playground.data.sources.points import Spiral
from playground.gui.look import theme
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.views import View
from playground.gui.views.base import ProbeView
from playground.gui.views.curves import CurvesView
from playground.gui.views.evaluation import EvaluationView
from playground.gui.views.predictions import PredictionsView
from playground.gui.views.word_map import WordMapView
from playground.gui.widgets import EmptyState
from playground.nn.layers.dense import Dense
from playground.nn.layers.embedding import Embedding
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential
from playground.resources import resource_path
from playground.training.presets import load_preset
from playground.training.templates import project_for
from playground.training.trainer import Trainer

VIEWS = list(View.registry.values())
IRIS = CsvFile(path=resource_path("datasets", "iris", "iris.csv"), targets=("species",))
SOURCES = (Spiral(samples=60), Sine(), IRIS, DrawnPoints(), DrawnCurve(), MyDrawings())
HARDLY_ANY = 0.002
"""Of the pixels: a view with fewer that differ from its ground shows nothing."""


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, dark=False)


@pytest.fixture(scope="module")
def snapshots(digits_snapshot, words_snapshot):
    made = [digits_snapshot, words_snapshot]
    for source in SOURCES:
        dataset = source.load()
        made.append(Trainer(project_for(source, dataset), dataset).snapshot())
    return made


def shown(qtbot, view):
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show()
    return view


def given(view, snapshot):
    """Do what the window does with a snapshot, and wait for what the view works out by itself."""
    view.show_project(snapshot.project)
    view.show_snapshot(snapshot)
    probe = view.probe(snapshot) if isinstance(view, ProbeView) else None
    for result in probe.compute(snapshot) if probe else ():
        view.show_result(snapshot, result)


def empty_state(view):
    return next((one for one in view.findChildren(EmptyState) if one.isVisible()), None)


def ink(view):
    """Return the share of pixels that differ from the most frequent one."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    return float(np.mean(pixels != np.bincount(pixels >> 8 & 0xFFFF).argmax()))


def says_or_shows(view):
    """Return whether a view says something with an icon, or has something painted."""
    empty = empty_state(view)
    if empty is not None:
        picture = empty.findChildren(type(empty._picture))[0].pixmap()
        return len(empty.sentence) > 15 and not picture.isNull()
    return ink(view) > HARDLY_ANY


@pytest.mark.parametrize("cls", VIEWS, ids=lambda cls: cls.__name__)
def test_before_there_is_any_data_every_view_says_what_will_be_there(qtbot, cls):
    view = shown(qtbot, cls())
    assert says_or_shows(view)


@pytest.mark.parametrize("cls", VIEWS, ids=lambda cls: cls.__name__)
def test_no_data_leaves_a_view_blank(qtbot, cls, snapshots):
    view = shown(qtbot, cls())
    for snapshot in snapshots:
        given(view, snapshot)
        assert says_or_shows(view), snapshot.project.source


def button(view):
    return next(one for one in empty_state(view).findChildren(QPushButton) if one.isVisible())


@pytest.fixture
def window(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    return window


@pytest.mark.parametrize(
    "name",
    [
        *("DecisionMapView", "FittedCurveView", "DrawView", "FiltersView", "MaxActivationView"),
        *("NextWordView", "WordMapView"),
    ],
)
def test_the_button_of_a_view_brings_data_that_it_can_show(qtbot, window, name):
    window.session.open(replace(load_preset("iris"), epochs=1))
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=20_000)
    dock = window.workspace.docks[name]
    dock.toggleViewAction().trigger()
    view = dock.findChild(View)
    qtbot.waitUntil(lambda: view.isVisible() and empty_state(view) is not None)
    project = window.session.project
    qtbot.waitUntil(lambda: window.workspace.frames.has_shown(name))
    button(view).click()
    qtbot.waitUntil(lambda: window.session.project is not project, timeout=20_000)
    qtbot.waitUntil(lambda: window.workspace.frames.has_shown(name), timeout=20_000)
    dock.show()
    dock.raise_()
    qtbot.waitUntil(lambda: view.isVisible() and empty_state(view) is None, timeout=20_000)


def test_examples_are_kept_aside_at_a_press(qtbot):
    source = Spiral(samples=60, validation_split=0.0)
    dataset = source.load()
    view = shown(qtbot, EvaluationView())
    given(view, Trainer(project_for(source, dataset), dataset).snapshot())
    assert "no validation examples" in empty_state(view).sentence
    with qtbot.waitSignal(view.edited) as edited:
        button(view).click()
    assert edited.args == [{"source": replace(source, validation_split=0.2)}]


def test_an_embedding_is_added_at_a_press(qtbot, words_snapshot):
    dataset = words_snapshot.dataset
    layers = (Flatten(), Dense(units=len(dataset.classes)))
    project = replace(words_snapshot.project, model=Sequential(layers))
    view = shown(qtbot, WordMapView())
    given(view, replace(words_snapshot, project=project))
    with qtbot.waitSignal(view.edited) as edited:
        button(view).click()
    first, *others = edited.args[0]["model"].layers
    assert isinstance(first, Embedding)
    assert first.input_dim == dataset.language.inputs
    assert tuple(others[1:]) == layers


def test_the_curves_do_not_ask_to_train_on_nothing(qtbot):
    dataset = DrawnPoints().load()
    view = shown(qtbot, CurvesView())
    given(view, Trainer(project_for(DrawnPoints(), dataset), dataset).snapshot())
    assert "once there is something to learn" in view._loss.plot._nothing_yet


def test_no_mistakes_at_all_leads_back_to_all_examples(qtbot, iris_snapshot):
    view = shown(qtbot, PredictionsView())
    view.show_snapshot(iris_snapshot)
    view._mistakes.setChecked(True)
    page = next(iter(view.probe(iris_snapshot).compute(iris_snapshot)))
    none = replace(page, rows=page.rows[:0], answers=page.answers[:0], finished=True)
    view.show_result(iris_snapshot, none)
    assert "every example is predicted rightly" in empty_state(view).sentence
    button(view).click()
    assert not view.probe(iris_snapshot).mistakes_only
