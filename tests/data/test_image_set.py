import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.data.image_set import balanced_parts

LABELS = np.repeat(np.arange(4), [400, 30, 200, 100])


@given(st.integers(1, 800), st.floats(0, 0.3), st.floats(0, 0.3), st.integers(0, 5))
def test_no_image_is_in_two_parts(examples, validation, test, seed):
    rows = np.concatenate(balanced_parts(LABELS, examples, (validation, test), seed))
    assert len(np.unique(rows)) == len(rows)


@given(st.integers(1, 120), st.integers(0, 5))
def test_classes_differ_by_one_at_most_while_all_have_enough(examples, seed):
    [rows] = balanced_parts(LABELS, examples, (), seed)
    counts = np.bincount(LABELS[rows], minlength=4)
    assert counts.sum() == examples
    assert counts.max() - counts.min() <= 1


def test_a_class_that_runs_out_is_made_up_for_by_the_others():
    [rows] = balanced_parts(LABELS, 230, (), 0)
    assert np.bincount(LABELS[rows]).tolist() == [67, 30, 67, 66]


def test_more_than_there_are_gives_all():
    rows, validation = balanced_parts(LABELS, 60_000, (0.1,), 0)
    assert (len(rows), len(validation)) == (730 - 73, 73)


def test_fewer_examples_are_among_more():
    [few] = balanced_parts(LABELS, 40, (), 7)
    [many] = balanced_parts(LABELS, 80, (), 7)
    assert set(few) < set(many)
