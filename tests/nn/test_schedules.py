"""Rates along a training, against published formulas and steps worked out by hand."""

import math

import numpy as np
import pytest

from playground.nn.progress import Progress, Scores
from playground.nn.schedules import (
    Constant,
    CosineDecay,
    ExponentialDecay,
    OneCycle,
    PolynomialDecay,
    ReduceLROnPlateau,
    Schedule,
    StepDecay,
    Warmup,
)


def rates(schedule, passes, epochs=10, rate=1.0):
    return [schedule(rate, Progress(at, epochs)) for at in passes]


def after(*losses, **settings):
    """The rate from 1 after epochs with these validation losses."""
    scores = Scores(loss=np.zeros(len(losses)), val_loss=np.array(losses, float))
    return ReduceLROnPlateau(**settings)(1.0, Progress(len(losses), 100, scores))


@pytest.mark.parametrize("cls", Schedule.registry.values(), ids=Schedule.registry)
def test_every_schedule_gives_a_rate_at_every_point_and_past_the_end(cls):
    found = rates(cls(), np.linspace(0, 15, 301), rate=0.1)
    assert all(math.isfinite(rate) and 0 <= rate <= 0.1 for rate in found)


@pytest.mark.parametrize("cls", Schedule.registry.values(), ids=Schedule.registry)
def test_a_rate_of_zero_stays_small(cls):
    assert max(rates(cls(), [0, 5, 10], rate=0.0)) <= 0.0001


def test_constant():
    assert rates(Constant(), [0, 3.5, 99]) == [1, 1, 1]


def test_exponential_decay_loses_five_percent_an_epoch():
    assert rates(ExponentialDecay(), [0, 1, 2]) == pytest.approx([1, 0.95, 0.95**2])
    assert rates(ExponentialDecay(), [0.5]) == pytest.approx([math.sqrt(0.95)])


def test_exponential_decay_in_stairs():
    stairs = ExponentialDecay(decay_rate=0.5, decay_epochs=2, staircase=True)
    assert rates(stairs, [0, 1.9, 2, 5]) == [1, 1, 0.5, 0.25]


def test_steps():
    assert rates(StepDecay(factor=0.1, every=3), [2.9, 3, 6]) == pytest.approx([1, 0.1, 0.01])


def test_cosine_decay_to_the_end_and_no_further():
    found = rates(CosineDecay(), [0, 5, 10, 12])
    assert found == pytest.approx([1, 0.5, 0, 0])


def test_cosine_decay_keeps_a_share():
    assert rates(CosineDecay(alpha=0.2), [10]) == pytest.approx([0.2])


def test_cosine_restarts_after_one_three_and_seven():
    """Each glide twice as long as the last, and from half as high."""
    warm = CosineDecay(first_decay_epochs=1, t_mul=2, m_mul=0.5)
    assert rates(warm, [0, 0.5, 1, 2, 3, 5, 7]) == pytest.approx(
        [1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125]
    )


def test_cosine_restarts_of_equal_length():
    warm = CosineDecay(first_decay_epochs=2, t_mul=1)
    assert rates(warm, [0, 1, 2, 3, 4]) == pytest.approx([1, 0.5, 1, 0.5, 1])


def test_polynomial_decay_is_a_line_by_default():
    line = PolynomialDecay(end_learning_rate=0.1)
    assert rates(line, [0, 5, 10, 20]) == pytest.approx([1, 0.55, 0.1, 0.1])


def test_polynomial_decay_cycles():
    """Keras: past the end the time it takes is doubled, so half of it is over."""
    cycle = PolynomialDecay(end_learning_rate=0.0, decay_epochs=10, cycle=True)
    assert rates(cycle, [9, 10, 15]) == pytest.approx([0.1, 0, 0.25])


def test_warm_up_rises_along_a_line_and_hands_over():
    schedule = Warmup(warmup_epochs=2, start=0.1, then=StepDecay(factor=0.5, every=3))
    assert rates(schedule, [0, 1, 2, 4.9, 5]) == pytest.approx([0.1, 0.55, 1, 1, 0.5])


def test_what_follows_a_warm_up_has_the_rest_of_the_epochs():
    assert rates(Warmup(warmup_epochs=2, then=CosineDecay()), [6, 10]) == pytest.approx([0.5, 0])


def test_one_cycle_rises_to_the_rate_and_ends_far_below():
    found = rates(OneCycle(), [0, 1.5, 3, 10])
    assert found == pytest.approx([1 / 25, (1 + 1 / 25) / 2, 1, 1 / 25 / 1e4])


def test_a_plateau_reduces_after_its_patience():
    assert after(1, 1, 1, patience=3) == 1
    assert after(1, 1, 1, 1, patience=3) == 0.1
    assert after(1, 1, 1, 1, 1, 1, 1, patience=3) == pytest.approx(0.01)


def test_something_better_ends_the_waiting():
    assert after(1, 1, 0.5, 0.5, 0.5, patience=3) == 1


def test_a_tiny_gain_is_none():
    assert after(1, 0.99995, 0.9999, patience=2) == 0.1
    assert after(1, 0.99995, 0.9999, patience=2, min_delta=0.0) == 1


def test_epochs_of_cooldown_do_not_count():
    losses = [1] * 7
    assert after(*losses, patience=2) == pytest.approx(0.1**3)
    # reduced after the third; the fourth rests, the next two wait
    assert after(*losses[:5], patience=2, cooldown=2) == 0.1
    assert after(*losses[:6], patience=2, cooldown=2) == pytest.approx(0.01)


def test_a_plateau_never_goes_below_its_floor():
    assert after(*[1] * 20, patience=1, min_lr=0.03) == 0.03


def test_a_metric_that_should_be_large_is_turned_around():
    scores = Scores(np.zeros(3), np.array([0.5, 0.6, 0.7]), larger_is_better=True)
    rising = ReduceLROnPlateau(monitor="metric", patience=1)
    assert rising(1.0, Progress(3, 9, scores)) == 1.0


def test_without_validation_the_training_loss_is_watched():
    scores = Scores(loss=np.array([1.0, 1.0]))
    assert ReduceLROnPlateau(patience=1)(1.0, Progress(2, 9, scores)) == 0.1
