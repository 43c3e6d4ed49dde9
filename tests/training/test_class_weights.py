"""How much each training example counts."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples
from playground.errors import ShapeError
from playground.nn.activations import Sigmoid, Softmax
from playground.nn.layers.dense import Dense
from playground.nn.losses import BinaryCrossentropy, CategoricalCrossentropy
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD
from playground.nn.parameters import flatten
from playground.training.adapt import adapted
from playground.training.class_weights import (
    BalancedClassWeights,
    GivenClassWeights,
    NoClassWeights,
    example_weights,
)
from playground.training.project import Project
from playground.training.trainer import Trainer


def dataset(labels, weights=None, classes=("a", "b")):
    y = np.array(labels)
    x = np.random.default_rng(0).normal(size=(len(y), 2)).astype(np.float32)
    weights = None if weights is None else np.array(weights, np.float32)
    examples = Examples(x, y, weights)
    return Dataset("Labels", examples, examples, examples, classes=classes)


PROJECT = Project(
    model=Sequential((Dense(units=1, activation=Sigmoid()),)),
    loss=BinaryCrossentropy(),
    optimizer=SGD(learning_rate=0.1),
    batch_size=16,
)


def trained(project, data, steps=1):
    trainer = Trainer(project, data)
    trainer.play()
    for _ in range(steps):
        trainer.train_step()
    return trainer


def weights(trainer):
    return flatten(trainer.state().weights)


def test_balanced_is_the_rule_of_scikit_learn():
    """The example of its ``compute_class_weight``: six labels, four of them 0."""
    factors = BalancedClassWeights().factors(dataset([1, 1, 1, 1, 0, 0]))
    np.testing.assert_allclose(factors, [1.5, 0.75])


def test_balanced_classes_weigh_the_same_together():
    data = dataset([0, 0, 0, 0, 0, 1, 2, 2], classes=("a", "b", "c"))
    found = example_weights(BalancedClassWeights(), data)
    sums = np.bincount(data.train.y, found)
    np.testing.assert_allclose(sums, sums.sum() / 3)
    assert found.sum() == pytest.approx(len(data.train))


def test_a_class_without_examples_takes_no_weight_from_the_others():
    data = dataset([0, 0, 2, 2], classes=("a", "b", "c"))
    np.testing.assert_allclose(example_weights(BalancedClassWeights(), data), 1)


def test_given_weights_go_by_the_order_of_the_classes():
    found = example_weights(GivenClassWeights(weights=(1, 5)), dataset([1, 0, 1]))
    np.testing.assert_array_equal(found, [5, 1, 5])


def test_class_and_example_weights_multiply():
    found = example_weights(GivenClassWeights(weights=(1, 5)), dataset([1, 0], weights=[0.5, 3]))
    np.testing.assert_array_equal(found, [2.5, 3])


def test_without_weights_there_are_none():
    assert example_weights(NoClassWeights(), dataset([1, 0])) is None


@pytest.mark.parametrize(
    ("given", "words"),
    [((1, 2, 3), "There are 2 classes, so 2 class weights"), ((0, 0), "nothing is learnt")],
)
def test_weights_that_do_not_fit_are_refused(given, words):
    project = replace(PROJECT, class_weights=GivenClassWeights(weights=given))
    with pytest.raises(ShapeError, match=words):
        Trainer(project, dataset([0, 1]))


def test_numbers_have_no_classes_to_weigh():
    x = np.zeros((4, 1), np.float32)
    numbers = Dataset("Numbers", *[Examples(x, x)] * 3, targets=("y",))
    with pytest.raises(ShapeError, match="needs classes, and this data has numbers"):
        BalancedClassWeights().factors(numbers)


def test_a_weight_of_3_is_the_example_three_times_over_six_fewer_parts():
    """Keras's mean: the sum of weight times loss over the number of examples, not of weights."""
    labels = [0, 1, 1, 0]
    heavy = dataset(labels, weights=[3, 1, 1, 1])
    rows = [0, 0, 0, 1, 2, 3]
    repeated = replace(heavy, train=Examples(heavy.train.x[rows], heavy.train.y[rows]))
    step = weights(trained(PROJECT, heavy)) - flatten(Trainer(PROJECT, heavy).state().weights)
    other = weights(trained(PROJECT, repeated)) - flatten(Trainer(PROJECT, heavy).state().weights)
    np.testing.assert_allclose(step, other * 6 / 4, rtol=1e-4)


def test_the_loss_of_a_batch_counts_the_weights():
    data = dataset([0, 1, 1, 0], weights=[3, 1, 1, 0])
    trainer = Trainer(PROJECT, data)
    alone = [trainer.evaluate(Examples(data.train.x[[i]], data.train.y[[i]]))[0] for i in range(4)]
    expected = np.dot(alone, [3, 1, 1, 0]) / 4
    assert trainer.evaluate(data.validation)[0] == pytest.approx(expected, rel=1e-6)
    trainer = trained(PROJECT, data)
    assert trainer.snapshot().curves.loss[0] == pytest.approx(expected, rel=1e-6)


def test_validation_knows_no_class_weights():
    data = dataset([0, 1, 1, 0])
    heavy = replace(PROJECT, class_weights=GivenClassWeights(weights=(1, 100)))
    assert Trainer(heavy, data).evaluate(data.validation) == Trainer(PROJECT, data).evaluate(
        data.validation
    )


def test_an_edit_while_training_holds_from_the_next_batch_on():
    data = dataset([0, 1, 1, 0, 1, 1])
    heavy = replace(PROJECT, class_weights=BalancedClassWeights())
    edited = trained(PROJECT, data, steps=3)
    state = edited.state()
    edited.apply(heavy)
    edited.train_step()
    resumed = Trainer(heavy, data, state)
    resumed.play()
    resumed.train_step()
    assert (weights(edited) == weights(resumed)).all()
    assert (weights(edited) != weights(trained(PROJECT, data, steps=4))).any()


def test_balanced_weights_find_the_rare_class():
    """Two overlapping clouds, 19 to 1: unweighted, the rare class is hardly ever the answer."""
    rng = np.random.default_rng(1)
    y = (np.arange(400) % 20 == 0).astype(np.int64)
    x = (rng.normal(size=(400, 2)) + 1.2 * y[:, None]).astype(np.float32)
    data = Dataset("Clouds", *[Examples(x, y)] * 3, classes=("common", "rare"))
    softmax = Sequential((Dense(units=2, activation=Softmax()),))
    plain = replace(PROJECT, model=softmax, loss=CategoricalCrossentropy(), epochs=40)
    balanced = replace(plain, class_weights=BalancedClassWeights())

    def recall(project):
        snapshot = trained(project, data, steps=600).snapshot()
        answers = snapshot.model.predict(snapshot.weights, x).argmax(axis=1)
        return (answers[y == 1] == 1).mean()

    assert recall(balanced) > recall(plain) + 0.3


def test_weights_for_other_classes_are_left_behind_with_their_data():
    project = replace(PROJECT, class_weights=GivenClassWeights(weights=(1, 5)))
    assert adapted(project, dataset([0, 1])).class_weights == project.class_weights
    three = dataset([0, 1, 2], classes=("a", "b", "c"))
    assert adapted(project, three).class_weights == NoClassWeights()
