"""The toy problems against their published definitions."""

import numpy as np
import pytest

from playground.data.sources.points import (
    Checkerboard,
    Circle,
    Gauss,
    Moons,
    Rings,
    Spiral,
    Xor,
    shared_out,
)
from playground.data.sources.surfaces import MultiGauss, Plane


def every(source):
    """Return the points ``(n, 2)`` and the answers of all examples."""
    dataset = source.load()
    parts = (dataset.train, dataset.validation, dataset.test)
    return np.concatenate([p.points for p in parts]), np.concatenate([p.y for p in parts])


def by_class(source):
    points, y = every(source)
    return [points[y == k] for k in np.unique(y)]


def test_moons_are_two_half_circles_as_in_make_moons():
    upper, lower = (1.5 * part + (0.5, 0.25) for part in by_class(Moons(noise=0)))
    np.testing.assert_allclose(np.hypot(*upper.T), 1, atol=1e-6)
    np.testing.assert_allclose(np.hypot(*(lower - (1, 0.5)).T), 1, atol=1e-6)
    assert upper[:, 1].min() > -1e-6
    assert lower[:, 1].max() < 0.5 + 1e-6


def test_two_rings_are_make_circles_with_half_the_radius():
    outer, inner = by_class(Rings(noise=0, classes=2))
    np.testing.assert_allclose(np.hypot(*outer.T), 1, atol=1e-6)
    np.testing.assert_allclose(np.hypot(*inner.T), 0.5, atol=1e-6)


def test_the_circle_is_a_disc_within_a_ring():
    ring, disc = by_class(Circle(noise=0))
    assert np.hypot(*disc.T).max() <= 0.5 + 1e-6
    assert np.hypot(*ring.T).min() >= 0.7 - 1e-6


def test_the_sign_of_the_product_is_the_class_of_xor():
    points, y = every(Xor(noise=0))
    np.testing.assert_array_equal(points[:, 0] * points[:, 1] > 0, y == 1)


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_the_arms_of_a_spiral_make_one_and_three_quarter_turns(classes):
    for number, arm in enumerate(by_class(Spiral(noise=0, classes=classes))):
        radius = np.hypot(*arm.T)
        turn = 2 * np.pi * (1.75 * radius + number / classes)
        expected = radius * np.stack([np.sin(turn), np.cos(turn)])
        np.testing.assert_allclose(arm.T, expected, atol=1e-5)


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
def test_clouds_stand_in_a_circle(classes):
    clouds = by_class(Gauss(noise=0, classes=classes, samples=5000))
    middles = np.array([cloud.mean(axis=0) for cloud in clouds])
    np.testing.assert_allclose(np.hypot(*middles.T), 0.45 * np.sqrt(2), atol=0.03)
    np.testing.assert_allclose(middles.mean(axis=0), 0, atol=0.03)


@pytest.mark.parametrize("squares", [2, 3, 8])
def test_neighbouring_squares_of_the_board_differ(squares):
    points, y = every(Checkerboard(noise=0, squares=squares))
    column, row = np.floor((points + 1) / 2 * squares).astype(int).T
    np.testing.assert_array_equal((column + row) % 2, y)
    assert len(set(zip(column.tolist(), row.tolist(), strict=True))) == squares**2


def test_the_plane_rises_along_the_diagonal():
    points, z = every(Plane(noise=0))
    # (x + y) / 10 where the square ends at 6, as in tensorflow/playground
    np.testing.assert_allclose(z[:, 0], (6 * points).sum(axis=1) / 10, atol=1e-6)


def test_hills_and_valleys_are_cones_of_which_the_steepest_counts():
    points, z = every(MultiGauss(noise=0, samples=1000))
    expected = np.zeros(len(points))
    for x, y, sign in ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1)):
        for flip in (1, -1):
            distance = np.hypot(6 * points[:, 0] - x, 6 * points[:, 1] - flip * y)
            height = sign * flip * np.clip(1 - distance / 2, 0, 1)
            expected = np.where(np.abs(height) > np.abs(expected), height, expected)
    np.testing.assert_allclose(z[:, 0], expected, atol=1e-5)
    assert z.min() < -0.8
    assert z.max() > 0.8


def test_noise_moves_a_point_whose_answer_stays():
    (exact, z), (moved, same) = every(Plane(noise=0)), every(Plane(noise=0.3))
    np.testing.assert_array_equal(z, same)
    assert 0.25 < np.abs(exact - moved).max() <= 0.3 + 1e-6


@pytest.mark.parametrize(
    ("count", "weights", "expected"),
    [(10, (1, 1), (5, 5)), (11, (1, 1), (6, 5)), (10, (1, 9), (1, 9)), (10, (1, 1, 1), (4, 3, 3))],
)
def test_points_are_shared_out_as_evenly_as_whole_numbers_allow(count, weights, expected):
    assert tuple(shared_out(count, np.array(weights, float))) == expected
