"""Initial weights have the spread their papers ask for."""

import numpy as np
import pytest

from playground.errors import ConfigError, ShapeError
from playground.nn.initializers import (
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Identity,
    Initializer,
    LecunNormal,
    LecunUniform,
    Ones,
    Orthogonal,
    RandomNormal,
    RandomUniform,
    TruncatedNormal,
    Zeros,
    fans,
)

VARIANCES = {
    GlorotUniform: 2 / (300 + 200),
    GlorotNormal: 2 / (300 + 200),
    HeUniform: 2 / 300,
    HeNormal: 2 / 300,
    LecunUniform: 1 / 300,
    LecunNormal: 1 / 300,
    RandomNormal: 0.05**2,
    RandomUniform: 0.1**2 / 12,
    TruncatedNormal: (0.05 * 0.87962566) ** 2,
    Orthogonal: 1 / 300,  # 200 columns of length 1
    Identity: (1 / 300) * (1 - 1 / 300),  # 200 ones among 300 x 200 numbers
    Zeros: 0,
    Ones: 0,
    Constant: 0,
}
MEANS = {Ones: 1, Identity: 1 / 300}


def test_every_initializer_is_checked_here():
    assert set(VARIANCES) == set(Initializer.registry.values())


@pytest.mark.parametrize("cls", VARIANCES, ids=lambda cls: cls.__name__)
def test_variance_of_a_dense_kernel(cls, rng):
    kernel = cls().sample((300, 200), rng)
    assert kernel.dtype == np.float32
    assert kernel.mean() == pytest.approx(MEANS.get(cls, 0), abs=1e-3)
    assert kernel.var() == pytest.approx(VARIANCES[cls], rel=0.03)


@pytest.mark.parametrize("cls", [GlorotUniform, HeUniform, LecunUniform, RandomUniform])
def test_uniform_kernels_stay_within_their_limit(cls, rng):
    kernel = cls().sample((300, 200), rng)
    assert np.abs(kernel).max() <= np.sqrt(3 * VARIANCES[cls])


@pytest.mark.parametrize("cls", [GlorotNormal, HeNormal, LecunNormal, TruncatedNormal])
def test_normal_kernels_are_cut_off_at_two_deviations(cls, rng):
    kernel = cls().sample((300, 200), rng)
    assert np.abs(kernel).max() <= 2 * np.sqrt(VARIANCES[cls]) / 0.8796


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (4, 4), (3, 3, 2, 8), (2, 2, 1, 8)])
def test_orthogonal_kernels_keep_lengths(shape, rng):
    matrix = Orthogonal(gain=2).sample(shape, rng).reshape(-1, shape[-1])
    short = matrix if len(matrix) <= shape[-1] else matrix.T
    np.testing.assert_allclose(short @ short.T, 4 * np.eye(len(short)), atol=1e-5)


def test_angles_of_orthogonal_kernels_are_evenly_distributed(rng):
    """A plain QR has a fixed sign on its diagonal; the first number must be + as often as -."""
    positive = np.mean([Orthogonal().sample((4, 4), rng)[0, 0] > 0 for _ in range(400)])
    assert 0.4 < positive < 0.6


@pytest.mark.parametrize(("initializer", "fits"), [(Orthogonal(), "bias"), (Identity(), "Dense")])
def test_what_is_for_kernels_refuses_a_bias(initializer, fits, rng):
    with pytest.raises(ShapeError, match=rf"{fits}.*Received: \(8,\)"):
        initializer.sample((8,), rng)


def test_constants_are_what_they_say(rng):
    assert (Constant(value=0.5).sample((2, 3), rng) == 0.5).all()
    assert (Identity(gain=3).sample((2, 3), rng) == [[3, 0, 0], [0, 3, 0]]).all()


def test_bounds_the_wrong_way_round_are_refused():
    with pytest.raises(ConfigError, match=r"minval must be at most maxval. Received: 1.0 and 0.05"):
        RandomUniform(minval=1)


@pytest.mark.parametrize(
    ("shape", "counted"),
    [((3, 3, 1, 32), (9, 288)), ((3, 3, 16, 2), (144, 18)), ((7, 5), (7, 5)), ((4,), (4, 4))],
)
def test_fans_are_keras_s(shape, counted):
    """The second one is a depthwise kernel, (height, width, channels, multiplier)."""
    assert fans(shape) == counted
