"""Random steps that are kept or refused."""

import math

import numpy as np
import pytest

from playground.nn.layers.dense import Dense
from playground.nn.losses import MeanSquaredError
from playground.nn.mini_batch import MiniBatch
from playground.nn.model import Sequential
from playground.nn.optimizers.simulated_annealing import SimulatedAnnealing
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan

LINE = Sequential((Dense(units=1),))


@pytest.fixture
def batch():
    """Find ``y = 2 x + 1`` from 20 points; at first the answer is 0."""
    x = np.linspace(-1, 1, 20, dtype=np.float32)[:, None]
    weights = LINE.build((1,), np.random.default_rng(0))
    layout = Layout(LINE, weights)
    flat = np.zeros_like(layout.flatten(weights))
    plan = Plan(LINE, MeanSquaredError(), (1,), layout.views(flat))
    return MiniBatch(plan, flat, Batch(x, 2 * x + 1, np.arange(20)), key=(0,))


def steps(batch, optimizer, count):
    """Return for each step whether it was accepted and the loss before it."""
    seen = []
    for step in range(1, count + 1):
        batch.key = (7, step)
        loss, _ = optimizer.look(batch)
        seen.append((optimizer.move(batch, {}, step, optimizer.rate), loss))
    return seen


def test_it_finds_a_line(batch):
    steps(batch, SimulatedAnnealing(step_size=0.05), 2000)
    assert batch.evaluate()[0] < 0.02


def test_no_gradient_is_computed(batch):
    steps(batch, SimulatedAnnealing(), 10)
    assert (batch.gradient == 0).all()


def test_at_temperature_zero_the_loss_never_grows(batch):
    seen = steps(batch, SimulatedAnnealing(temperature=0.0, step_size=0.1), 200)
    losses = [loss for _, loss in seen]
    assert losses == sorted(losses, reverse=True)
    assert {accepted for accepted, _ in seen} == {0.0, 1.0}


def test_a_refused_step_leaves_the_weights_as_they_were(batch):
    optimizer = SimulatedAnnealing(temperature=0.0, step_size=0.1)
    for step in range(1, 50):
        batch.key = (7, step)
        before = batch.weights.copy()
        optimizer.look(batch)
        accepted = optimizer.move(batch, {}, step, 0.1)
        assert (batch.weights == before).all() == (accepted == 0.0)


def test_when_very_hot_every_step_is_kept(batch):
    seen = steps(batch, SimulatedAnnealing(temperature=1000.0, cooling=1.0, step_size=0.1), 50)
    assert all(accepted for accepted, _ in seen)


def test_worse_steps_are_kept_as_often_as_metropolis_says():
    """``exp(-d / T)`` with d = 0.3 and, after 10 steps of cooling by 0.9, T = 0.9 ** 10."""
    optimizer = SimulatedAnnealing(temperature=1.0, cooling=0.9)
    chances = np.linspace(0, 1, 10_001)
    kept = np.mean([optimizer._accepts(0.3, 10, chance) for chance in chances])
    assert kept == pytest.approx(math.exp(-0.3 / 0.9**10), abs=1e-3)


def test_a_loss_that_is_not_a_number_is_refused(batch):
    huge = SimulatedAnnealing(step_size=100.0, temperature=1000.0)
    batch.look = huge.look(batch)
    batch.weights[:] = 1e18
    _, before = batch.evaluate(), batch.weights.copy()
    accepted = huge.move(batch, {}, 1, 1e38)
    assert accepted == 0.0
    assert (batch.weights == before).all()


def test_equal_keys_give_equal_steps(batch):
    steps(batch, SimulatedAnnealing(), 20)
    first = batch.weights.copy()
    batch.weights[:] = 0
    steps(batch, SimulatedAnnealing(), 20)
    assert (batch.weights == first).all()
