"""Update rules against steps worked out by hand, and contracts for every one."""

import math

import numpy as np
import pytest

from playground.nn.optimizers import SGD, Adam, Optimizer, RMSprop


def run(optimizer, gradients, start=1.0):
    """Return the weight after each of these gradients."""
    weights = np.array([start])
    slots = optimizer.make_slots(weights)
    path = []
    for step, gradient in enumerate(gradients, start=1):
        optimizer.update(weights, np.array([float(gradient)]), slots, step, optimizer.learning_rate)
        path.append(weights[0])
    return path


@pytest.mark.parametrize("cls", Optimizer.registry.values(), ids=Optimizer.registry.keys())
def test_every_rule_finds_the_bottom_of_a_bowl(cls):
    optimizer = cls(learning_rate=0.05)
    weights = np.array([1.0, -2.0])
    slots = optimizer.make_slots(weights)
    for step in range(1, 600):
        optimizer.update(weights, 2 * weights, slots, step, optimizer.learning_rate)
    assert np.abs(weights).max() < 0.05


@pytest.mark.parametrize("cls", Optimizer.registry.values(), ids=Optimizer.registry.keys())
def test_float32_weights_stay_float32(cls):
    weights = np.ones(3, np.float32)
    slots = cls().make_slots(weights)
    cls().update(weights, np.ones(3, np.float32), slots, 1, 0.01)
    assert {array.dtype for array in (weights, *slots.values())} == {np.dtype(np.float32)}


def test_sgd_walks_down_the_gradient():
    assert run(SGD(learning_rate=0.1), [1, 1, 2]) == pytest.approx([0.9, 0.8, 0.6])


def test_momentum_keeps_a_share_of_the_last_step():
    path = run(SGD(learning_rate=0.1, momentum=0.9), [1, 1, 0])
    assert path == pytest.approx([0.9, 0.71, 0.71 - 0.9 * 0.19])


def test_nesterov_as_in_keras():
    # velocity = m v - lr g; weight += m velocity - lr g
    path = run(SGD(learning_rate=0.1, momentum=0.9, nesterov=True), [1, 1])
    assert path == pytest.approx([1 - 0.19, 1 - 0.19 - (0.9 * 0.19 + 0.1)])


def test_first_step_of_adam_is_the_learning_rate():
    """With bias correction, m / sqrt(v) is 1 whatever the gradient's size."""
    for gradient in (1.0, -1e3):
        step = 1 - run(Adam(learning_rate=0.01), [gradient])[0]
        assert step == pytest.approx(math.copysign(0.01, gradient), rel=1e-5)


def test_second_step_of_adam_by_hand():
    m = 0.9 * 0.1 * 1 + 0.1 * 3
    v = 0.999 * 0.001 * 1 + 0.001 * 9
    step = 0.01 * (m / (1 - 0.9**2)) / math.sqrt(v / (1 - 0.999**2))
    assert run(Adam(learning_rate=0.01), [1, 3])[1] == pytest.approx(0.99 - step, abs=1e-6)


def test_rmsprop_by_hand():
    expected = 1 - 0.01 / math.sqrt(0.1 + 1e-7)
    assert run(RMSprop(learning_rate=0.01), [1])[0] == pytest.approx(expected)


def test_adams_memory_holds_no_denormals_after_a_long_rest():
    weights = np.ones(4, np.float32)
    slots = Adam().make_slots(weights)
    Adam().update(weights, np.ones(4, np.float32), slots, 1, 0.01)
    for step in range(2, 2000):
        Adam().update(weights, np.zeros(4, np.float32), slots, step, 0.01)
    smallest = np.finfo(np.float32).tiny
    assert ((slots["m"] == 0) | (np.abs(slots["m"]) >= smallest)).all()
