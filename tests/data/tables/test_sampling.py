import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.tables.sampling import RowChoice, RowSample


def chosen(most, seed, pieces):
    """Return the numbers of the rows taken, and what a follower of the choice holds."""
    choice, held, seen = RowChoice(RowSample(most, seed)), np.empty(0, int), 0
    for count in pieces:
        rows = choice.next(count)
        held = np.concatenate([held, seen + rows])
        seen += count
        if (kept := choice.spare()) is not None:
            held = held[kept]
    if (kept := choice.spare(final=True)) is not None:
        held = held[kept]
    return choice.numbers.tolist(), held.tolist()


@given(st.integers(1, 30), st.integers(0, 5), st.lists(st.integers(0, 40), min_size=1, max_size=10))
def test_as_many_rows_as_wanted_in_order_whatever_the_pieces(most, seed, pieces):
    numbers, held = chosen(most, seed, pieces)
    assert numbers == held == sorted(set(numbers))
    assert len(numbers) == min(most, sum(pieces))
    assert numbers == chosen(most, seed, [sum(pieces)])[0]


def test_every_row_is_as_likely():
    counts = np.zeros(100)
    for seed in range(2000):
        counts[chosen(20, seed, [30, 30, 40])[0]] += 1
    spread = np.sqrt(2000 * 0.2 * 0.8)
    assert np.abs(counts - 400).max() < 4.5 * spread


def test_another_seed_chooses_other_rows():
    assert chosen(10, 1, [100]) != chosen(10, 2, [100])


@pytest.mark.parametrize("count", [0, 5])
def test_without_a_limit_all_rows_are_taken(count):
    choice = RowChoice(RowSample())
    assert choice.next(count) is None
    assert choice.spare(final=True) is None
    assert choice.seen == count
