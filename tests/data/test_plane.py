import numpy as np
import pytest

from playground.data.plane import FEATURES, PlaneInputs
from playground.data.sources.points import Spiral
from playground.errors import ConfigError

POINTS = np.array([[0.3, -0.7], [-1.0, 0.25]])


def test_every_feature_is_what_it_says():
    x, y = POINTS.T
    sin = np.sin
    expected = [x, y, x**2, y**2, x * y, sin(2 * np.pi * x), sin(2 * np.pi * y)]
    found = PlaneInputs(FEATURES)(POINTS)
    np.testing.assert_allclose(found, np.stack(expected, axis=1), atol=1e-6)
    labels = ("x", "y", "x²", "y²", "xy", "sin 2πx", "sin 2πy")
    assert PlaneInputs(FEATURES).labels == labels


def test_features_have_an_order_of_their_own():
    assert PlaneInputs.named(["xy", "x", "xy"]).names == ("x", "xy")


def test_no_feature_at_all_is_refused():
    with pytest.raises(ConfigError, match="at least one feature of x, y, x\\^2"):
        Spiral(features=())


def test_an_unknown_feature_is_refused_with_the_known_ones():
    with pytest.raises(ConfigError, match=r"No feature named 'z'\. Known: x, y, "):
        Spiral(features=("x", "z"))


def test_no_points_have_no_inputs():
    assert PlaneInputs(FEATURES)(np.zeros((0, 2))).shape == (0, len(FEATURES))
