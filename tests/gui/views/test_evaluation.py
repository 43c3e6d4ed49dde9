"""The evaluation view, handed reports as the probe makes them."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from playground.data.sources.csv_file import CsvFile
from playground.data.sources.curves import Sine
from playground.gui.selection import Selection
from playground.gui.views.evaluation import EvaluationView
from playground.nn.layers.dense import Dense
from playground.nn.losses import MeanSquaredError
from playground.nn.metrics import Accuracy, Metric
from playground.nn.model import Sequential
from playground.probes.evaluation import Evaluation
from playground.training.project import Project
from playground.training.templates import project_for
from playground.training.trainer import Trainer
from tests.conftest import trained


@pytest.fixture
def view(qtbot):
    view = EvaluationView()
    qtbot.addWidget(view)
    view.resize(1100, 220)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture(scope="module")
def sine_snapshot():
    project = Project(source=Sine(), model=Sequential((Dense(units=1),)), loss=MeanSquaredError())
    return trained(project, 20)


def report(snapshot, part="validation"):
    *_, last = Evaluation(part=part).compute(snapshot)
    return last


def show(view, snapshot, part="validation"):
    found = report(snapshot, part)
    view.show_snapshot(snapshot)
    view.show_result(snapshot, found)
    return found


def choose_part(view, part):
    view._part.setCurrentIndex(view._part.findData(part))


def figures(view):
    return {metric: label.text() for metric, label in view._figures._rows.items()}


def test_the_part_asked_for_is_the_one_chosen(view, iris_snapshot):
    assert view.probe(iris_snapshot) == Evaluation(part="validation")
    choose_part(view, "test")
    assert view.probe(iris_snapshot) == Evaluation(part="test")


def test_every_figure_of_the_report_is_shown(view, iris_snapshot):
    found = show(view, iris_snapshot)
    assert figures(view).keys() == found.figures.keys()
    assert figures(view)[Accuracy()] == f"{100 * found.figures[Accuracy()]:.1f}%"


def test_labels_are_made_once(view, iris_snapshot):
    show(view, iris_snapshot)
    before = view._figures._rows[Accuracy()]
    show(view, replace(iris_snapshot, run_id=iris_snapshot.run_id + 1))
    assert view._figures._rows[Accuracy()] is before


def test_mistakes_are_counted_in_words(view, iris_snapshot):
    found = show(view, iris_snapshot)
    wrong = int((found.truth != found.answers).sum())
    assert view._detail.text() == f"{wrong} of 30 are mistaken"


def test_the_cell_of_the_selected_example_is_marked(view, iris_snapshot):
    found = show(view, iris_snapshot)
    view.show_selection(Selection(example=7))
    assert view._grid._cell == (found.truth[7], found.answers[7])


def test_clicks_on_a_cell_go_through_its_examples(qtbot, view, iris_snapshot):
    found = show(view, iris_snapshot)
    cell = found.truth[4], found.answers[4]
    members = np.flatnonzero((found.truth == cell[0]) & (found.answers == cell[1])).tolist()
    seen = []
    view.selected.connect(
        lambda selection: (seen.append(selection), view.show_selection(selection))
    )
    view.show_selection(Selection(layer=2, example=members[-1]))
    for _ in members:
        view._grid.chosen.emit(*cell)
    assert [selection.example for selection in seen] == members
    assert {selection.layer for selection in seen} == {2}


def test_examples_of_the_test_are_not_marked(view, iris_snapshot):
    choose_part(view, "test")
    show(view, iris_snapshot, "test")
    view.show_selection(Selection(example=3))
    assert view._grid._cell is None


def test_numbers_are_shown_predicted_against_true(view, sine_snapshot):
    found = show(view, sine_snapshot)
    x, y = view._plot.curves["examples"]
    np.testing.assert_allclose(x, found.truth[:, 0])
    np.testing.assert_allclose(y, found.answers[:, 0])
    ends = view._plot.curves["exact"]
    np.testing.assert_array_equal(*ends)
    assert {metric.label for metric in figures(view)} == {"RMSE", "MAE", "R²"}


def test_one_of_several_numbers_is_chosen(view):
    source = CsvFile(path="datasets/cars/cars.csv", targets=("horsepower", "miles_per_gallon"))
    dataset = source.load()
    snapshot = Trainer(project_for(source, dataset), dataset).snapshot()
    found = show(view, snapshot)
    choice = view._target
    assert [choice.itemData(i) for i in range(choice.count())] == list(dataset.targets)
    assert not choice.isHidden()
    choice.set_choice("miles_per_gallon")
    choice.chosen.emit("miles_per_gallon")
    np.testing.assert_allclose(view._plot.curves["examples"][0], found.truth[:, 1])


def test_many_numbers_are_thinned(view, sine_snapshot):
    found = report(sine_snapshot)
    many = replace(
        found, truth=np.tile(found.truth, (100, 1)), answers=np.tile(found.answers, (100, 1))
    )
    view.show_snapshot(sine_snapshot)
    view.show_result(sine_snapshot, many)
    assert len(view._plot.curves["examples"][0]) <= 1000


def test_numbers_of_a_diverged_network_are_left_out(view, sine_snapshot):
    found = report(sine_snapshot)
    lost = replace(found, answers=np.full_like(found.answers, np.nan), figures={})
    view.show_snapshot(sine_snapshot)
    view.show_result(sine_snapshot, lost)
    assert len(view._plot.curves["examples"][0]) == 0


def test_without_examples_a_sentence_says_how_to_get_some(view, iris_snapshot):
    nothing = iris_snapshot.dataset.test.take(np.zeros(0, np.intp))
    empty = replace(iris_snapshot, dataset=replace(iris_snapshot.dataset, test=nothing))
    choose_part(view, "test")
    show(view, empty, "test")
    assert "no test examples" in view._empty.accessibleName()
    assert view._pages.currentIndex() == 0
    assert figures(view) == {}


def test_a_partial_report_does_not_replace_a_whole_one(view, digits_snapshot):
    first, *_, last = Evaluation().compute(digits_snapshot)
    view.show_snapshot(digits_snapshot)
    view.show_result(digits_snapshot, first)
    assert "first" in view._detail.text()
    view.show_result(digits_snapshot, last)
    view.show_result(digits_snapshot, first)
    assert "first" not in view._detail.text()


@pytest.mark.parametrize("kind", ["iris_snapshot", "sine_snapshot"])
def test_the_numbers_can_be_saved(view, kind, request):
    found = show(view, request.getfixturevalue(kind))
    text = view._menu.content("csv").decode()
    header, *rows = csv.reader(io.StringIO(text))
    if found.matrix is None:
        assert header == ["y", "y_predicted"]
        assert len(rows) == found.total
    else:
        assert header == ["true", "setosa", "versicolor", "virginica"]
        assert [[int(n) for n in row[1:]] for row in rows] == found.matrix.tolist()


def test_every_metric_has_a_short_name(view):
    assert all(len(cls().label) <= 20 for cls in Metric.registry.values())
