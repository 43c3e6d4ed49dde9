"""Metrics of predictions worked out by hand, or published by others."""

import math

import numpy as np
import pytest

from playground.nn.metrics import (
    AUC,
    Accuracy,
    F1Score,
    MeanAbsoluteError,
    MeanMetric,
    Metric,
    Perplexity,
    Precision,
    R2Score,
    Recall,
    RootMeanSquaredError,
    TopKCategoricalAccuracy,
)

METRICS = [cls() for cls in Metric.registry.values()]
FOR_CLASSES = [metric for metric in METRICS if metric.for_classes]
FOR_NUMBERS = [metric for metric in METRICS if not metric.for_classes]


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def column(*values):
    return np.array(values, float)[:, None]


# All of them


@pytest.mark.parametrize("metric", METRICS, ids=repr)
def test_better_predictions_have_the_better_figure(metric, rng):
    if metric.for_classes:
        y_true = one_hot(rng.integers(0, 40, 200), 40)
        noise = rng.dirichlet(np.ones(40), 200)
    else:
        y_true, noise = rng.normal(size=(200, 2)), rng.normal(size=(200, 2))
    bad, good = (metric(share * y_true + (1 - share) * noise, y_true) for share in (0.02, 0.6))
    assert good > bad if metric.larger_is_better else good < bad


@pytest.mark.parametrize("metric", METRICS, ids=repr)
def test_the_order_of_the_examples_does_not_matter(metric, rng):
    y_true, y_pred = one_hot(rng.integers(0, 3, 20), 3), rng.random((20, 3))
    order = rng.permutation(20)
    assert metric(y_pred[order], y_true[order]) == pytest.approx(metric(y_pred, y_true))


@pytest.mark.parametrize("metric", [m for m in METRICS if m.percent], ids=repr)
def test_what_is_read_in_percent_is_1_for_perfect_answers(metric):
    y_true = one_hot([0, 1, 2, 1], 3)
    assert metric(y_true, y_true) == 1


@pytest.mark.parametrize("metric", [m for m in METRICS if isinstance(m, MeanMetric)], ids=repr)
def test_scores_of_examples_make_the_figure(metric, rng):
    y_true, y_pred = one_hot(rng.integers(0, 3, 20), 3), rng.random((20, 3))
    scores = metric.scores(y_pred, y_true)
    assert scores.shape == (20,)
    assert metric.figure(scores.mean()) == pytest.approx(metric(y_pred, y_true))


@pytest.mark.parametrize("metric", FOR_CLASSES, ids=repr)
def test_metrics_of_classes_do_not_fit_numbers(metric):
    assert metric.fits(10)
    assert not metric.fits(0)


@pytest.mark.parametrize("metric", FOR_NUMBERS, ids=repr)
def test_metrics_of_numbers_do_not_fit_classes(metric):
    assert metric.fits(0)
    assert not metric.fits(10)


def test_every_metric_is_saved_under_a_name_of_its_own():
    names = [metric.key for metric in METRICS]
    assert len(set(names)) == len(names)
    assert {"accuracy", "f1_score", "r2_score", "auc", "top_k_categorical_accuracy"} <= set(names)
    assert Precision(thresholds=0.25, average="macro").key == "precision_0_25_macro"


def test_names_for_people():
    metrics = Accuracy(), TopKCategoricalAccuracy(k=3), F1Score(), RootMeanSquaredError(), R2Score()
    assert [m.label for m in metrics] == ["accuracy", "top-3 accuracy", "F1", "RMSE", "R²"]


# Classes


def test_accuracy_counts_the_most_probable_class():
    y_pred = np.array([[0.7, 0.2, 0.1], [0.1, 0.2, 0.7], [0.4, 0.5, 0.1]])
    assert Accuracy()(y_pred, one_hot([0, 2, 0], 3)) == 2 / 3


def test_accuracy_of_one_output_asks_for_more_than_a_half():
    assert Accuracy()(column(0.9, 0.4, 0.5), column(1, 0, 1)) == 2 / 3


