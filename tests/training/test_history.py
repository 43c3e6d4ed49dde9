"""What a run has measured, however long it gets."""

import numpy as np
import pytest

from playground.training import history
from playground.training.history import STEP_COLUMNS, Curves, History, Table


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(history, "CAPACITY", 8)


def table():
    return Table([np.zeros(0)] * 2, 1, ())


def filled(rows, look_every=10**9):
    found = table()
    for number in range(rows):
        found.append((number + 1.0, float(number % 4)))
        if number % look_every == 0:
            found.values()
    return found


def test_up_to_its_capacity_every_row_is_kept():
    assert filled(8).values().tolist() == [[1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3] * 2]


def test_then_an_entry_is_the_mean_of_two_and_ends_with_the_second():
    full = filled(10)
    assert full.values().tolist() == [[2, 4, 6, 8, 10], [0.5, 2.5] * 2 + [0.5]]
    assert full.stride == 2


def test_rows_too_few_for_an_entry_wait():
    assert filled(11).values().shape == (2, 5)
    assert filled(11).pending().tolist() == [[11, 2]]


@pytest.mark.parametrize("rows", [9, 100, 1000])
def test_it_stays_bounded_and_keeps_the_mean(rows):
    full = filled(rows)
    entries, waiting = full.values(), full.pending()
    assert entries.shape[1] <= 8
    assert entries.shape[1] * full.stride + len(waiting) == rows
    total = entries[1].sum() * full.stride + waiting[:, 1].sum()
    assert total == sum(number % 4 for number in range(rows))


def test_looking_changes_nothing():
    np.testing.assert_array_equal(filled(333, look_every=7).values(), filled(333).values())


def test_what_was_looked_at_never_changes():
    growing = filled(8)
    before = growing.values()
    copy = before.copy()
    for number in range(200):
        growing.append((float(number), 9.0))
    growing.values()
    np.testing.assert_array_equal(before, copy)
    with pytest.raises(ValueError, match="read-only"):
        before[0, 0] = 1


def test_a_history_goes_on_from_its_curves_as_if_it_had_never_stopped():
    def add(to, steps):
        for step in steps:
            to.add_step((step / 10, 1 / step, 0.1, np.nan, step % 3))
        return to

    at_once = add(History(Curves()), range(1, 78)).curves()
    first = add(History(Curves()), range(1, 38)).curves()
    resumed = add(History(first), range(38, 78)).curves()
    assert resumed.stride == at_once.stride == 16
    np.testing.assert_array_equal(resumed.pending, at_once.pending)
    for name in STEP_COLUMNS:
        np.testing.assert_array_equal(getattr(resumed, name), getattr(at_once, name))
