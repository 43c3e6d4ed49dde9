"""Reports of trained networks, against the same figures taken another way."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples
from playground.data.sources.curves import Sine
from playground.nn.layers.dense import Dense
from playground.nn.losses import Hinge, MeanSquaredError
from playground.nn.metrics import (
    AUC,
    Accuracy,
    Metric,
    RootMeanSquaredError,
    TopKCategoricalAccuracy,
)
from playground.nn.model import Sequential
from playground.probes.evaluation import Evaluation, fitting_metrics
from playground.training.project import Project
from playground.training.trainer import Trainer
from tests.conftest import trained


def report(snapshot, part="validation"):
    *_, last = Evaluation(part=part).compute(snapshot)
    return last


@pytest.mark.parametrize("part", ["validation", "test"])
def test_the_matrix_counts_every_example_of_the_part(iris_snapshot, part):
    examples = getattr(iris_snapshot.dataset, part)
    found = report(iris_snapshot, part)
    assert found.finished
    np.testing.assert_array_equal(found.matrix.sum(axis=1), np.bincount(examples.y))
    np.testing.assert_array_equal(found.truth, examples.y)


def test_the_diagonal_is_the_accuracy(iris_snapshot):
    found = report(iris_snapshot)
    assert found.figures[Accuracy()] == pytest.approx(found.matrix.trace() / found.total)


def test_validation_figures_are_those_of_the_curves(iris_snapshot):
    at_an_epoch = trained(iris_snapshot.project, 60)
    assert at_an_epoch.epoch == 10
    accuracy = report(at_an_epoch).figures[Accuracy()]
    assert accuracy == pytest.approx(at_an_epoch.curves.validation_metric[-1])


def test_every_metric_that_fits_is_told(iris_snapshot):
    figures = report(iris_snapshot).figures
    for_classes = {cls() for cls in Metric.registry.values() if cls().fits(3)}
    assert set(figures) == for_classes
    assert np.isfinite(list(figures.values())).all()


def test_the_projects_own_metrics_come_first(iris_snapshot):
    metrics = (AUC(), TopKCategoricalAccuracy(k=2))
    project = replace(iris_snapshot.project, metrics=metrics)
    found = fitting_metrics(project, iris_snapshot.dataset)
    assert found[:3] == (Accuracy(), *metrics)


def test_one_output_tells_two_classes(spiral_snapshot):
    found = report(spiral_snapshot)
    assert found.matrix.shape == (2, 2)
    assert found.matrix.sum() == len(spiral_snapshot.dataset.validation)


def test_scores_of_a_hinge_are_parted_at_0(spiral_snapshot):
    project = replace(spiral_snapshot.project, model=Sequential((Dense(units=1),)), loss=Hinge())
    snapshot = trained(project, 5)
    part = snapshot.dataset.validation
    yes = snapshot.model.predict(snapshot.weights, part.x)[:, 0] > 0
    np.testing.assert_array_equal(report(snapshot).answers, yes)


def test_numbers_are_told_in_their_own_unit():
    project = Project(source=Sine(), model=Sequential((Dense(units=1),)), loss=MeanSquaredError())
    snapshot = trained(project, 5)
    found, part = report(snapshot, "test"), snapshot.dataset.test
    assert found.matrix is None
    np.testing.assert_array_equal(found.truth, part.y)
    expected = snapshot.model.predict(snapshot.weights, part.x)
    np.testing.assert_allclose(found.answers, expected, rtol=1e-5)
    error = np.sqrt(np.mean((expected - part.y) ** 2))
    assert found.figures[RootMeanSquaredError()] == pytest.approx(error, rel=1e-5)


def test_a_part_without_examples_has_no_figures(iris_snapshot):
    nothing = iris_snapshot.dataset.test.take(np.zeros(0, np.intp))
    empty = replace(iris_snapshot, dataset=replace(iris_snapshot.dataset, test=nothing))
    found = report(empty, "test")
    assert (found.total, found.finished, found.figures) == (0, True, {})


def test_a_large_network_answers_for_a_few_examples_first(digits_snapshot):
    sizes = [len(found.truth) for found in Evaluation().compute(digits_snapshot)]
    assert sizes[0] < sizes[-1] == len(digits_snapshot.dataset.validation)
    assert sizes == sorted(sizes)


def test_a_diverged_network_is_told_without_a_warning():
    y = np.array([[1.0], [2.0], [4.0]], np.float32)
    part = Examples(y, y)
    data = Dataset("n", part, part, part, targets=("y",))
    project = Project(model=Sequential((Dense(units=1),)), loss=MeanSquaredError())
    snapshot = Trainer(project, data).snapshot()
    huge = tuple(
        {name: np.full_like(w, 3e38) for name, w in own.items()} for own in snapshot.weights
    )
    with np.errstate(over="ignore"):
        found = report(replace(snapshot, weights=huge))
    assert not np.isfinite(found.figures[RootMeanSquaredError()])