SCORES = np.array([[0.5, 0.2, 0.2], [0.3, 0.4, 0.2], [0.2, 0.4, 0.3], [0.7, 0.2, 0.1]])


def test_top_k_of_scikit_learns_documentation():
    assert TopKCategoricalAccuracy(k=2)(SCORES, one_hot([0, 1, 2, 2], 3)) == 0.75


def test_a_tie_with_the_k_th_is_among_the_top_k():
    y_pred = np.array([[0.4, 0.3, 0.3]])
    for label in (1, 2):
        assert TopKCategoricalAccuracy(k=2)(y_pred, one_hot([label], 3)) == 1
        assert TopKCategoricalAccuracy(k=1)(y_pred, one_hot([label], 3)) == 0


def test_one_output_has_two_classes_to_guess():
    y_pred = column(0.9, 0.2)
    assert TopKCategoricalAccuracy(k=1)(y_pred, column(1, 1)) == 0.5
    assert TopKCategoricalAccuracy(k=2)(y_pred, column(1, 1)) == 1


def test_five_guesses_say_nothing_about_five_classes():
    assert not TopKCategoricalAccuracy().fits(5)
    assert TopKCategoricalAccuracy().fits(6)


@pytest.mark.parametrize("cls", [Precision, Recall])
def test_precision_and_recall_of_keras_documentation(cls):
    assert cls()(column(1, 0, 1, 1), column(0, 1, 1, 1)) == pytest.approx(2 / 3)


def test_without_a_yes_precision_is_0_as_in_keras():
    assert Precision()(column(0.1, 0.2), column(1, 0)) == 0


def test_without_anything_to_find_recall_is_0_as_in_keras():
    assert Recall()(column(0.9, 0.2), column(0, 0)) == 0


def test_the_threshold_decides_what_is_a_yes():
    y_pred, y_true = column(0.9, 0.6, 0.4), column(1, 0, 1)
    assert Recall(thresholds=0.3)(y_pred, y_true) == 1
    assert Recall()(y_pred, y_true) == 0.5
    assert Precision(thresholds=0.7)(y_pred, y_true) == 1


@pytest.mark.parametrize(
    ("metric", "expected"),
    [  # the examples of scikit-learn's documentation
        (F1Score(average="macro"), 0.8 / 3),
        (F1Score(average="micro"), 1 / 3),
        (F1Score(average="weighted"), 0.8 / 3),
        (Precision(average="macro"), 2 / 9),
        (Precision(average="micro"), 1 / 3),
        (Recall(average="macro"), 1 / 3),
        (Recall(average="weighted"), 1 / 3),
    ],
    ids=repr,
)
def test_averages_over_classes(metric, expected):
    y_pred, y_true = one_hot([0, 2, 1, 0, 0, 1], 3), one_hot([0, 1, 2, 0, 1, 2], 3)
    assert metric(y_pred, y_true) == pytest.approx(expected)


def test_a_class_that_neither_is_nor_is_found_has_an_f1_of_0():
    y_pred = y_true = one_hot([0, 1], 3)
    assert F1Score()(y_pred, y_true) == pytest.approx(2 / 3)


def test_f1_of_one_output_is_that_of_the_second_class():
    # one hit, one false alarm, two misses
    y_pred, y_true = column(0.9, 0.8, 0.3, 0.2, 0.1), column(1, 0, 1, 1, 0)
    assert F1Score()(y_pred, y_true) == pytest.approx(2 / (2 + 1 + 2))


def test_auc_of_scikit_learns_documentation():
    assert AUC()(column(0.1, 0.4, 0.35, 0.8), column(0, 0, 1, 1)) == 0.75


def test_ties_count_half():
    assert AUC()(column(0.5, 0.5, 0.5), column(0, 1, 1)) == 0.5
    assert AUC()(column(0.2, 0.5, 0.5), column(0, 0, 1)) == 0.75


