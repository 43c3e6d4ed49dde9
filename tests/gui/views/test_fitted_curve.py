import numpy as np
import pytest

from playground.data.sources.curves import Sine
from playground.gui.views.fitted_curve import FittedCurveView
from playground.training.templates import project_for
from playground.training.trainer import Trainer


@pytest.fixture
def snapshot():
    source = Sine()
    dataset = source.load()
    trainer = Trainer(project_for(source, dataset), dataset)
    trainer.play_batch()
    return trainer.snapshot()


@pytest.fixture
def view(qtbot, snapshot):
    view = FittedCurveView()
    qtbot.addWidget(view)
    view.resize(456, 540)
    view.show()
    qtbot.waitExposed(view)
    view.show_snapshot(snapshot)
    for result in view.probe(snapshot).compute(snapshot):
        view.show_result(snapshot, result)
    return view


def test_the_points_and_the_curve_are_drawn(view, snapshot):
    curves = view._plot.curves
    assert len(curves["train"][0]) == len(snapshot.dataset.train)
    assert len(curves["aside"][0]) == len(snapshot.dataset.validation) + len(snapshot.dataset.test)
    assert len(curves["network"][0]) == view.probe(snapshot).resolution


def test_points_kept_aside_can_be_hidden(view):
    view._points.click()
    assert len(view._plot.curves["aside"][0]) == 0


def test_the_axis_holds_every_point(view, snapshot):
    y = snapshot.dataset.train.y
    assert view._plot._y.low <= y.min()
    assert view._plot._y.high >= y.max()


def test_the_reading_is_the_answer_of_the_network(view, snapshot):
    view._plot.pointed.emit(0.25)
    ((value, _),) = view._plot._reading.points
    x = np.array([[0.25]], np.float32)
    assert value == pytest.approx(
        float(snapshot.model.predict(snapshot.weights, x)[0, 0]), abs=1e-2
    )


def test_other_data_gets_a_sentence(view, iris_snapshot):
    assert view.probe(iris_snapshot) is None
    view.show_snapshot(iris_snapshot)
    assert view._empty.isVisible()
