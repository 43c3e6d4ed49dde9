import numpy as np
import pytest

from playground.gui.charts.decimate import envelope, smoothed, thinned


def test_a_short_curve_stays_as_it_is(rng):
    x, y = np.arange(20.0), rng.random(20)
    assert envelope(x, y, 10)[1] is y
    assert thinned(x, y, 10)[1] is y


def test_an_envelope_keeps_the_one_outlier(rng):
    y = rng.random(100_000)
    y[54_321] = 7
    x, shown = envelope(np.linspace(0, 12, len(y)), y, 300)
    assert len(x) == len(shown) == 600
    assert shown.max() == 7
    assert shown.min() == y.min()


def test_a_thinned_curve_ends_where_the_curve_ends(rng):
    x, y = np.linspace(0, 12, 10_000), rng.random(10_000)
    thin_x, thin_y = thinned(x, y, 100)
    assert (thin_x[-1], thin_y[-1]) == (x[-1], y[-1])


def test_thinning_a_straight_line_leaves_it_straight():
    x = np.linspace(0, 12, 10_000)
    thin_x, thin_y = thinned(x, 3 * x + 1, 100)
    np.testing.assert_allclose(thin_y, 3 * thin_x + 1)


def test_parts_of_the_axis_without_points_are_left_out():
    x = np.concatenate([np.linspace(0, 1, 500), np.linspace(9, 10, 500)])
    assert not ((thinned(x, x, 100)[0] > 1) & (thinned(x, x, 100)[0] < 9)).any()


@pytest.mark.parametrize("weight", [0.1, 0.6, 0.99])
@pytest.mark.parametrize("size", [1, 63, 64, 65, 8192, 20_000])
def test_smoothing_is_the_running_average_with_its_beginning_mended(rng, weight, size):
    y = rng.normal(size=size)
    average, expected = 0.0, []
    for n, value in enumerate(y, start=1):
        average = weight * average + (1 - weight) * value
        expected.append(average / (1 - weight**n))
    np.testing.assert_allclose(smoothed(y, weight), expected, rtol=1e-9, atol=1e-12)


def test_a_constant_curve_is_smooth_from_the_first_value_on():
    np.testing.assert_allclose(smoothed(np.full(100, 2.3), 0.9), 2.3)


def test_without_smoothing_nothing_changes(rng):
    y = rng.random(100)
    assert smoothed(y, 0.0) is y
