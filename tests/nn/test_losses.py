"""Losses against finite differences, closed forms, published values and extreme logits."""

import numpy as np
import pytest

from playground.nn.activations import Softmax
from playground.nn.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    CategoricalHinge,
    Hinge,
    Huber,
    KLDivergence,
    Loss,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from tests.nn.gradients import numeric_gradient

SETTINGS = {
    CategoricalCrossentropy: {"label_smoothing": 0.3},
    BinaryCrossentropy: {"label_smoothing": 0.3},
    Huber: {"delta": 0.4},
}
LOSSES = [cls() for cls in Loss.registry.values()] + [cls(**own) for cls, own in SETTINGS.items()]
WITH_LINK = [loss for loss in LOSSES if loss.link]
FOR_ONE = [loss for loss in LOSSES if loss.link is not Softmax]  # which is always 1 for one output


@pytest.fixture(params=LOSSES, ids=repr)
def loss(request):
    return request.param


def one_hot(rng, examples=4, classes=3):
    return np.eye(classes)[rng.integers(0, classes, examples)]


def shares(rng, examples=4, classes=3):
    return rng.dirichlet(np.ones(classes), examples)


@pytest.mark.parametrize("targets", [one_hot, shares])
def test_gradient_matches_finite_differences(loss, targets, rng):
    outputs, targets = rng.normal(size=(4, 3)), targets(rng)
    _, gradient = loss(outputs, targets)
    expected = numeric_gradient(lambda: loss(outputs, targets)[0].sum(), outputs)
    np.testing.assert_allclose(gradient, expected, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("loss", FOR_ONE, ids=repr)
def test_gradient_of_one_output_matches_finite_differences(loss, rng):
    outputs, targets = rng.normal(size=(6, 1)), rng.integers(0, 2, (6, 1)).astype(float)
    _, gradient = loss(outputs, targets)
    expected = numeric_gradient(lambda: loss(outputs, targets)[0].sum(), outputs)
    np.testing.assert_allclose(gradient, expected, rtol=1e-6, atol=1e-8)


def test_each_example_has_its_own_loss(loss, rng):
    outputs, targets = rng.normal(size=(4, 3)), one_hot(rng)
    together, _ = loss(outputs, targets)
    alone = [loss(outputs[k : k + 1], targets[k : k + 1])[0][0] for k in range(4)]
    np.testing.assert_allclose(together, alone)


def test_no_argument_is_changed(loss, rng):
    outputs, targets = rng.normal(size=(4, 3)), one_hot(rng)
    before = outputs.copy(), targets.copy()
    loss(outputs, targets)
    np.testing.assert_array_equal((outputs, targets), before)


def test_float32_stays_float32(loss, rng):
    outputs = rng.normal(size=(4, 3)).astype(np.float32)
    losses, gradient = loss(outputs, one_hot(rng).astype(np.float32))
    assert losses.dtype == gradient.dtype == np.float32


@pytest.mark.parametrize("loss", WITH_LINK, ids=repr)
@pytest.mark.parametrize("target", [[0, 1], [1, 0], [0.5, 0.5]])
def test_extreme_logits_stay_finite(loss, target):
    outputs = np.array([[1e4, -1e4]], np.float32)
    losses, gradient = loss(outputs, np.array([target], np.float32))
    assert 0 <= losses[0] <= 2e4
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize("loss", WITH_LINK, ids=repr)
def test_a_confident_mistake_costs_its_logits(loss):
    losses, _ = loss(np.array([[1e4, -1e4]], np.float32), np.array([[0, 1]], np.float32))
    assert losses[0] >= 5e3


def test_without_knowledge_the_surprise_is_the_log_of_the_number_of_classes():
    losses, _ = CategoricalCrossentropy()(np.zeros((1, 10)), np.eye(10)[:1])
    assert losses[0] == pytest.approx(np.log(10))


def test_a_coin_toss_costs_log_2():
    assert BinaryCrossentropy()(np.zeros((1, 1)), np.ones((1, 1)))[0][0] == pytest.approx(np.log(2))


@pytest.mark.parametrize("cls", [CategoricalCrossentropy, SparseCategoricalCrossentropy])
def test_class_numbers_are_as_good_as_one_hot_rows(cls, rng):
    outputs, labels = rng.normal(size=(5, 3)), rng.integers(0, 3, 5)
    for found, expected in zip(
        cls()(outputs, labels), cls()(outputs, np.eye(3)[labels]), strict=True
    ):
        np.testing.assert_array_equal(found, expected)


def test_squared_error_of_known_numbers():
    losses, gradient = MeanSquaredError()(np.array([[1.0, 2.0]]), np.array([[0.0, 4.0]]))
    assert losses[0] == 2.5
    np.testing.assert_array_equal(gradient, [[1.0, -2.0]])


def test_huber_is_squared_within_delta_and_straight_beyond():
    losses, gradient = Huber(delta=2.0)(np.array([[1.0], [5.0]]), np.zeros((2, 1)))
    np.testing.assert_array_equal(losses, [0.5, 2 * 5 - 2])
    np.testing.assert_array_equal(gradient, [[1.0], [2.0]])


@pytest.mark.parametrize(
    ("cls", "expected"),
    [  # the examples of Keras's documentation
        (Hinge, [1.1, 1.5]),
        (CategoricalHinge, [1.2, 1.6]),
        (Huber, [0.18, 0.13]),
        (MeanAbsoluteError, [0.6, 0.5]),
    ],
)
def test_values_published_by_keras(cls, expected):
    y_true = np.array([[0.0, 1.0], [0.0, 0.0]])
    y_pred = np.array([[0.6, 0.4], [0.4, 0.6]])
    np.testing.assert_allclose(cls()(y_pred, y_true)[0], expected)


def test_hinge_takes_minus_1_and_1_as_well(rng):
    outputs, signs = rng.normal(size=(5, 1)), rng.choice([-1.0, 1.0], (5, 1))
    np.testing.assert_array_equal(Hinge()(outputs, signs)[0], Hinge()(outputs, (signs + 1) / 2)[0])


def test_divergence_is_zero_when_the_shares_are_met(rng):
    targets = shares(rng)
    losses, gradient = KLDivergence()(np.log(targets) + 7, targets)
    np.testing.assert_allclose(losses, 0, atol=1e-12)
    np.testing.assert_allclose(gradient, 0, atol=1e-12)


def test_divergence_from_a_fair_coin():
    """Cover & Thomas, Elements of Information Theory, example 2.3.1, with r = 1/2 and s = 1/4."""
    targets = np.array([[0.5, 0.5]])
    losses, _ = KLDivergence()(np.log([[0.75, 0.25]]), targets)
    assert losses[0] / np.log(2) == pytest.approx(0.2075, abs=5e-5)


def test_label_smoothing_moves_a_share_to_all_classes():
    logits, target = np.array([[1.0, 2.0, 3.0]]), np.array([[0.0, 0.0, 1.0]])
    smooth, _ = CategoricalCrossentropy(label_smoothing=0.3)(logits, target)
    expected, _ = CategoricalCrossentropy()(logits, np.array([[0.1, 0.1, 0.8]]))
    assert smooth == pytest.approx(expected)


def test_label_smoothing_of_a_yes_or_no_moves_towards_a_half():
    logits = np.array([[1.5]])
    smooth, _ = BinaryCrossentropy(label_smoothing=0.2)(logits, np.array([[1.0]]))
    expected, _ = BinaryCrossentropy()(logits, np.array([[0.9]]))
    assert smooth == pytest.approx(expected)
