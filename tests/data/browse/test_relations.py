"""How columns go with the answer, against closed forms and NumPy."""

import numpy as np
import pytest

from playground.data.browse.catalogue import Catalogue
from playground.data.browse.relations import correlation_ratio, cramers_v, pearson, relations
from playground.training.presets import load_preset


def told(catalogue):
    *_, last = relations(catalogue)
    return last


def test_pearson_is_numpys(rng):
    x = rng.normal(size=300)
    y = 3 * x + rng.normal(size=300)
    assert pearson(x, y) == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_a_straight_line_has_a_correlation_of_one():
    x = np.arange(10.0)
    assert pearson(x, 2 * x - 5) == pytest.approx(1)
    assert pearson(x, 5 - x) == pytest.approx(-1)


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e9])
def test_a_constant_has_no_correlation(constant):
    x = np.full(7, constant)
    assert np.isnan(pearson(x, np.arange(7.0)))
    assert np.isnan(correlation_ratio(x, np.arange(7) % 2))


def test_the_correlation_ratio_is_known_of_a_textbook_case():
    """Marks in algebra, geometry and statistics: eta squared is 6780 / 9640."""
    marks = [45, 70, 29, 15, 21], [40, 20, 30, 42], [65, 95, 80, 70, 85, 73]
    groups = np.repeat(np.arange(3), [len(own) for own in marks])
    ratio = correlation_ratio(np.concatenate(marks).astype(float), groups)
    assert ratio**2 == pytest.approx(6780 / 9640)


def test_the_correlation_ratio_of_two_groups_is_the_size_of_pearson(rng):
    groups = rng.integers(0, 2, 200)
    x = groups + rng.normal(size=200)
    assert correlation_ratio(x, groups) == pytest.approx(abs(pearson(x, groups.astype(float))))


def test_cramers_v_is_one_where_one_text_decides_the_other():
    assert cramers_v(np.array([0, 0, 1, 2]), np.array([1, 1, 0, 2])) == pytest.approx(1)


def test_cramers_v_is_nothing_where_they_are_independent():
    first, second = np.repeat([0, 1], 6), np.tile([0, 1, 2], 4)
    assert cramers_v(first, second) == pytest.approx(0)


def test_cramers_v_of_two_by_two_is_the_phi_coefficient(rng):
    first = rng.integers(0, 2, 100)
    second = np.where(rng.random(100) < 0.7, first, 1 - first)
    phi = abs(np.corrcoef(first, second)[0, 1])
    assert cramers_v(first, second) == pytest.approx(phi)


def test_one_text_alone_goes_with_nothing():
    assert np.isnan(cramers_v(np.zeros(4, int), np.array([0, 1, 0, 1])))


def test_the_columns_of_iris_come_as_everybody_finds_them():
    found = told(Catalogue(load_preset("iris").source.load()))
    names = [known.name for known in found]
    assert names == ["petal_length_cm", "petal_width_cm", "sepal_length_cm", "sepal_width_cm"]
    assert {known.measure for known in found} == {"η"}


def test_each_pair_of_kinds_has_its_measure(flowers, heights):
    assert {known.name: known.measure for known in told(flowers)} == {
        "petal": "η",
        "leaf": "η",
        "note": "V",
    }
    assert [known.measure for known in told(heights)] == ["r", "r"]


def test_rows_without_a_value_are_left_out(flowers):
    known = next(known for known in told(flowers) if known.name == "leaf")
    leaf = np.array([3, 1, 2, 2, 1, 3, 2, 1, 3.0])
    rose = np.array([0, 0, 1, 0, 1, 0, 1, 0, 1])
    assert known.value == pytest.approx(correlation_ratio(leaf, rose))
