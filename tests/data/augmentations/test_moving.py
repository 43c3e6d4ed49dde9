"""Where the pixels go: exactly, where no pixel lies between two others."""

import numpy as np
import pytest

from playground.data.augmentations.moving import (
    RandomFlip,
    RandomRotation,
    RandomShear,
    RandomTranslation,
    RandomZoom,
)
from playground.data.augmentations.resampling import AffineMaps, resample


class Fixed:
    """Random numbers that are all the same."""

    def __init__(self, value):
        self.value = value

    def uniform(self, low, high, size):
        return np.full(size, self.value)

    def random(self, size):
        return np.full(size, self.value)


@pytest.fixture(params=[(8, 8, 1), (6, 9, 3)], ids=str)
def x(request, rng):
    return rng.random((3, *request.param)).astype(np.float32)


def moved(x, augmentation, value=1.0):
    """Return what becomes of images when every draw gives the same number."""
    maps = augmentation.draw(Fixed(value), len(x), x.shape[1:])
    result = x.copy()
    resample(result, maps.matrices, maps.fill_mode)
    return result


def shifted(x, down, right):
    height, width = x.shape[1:3]
    return RandomTranslation(
        height_factor=down / height, width_factor=right / width, fill_mode="constant"
    )


@pytest.mark.parametrize(("down", "right"), [(1, 0), (0, 3), (2, 1), (5, 5)])
def test_a_shift_by_whole_pixels_is_exact(x, down, right):
    expected = np.zeros_like(x)
    expected[:, down:, right:] = x[:, : x.shape[1] - down, : x.shape[2] - right]
    np.testing.assert_array_equal(moved(x, shifted(x, down, right)), expected)


def test_a_shift_the_other_way_goes_up_and_left(x):
    expected = np.zeros_like(x)
    expected[:, :-2, :-1] = x[:, 2:, 1:]
    np.testing.assert_array_equal(moved(x, shifted(x, 2, 1), -1.0), expected)


def test_half_a_pixel_is_the_mean_of_two(x):
    across = RandomTranslation(height_factor=0.0, width_factor=0.5 / x.shape[2])
    np.testing.assert_allclose(
        moved(x, across)[:, :, 1:], (x[:, :, 1:] + x[:, :, :-1]) / 2, atol=1e-6
    )


def test_a_shift_right_out_of_the_image_leaves_zeros(x):
    away = RandomTranslation(height_factor=0.0, width_factor=1.0, fill_mode="constant")
    assert not moved(x, away).any()


def test_beyond_the_edge_is_its_pixel_or_the_mirror_image(x):
    def fill(mode):
        across = RandomTranslation(height_factor=0, width_factor=2 / x.shape[2], fill_mode=mode)
        return moved(x, across)[:, :, :2]

    np.testing.assert_array_equal(fill("nearest"), x[:, :, [0, 0]])
    np.testing.assert_array_equal(fill("reflect"), x[:, :, [1, 0]])


@pytest.mark.parametrize("quarters", [1, 2, 3, 4])
def test_quarter_turns_go_counter_clockwise(rng, quarters):
    x = rng.random((3, 8, 8, 2)).astype(np.float32)
    turned = moved(x, RandomRotation(factor=quarters / 4))
    np.testing.assert_allclose(turned, np.rot90(x, quarters, axes=(1, 2)), atol=1e-5)


def test_half_a_turn_keeps_an_oblong_in_its_place(x):
    np.testing.assert_allclose(moved(x, RandomRotation(factor=0.5)), x[:, ::-1, ::-1], atol=1e-5)


@pytest.mark.parametrize(
    ("mode", "flip"),
    [
        ("horizontal", np.s_[:, :, ::-1]),
        ("vertical", np.s_[:, ::-1]),
        ("horizontal_and_vertical", np.s_[:, ::-1, ::-1]),
    ],
)
def test_a_flip_is_exact(x, mode, flip):
    np.testing.assert_array_equal(moved(x, RandomFlip(mode=mode), 0.1), x[flip])
    np.testing.assert_array_equal(moved(x, RandomFlip(mode=mode), 0.9), x)


def test_a_smaller_image_has_zeros_around_it(rng):
    x = 1 + rng.random((2, 9, 9, 1)).astype(np.float32)
    small = moved(x, RandomZoom(height_factor=0.95, fill_mode="constant"), 0.9)
    assert not small[:, 0].any()
    assert small[:, 3:6, 3:6].all()


def test_an_enlarged_image_keeps_its_middle(rng):
    x = rng.random((2, 9, 9, 1)).astype(np.float32)
    large = moved(x, RandomZoom(height_factor=0.5), -1.0)
    np.testing.assert_allclose(large[:, ::2, ::2], x[:, 2:7, 2:7], atol=1e-6)


def test_height_and_width_zoom_alike_only_if_wanted(x):
    shape = x.shape[1:]
    alike = RandomZoom().draw(np.random.default_rng(0), 5, shape).matrices
    np.testing.assert_array_equal(alike[:, 0, 0], alike[:, 1, 1])
    free = RandomZoom(keep_ratio=False).draw(np.random.default_rng(0), 5, shape).matrices
    assert (free[:, 0, 0] != free[:, 1, 1]).all()


def test_a_slant_by_one_moves_each_row_one_further(rng):
    x = rng.random((2, 5, 5, 1)).astype(np.float32)
    slanted = moved(x, RandomShear(x_factor=1.0, fill_mode="constant"))
    for row in range(5):
        np.testing.assert_array_equal(slanted[:, row, : 5 - row], x[:, row, row:])
        assert not slanted[:, row, 5 - row :].any()


def test_movements_that_follow_each_other_are_one(x):
    """There and back loses nothing, though in between half of the image was outside."""
    there = shifted(x, 4, 3).draw(Fixed(1.0), len(x), x.shape[1:])
    back = shifted(x, 4, 3).draw(Fixed(-1.0), len(x), x.shape[1:])
    both = there.then(back)
    result = x.copy()
    resample(result, both.matrices, both.fill_mode)
    np.testing.assert_array_equal(result, x)


def test_one_after_the_other_is_in_this_order(x):
    """A shift after a turn is not a turn after a shift."""
    shape = x.shape[1:]
    turn = RandomRotation(factor=0.5).draw(Fixed(1.0), 3, shape)
    shift = RandomTranslation(height_factor=0.0, width_factor=2 / x.shape[2]).draw(
        Fixed(1.0), 3, shape
    )
    result = x.copy()
    both = turn.then(shift)
    resample(result, both.matrices, both.fill_mode)
    np.testing.assert_allclose(result[:, :, 2:], x[:, ::-1, ::-1][:, :, :-2], atol=1e-5)


def test_only_equal_edges_are_joined():
    maps = {mode: AffineMaps(np.zeros((1, 2, 3)), mode) for mode in ("nearest", "reflect", None)}
    assert not maps["nearest"].joins(maps["reflect"])
    assert maps["nearest"].joins(maps[None])
    assert maps[None].then(maps["reflect"]).fill_mode == "reflect"


def test_large_images_are_resampled_like_small_ones(rng):
    """Image by image, as there is no room for more at once."""
    x = rng.random((3, 150, 150, 3)).astype(np.float32)
    turned = moved(x, RandomRotation(factor=0.25))
    np.testing.assert_allclose(turned, np.rot90(x, 1, axes=(1, 2)), atol=1e-4)
