"""Which examples pass, and in which order."""

import gettext

import numpy as np
import pytest

from playground import language
from playground.data.browse.answers import Answers
from playground.data.browse.filters import Filter, Known, Order, Range


@pytest.fixture
def known(flowers):
    right = np.array([1, 0, 1, 1, 0, -1, 1, 1, 1, 1], np.int8)
    losses = np.array([0.5, 3, 0.1, 0.2, 2, np.nan, 0.3, 0.4, 0.6, 0.7])
    classes = np.array([0, 0, 0, 1, 1, -1, 0, 1, 0, 1], np.int32)
    answers = Answers(7, 9, losses, classes, 1 - losses / 4, right)
    return Known(flowers, answers, frozenset({2, 4}))


def passing(known, **wishes):
    return np.flatnonzero(known.passing(Filter(**wishes))).tolist()


def test_an_empty_filter_lets_all_pass(known):
    assert passing(known) == list(range(10))


def test_classes_are_asked_for_by_number(known):
    assert passing(known, classes=frozenset({0})) == [0, 2, 4, 6, 8]
    assert passing(known, classes=frozenset({0, 1})) == list(range(10))


def test_parts_are_asked_for_by_number(known):
    parts = known.catalogue.parts
    assert passing(known, parts=frozenset({1, 2})) == np.flatnonzero(parts > 0).tolist()


def test_right_and_wrong_leave_out_what_is_not_known(known):
    assert passing(known, verdict="wrong") == [1, 4]
    assert passing(known, verdict="right") == [0, 2, 3, 6, 7, 8, 9]


def test_inspected_examples_are_known_by_their_rows(known):
    assert passing(known, inspected=True) == [2, 4]


def test_a_range_includes_both_ends(known):
    assert passing(known, ranges=(Range(0, 2.5, 4.5),)) == [1, 2, 3]
    assert passing(known, ranges=(Range("loss", 0.5, 2),)) == [0, 4, 8, 9]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rose", [0, 2, 4, 6, 8]),
        ("OS", [0, 2, 4, 6, 8]),
        ("10.5", [9]),
        ("3", [0, 6, 9]),
        ("petal > 8", [7, 8, 9]),
        ("petal<=2.5", [0, 1]),
        ("note = old", [1, 2, 6, 7, 8]),
        ("note != old", [3, 5, 9]),
        ("note =", [0, 4]),
        ("leaf =", [1]),
        ("leaf != ", [0, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("row = 3", [2]),
        ("loss > 1.5", [1, 4]),
        ("rose and petal > 8", [8]),
        ("petal > rose", []),
        ("nothing like it", []),
        ("unheard > 3", []),
    ],
)
def test_a_search_finds_cells_and_conditions(known, text, found):
    assert passing(known, text=text) == found


def test_a_number_is_found_as_precisely_as_it_is_typed(heights):
    known = Known(heights)
    assert passing(known, text="height = 0.3") == [3]
    assert passing(known, text="height = 0.30") == [3]
    assert passing(known, text="height = 0.31") == []


def test_all_wishes_hold_together(known):
    assert passing(known, classes=frozenset({0}), verdict="right", text="petal < 5") == [0, 2]


def test_examples_are_sorted_by_any_column(known):
    order = known.arranged(Filter(), Order("loss"))
    assert order.tolist() == [2, 3, 6, 7, 0, 8, 9, 4, 1, 5]


def test_what_is_missing_comes_last_either_way(known):
    assert known.arranged(Filter(), Order("loss", descending=True))[0] == 1
    assert known.arranged(Filter(), Order("loss", descending=True))[-1] == 5
    assert known.arranged(Filter(), Order(1))[-1] == 1


def test_equal_examples_stay_as_in_the_file(known):
    order = known.arranged(Filter(), Order(3))
    assert order.tolist() == [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]


def test_texts_are_sorted_by_the_alphabet(known):
    notes = [known.catalogue.text(p, 2) for p in known.arranged(Filter(), Order(2))]
    assert notes == ["new"] * 3 + ["old"] * 5 + [""] * 2


def test_a_filter_and_an_order_work_together(known):
    wanted = Filter(classes=frozenset({1}))
    assert known.arranged(wanted, Order("row", descending=True)).tolist() == [9, 7, 5, 3, 1]


@pytest.mark.parametrize("key", ["row", "part", "answer", "confidence", "loss", "inspected"])
def test_without_answers_everything_can_still_be_sorted(flowers, key):
    assert len(Known(flowers).arranged(Filter(), Order(key))) == 10


def test_a_second_range_of_a_column_replaces_the_first():
    wanted = Filter().with_range(Range(1, 0, 1)).with_range(Range(1, 2, 3))
    assert wanted.ranges == (Range(1, 2, 3),)
    assert wanted.without_range(1) == Filter()


def test_each_predicted_number_can_be_sorted_by(heights):
    numbers = np.array([[n, -n] for n in range(6)], float)
    known = Known(heights, Answers(1, 6, np.zeros(6), numbers=numbers))
    assert known.arranged(Filter(), Order("answer")).tolist() == list(range(6))
    assert known.arranged(Filter(), Order(("answer", 1))).tolist() == [5, 4, 3, 2, 1, 0]
    assert Filter(ranges=(Range(("answer", 1), 0, 1),)).needs_answers


def test_a_name_that_no_column_has_is_told(known):
    assert known.strangers(Filter(text="colour > 4 and loss > 1 and")) == ("colour",)
    assert known.strangers(Filter(text="loss > 1 and 5.1")) == ()
    assert Filter(text=" and loss > 1 and ").texts == ("loss > 1",)


def test_a_condition_may_use_the_words_of_the_language_in_force(known, monkeypatch):
    class Other(gettext.NullTranslations):
        def gettext(self, message):
            return {"row": "Zeile"}.get(message, message)

    monkeypatch.setattr(language._Spoken, "catalogue", Other())
    for text in ("Zeile = 3", "zeile = 3", "row = 3"):
        assert known.arranged(Filter(text=text), Order()).tolist() == [2]
