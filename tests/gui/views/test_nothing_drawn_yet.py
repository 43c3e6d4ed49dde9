"""A set of drawings is empty at first; whatever shows images must live with that."""

import pytest

from playground.data.dataset import DataKind
from playground.data.sources.my_drawings import MyDrawings
from playground.gui.data.data_panel import DataPanel
from playground.gui.views import View
from playground.gui.views.base import ProbeView
from playground.gui.views.predictions import PredictionsView
from playground.training.templates import project_for
from playground.training.trainer import Trainer

VIEWS = [cls for cls in View.registry.values() if DataKind.IMAGES in cls.kinds]


@pytest.fixture(scope="module")
def snapshot():
    dataset = MyDrawings().load()
    return Trainer(project_for(MyDrawings(), dataset), dataset).snapshot()


def show(qtbot, view, snapshot):
    """Do what the window does, and return what the view's probe found last."""
    qtbot.addWidget(view)
    view.resize(1086, 220)
    view.show()
    qtbot.waitExposed(view)
    view.show_project(snapshot.project)
    view.show_snapshot(snapshot)
    probe = view.probe(snapshot) if isinstance(view, ProbeView) else None
    for result in probe.compute(snapshot) if probe else ():
        view.show_result(snapshot, result)
    return view


@pytest.mark.parametrize("cls", VIEWS, ids=lambda cls: cls.__name__)
def test_every_view_of_images_can_be_looked_at(qtbot, cls, snapshot):
    assert show(qtbot, cls(), snapshot).isVisible()


def test_the_predictions_say_that_there_are_none(qtbot, snapshot):
    view = show(qtbot, PredictionsView(), snapshot)
    assert view._pages.currentWidget() is view._empty


def test_the_data_panel_says_what_is_missing(qtbot, snapshot):
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.show_dataset(snapshot.dataset, snapshot.project.source)
    assert "draw" in panel._pixels.text()
