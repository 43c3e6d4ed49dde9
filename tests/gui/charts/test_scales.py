import math

import pytest

from playground.gui.charts.scales import (
    count_scale,
    even_scale,
    log_scale,
    number,
    percent,
    round_ticks,
    rounded_scale,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.0214, "0.021"),
        (2.303, "2.30"),
        (-12.34, "−12.3"),
        (1234.5, "1,234"),
        (1.2e-5, "1.2e−5"),
        (5e5, "5e5"),
    ],
)
def test_numbers_are_written_for_people(value, text):
    assert number(value) == text


def test_shares_are_written_as_percentages():
    assert [percent(share) for share in (0, 0.9765, 1)] == ["0%", "97.7%", "100%"]


@pytest.mark.parametrize(("low", "high"), [(0, 2.3), (-1.2, 1.2), (0.02, 0.07), (0, 3e5), (5, 5)])
@pytest.mark.parametrize("count", [3, 5, 9])
def test_ticks_are_few_and_inside(low, high, count):
    ticks = round_ticks(low, high, count)
    assert len(ticks) <= max(count, 2)
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)


def test_epochs_end_with_a_tick_where_they_can():
    assert [value for value, _ in count_scale(12, 5).ticks] == [0, 3, 6, 9, 12]
    assert [value for value, _ in count_scale(1, 5).ticks] == [0, 1]


@pytest.mark.parametrize("epochs", [1, 2, 7, 12, 60, 137, 600, 99_999, 1_000_000])
def test_epochs_are_whole_numbers(epochs):
    ticks = [value for value, _ in count_scale(epochs, 5).ticks]
    assert ticks[0] == 0
    assert len(ticks) <= 5
    assert all(tick == int(tick) for tick in ticks)


def test_a_rounded_scale_ends_with_its_ticks():
    scale = rounded_scale(0, 2.31, 3)
    assert (scale.low, scale.high) == (scale.ticks[0][0], scale.ticks[-1][0]) == (0, 3)


def test_an_even_scale_ends_where_it_is_told():
    scale = even_scale(-1.23, 1.19, 5)
    assert (scale.low, scale.high) == (-1.23, 1.19)
    assert [text for _, text in scale.ticks] == ["−1.0", "−0.5", "0.0", "0.5", "1.0"]


@pytest.mark.parametrize(("low", "high"), [(0.05, 2.3), (1e-7, 2.3), (0.2, 0.3), (0.5, 0.5)])
def test_a_log_scale_holds_the_values(low, high):
    scale = log_scale(low, high, 5)
    assert scale.low <= math.log10(low)
    assert scale.high >= math.log10(high)
    assert scale.high > scale.low
