"""Update rules against steps worked out by hand, and contracts for every one."""

import math

import numpy as np
import pytest

from playground.nn.optimizers import BLOCK, SGD, Adam, AdamW, GradientOptimizer, Optimizer, RMSprop
from playground.nn.optimizers.adagrad import Adagrad
from playground.nn.optimizers.adamax import Adamax
from playground.nn.optimizers.lion import Lion

RULES = [cls for cls in Optimizer.registry.values() if issubclass(cls, GradientOptimizer)]


@pytest.fixture(params=RULES, ids=lambda cls: cls.__name__)
def rule(request):
    return request.param


def run(optimizer, gradients, start=1.0):
    """Return the weight after each of these gradients."""
    weights = np.array([start])
    slots = optimizer.make_slots(weights)
    path = []
    for step, gradient in enumerate(gradients, start=1):
        optimizer.update(weights, np.array([float(gradient)]), slots, step, optimizer.learning_rate)
        path.append(weights[0])
    return path


def trajectory(optimizer, gradients, parts):
    """Return the weights after all gradients, the vector updated part by part."""
    weights = np.linspace(-1, 1, gradients.shape[1], dtype=gradients.dtype)
    slots = optimizer.make_slots(weights)
    for step, gradient in enumerate(gradients.copy(), start=1):
        for part in parts:
            own = {name: slot[part] for name, slot in slots.items()}
            optimizer.update(weights[part], gradient[part], own, step, optimizer.learning_rate)
    return weights


def test_every_rule_finds_the_bottom_of_a_bowl_at_some_rate(rule):
    assert any(_distance_left(rule(learning_rate=rate)) < 0.05 for rate in (0.05, 0.5, 30))


def _distance_left(optimizer):
    weights = np.array([1.0, -2.0])
    slots = optimizer.make_slots(weights)
    for step in range(1, 1500):
        # 1 / step wears the zigzag of Lion's signs down
        rate = optimizer.learning_rate / (1 + step / 100)
        optimizer.update(weights, 2 * weights, slots, step, rate)
    return np.abs(weights).max()


def test_float32_weights_stay_float32(rule):
    weights = np.ones(3, np.float32)
    slots = rule().make_slots(weights)
    rule().update(weights, np.ones(3, np.float32), slots, 1, 0.01)
    assert {array.dtype for array in (weights, *slots.values())} == {np.dtype(np.float32)}


def test_a_rule_may_work_on_any_part_of_the_vector(rule, rng):
    """So that two threads can share it: the parts are bit for bit the whole."""
    gradients = rng.normal(size=(40, 2 * BLOCK + 7)).astype(np.float32)
    whole = trajectory(rule(), gradients, [slice(None)])
    halves = trajectory(rule(), gradients, [slice(0, 9_999), slice(9_999, None)])
    np.testing.assert_array_equal(whole, halves)


def test_a_weight_without_gradient_stays(rule):
    path = run(rule(weight_decay=0.0), [0, 0, 0])
    assert path == [1, 1, 1]


def test_weight_decay_comes_before_the_step_as_in_keras(rule):
    decayed = run(rule(weight_decay=0.5, learning_rate=0.01), [1])[0]
    plain = run(rule(weight_decay=0.0, learning_rate=0.01), [1])[0]
    assert decayed - plain == pytest.approx(-0.5 * 0.01)


def test_clipping_by_value_cuts_each_number(rule):
    assert run(rule(clipvalue=0.5), [3, -9, 2]) == run(rule(), [0.5, -0.5, 0.5])


def test_clipping_by_norm_keeps_the_direction():
    gradient = np.array([3.0, 4.0])
    SGD(global_clipnorm=1.0).clip(gradient)
    np.testing.assert_allclose(gradient, [0.6, 0.8])


def test_a_short_gradient_is_not_clipped():
    gradient = np.array([3.0, 4.0])
    SGD(global_clipnorm=5.5).clip(gradient)
    np.testing.assert_array_equal(gradient, [3, 4])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_memory_holds_denormals_after_a_long_rest(rule, dtype):
    weights = np.ones(4, dtype)
    limits = np.finfo(dtype)
    optimizer = rule()
    slots = {name: np.full(4, limits.tiny, dtype) / 8 for name in optimizer.slot_names}
    optimizer.update(weights, np.zeros(4, dtype), slots, 32, 0.01)
    for slot in slots.values():
        assert ((slot == 0) | (np.abs(slot) >= limits.tiny)).all()


def test_removing_denormals_leaves_the_others_as_they_are():
    slots = {"m": np.array([1e-20, 3.0], np.float32), "v": np.array([1e-12, 2.0], np.float32)}
    before = {name: slot.copy() for name, slot in slots.items()}
    keep_all = Adam(beta_1=0.0, beta_2=0.0)
    keep_all.update(np.ones(2, np.float32), before["m"].copy(), slots, 32, 0.01)
    np.testing.assert_allclose(slots["m"], before["m"], rtol=1e-6)


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


def test_centered_rmsprop_divides_by_the_deviation():
    rule = RMSprop(learning_rate=0.01, centered=True)
    expected = 1 - 0.01 / math.sqrt(0.1 - 0.1**2 + 1e-7)
    assert run(rule, [1])[0] == pytest.approx(expected)


def test_rmsprop_as_in_kerass_own_example():
    """``w * w / 2`` from 10 with a learning rate of 0.1: its docstring prints 9.683772."""
    assert run(RMSprop(learning_rate=0.1), [10], start=10.0)[0] == pytest.approx(9.683772)


def test_adagrad_adds_all_squares_to_the_first_value():
    path = run(Adagrad(learning_rate=0.5), [1, 2])
    first = 1 - 0.5 / math.sqrt(0.1 + 1 + 1e-7)
    assert path == pytest.approx([first, first - 0.5 * 2 / math.sqrt(0.1 + 1 + 4 + 1e-7)])


def test_adamax_by_hand():
    first = 1 - 0.01
    second = first - 0.01 / (1 - 0.9**2) * (0.9 * 0.1 * 4 + 0.1 * 1) / (0.999 * 4)
    assert run(Adamax(learning_rate=0.01), [4, 1]) == pytest.approx([first, second], abs=1e-8)


def test_lion_walks_by_signs():
    # m is 0.01 after the first; 0.9 * 0.01 - 0.1 * 0.05 is still positive, - 0.1 * 0.2 is not
    assert run(Lion(learning_rate=0.1), [1, -0.05]) == pytest.approx([0.9, 0.8])
    assert run(Lion(learning_rate=0.1), [1, -0.2]) == pytest.approx([0.9, 1.0])


def test_amsgrad_never_forgets_a_large_gradient():
    forgetful = run(Adam(beta_2=0.5), [10, *[1] * 20])
    careful = run(Adam(beta_2=0.5, amsgrad=True), [10, *[1] * 20])
    assert forgetful[-2] - forgetful[-1] > 5 * (careful[-2] - careful[-1])


def test_adamw_decays_the_weights_by_default():
    assert AdamW().weight_decay == 0.004
    assert run(AdamW(learning_rate=0.01), [0])[0] == 1 - 0.004 * 0.01


def test_without_momentum_sgd_needs_no_memory():
    assert SGD().make_slots(np.ones(3)) == {}
    assert SGD(momentum=0.5).make_slots(np.ones(3)).keys() == {"velocity"}
