"""Metrics, confusion matrices and class weights against scikit-learn and Keras."""

import keras
import numpy as np
import pytest
import sklearn.metrics as theirs
from sklearn.utils.class_weight import compute_class_weight

from playground.data.dataset import Dataset, Examples
from playground.nn import metrics
from playground.nn.confusion import ClassScores, confusion_matrix
from playground.training.class_weights import BalancedClassWeights

pytestmark = pytest.mark.oracle
CLASSES = 7
AVERAGES = ("micro", "macro", "weighted")


@pytest.fixture(params=range(3))
def rng(request):
    return np.random.default_rng(request.param)


@pytest.fixture
def classes(rng):
    """Rare and common classes, the last one never answered; scores with ties."""
    truth = rng.choice(CLASSES, 400, p=np.arange(1, CLASSES + 1) / 28)
    shares = rng.dirichlet(np.ones(CLASSES), 400)
    shares[:, -1] *= 0.01
    shares = (0.6 * shares + 0.4 * np.eye(CLASSES)[truth] * rng.random((400, 1))).round(2)
    shares[:, -1] *= 0.01
    return truth, shares / shares.sum(axis=1, keepdims=True)


@pytest.fixture
def yes_or_no(rng):
    truth = (rng.random(300) < 0.3).astype(int)
    return truth, np.clip(0.3 * truth + 0.7 * rng.random(300), 0, 1).round(2)


@pytest.fixture
def numbers(rng):
    truth = rng.normal(size=(200, 3))
    return truth, truth + rng.normal(0, 0.5, truth.shape)


def one_hot(truth):
    return np.eye(CLASSES)[truth]


def test_accuracy_and_confusion_matrix(classes):
    truth, shares = classes
    answers = shares.argmax(axis=1)
    accuracy = metrics.Accuracy()(shares, one_hot(truth))
    assert accuracy == pytest.approx(theirs.accuracy_score(truth, answers))
    np.testing.assert_array_equal(
        confusion_matrix(truth, answers, CLASSES),
        theirs.confusion_matrix(truth, answers, labels=range(CLASSES)),
    )


def test_scores_of_each_class(classes):
    truth, shares = classes
    answers = shares.argmax(axis=1)
    ours = ClassScores.of(confusion_matrix(truth, answers, CLASSES))
    precision, recall, f1, support = theirs.precision_recall_fscore_support(
        truth, answers, labels=range(CLASSES), zero_division=np.nan
    )
    np.testing.assert_allclose(ours.precision, precision)
    np.testing.assert_allclose(ours.recall, recall)
    np.testing.assert_allclose(ours.f1, f1)
    np.testing.assert_array_equal(ours.support, support)


@pytest.mark.parametrize("average", AVERAGES)
def test_f1(classes, average):
    truth, shares = classes
    expected = theirs.f1_score(truth, shares.argmax(axis=1), average=average, zero_division=0)
    ours = metrics.F1Score(average=average)(shares, one_hot(truth))
    assert ours == pytest.approx(expected)


@pytest.mark.parametrize("average", AVERAGES)
@pytest.mark.parametrize("threshold", [0.2, 0.5])
def test_precision_and_recall_of_outputs_above_a_threshold(classes, average, threshold):
    truth, shares = classes
    settings = {"average": average, "zero_division": 0}
    for cls, function in (
        (metrics.Precision, theirs.precision_score),
        (metrics.Recall, theirs.recall_score),
    ):
        expected = function(one_hot(truth), shares > threshold, **settings)
        ours = cls(thresholds=threshold, average=average)(shares, one_hot(truth))
        assert ours == pytest.approx(expected)


@pytest.mark.parametrize("name", ["Precision", "Recall"])
def test_precision_and_recall_of_keras(classes, yes_or_no, name):
    for y_true, y_pred in (
        (one_hot(classes[0]), classes[1]),
        (yes_or_no[0][:, None], yes_or_no[1][:, None]),
    ):
        metric = getattr(keras.metrics, name)()
        metric.update_state(y_true, y_pred)
        ours = getattr(metrics, name)()(y_pred, y_true)
        assert ours == pytest.approx(float(metric.result()), abs=1e-6)


@pytest.mark.parametrize("average", AVERAGES)
def test_f1_of_keras(classes, average, rng):
    """Of equally probable classes Keras counts all as answered, and we and others the first."""
    truth, shares = classes
    shares = shares + rng.uniform(0, 1e-6, shares.shape)
    metric = keras.metrics.F1Score(average=average)
    metric.update_state(one_hot(truth), shares)
    ours = metrics.F1Score(average=average)(shares, one_hot(truth))
    assert ours == pytest.approx(float(metric.result()), abs=1e-6)


def test_auc_with_ties(yes_or_no):
    truth, score = yes_or_no
    ours = metrics.AUC()(score[:, None], truth[:, None])
    assert ours == pytest.approx(theirs.roc_auc_score(truth, score))


def test_auc_of_many_classes(classes):
    truth, shares = classes
    expected = theirs.roc_auc_score(truth, shares, multi_class="ovr", average="macro")
    assert metrics.AUC()(shares, one_hot(truth)) == pytest.approx(expected)


def test_auc_is_what_keras_approximates(yes_or_no):
    truth, score = yes_or_no
    metric = keras.metrics.AUC(num_thresholds=2000)
    metric.update_state(truth, score)
    ours = metrics.AUC()(score[:, None], truth[:, None])
    assert ours == pytest.approx(float(metric.result()), abs=1e-3)


@pytest.mark.parametrize("k", [1, 3, 5])
def test_top_k(rng, k):
    truth, shares = rng.integers(0, CLASSES, 200), rng.random((200, CLASSES))
    ours = metrics.TopKCategoricalAccuracy(k=k)(shares, one_hot(truth))
    expected = theirs.top_k_accuracy_score(truth, shares, k=k, labels=range(CLASSES))
    assert ours == pytest.approx(expected)


def test_perplexity_is_the_exponential_of_the_cross_entropy(classes):
    truth, shares = classes
    shares = np.clip(shares, 1e-6, None)
    shares /= shares.sum(axis=1, keepdims=True)
    expected = np.exp(theirs.log_loss(truth, shares, labels=range(CLASSES)))
    assert metrics.Perplexity()(shares, one_hot(truth)) == pytest.approx(expected)


def test_errors_of_numbers(numbers):
    truth, predicted = numbers
    for metric, expected in (
        (metrics.R2Score(), theirs.r2_score(truth, predicted)),
        (metrics.MeanAbsoluteError(), theirs.mean_absolute_error(truth, predicted)),
        (metrics.RootMeanSquaredError(), theirs.mean_squared_error(truth, predicted) ** 0.5),
    ):
        assert metric(predicted, truth) == pytest.approx(expected)


def test_balanced_class_weights(rng):
    truth = rng.choice(CLASSES, 200, p=np.arange(1, CLASSES + 1) / 28)
    part = Examples(np.zeros((200, 1), np.float32), truth)
    data = Dataset("d", part, part, part, classes=tuple("abcdefg"))
    expected = compute_class_weight("balanced", classes=np.unique(truth), y=truth)
    np.testing.assert_allclose(BalancedClassWeights().factors(data)[np.unique(truth)], expected)
