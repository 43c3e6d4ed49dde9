"""Augmentation beside Keras's layers and SciPy's interpolation."""

import keras
import numpy as np
import pytest
import torch
from scipy import ndimage

from playground.data.augmentations import draw_change
from playground.data.augmentations.base import ImageAugmentation
from playground.data.augmentations.moving import (
    RandomRotation,
    RandomShear,
    RandomTranslation,
    RandomZoom,
)
from playground.data.augmentations.random_erasing import RandomErasing
from playground.data.augmentations.random_noise import RandomNoise
from playground.data.augmentations.resampling import resample
from tests.data.augmentations.test_moving import moved

pytestmark = pytest.mark.oracle

SHAPES = [(12, 12, 1), (9, 14, 3)]
DRAWS = [-1.0, -0.37, 0.0, 0.61, 1.0]
SCIPY = {"constant": "grid-constant", "nearest": "nearest", "reflect": "reflect"}
ON_TORCH = ["constant", "nearest"]
"""What Keras can do on torch: there its "reflect" is another one than on its other engines."""
CLOSE = {"rtol": 0, "atol": 1e-5}


@pytest.fixture(params=SHAPES, ids=str)
def x(request, rng):
    return rng.random((4, *request.param)).astype(np.float32)


@pytest.mark.parametrize("fill_mode", SCIPY)
@pytest.mark.parametrize("seed", range(5))
def test_any_map_agrees_with_scipy(x, fill_mode, seed):
    rng = np.random.default_rng(seed)
    matrices = np.zeros((len(x), 2, 3))
    matrices[:, :, :2] = np.eye(2) + rng.normal(0, 0.4, (len(x), 2, 2))
    matrices[:, :, 2] = rng.normal(0, 8, (len(x), 2))
    ours = x.copy()
    resample(ours, matrices, fill_mode)
    for image, matrix, result in zip(x, matrices, ours, strict=True):
        rows_first = matrix[::-1, [1, 0]]
        for channel in range(x.shape[-1]):
            theirs = ndimage.affine_transform(
                image[..., channel].astype(np.float64),
                rows_first,
                matrix[::-1, 2],
                order=1,
                mode=SCIPY[fill_mode],
            )
            np.testing.assert_allclose(result[..., channel], theirs, rtol=0, atol=1e-4)


def by_keras(layer, x, transformation):
    """Return what Keras's layer makes of images once its numbers are drawn."""
    return np.array(layer.transform_images(x.astype(np.float64), transformation, training=True))


def column(value, count):
    return np.full((count, 1), value)


@pytest.mark.parametrize("fill_mode", ON_TORCH)
@pytest.mark.parametrize("draw", DRAWS)
class TestKeras:
    def test_translation(self, x, draw, fill_mode):
        ours = RandomTranslation(height_factor=0.3, width_factor=0.2, fill_mode=fill_mode)
        layer = keras.layers.RandomTranslation(0.3, 0.2, fill_mode=fill_mode)
        n, height, width, _ = x.shape
        pixels = np.concatenate(
            [column(0.2 * draw * width, n), column(0.3 * draw * height, n)], axis=1
        )
        theirs = by_keras(layer, x, {"translations": pixels, "input_shape": x.shape})
        np.testing.assert_allclose(moved(x, ours, draw), theirs, **CLOSE)

    def test_rotation(self, x, draw, fill_mode):
        ours = RandomRotation(factor=0.15, fill_mode=fill_mode)
        layer = keras.layers.RandomRotation(0.15, fill_mode=fill_mode)
        n, height, width, _ = x.shape
        nothing = torch.zeros(n)
        angle = nothing + 360 * 0.15 * draw
        plain = dict.fromkeys(("translate_x", "translate_y", "shear_x", "shear_y"), nothing)
        size = {"height": height, "width": width}
        matrix = layer._compute_affine_matrix(0.5, 0.5, angle, scale=nothing + 1, **plain, **size)
        theirs = by_keras(layer, x, {"rotation_matrix": matrix})
        np.testing.assert_allclose(moved(x, ours, draw), theirs, **CLOSE)

    def test_zoom(self, x, draw, fill_mode):
        ours = RandomZoom(
            height_factor=0.3, keep_ratio=False, width_factor=0.5, fill_mode=fill_mode
        )
        layer = keras.layers.RandomZoom(0.3, 0.5, fill_mode=fill_mode)
        zooms = {
            "height_zoom": column(1 + 0.3 * draw, len(x)),
            "width_zoom": column(1 + 0.5 * draw, len(x)),
            "input_shape": x.shape,
        }
        np.testing.assert_allclose(moved(x, ours, draw), by_keras(layer, x, zooms), **CLOSE)

    def test_shear(self, x, draw, fill_mode):
        ours = RandomShear(x_factor=0.4, y_factor=0.2, fill_mode=fill_mode)
        layer = keras.layers.RandomShear(0.4, 0.2, fill_mode=fill_mode)
        factors = np.concatenate([column(0.4 * draw, len(x)), column(0.2 * draw, len(x))], axis=1)
        theirs = by_keras(layer, x, {"shear_factor": factors, "input_shape": x.shape})
        np.testing.assert_allclose(moved(x, ours, draw), theirs, **CLOSE)


