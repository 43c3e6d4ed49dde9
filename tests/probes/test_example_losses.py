"""Answers and losses of all examples, against the readable layers."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.browse.catalogue import Catalogue
from playground.data.dataset import Dataset, Examples
from playground.data.sources.curves import Sine
from playground.nn.layers.dense import Dense
from playground.nn.losses import CategoricalHinge, MeanSquaredError
from playground.nn.model import Sequential
from playground.probes.example_losses import ExampleLosses
from playground.training.project import Project
from playground.training.trainer import Trainer
from tests.conftest import trained


def answers(snapshot):
    *_, last = ExampleLosses().compute(snapshot)
    return last


def parts(snapshot):
    dataset = snapshot.dataset
    return dataset.train, dataset.validation, dataset.test


def whole(snapshot):
    """Return the inputs and the answers of all parts, one after the other."""
    x = np.concatenate([part.x for part in parts(snapshot)])
    return x, np.concatenate([part.y for part in parts(snapshot)])


@pytest.mark.parametrize("name", ["iris_snapshot", "digits_snapshot", "two_outputs_snapshot"])
def test_classes_and_confidences_are_those_of_the_readable_layers(name, request):
    snapshot = request.getfixturevalue(name)
    x, y = whole(snapshot)
    outputs = snapshot.model.predict(snapshot.weights, x)
    found = answers(snapshot)
    assert found.complete
    np.testing.assert_allclose(found.confidences, outputs.max(axis=1), atol=1e-5)
    sure = np.diff(np.sort(outputs, axis=1)[:, -2:])[:, 0] > 1e-4
    np.testing.assert_array_equal(found.classes[sure], outputs.argmax(axis=1)[sure])
    np.testing.assert_array_equal(found.right, found.classes == y)


@pytest.mark.parametrize("name", ["iris_snapshot", "digits_snapshot"])
def test_a_loss_is_the_surprise_at_the_right_class(name, request):
    snapshot = request.getfixturevalue(name)
    x, y = whole(snapshot)
    outputs = snapshot.model.predict(snapshot.weights, x).astype(np.float64)
    surprise = -np.log(outputs[np.arange(len(y)), y])
    np.testing.assert_allclose(answers(snapshot).losses, surprise, rtol=1e-3, atol=1e-5)


def test_one_output_stands_for_two_classes(spiral_snapshot):
    x, y = whole(spiral_snapshot)
    share = spiral_snapshot.model.predict(spiral_snapshot.weights, x)[:, 0]
    found = answers(spiral_snapshot)
    np.testing.assert_array_equal(found.classes, share > 0.5)
    np.testing.assert_allclose(found.confidences, np.maximum(share, 1 - share), atol=1e-5)
    surprise = -np.log(np.where(y == 1, share, 1 - share))
    np.testing.assert_allclose(found.losses, surprise, rtol=1e-3, atol=1e-5)


def test_numbers_are_in_the_units_of_the_data():
    project = Project(
        source=Sine(), model=Sequential((Dense(units=1),)), loss=MeanSquaredError(), batch_size=16
    )
    snapshot = trained(project, 5)
    x, y = whole(snapshot)
    outputs, found = snapshot.model.predict(snapshot.weights, x), answers(snapshot)
    scaling = snapshot.dataset.target_scaling
    truth = outputs if scaling is None else scaling.invert(outputs)
    np.testing.assert_allclose(found.numbers, truth, atol=1e-5)
    np.testing.assert_allclose(found.losses, ((outputs - y) ** 2)[:, 0], atol=1e-5)
    assert found.right is None


def test_the_mean_loss_of_the_validation_part_is_that_of_the_curves(iris_snapshot):
    at_an_epoch = trained(iris_snapshot.project, 60)
    losses = answers(at_an_epoch).losses
    first = len(at_an_epoch.dataset.train)
    mean = losses[first : first + len(at_an_epoch.dataset.validation)].mean()
    assert mean == pytest.approx(at_an_epoch.curves.validation_loss[-1], rel=1e-4)


def test_validation_comes_first_and_what_is_unknown_is_told(digits_snapshot):
    first = next(ExampleLosses().compute(digits_snapshot))
    train = len(digits_snapshot.dataset.train)
    assert not first.complete
    assert np.isnan(first.losses[:train]).all()
    assert np.isfinite(first.losses[train : train + first.known]).all()
    assert (first.right[:train] == -1).all()


def test_the_step_is_that_of_the_snapshot(iris_snapshot):
    assert answers(iris_snapshot).step == iris_snapshot.step


def test_answers_find_their_examples_in_the_file(iris_snapshot):
    catalogue = Catalogue(iris_snapshot.dataset)
    found = catalogue.sorted(answers(iris_snapshot))
    np.testing.assert_array_equal(found.right, found.classes == catalogue.labels)


def test_many_classes_are_looked_at_without_one_hot_rows(rng):
    classes = 600
    x = rng.normal(size=(50, 3)).astype(np.float32)
    whole_set = Examples(x, np.arange(50) * 7 % classes)
    empty = whole_set.take(np.arange(0))
    dataset = Dataset("many", whole_set, empty, empty, classes=tuple(map(str, range(classes))))
    model = Sequential((Dense(units=classes),))
    project = Project(model=model, loss=CategoricalHinge())
    found = answers(Trainer(project, dataset).snapshot())
    outputs = model.predict(Trainer(project, dataset).snapshot().weights, x)
    wrong = outputs.copy()
    wrong[np.arange(50), whole_set.y] = 0
    hinge = np.maximum(wrong.max(axis=1) - outputs[np.arange(50), whole_set.y] + 1, 0)
    np.testing.assert_allclose(found.losses, hinge, atol=1e-4)


def test_a_network_that_has_diverged_answers_without_warnings(iris_snapshot):
    huge = np.float32(1e30)
    weights = [{name: w * huge for name, w in own.items()} for own in iris_snapshot.weights]
    found = answers(replace(iris_snapshot, weights=weights))
    assert found.complete
