"""Initial weights have the spread their papers ask for."""

import numpy as np
import pytest

from playground.nn.initializers import (
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Initializer,
    Zeros,
    fans,
)

VARIANCES = {
    GlorotUniform: 2 / (300 + 200),
    GlorotNormal: 2 / (300 + 200),
    HeUniform: 2 / 300,
    HeNormal: 2 / 300,
    Zeros: 0,
}


def test_every_initializer_is_checked_here():
    assert set(VARIANCES) == set(Initializer.registry.values())


@pytest.mark.parametrize("cls", VARIANCES, ids=lambda cls: cls.__name__)
def test_variance_of_a_dense_kernel(cls, rng):
    kernel = cls().sample((300, 200), rng)
    assert kernel.dtype == np.float32
    assert abs(kernel.mean()) < 1e-3
    assert kernel.var() == pytest.approx(VARIANCES[cls], rel=0.03)


@pytest.mark.parametrize("cls", [GlorotUniform, HeUniform])
def test_uniform_kernels_stay_within_their_limit(cls, rng):
    kernel = cls().sample((300, 200), rng)
    assert np.abs(kernel).max() <= np.sqrt(3 * VARIANCES[cls])


@pytest.mark.parametrize("cls", [GlorotNormal, HeNormal])
def test_normal_kernels_are_cut_off_at_two_deviations(cls, rng):
    kernel = cls().sample((300, 200), rng)
    assert np.abs(kernel).max() <= 2 * np.sqrt(VARIANCES[cls]) / 0.8796


def test_a_convolution_counts_the_pixels_of_its_window():
    assert fans((3, 3, 1, 32)) == (9, 288)
