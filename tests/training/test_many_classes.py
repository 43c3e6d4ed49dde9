"""Data with more classes than one-hot targets are kept of."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data import dataset as datasets
from playground.data.dataset import Dataset, Examples
from playground.nn.activations import Softmax
from playground.nn.layers.dense import Dense
from playground.nn.layers.embedding import Embedding
from playground.nn.layers.flatten import Flatten
from playground.nn.losses import CategoricalCrossentropy, MeanSquaredError
from playground.nn.metrics import Perplexity, TopKCategoricalAccuracy
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD
from playground.nn.parameters import flatten
from playground.probes.evaluation import Evaluation
from playground.training import run as runs
from playground.training.class_weights import BalancedClassWeights
from playground.training.project import Project
from playground.training.trainer import Trainer

WORDS = 90
MODEL = Sequential(
    (
        Embedding(input_dim=WORDS, output_dim=4),
        Flatten(),
        Dense(units=WORDS, activation=Softmax()),
    )
)
PROJECT = Project(
    model=MODEL,
    loss=CategoricalCrossentropy(),
    optimizer=SGD(learning_rate=0.5),
    metrics=(Perplexity(), TopKCategoricalAccuracy()),
    batch_size=16,
)


@pytest.fixture
def words(rng):
    """Each answer is the last token plus one, mostly."""
    x = rng.integers(0, WORDS, (300, 3))
    y = np.where(rng.random(300) < 0.8, (x[:, 2] + 1) % WORDS, x[:, 0])
    parts = np.split(np.arange(300), [200, 260])
    examples = (Examples(x[rows].astype(np.float32), y[rows]) for rows in parts)
    return Dataset("words", *examples, classes=tuple(f"w{i}" for i in range(WORDS)))


def trained(project, dataset):
    trainer = Trainer(project, dataset)
    trainer.play()
    for _ in range(20):
        trainer.train_step()
    return trainer


@pytest.mark.parametrize(
    "changes",
    [{}, {"class_weights": BalancedClassWeights()}, {"loss": MeanSquaredError()}],
    ids=["fast", "weighted", "readable"],
)
def test_class_numbers_train_as_one_hot_rows_do(changes, words, monkeypatch):
    project = replace(PROJECT, **changes)
    numbers = trained(project, words)
    monkeypatch.setattr(datasets, "MOST_ONE_HOT", WORDS)
    rows = trained(project, words)
    for one, other in zip(numbers.state().weights, rows.state().weights, strict=True):
        for name in one:
            np.testing.assert_allclose(one[name], other[name], atol=1e-6)
    for name in ("loss", "metric", "validation_loss"):
        one, other = (getattr(t.snapshot().curves, name) for t in (numbers, rows))
        np.testing.assert_allclose(one, other, rtol=1e-5)


def test_a_part_measured_piece_by_piece_has_the_same_figures(words, monkeypatch):
    trainer = trained(PROJECT, words)
    loss, figures = trainer.evaluate(words.validation)
    monkeypatch.setattr(runs, "MOST_OUTPUTS", 7 * WORDS)
    pieces_loss, pieces = trainer.evaluate(words.validation)
    assert pieces_loss == pytest.approx(loss, rel=1e-6)
    assert pieces.keys() == figures.keys()
    for metric, figure in figures.items():
        assert pieces[metric] == pytest.approx(figure, rel=1e-6)


def test_perplexity_is_the_exponential_of_the_crossentropy(words):
    loss, figures = trained(PROJECT, words).evaluate(words.validation)
    assert figures[Perplexity()] == pytest.approx(np.exp(loss), rel=1e-5)


def test_the_evaluation_lists_the_largest_confusions(words):
    snapshot = trained(PROJECT, words).snapshot()
    *_, report = Evaluation().compute(snapshot)
    wrong = report.truth != report.answers
    pairs = [(int(a), int(b)) for a, b in zip(report.truth, report.answers, strict=True) if a != b]
    assert sum(confusion.times for confusion in report.confusions) == wrong.sum()
    true, answer, times = report.confusions[0]
    assert times == pairs.count((true, answer)) == max(pairs.count(pair) for pair in pairs)


def test_weights_are_the_same_to_the_bit_when_run_again(words):
    one, other = (flatten(trained(PROJECT, words).state().weights) for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_inspected_examples_are_followed(words):
    snapshot = trained(replace(PROJECT, inspected=(0, 5), batch_size=10), words).snapshot()
    traces = snapshot.curves.traces
    assert traces.epoch.tolist() == [0, 1]
    right = snapshot.model.predict(snapshot.weights, words.train.x[[5]])[0, words.train.y[5]]
    assert traces.answers[5][-1] == pytest.approx(float(right), rel=1e-5)
