"""Maps over the plane against asking the network point by point, whatever it is told of them."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples, Scaling
from playground.data.plane import FEATURES
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.points import Rings, Spiral
from playground.data.sources.surfaces import MultiGauss, Plane
from playground.probes.activations import Activations
from playground.probes.decision_map import ClassMap, DecisionMap, ValueMap, value_span
from playground.probes.evaluation import Evaluation
from playground.probes.extent import extent
from playground.probes.predictions import Predictions
from playground.training.templates import project_for
from playground.training.trainer import Trainer

NAMES = tuple(feature.name for feature in FEATURES)


def snapshot_of(source, dataset=None, steps=20):
    dataset = dataset or source.load()
    trainer = Trainer(project_for(source, dataset), dataset)
    if not dataset.lack:
        trainer.play()
        for _ in range(steps):
            trainer.train_step()
    return trainer.snapshot()


def answer(probe, snapshot):
    *_, result = probe.compute(snapshot)
    return result


def asked(snapshot, x, y):
    """Return what the network says of one point, its inputs worked out by hand."""
    every = dict(
        zip(
            NAMES,
            [x, y, x * x, y * y, x * y, np.sin(2 * np.pi * x), np.sin(2 * np.pi * y)],
            strict=True,
        )
    )
    told = np.array([[every[name] for name in snapshot.project.source.features]], np.float32)
    return snapshot.model.predict(snapshot.weights, told)[0]


@pytest.mark.parametrize("features", [("x",), ("y^2", "sin x"), ("x", "y"), NAMES])
@pytest.mark.parametrize("make", [Spiral, Rings, MultiGauss])
def test_the_map_is_what_the_network_says_of_its_points(make, features):
    snapshot = snapshot_of(make(features=features))
    found = answer(DecisionMap(resolution=9), snapshot)
    field = found.values[..., None] if isinstance(found, ValueMap) else found.probabilities
    axis = np.linspace(found.low[0], found.high[0], 9)
    for row, column in ((0, 0), (2, 7), (8, 4)):
        expected = asked(snapshot, axis[column], axis[8 - row])
        last = field[row, column][-len(expected) :]
        np.testing.assert_allclose(last, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("features", [("xy",), NAMES])
def test_every_neuron_has_its_map_over_the_plane(features):
    snapshot = snapshot_of(Spiral(features=features))
    plane = answer(Activations(resolution=8), snapshot).plane
    assert plane.maps[()].shape == (8, 8, len(features))
    x, y = np.linspace(plane.low[0], plane.high[0], 8)[[6, 1]]
    expected = asked(snapshot, x, y)
    np.testing.assert_allclose(plane.maps[max(plane.maps)][6, 6], expected, rtol=1e-4, atol=1e-5)


def test_a_map_of_numbers_is_in_the_units_of_the_data():
    x = np.random.default_rng(0).uniform(-1, 1, (40, 2)).astype(np.float32)
    scaling = Scaling(np.array([300.0]), np.array([100.0]))
    part = Examples(x, x[:, :1].copy())
    dataset = Dataset(
        "houses", part, part, part, (), ("a", "b"), ("price",), target_scaling=scaling
    )
    snapshot = snapshot_of(Plane(), dataset)
    found = answer(DecisionMap(resolution=9), snapshot)
    corner = np.array([[found.low[0], found.high[1]]], np.float32)
    expected = snapshot.model.predict(snapshot.weights, corner)[0, 0] * 100 + 300
    assert found.values[0, 0] == pytest.approx(expected, rel=1e-4)
    assert found.span == pytest.approx((300 + 100 * x[:, 0].min(), 300 + 100 * x[:, 0].max()))


def test_the_colours_of_numbers_of_both_signs_part_at_0():
    low, high = value_span(MultiGauss().load())
    assert low == -high < -0.7


def test_classes_have_a_map_of_probabilities():
    assert isinstance(answer(DecisionMap(resolution=8), snapshot_of(Spiral())), ClassMap)


def test_the_plane_stays_where_it_is_while_points_are_drawn():
    near = DrawnPoints().added(0.1, 0.1, 0)
    assert extent(near.load()) == extent(near.added(-1.1, 1.1, 1).load())
    (left, _), (right, _) = extent(near.added(1.6, 0, 1).load())
    assert (left, right) == (-1.75, 1.75)


@pytest.mark.parametrize("probe", [DecisionMap(), Activations(), Predictions(), Evaluation()])
def test_every_probe_bears_an_empty_plane(probe):
    snapshot = snapshot_of(DrawnPoints(features=("x", "xy")))
    assert answer(probe, snapshot) is not None


def test_another_feature_is_another_run_and_undoing_it_brings_the_weights_back():
    source = Spiral()
    dataset = source.load()
    trainer = Trainer(project_for(source, dataset), dataset)
    before = trainer.project
    trainer.play_epoch()
    while trainer.epoch < 1:
        trainer.train_step()
    told = Spiral(features=("x", "y", "xy"))
    trainer.apply(replace(before, source=told), told.load())
    assert trainer.step == 0
    assert trainer.state().weights[0]["kernel"].shape[0] == 3
    trainer.apply(before, dataset)
    assert trainer.epoch == 1
