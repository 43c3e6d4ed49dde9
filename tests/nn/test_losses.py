"""Losses against finite differences, closed forms and extreme logits."""

import numpy as np
import pytest

from playground.nn.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanSquaredError,
)
from tests.nn.gradients import numeric_gradient


@pytest.fixture(params=Loss.registry.values(), ids=Loss.registry.keys())
def loss(request):
    return request.param()


def one_hot(rng, examples=4, classes=3):
    return np.eye(classes)[rng.integers(0, classes, examples)]


def test_gradient_matches_finite_differences(loss, rng):
    outputs, targets = rng.normal(size=(4, 3)), one_hot(rng)
    _, gradient = loss(outputs, targets)
    expected = numeric_gradient(lambda: loss(outputs, targets)[0].sum(), outputs)
    np.testing.assert_allclose(gradient, expected, rtol=1e-6, atol=1e-8)


def test_each_example_has_its_own_loss(loss, rng):
    outputs, targets = rng.normal(size=(4, 3)), one_hot(rng)
    together, _ = loss(outputs, targets)
    alone = [loss(outputs[k : k + 1], targets[k : k + 1])[0][0] for k in range(4)]
    np.testing.assert_allclose(together, alone)


def test_float32_stays_float32(loss, rng):
    outputs = rng.normal(size=(4, 3)).astype(np.float32)
    losses, gradient = loss(outputs, one_hot(rng).astype(np.float32))
    assert losses.dtype == gradient.dtype == np.float32


def test_without_knowledge_the_surprise_is_the_log_of_the_number_of_classes():
    losses, _ = CategoricalCrossentropy()(np.zeros((1, 10)), np.eye(10)[:1])
    assert losses[0] == pytest.approx(np.log(10))


def test_a_coin_toss_costs_log_2():
    assert BinaryCrossentropy()(np.zeros((1, 1)), np.ones((1, 1)))[0][0] == pytest.approx(np.log(2))


@pytest.mark.parametrize("cls", [BinaryCrossentropy, CategoricalCrossentropy])
def test_extreme_logits_stay_finite(cls):
    outputs = np.array([[1e4, -1e4]], np.float32)
    losses, gradient = cls()(outputs, np.array([[0, 1]], np.float32))
    assert losses[0] >= 1e4
    assert np.isfinite(gradient).all()


def test_squared_error_of_known_numbers():
    losses, gradient = MeanSquaredError()(np.array([[1.0, 2.0]]), np.array([[0.0, 4.0]]))
    assert losses[0] == 2.5
    np.testing.assert_array_equal(gradient, [[1.0, -2.0]])
