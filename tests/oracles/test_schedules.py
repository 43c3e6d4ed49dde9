"""Schedules beside those of Keras, and of torch where Keras has none, step by step."""

import keras
import numpy as np
import pytest
import torch

from playground.nn.progress import Progress, Scores
from playground.nn.schedules import (
    CosineDecay,
    ExponentialDecay,
    OneCycle,
    PolynomialDecay,
    ReduceLROnPlateau,
    Schedule,
    StepDecay,
    Warmup,
)

pytestmark = pytest.mark.oracle
RATE, EPOCHS, STEPS = 0.08, 12, 25  # steps in an epoch
ALL = np.arange(EPOCHS * STEPS)

theirs = keras.optimizers.schedules
PAIRS = [
    (ExponentialDecay(), lambda: theirs.ExponentialDecay(RATE, STEPS, 0.95)),
    (
        ExponentialDecay(decay_rate=0.5, decay_epochs=3, staircase=True),
        lambda: theirs.ExponentialDecay(RATE, 3 * STEPS, 0.5, staircase=True),
    ),
    (
        StepDecay(factor=0.1, every=5),
        lambda: theirs.ExponentialDecay(RATE, 5 * STEPS, 0.1, staircase=True),
    ),
    (CosineDecay(alpha=0.2), lambda: theirs.CosineDecay(RATE, EPOCHS * STEPS, 0.2)),
    (
        CosineDecay(alpha=0.1, first_decay_epochs=2, t_mul=2, m_mul=0.8),
        lambda: theirs.CosineDecayRestarts(RATE, 2 * STEPS, 2.0, 0.8, 0.1),
    ),
    (
        CosineDecay(first_decay_epochs=3, t_mul=1),
        lambda: theirs.CosineDecayRestarts(RATE, 3 * STEPS, 1.0, 1.0, 0.0),
    ),
    (
        PolynomialDecay(end_learning_rate=0.01, power=2),
        lambda: theirs.PolynomialDecay(RATE, EPOCHS * STEPS, 0.01, 2.0),
    ),
    (
        PolynomialDecay(end_learning_rate=0.01, decay_epochs=5, cycle=True),
        lambda: theirs.PolynomialDecay(RATE, 5 * STEPS, 0.01, 1.0, cycle=True),
    ),
    (
        Warmup(warmup_epochs=2, start=0.1, then=CosineDecay()),
        lambda: theirs.CosineDecay(
            RATE / 10, (EPOCHS - 2) * STEPS, warmup_target=RATE, warmup_steps=2 * STEPS
        ),
    ),
]
ELSEWHERE = {"Constant": "nothing to compute", "OneCycle": "below", "ReduceLROnPlateau": "below"}


def test_every_schedule_is_compared():
    assert {type(ours).__name__ for ours, _ in PAIRS} | ELSEWHERE.keys() == Schedule.registry.keys()


@pytest.mark.parametrize(("ours", "make"), PAIRS, ids=lambda v: getattr(type(v), "__name__", ""))
def test_the_rate_of_every_step_is_that_of_keras(ours, make):
    schedule = make()
    rates = [ours(RATE, Progress(step / STEPS, EPOCHS)) for step in ALL]
    expected = [float(schedule(int(step))) for step in ALL]
    np.testing.assert_allclose(rates, expected, rtol=2e-6, atol=1e-9)  # steps are float32 there


def test_one_cycle_is_that_of_torch():
    """Torch counts its phases to the last step before them, so each is compared by its share."""
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    total, rising = 100, 29  # the top is at step 0.3 * 100 - 1
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total, cycle_momentum=False)
    expected = []
    for _ in range(total - 1):
        expected.append(cycle.get_last_lr()[0])
        optimizer.step()
        cycle.step()
    shares = [
        0.3 * k / rising if k < rising else 0.3 + 0.7 * (k - rising) / (total - 1 - rising)
        for k in range(total - 1)
    ]
    rates = [OneCycle()(RATE, Progress(share * EPOCHS, EPOCHS)) for share in shares]
    np.testing.assert_allclose(rates, expected, rtol=1e-10)


SETTINGS = [
    {"patience": 2, "min_delta": 0.0},
    {"patience": 1, "cooldown": 2, "factor": 0.5},
    {"patience": 3, "min_delta": 0.05, "min_lr": 0.004},
    {"patience": 0, "min_delta": 0.0},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_plateau_is_found_when_keras_finds_it(settings):
    losses = 1 / (1 + np.arange(40.0) // 3) + np.random.default_rng(0).normal(0, 0.05, 40)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(RATE), loss="mse")
    callback = keras.callbacks.ReduceLROnPlateau(**settings)
    callback.set_model(model)
    callback.on_train_begin()
    ours, rates, expected = ReduceLROnPlateau(**settings), [], []
    for epoch, loss in enumerate(losses, start=1):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        expected.append(float(keras.ops.convert_to_numpy(model.optimizer.learning_rate)))
        scores = Scores(val_loss=losses[:epoch], loss=losses[:epoch])
        rates.append(ours(RATE, Progress(epoch, 40, scores)))
    assert len(set(rates)) > 2
    np.testing.assert_allclose(rates, expected, rtol=1e-6)
