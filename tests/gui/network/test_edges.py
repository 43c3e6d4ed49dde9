import numpy as np
import pytest
from PySide6.QtCore import QSizeF

from playground.gui.network.columns import columns_of
from playground.gui.network.edges import bundles
from playground.gui.network.layout import arrange

NOTHING = (None, None)


@pytest.fixture
def digits(qapp, digits_snapshot):
    columns = columns_of(digits_snapshot.model, digits_snapshot.dataset, has_plane=False)
    return arrange(columns, QSizeF(830, 330), NOTHING).placed


@pytest.fixture
def spiral(qapp, spiral_snapshot):
    columns = columns_of(spiral_snapshot.model, spiral_snapshot.dataset, has_plane=True)
    return arrange(columns, QSizeF(660, 390), NOTHING).placed


def test_between_neurons_every_line_is_one_weight(spiral, spiral_snapshot):
    lines = bundles(spiral[1], spiral[2], spiral_snapshot.weights[1], NOTHING)
    kernel = spiral_snapshot.weights[1]["kernel"]
    np.testing.assert_allclose(lines.values, kernel[lines.joined[:, 0], lines.joined[:, 1]])


def test_strength_has_the_sign_of_the_weight_and_stays_below_one(spiral, spiral_snapshot):
    lines = bundles(spiral[0], spiral[1], spiral_snapshot.weights[0], NOTHING)
    assert (np.sign(lines.strengths) == np.sign(lines.values)).all()
    assert np.abs(lines.strengths).max() < 1


def test_a_larger_weight_is_a_stronger_line(spiral, spiral_snapshot):
    lines = bundles(spiral[0], spiral[1], spiral_snapshot.weights[0], NOTHING)
    by_weight = np.argsort(np.abs(lines.values))
    assert (np.diff(np.abs(lines.strengths)[by_weight]) >= 0).all()


def test_to_a_convolution_a_line_is_the_norm_of_its_kernels(digits, digits_snapshot):
    weights = digits_snapshot.weights[0]
    lines = bundles(digits[0], digits[1], weights, NOTHING)
    filters = digits[1].anchors[2][1]
    expected = np.sqrt(np.square(weights["kernel"][:, :, 0, list(filters)]).mean())
    assert abs(lines.values[2]) == pytest.approx(expected, rel=1e-5)


def test_its_sign_says_whether_they_brighten_or_darken(digits, digits_snapshot):
    weights = {"kernel": -np.abs(digits_snapshot.weights[0]["kernel"])}
    assert (bundles(digits[0], digits[1], weights, NOTHING).strengths < 0).all()


def test_a_selected_filter_shows_its_own_kernels_only(digits, digits_snapshot):
    weights = digits_snapshot.weights[2]
    lines = bundles(digits[2], digits[3], weights, (None, 0))
    assert len(lines.values) == len(digits[2].anchors)
    channels = list(digits[2].anchors[0][1])
    expected = np.sqrt(np.square(weights["kernel"][:, :, channels, 0]).mean())
    assert abs(lines.values[0]) == pytest.approx(expected, rel=1e-5)


def test_a_bundle_of_weights_is_their_mean(digits, digits_snapshot):
    lines = bundles(digits[-2], digits[-1], digits_snapshot.weights[-1], NOTHING)
    units = list(digits[-2].anchors[3][1])
    place = np.flatnonzero((lines.joined == (3, 7)).all(axis=1))[0]
    expected = digits_snapshot.weights[-1]["kernel"][units, 7].mean()
    assert lines.values[place] == pytest.approx(expected, rel=1e-4)


def test_where_nothing_is_learned_the_lines_are_grey(digits):
    assert not bundles(digits[1], digits[2], {}, NOTHING).learned


def test_without_weights_a_layer_that_learns_has_grey_lines_too(digits):
    assert not bundles(digits[0], digits[1], None, NOTHING).learned


def test_a_line_begins_and_ends_at_its_anchors(spiral, spiral_snapshot):
    lines = bundles(spiral[0], spiral[1], spiral_snapshot.weights[0], NOTHING)
    np.testing.assert_allclose(lines.heights(lines.left), lines.starts, atol=1)
    np.testing.assert_allclose(lines.heights(lines.right), lines.ends, atol=1)


def test_weights_that_are_not_finite_give_no_strength(spiral, spiral_snapshot):
    kernel = np.full_like(spiral_snapshot.weights[0]["kernel"], np.nan)
    lines = bundles(spiral[0], spiral[1], {"kernel": kernel}, NOTHING)
    assert np.isfinite(lines.strengths).all()
