"""The different values of a column, and how its numbers are spread, against plain counting."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.tables.columns import NumberColumn, TextColumn
from playground.data.tables.facts import BINS, levels_of, spread_of

NUMBERS = st.lists(
    st.one_of(st.integers(-50, 50).map(float), st.just(float("nan")), st.floats(-1e6, 1e6)),
    min_size=1,
    max_size=60,
)


def numbers(values):
    return NumberColumn("x", 1, None, np.array(values, np.float64))


@given(NUMBERS)
def test_levels_are_counted_as_by_hand(values):
    counted = Counter(value + 0.0 for value in values if value == value)  # + 0.0: -0 is 0
    found = levels_of(numbers(values))
    assert found.distinct == len(counted)
    assert found.rarest == min(counted.values(), default=0)
    assert [n for _, n in found.common] == sorted(counted.values(), reverse=True)


@given(NUMBERS)
def test_every_known_number_is_in_a_bin(values):
    known = [value for value in values if value == value]
    found = spread_of(numbers(values))
    if not known:
        assert found is None
        return
    assert found.counts.sum() == len(known)
    assert len(found.counts) == BINS
    assert (found.low, found.high) == (min(known), max(known))
    assert found.mean == pytest.approx(np.mean(known))


def test_bins_are_those_of_numpy():
    values = np.random.default_rng(0).normal(size=1000)
    assert spread_of(numbers(values)).counts.tolist() == np.histogram(values, BINS)[0].tolist()


def test_numbers_too_large_to_be_used_are_left_out_of_the_picture():
    assert spread_of(numbers([1.0, np.inf, 3.0])).high == 3.0


def test_the_most_frequent_text_is_first():
    column = TextColumn("t", 1, None, ("a", "b"), np.array([1, 0, 1, -1]))
    assert levels_of(column).common == (("b", 2), ("a", 1))


def test_texts_have_no_spread():
    assert spread_of(TextColumn("t", 1, None, ("a",), np.array([0]))) is None


def test_an_empty_column_has_no_levels():
    found = levels_of(numbers([np.nan, np.nan]))
    assert (found.distinct, found.common, found.rarest) == (0, (), 0)