def by_both(ours, layer, x):
    """Return many images, changed by us and by Keras, each with random numbers of its own."""
    mine = x.copy()
    draw_change([ours], (7,), len(x), x.shape[1:])(mine, 0)
    return mine, np.array(layer(x, training=True))


@pytest.mark.parametrize("factor", [0.3, 1.0])
def test_as_much_is_erased_as_by_keras(factor):
    x = np.full((6000, 10, 12, 1), 2.0, np.float32)
    ours = RandomErasing(factor=factor)
    layer = keras.layers.RandomErasing(factor, seed=1, value_range=(0, 1))
    for y in by_both(ours, layer, x):
        images = (y != 2).any(axis=(1, 2, 3))
        assert images.mean() == pytest.approx(factor / 2, abs=0.03)
    mine, theirs = ((y != 2).mean() for y in by_both(ours, layer, x))
    assert mine == pytest.approx(theirs, rel=0.05)


def test_what_covers_is_distributed_as_in_keras():
    x = np.full((2000, 10, 12, 1), 2.0, np.float32)
    layer = keras.layers.RandomErasing(1.0, seed=1, value_range=(0, 1))
    mine, theirs = (y[y != 2] for y in by_both(RandomErasing(), layer, x))
    for share in (0.4, 0.6, 0.75, 0.9):
        assert np.quantile(mine, share) == pytest.approx(np.quantile(theirs, share), abs=0.02)


def test_noise_is_distributed_as_in_keras():
    x = np.zeros((3000, 20), np.float32)
    mine, theirs = by_both(RandomNoise(stddev=0.3), keras.layers.GaussianNoise(0.3, seed=1), x)
    for share in (0.05, 0.3, 0.5, 0.9):
        assert np.quantile(mine, share) == pytest.approx(np.quantile(theirs, share), abs=0.01)


def test_the_drawn_distances_spread_as_in_keras():
    """Evenly: seen in how far a bright column goes."""
    x = np.zeros((4000, 4, 40, 1), np.float32)
    x[:, :, 20] = 1
    ours = RandomTranslation(height_factor=0.0, width_factor=0.3, fill_mode="constant")
    layer = keras.layers.RandomTranslation(0.0, 0.3, fill_mode="constant", seed=1)
    mine, theirs = ((y[:, 0, :, 0] @ np.arange(40)) for y in by_both(ours, layer, x))
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        assert np.quantile(mine, share) == pytest.approx(np.quantile(theirs, share), abs=0.6)


def test_every_augmentation_of_images_is_compared():
    compared = {"RandomTranslation", "RandomRotation", "RandomZoom", "RandomShear"}
    exact = {"RandomFlip"}  # a flip is NumPy's own: tests/data/augmentations/test_moving.py
    known = {cls.__name__ for cls in ImageAugmentation.__subclasses__()}
    assert known == compared | exact | {"RandomErasing"}
