from dataclasses import replace

import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples
from playground.nn.activations import Softmax
from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential
from playground.probes import decision_map
from playground.probes.decision_map import DecisionMap, boundary_lines, extent


def answer(snapshot, **settings):
    *_, result = DecisionMap(**settings).compute(snapshot)
    return result


def test_the_map_is_what_the_network_predicts_at_its_points(spiral_snapshot):
    result = answer(spiral_snapshot, resolution=9)
    (left, bottom), (right, top) = result.low, result.high
    corners = np.array([[left, top], [right, top], [left, bottom]], np.float32)
    expected = spiral_snapshot.model.predict(spiral_snapshot.weights, corners)[:, 0]
    found = result.probabilities[[0, 0, -1], [0, -1, 0], 1]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_probabilities_add_up_to_one(spiral_snapshot):
    probabilities = answer(spiral_snapshot, resolution=9).probabilities
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1, rtol=1e-6)


def test_all_points_lie_on_the_plane(spiral_snapshot):
    low, high = extent(spiral_snapshot.dataset)
    for part in (spiral_snapshot.dataset.train, spiral_snapshot.dataset.test):
        assert (part.x > low).all()
        assert (part.x < high).all()


def test_similar_axes_are_equally_long(spiral_snapshot):
    (left, bottom), (right, top) = extent(spiral_snapshot.dataset)
    assert right - left == pytest.approx(top - bottom)


def test_a_large_network_shows_a_coarse_map_first(spiral_snapshot, monkeypatch):
    monkeypatch.setattr(decision_map, "_QUICK", 1)
    monkeypatch.setattr(decision_map, "_AT_ONCE", 20_000)
    first, *others = DecisionMap(resolution=60).compute(spiral_snapshot)
    assert len(others) > 3
    assert len(first.probabilities) < len(others[-1].probabilities) == 60
    monkeypatch.undo()
    whole = answer(spiral_snapshot, resolution=60)
    np.testing.assert_allclose(others[-1].probabilities, whole.probabilities, atol=1e-6)


def test_the_boundary_of_a_disc_is_a_circle():
    y, x = np.mgrid[-1:1:41j, -1:1:41j]
    lines = 2 * boundary_lines(x * x + y * y - 0.5) - 1
    np.testing.assert_allclose(np.hypot(lines[..., 0], lines[..., 1]), 0.5**0.5, atol=2e-3)
    length = np.hypot(*(lines[:, 0] - lines[:, 1]).T).sum()
    assert length == pytest.approx(2 * np.pi * 0.5**0.5, rel=1e-2)


def test_the_boundary_of_a_disc_has_no_gap():
    y, x = np.mgrid[-1:1:41j, -1:1:41j]
    ends = boundary_lines(x * x + y * y - 0.513).reshape(-1, 2).round(6)
    assert set(np.unique(ends, axis=0, return_counts=True)[1]) == {2}


def test_a_saddle_has_two_lines_that_do_not_cross():
    lines = boundary_lines(np.array([[1.0, -1.0], [-1.0, 2.0]]))
    assert len(lines) == 2
    middle = lines.mean(axis=1) - 0.5
    assert (middle[0] * middle[1] < 0).all()  # on either side of the middle


def test_a_field_of_one_sign_has_no_boundary():
    assert boundary_lines(np.ones((5, 5))).shape == (0, 2, 2)


def test_three_classes_meet_in_lines(spiral_snapshot, rng):
    x = rng.normal(size=(30, 2)).astype(np.float32)
    part = Examples(x, np.arange(30) % 3)
    dataset = Dataset("three", part, part, part, classes=("a", "b", "c"), features=("x", "y"))
    model = Sequential((Dense(units=3, activation=Softmax()),))
    weights = ({"kernel": np.array([[3, -3, 0], [0, 0, 3]], np.float32), "bias": np.zeros(3)},)
    snapshot = replace(
        spiral_snapshot,
        dataset=dataset,
        project=replace(spiral_snapshot.project, model=model),
        weights=weights,
    )
    result = answer(snapshot, resolution=50)
    assert result.probabilities.shape == (50, 50, 3)
    assert len(result.boundary) > 50
