import numpy as np
import pytest

from playground.data.dataset import DataKind
from playground.data.sources import DataSource
from playground.data.sources.curves import CurveSource, NoisyLine, Sine, Step

CURVES = [cls for cls in DataSource.registry.values() if issubclass(cls, CurveSource)]


@pytest.mark.parametrize("cls", CURVES)
def test_a_curve_is_y_over_x(cls):
    dataset = cls().load()
    assert dataset.kind is DataKind.CURVE
    assert (dataset.features, dataset.targets) == (("x",), ("y",))


@pytest.mark.parametrize("cls", CURVES)
def test_the_noise_is_bounded(cls):
    source = cls(noise=0.2)
    train = source.load().train
    far = np.abs(train.y - source.curve(train.x.astype(float))).max()
    assert 0.15 < far <= 0.2 + 1e-6


def test_without_noise_the_points_lie_on_the_sine():
    train = Sine(noise=0.0, cycles=2.0).load().train
    np.testing.assert_allclose(train.y, np.sin(2 * np.pi * train.x), atol=1e-6)


def test_a_step_leads_from_minus_1_to_1():
    train = Step(noise=0.0).load().train
    np.testing.assert_array_equal(train.y, np.where(train.x < 0, -1, 1))


def test_more_steps_are_equally_high_and_wide():
    x = (np.arange(400)[:, None] + 0.5) / 200 - 1
    levels, counts = np.unique(Step(steps=3).curve(x), return_counts=True)
    np.testing.assert_allclose(levels, [-1, -1 / 3, 1 / 3, 1])
    assert set(counts.tolist()) == {100}


def test_the_ends_belong_to_the_outer_flats():
    assert Step(steps=4).curve(np.array([-1.0, 1.0])).tolist() == [-1, 1]


def test_without_noise_the_line_is_straight():
    train = NoisyLine(noise=0.0, slope=-2.0).load().train
    np.testing.assert_allclose(train.y, -2 * train.x, atol=1e-6)
