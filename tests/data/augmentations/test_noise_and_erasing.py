"""Noise on everything, and rectangles covered up."""

import numpy as np
import pytest

from playground.data.augmentations import draw_change
from playground.data.augmentations.normal_noise import NormalNoise
from playground.data.augmentations.random_erasing import RandomErasing
from playground.data.augmentations.random_noise import RandomNoise
from playground.data.sources.points import Circle
from playground.errors import ConfigError


def changed(x, augmentation, key=(1, 2)):
    result = x.copy()
    draw_change([augmentation], key, len(x), x.shape[1:])(result, 0)
    return result


@pytest.mark.parametrize("stddev", [0.1, 0.5])
def test_noise_has_the_deviation_it_says(stddev):
    x = np.zeros((500, 8, 8, 1), np.float32)
    noise = changed(x, RandomNoise(stddev=stddev))
    assert noise.mean() == pytest.approx(0, abs=0.02)
    assert noise.std() == pytest.approx(stddev, rel=0.02)


def test_noise_fits_points_and_tables():
    dataset = Circle(samples=40).load()
    RandomNoise().check(dataset)
    x = np.array(dataset.train.x)
    assert (changed(x, RandomNoise()) != x).all()


@pytest.mark.parametrize("shape", [(2,), (7, 5, 3), (200, 200, 1)], ids=str)
def test_normal_numbers_are_the_same_from_any_place_on(shape):
    noise = NormalNoise(np.random.default_rng(5), 30, shape)
    whole = noise(0, 30)
    for first, count in [(0, 1), (3, 9), (29, 1), (10, 20)]:
        np.testing.assert_array_equal(noise(first, count), whole[first : first + count])


def boxes(x, y):
    """Return height and width of what differs in each image that differs at all."""
    found = []
    for before, after in zip(x, y, strict=True):
        rows, columns = np.nonzero((before != after).any(axis=-1))
        if len(rows):
            found.append((np.ptp(rows) + 1, np.ptp(columns) + 1, len(rows)))
    return np.array(found)


@pytest.mark.parametrize("fill", ["noise", "zeros"])
def test_only_a_rectangle_is_covered(fill):
    x = np.full((200, 20, 30, 2), 2.0, np.float32)
    y = changed(x, RandomErasing(fill=fill))
    found = boxes(x, y)
    np.testing.assert_array_equal(found[:, 0] * found[:, 1], found[:, 2])
    assert y.min() >= 0
    covered = y[(y != 2).any(axis=-1)]
    assert covered.max() <= 1 if fill == "noise" else not covered.any()


def test_the_sides_are_as_long_as_the_shares_say():
    x = np.full((400, 40, 20, 1), 2.0, np.float32)
    found = boxes(x, changed(x, RandomErasing(scale_low=0.25, scale_high=0.25)))
    assert set(found[:, 0]) == {20}  # the root of a quarter of each side
    assert set(found[:, 1]) == {10}


@pytest.mark.parametrize("factor", [0.4, 1.0])
def test_on_average_half_as_many_as_the_factor_are_covered(factor):
    x = np.full((4000, 8, 8, 1), 2.0, np.float32)
    y = changed(x, RandomErasing(factor=factor, scale_low=0.3))
    assert (y != x).any(axis=(1, 2, 3)).mean() == pytest.approx(factor / 2, abs=0.03)


def test_the_whole_image_may_be_covered():
    x = np.full((50, 6, 6, 1), 2.0, np.float32)
    y = changed(x, RandomErasing(scale_low=1.0, scale_high=1.0, fill="zeros"))
    assert set(y.reshape(50, -1).sum(axis=1)) == {0.0, 72.0}


def test_shares_the_wrong_way_round_are_refused():
    with pytest.raises(ConfigError, match=r"scale_low must be at most scale_high\. Received: 0\.5"):
        RandomErasing(scale_low=0.5, scale_high=0.2)
