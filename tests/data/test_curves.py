import numpy as np

from playground.data.dataset import DataKind
from playground.data.sources.curves import Sine


def test_a_sine_is_a_curve():
    dataset = Sine().load()
    assert dataset.kind is DataKind.CURVE
    assert (dataset.features, dataset.targets) == (("x",), ("y",))


def test_without_noise_the_points_lie_on_the_sine():
    train = Sine(noise=0.0, cycles=2.0).load().train
    np.testing.assert_allclose(train.y, np.sin(2 * np.pi * train.x), atol=1e-6)


def test_the_noise_is_bounded():
    train = Sine(noise=0.2).load().train
    assert np.abs(train.y - np.sin(np.pi * train.x)).max() <= 0.2 + 1e-6
