"""Confusion matrices counted by hand."""

import numpy as np

from playground.nn.confusion import (
    ClassScores,
    Confusion,
    confusion_matrix,
    largest_confusions,
    row_shares,
)


def test_the_example_of_scikit_learns_documentation():
    truth, answers = np.array([2, 0, 2, 2, 0, 1]), np.array([0, 0, 2, 2, 0, 2])
    expected = [[2, 0, 0], [0, 0, 1], [1, 0, 2]]
    np.testing.assert_array_equal(confusion_matrix(truth, answers, 3), expected)


def test_every_example_is_counted_once(rng):
    truth, answers = rng.integers(0, 5, (2, 300))
    matrix = confusion_matrix(truth, answers, 5)
    np.testing.assert_array_equal(matrix.sum(axis=1), np.bincount(truth, minlength=5))
    np.testing.assert_array_equal(matrix.sum(axis=0), np.bincount(answers, minlength=5))


def test_small_class_numbers_do_not_overflow():
    truth = np.array([15, 15], np.int8)
    assert confusion_matrix(truth, truth, 16)[15, 15] == 2


def test_classes_at_the_end_may_be_missing():
    empty = np.zeros(0, np.int64)
    np.testing.assert_array_equal(confusion_matrix(empty, empty, 2), np.zeros((2, 2)))


def test_scores_of_each_class():
    scores = ClassScores.of(np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]]))
    np.testing.assert_allclose(scores.precision, [3 / 5, 4 / 5, np.nan])
    np.testing.assert_allclose(scores.recall, [3 / 4, 4 / 6, np.nan])
    np.testing.assert_allclose(scores.f1, [6 / 9, 8 / 11, np.nan])
    np.testing.assert_array_equal(scores.support, [4, 6, 0])


def test_a_class_that_is_never_found_has_a_recall_of_0_and_no_precision():
    scores = ClassScores.of(np.array([[5, 0], [2, 0]]))
    assert scores.recall[1] == scores.f1[1] == 0
    assert np.isnan(scores.precision[1])


def test_rows_become_shares():
    shares = row_shares(np.array([[1, 3], [0, 0]]))
    np.testing.assert_array_equal(shares, [[0.25, 0.75], [0, 0]])


def test_the_largest_confusions_of_any_number_of_classes():
    truth = np.array([7, 7, 4_000, 3, 3, 3])
    answers = np.array([9, 9, 1, 3, 3, 2])
    found = largest_confusions(truth, answers, 5_000, most=2)
    assert found == (Confusion(7, 9, 2), Confusion(3, 2, 1))