def test_auc_is_the_share_of_pairs_in_the_right_order(rng):
    scores = rng.integers(0, 10, 60) / 10  # with many ties
    positive = rng.random(60) < 0.3
    difference = scores[positive][:, None] - scores[~positive]
    expected = (difference > 0).mean() + 0.5 * (difference == 0).mean()
    assert AUC()(scores[:, None], positive[:, None]) == pytest.approx(expected)


def test_auc_of_classes_is_the_mean_of_each_against_the_rest(rng):
    y_true, y_pred = one_hot(rng.integers(0, 3, 30), 3), rng.random((30, 3))
    alone = [AUC()(y_pred[:, [k]], y_true[:, [k]]) for k in range(3)]
    assert AUC()(y_pred, y_true) == pytest.approx(np.mean(alone))


def test_auc_leaves_out_a_class_without_examples(rng):
    y_true, y_pred = one_hot(rng.integers(0, 2, 30), 3), rng.random((30, 3))
    alone = [AUC()(y_pred[:, [k]], y_true[:, [k]]) for k in range(2)]
    assert AUC()(y_pred, y_true) == pytest.approx(np.mean(alone))


def test_auc_of_one_class_is_unknown():
    assert math.isnan(AUC()(column(0.1, 0.9), column(1, 1)))


def test_knowing_nothing_is_to_hesitate_between_all_classes():
    assert Perplexity()(np.full((4, 7), 1 / 7), one_hot([0, 1, 2, 6], 7)) == pytest.approx(7)


def test_perplexity_of_one_output_knows_both_classes():
    assert Perplexity()(column(0.25, 0.25), column(1, 0)) == pytest.approx((4 * 4 / 3) ** 0.5)


def test_certain_and_wrong_is_bad_but_finite():
    assert Perplexity()(column(0), column(1)) == pytest.approx(1e7)


# Numbers


def test_root_mean_squared_error():
    assert RootMeanSquaredError()(column(3, 0), column(0, 4)) == 12.5**0.5


TRUE, PREDICTED = column(3, -0.5, 2, 7), column(2.5, 0, 2, 8)
TWO_TRUE = np.array([[0.5, 1], [-1, 1], [7, -6]])
TWO_PREDICTED = np.array([[0.0, 2], [-1, 2], [8, -5]])


def test_errors_of_scikit_learns_documentation():
    assert MeanAbsoluteError()(PREDICTED, TRUE) == 0.5
    assert MeanAbsoluteError()(TWO_PREDICTED, TWO_TRUE) == 0.75
    assert RootMeanSquaredError()(PREDICTED, TRUE) == pytest.approx(0.612, abs=1e-3)
    assert R2Score()(PREDICTED, TRUE) == pytest.approx(0.948, abs=1e-3)


def test_several_targets_have_the_mean_of_their_r2():
    alone = [R2Score()(TWO_PREDICTED[:, [k]], TWO_TRUE[:, [k]]) for k in (0, 1)]
    assert R2Score()(TWO_PREDICTED, TWO_TRUE) == pytest.approx(np.mean(alone))


def test_the_mean_of_the_targets_explains_nothing():
    assert R2Score()(column(2, 2, 2), column(1, 2, 3)) == 0


def test_worse_than_the_mean_is_below_0():
    assert R2Score()(column(3, 2, 1), column(1, 2, 3)) == -3


def test_a_constant_target_is_met_or_missed():
    assert R2Score()(column(-2, -2, -2), column(-2, -2, -2)) == 1
    assert R2Score()(column(-2, -2, -2 + 1e-8), column(-2, -2, -2)) == 0


@pytest.mark.parametrize("metric", FOR_CLASSES, ids=repr)
def test_class_numbers_are_measured_as_one_hot_rows_are(metric, rng):
    shares, numbers = rng.dirichlet(np.ones(9), 50), rng.integers(0, 9, 50)
    assert metric(shares, numbers) == metric(shares, np.eye(9)[numbers])


def test_what_looks_at_each_class_by_itself_is_not_for_very_many():
    assert AUC().fits(100)
    assert not AUC().fits(101)
    assert Perplexity().fits(100_000)
