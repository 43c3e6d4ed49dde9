"""Figures of columns, against those of pandas."""

import numpy as np
import pandas as pd
import pytest

from playground.data.browse.series import CategorySeries, NumberSeries
from playground.data.browse.statistics import figures_of, histogram_of, levels_of


@pytest.fixture
def values(rng):
    values = rng.lognormal(size=1001)
    values[rng.permutation(1001)[:100]] = np.nan
    return values


def test_figures_are_those_of_pandas(values):
    found, truth = figures_of(NumberSeries("x", values)), pd.Series(values).describe()
    assert found.count == truth["count"]
    assert found.missing == 100
    assert found.mean == pytest.approx(truth["mean"])
    assert found.deviation == pytest.approx(truth["std"])
    assert found.minimum == truth["min"]
    assert found.quartiles == pytest.approx([truth["25%"], truth["50%"], truth["75%"]])
    assert found.maximum == truth["max"]


def test_equal_numbers_are_counted_once(rng):
    values = rng.integers(0, 50, 500).astype(float)
    assert figures_of(NumberSeries("x", values)).distinct == pd.Series(values).nunique()


def test_a_column_without_a_number_has_no_figures():
    found = figures_of(NumberSeries("x", np.full(3, np.nan)))
    assert (found.count, found.missing, found.distinct) == (0, 3, 0)
    assert np.isnan([found.mean, found.deviation, found.minimum, *found.quartiles]).all()


def test_one_number_has_no_deviation():
    assert np.isnan(figures_of(NumberSeries("x", np.array([2.0]))).deviation)


def test_texts_are_counted_the_most_frequent_first():
    found = levels_of(CategorySeries("x", ("a", "b", "c"), np.array([1, 0, 1, -1, 1])))
    assert found.levels == (("b", 3), ("a", 1))
    assert (found.count, found.missing, found.distinct) == (4, 1, 2)


def test_a_histogram_counts_every_known_number_once(values, rng):
    parts = rng.integers(0, 3, len(values)).astype(np.int8)
    found = histogram_of(NumberSeries("x", values), parts)
    known = ~np.isnan(values)
    assert found.counts.sum(axis=1).tolist() == np.bincount(parts[known]).tolist()


def test_the_edges_of_a_bar_hold_what_it_counts(values):
    found = histogram_of(NumberSeries("x", values), np.zeros(len(values), np.int8))
    for (low, high), count in zip(found.edges, found.counts[0], strict=True):
        assert np.count_nonzero((values >= low) & (values <= high)) == count


def test_few_whole_numbers_have_a_bar_each():
    values = np.array([3.0, 5, 5, np.nan, 6])
    found = histogram_of(NumberSeries("x", values), np.zeros(5, np.int8))
    assert found.edges[:, 0].tolist() == [3, 4, 5, 6]
    assert found.counts[0].tolist() == [1, 0, 2, 1]


def test_a_constant_has_one_bar():
    found = histogram_of(NumberSeries("x", np.full(4, 0.5)), np.zeros(4, np.int8))
    assert found.counts[0].tolist() == [4]


def test_a_column_without_a_number_has_no_bar():
    found = histogram_of(NumberSeries("x", np.full(4, np.nan)), np.zeros(4, np.int8))
    assert found.counts.shape == (3, 0)


def test_bars_of_texts_name_their_level():
    codes, parts = np.array([0, 1, 1, -1]), np.array([0, 0, 1, 2], np.int8)
    found = histogram_of(CategorySeries("x", ("a", "b"), codes), parts)
    assert found.labels == ("b", "a")
    assert found.counts.tolist() == [[1, 1], [1, 0], [0, 0]]
    assert found.edges.tolist() == [[1, 1], [0, 0]]
