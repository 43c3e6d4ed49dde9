"""A run, as its commands show it."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples, Scaling
from playground.data.sources.points import Spiral
from playground.errors import ShapeError
from playground.nn.activations import Sigmoid, Softmax, Tanh
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Hinge,
    MeanSquaredError,
)
from playground.nn.metrics import AUC, Accuracy, R2Score, RootMeanSquaredError
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD, Adam
from playground.nn.parameters import flatten
from playground.nn.progress import Progress
from playground.nn.schedules import Warmup
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.trainer import Trainer

NETWORK = Sequential(
    (
        Dense(units=8, activation=Tanh()),
        Dropout(rate=0.1),
        Dense(units=8, activation=Tanh()),
        Dense(units=1, activation=Sigmoid()),
    )
)
PROJECT = Project(
    source=Spiral(samples=100),
    model=NETWORK,
    optimizer=Adam(learning_rate=0.03),
    epochs=4,
    batch_size=8,
)
DATASET = PROJECT.source.load()  # 60 points to train on, 8 batches an epoch


@pytest.fixture
def trainer():
    return Trainer(PROJECT, DATASET)


def train(trainer, steps=10_000):
    trainer.play()
    while trainer.status is Status.RUNNING and steps:
        trainer.train_step()
        steps -= 1
    return trainer


def weights(trainer):
    return flatten(trainer.state().weights)


def test_a_run_ends_after_its_epochs(trainer):
    snapshot = train(trainer).snapshot()
    assert snapshot.status is Status.FINISHED
    assert (snapshot.step, snapshot.epoch) == (32, 4.0)
    assert len(snapshot.curves.loss) == 32
    assert list(snapshot.curves.validation_epoch) == [0, 1, 2, 3, 4]


def test_equal_projects_train_equally(trainer):
    assert (weights(train(trainer)) == weights(train(Trainer(PROJECT, DATASET)))).all()


def test_another_seed_trains_differently(trainer):
    other = Trainer(replace(PROJECT, seed=7), DATASET)
    assert (weights(train(trainer)) != weights(train(other))).any()


@pytest.mark.parametrize("pause_at", [1, 8, 13])
def test_a_run_resumed_from_its_state_goes_on_exactly(trainer, pause_at):
    state = train(Trainer(PROJECT, DATASET), pause_at).state()
    resumed = Trainer(PROJECT, DATASET, state)
    assert (weights(train(resumed)) == weights(train(trainer))).all()
    np.testing.assert_array_equal(resumed.snapshot().curves.loss, trainer.snapshot().curves.loss)


def test_every_epoch_sees_every_example_once(trainer):
    rows = np.concatenate([trainer._run._next_rows() for _ in _advance(trainer._run, 8)])
    assert sorted(rows) == list(range(60))


def _advance(run, batches):
    for _ in range(batches):
        yield
        run.position += 8


def test_one_batch_then_pause(trainer):
    trainer.play_batch()
    assert (trainer.status, trainer.step) == (Status.PAUSED, 1)


def test_one_epoch_then_pause(trainer):
    train(trainer, 3)
    trainer.pause()
    trainer.play_epoch()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    assert (trainer.status, trainer.epoch, trainer.step) == (Status.PAUSED, 1, 8)


def test_reset_returns_to_the_same_weights(trainer):
    first = weights(trainer)
    train(trainer).reset()
    assert (weights(trainer) == first).all()
    assert trainer.status is Status.PAUSED
    assert len(trainer.snapshot().curves.loss) == 0


def test_learning_rate_changes_mid_run_and_keeps_the_moments(trainer):
    train(trainer, 5)
    before = flatten(trainer.state().slots["m"])
    trainer.apply(replace(PROJECT, optimizer=Adam(learning_rate=0.001)))
    assert trainer.status is Status.RUNNING
    assert (flatten(trainer.state().slots["m"]) == before).all()


def test_another_optimizer_begins_without_memory_and_keeps_the_weights(trainer):
    train(trainer, 5)
    before = weights(trainer)
    trainer.apply(replace(PROJECT, optimizer=SGD(momentum=0.9)))
    assert (weights(trainer) == before).all()
    assert (flatten(trainer.state().slots["velocity"]) == 0).all()


def test_batch_size_changes_within_an_epoch_without_losing_an_example(trainer):
    train(trainer, 3)  # 24 of 60
    trainer.apply(replace(PROJECT, batch_size=30))
    trainer.train_step()
    assert trainer.snapshot().epoch == 54 / 60
    trainer.train_step()
    assert trainer.snapshot().epoch == 1.0


def test_loss_changes_mid_run_and_keeps_the_weights(trainer):
    train(trainer, 5)
    before = weights(trainer)
    trainer.apply(replace(PROJECT, loss=MeanSquaredError()))
    assert (weights(trainer) == before).all()
    trainer.train_step()


def test_more_epochs_let_a_finished_run_go_on(trainer):
    train(trainer).apply(replace(PROJECT, epochs=5))
    assert train(trainer).epoch == 5


def test_taking_back_an_edit_of_the_network_brings_its_weights_back(trainer):
    train(trainer, 10)
    before, curves = weights(trainer), trainer.snapshot().curves.loss
    trainer.apply(replace(PROJECT, model=Sequential(NETWORK.layers[2:])))
    assert trainer.step == 0
    trainer.apply(PROJECT)
    assert (weights(trainer) == before).all()
    np.testing.assert_array_equal(trainer.snapshot().curves.loss, curves)


def test_a_network_that_does_not_fit_changes_nothing(trainer):
    train(trainer, 10)
    before = weights(trainer)
    with pytest.raises(ShapeError, match="has 3 outputs, but there are 2 classes; give it 2"):
        trainer.apply(replace(PROJECT, model=Sequential((Dense(units=3, activation=Sigmoid()),))))
    assert (weights(trainer) == before).all()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": Sequential()}, "has no layer; add a Dense"),
        ({"model": Sequential((Dense(units=1),))}, "give the last layer the Sigmoid activation"),
        (
            {
                "model": Sequential((Dense(units=1, activation=Softmax()),)),
                "loss": CategoricalCrossentropy(),
            },
            "needs an output for each class; give the last layer 2",
        ),
    ],
)
def test_what_cannot_be_trained_is_said_in_words(changes, message):
    with pytest.raises(ShapeError, match=message):
        Trainer(replace(PROJECT, **changes), DATASET)


def test_a_loss_for_classes_refuses_numbers():
    x = np.zeros((4, 1), np.float32)
    some = Examples(x, x)
    numbers = Dataset("Numbers", some, some, some, targets=("y",))
    with pytest.raises(ShapeError, match="Hinge is for classes, and this data has numbers"):
        Trainer(replace(PROJECT, model=LINEAR, loss=Hinge()), numbers)


def test_the_metric_of_every_batch_is_that_of_its_examples():
    """Measured together, some steps later, yet with the weights that each batch met."""
    whole = replace(PROJECT, model=SIGMOID, optimizer=SGD(learning_rate=3.0), batch_size=60)
    expected, trainer = [], Trainer(whole, DATASET)
    trainer.play()
    for _ in range(4):
        answers = SIGMOID.predict(trainer.state().weights, DATASET.train.x)[:, 0]
        expected.append(((answers > 0.5) == DATASET.train.y).mean())
        trainer.train_step()
    at_once = train(Trainer(whole, DATASET)).snapshot()
    np.testing.assert_allclose(at_once.curves.metric, expected)


def test_metrics_of_the_project_are_measured_after_every_epoch():
    trainer = train(Trainer(replace(PROJECT, metrics=(AUC(), Accuracy())), DATASET))
    curves = trainer.snapshot().curves
    assert list(curves.validation_metrics) == ["auc"]
    assert len(curves.validation_metrics["auc"]) == len(curves.validation_epoch) == 5
    _, measured = trainer.evaluate(DATASET.validation)
    assert list(measured) == [Accuracy(), AUC()]
    assert curves.validation_metrics["auc"][-1] == measured[AUC()]


def test_a_metric_chosen_later_is_unknown_before(trainer):
    train(trainer, 17)
    trainer.apply(replace(PROJECT, metrics=(AUC(),)))
    known = np.isfinite(train(trainer).snapshot().curves.validation_metrics["auc"])
    assert known.tolist() == [False, False, False, True, True]


def test_a_metric_chosen_after_the_last_epoch_is_measured_at_once(trainer):
    before = train(trainer).snapshot().curves
    trainer.apply(replace(PROJECT, metrics=(AUC(),)))
    curves = trainer.snapshot().curves
    known = curves.validation_metrics["auc"]
    assert np.isfinite(known).tolist() == [False, False, False, False, True]
    assert known[-1] == trainer.evaluate(DATASET.validation)[1][AUC()]
    np.testing.assert_array_equal(curves.validation_loss, before.validation_loss)
    assert before.validation_metrics == {}


def test_a_metric_chosen_before_the_first_step_is_measured_once():
    trainer = Trainer(PROJECT, DATASET)
    trainer.apply(replace(PROJECT, metrics=(AUC(),)))
    curves = train(trainer, 1).snapshot().curves
    assert list(curves.validation_epoch) == [0]
    assert np.isfinite(curves.validation_metrics["auc"]).all()


def test_metrics_change_nothing_but_what_is_measured(trainer):
    other = Trainer(replace(PROJECT, metrics=(AUC(),)), DATASET)
    assert (weights(train(other)) == weights(train(trainer))).all()


def test_a_metric_for_numbers_does_not_fit_classes():
    with pytest.raises(ShapeError, match=r"R2Score\(\) says nothing about 2 classes"):
        Trainer(replace(PROJECT, metrics=(R2Score(),)), DATASET)


def test_a_hinge_network_says_yes_above_0():
    project = replace(PROJECT, model=LINEAR, loss=Hinge(), optimizer=Adam(learning_rate=0.01))
    trainer = train(Trainer(project, DATASET))
    snapshot, part = trainer.snapshot(), DATASET.validation
    yes = snapshot.model.predict(snapshot.weights, part.x)[:, 0] > 0
    expected = (yes == part.y).mean()
    assert trainer.evaluate(part)[1][Accuracy()] == pytest.approx(expected)


def diverging():
    return Trainer(
        replace(PROJECT, optimizer=SGD(learning_rate=100.0), loss=MeanSquaredError(), model=LINEAR),
        DATASET,
    )


SIGMOID = Sequential((Dense(units=1, activation=Sigmoid()),))
LINEAR = Sequential((Dense(units=16), Dense(units=16), Dense(units=1)))


def test_divergence_is_found_and_the_last_finite_state_kept():
    snapshot = train(diverging()).snapshot()
    assert snapshot.status is Status.DIVERGED
    assert "Learning rate 100 is too high" in snapshot.error
    assert "use 10" in snapshot.error
    assert np.isfinite(flatten(snapshot.weights)).all()
    assert np.isfinite(snapshot.curves.loss).all()


def test_non_finite_numbers_are_found_within_one_batch(trainer):
    train(trainer, 3)
    trainer._run.weights[0]["kernel"][0, 0] = np.nan
    trainer.train_step()
    assert trainer.status is Status.DIVERGED
    assert trainer.step == 3


def test_what_a_layer_measured_in_a_diverging_step_is_forgotten():
    measuring = Sequential((Dense(units=4), BatchNormalization(), *SIGMOID.layers))
    trainer = train(Trainer(replace(PROJECT, model=measuring), DATASET), 3)
    before = {name: array.copy() for name, array in trainer._run.weights[1].items()}
    trainer._run.weights[0]["kernel"][0, 0] = np.nan
    trainer.train_step()
    assert trainer.status is Status.DIVERGED
    for name, array in trainer._run.weights[1].items():
        np.testing.assert_array_equal(array, before[name])


def test_a_divergence_names_the_rate_in_force_and_advises_the_one_that_is_set():
    schedule = Warmup(warmup_epochs=1, start=0.5)
    trainer = train(Trainer(replace(diverging().project, schedule=schedule), DATASET))
    divergence = trainer.snapshot().divergence
    in_force = schedule(100.0, Progress((divergence.step - 1) * 8 / 60, 4))
    assert f"Learning rate {in_force:.3g} is too high" in divergence.cause
    assert divergence.learning_rate == 10


def test_an_exploding_loss_is_found_after_a_change_of_the_loss_function():
    trainer = Trainer(replace(PROJECT, model=SIGMOID), DATASET)
    train(trainer, 3)
    trainer.apply(replace(trainer.project, loss=MeanSquaredError()))
    trainer.train_step()
    trainer.apply(replace(trainer.project, loss=BinaryCrossentropy()))
    trainer.train_step()
    trainer._run.weights[0]["kernel"][:] *= 1e9
    trainer.train_step()
    assert "grew a million-fold" in trainer.error


def test_going_back_from_a_divergence_trains_on_with_the_lower_rate():
    trainer = train(diverging())
    project = replace(trainer.project, optimizer=SGD(learning_rate=0.01))
    trainer.go_back(project)
    assert trainer.status is Status.RUNNING
    assert train(trainer).status is Status.FINISHED


def test_an_edit_after_a_divergence_begins_from_the_last_good_state():
    trainer = train(diverging())
    trainer.apply(replace(trainer.project, optimizer=SGD(learning_rate=0.01)))
    assert trainer.status is Status.PAUSED
    assert train(trainer).status is Status.FINISHED


def test_a_snapshot_is_never_written_again(trainer):
    train(trainer, 1)
    before = trainer.snapshot()
    kernel, loss = before.weights[0]["kernel"].copy(), before.curves.loss.copy()
    trainer.apply(replace(PROJECT, epochs=400))
    train(trainer, 2000)
    assert (before.weights[0]["kernel"] == kernel).all()
    assert (before.curves.loss == loss).all()
    with pytest.raises(ValueError, match="read-only"):
        before.weights[0]["kernel"][0, 0] = 1


def test_the_metric_of_a_regression_is_in_the_units_of_the_data():
    y = np.array([[-1.0], [1.0]], np.float32)
    part = Examples(np.zeros((2, 1), np.float32), y)
    scaling = Scaling(np.array([100], np.float32), np.array([10], np.float32))
    dataset = Dataset("d", part, part, part, targets=("y",), target_scaling=scaling)
    project = Project(model=Sequential((Dense(units=1),)), loss=MeanSquaredError())
    _, measured = Trainer(project, dataset).evaluate(dataset.test)
    assert measured[RootMeanSquaredError()] == pytest.approx(
        10
    )  # it predicts 100 where 90 and 110 are right


def test_the_means_of_an_epoch_are_over_its_examples():
    """The last of the 8 batches has 4 examples, and a root is taken last."""
    y = np.linspace(-1, 1, 60, dtype=np.float32)[:, None]
    part = Examples(DATASET.train.x, y)
    dataset = Dataset("d", part, part, part, targets=("y",))
    still = replace(PROJECT, model=LINEAR, loss=MeanSquaredError(), optimizer=SGD(learning_rate=0))
    trainer = train(Trainer(still, dataset), 8)
    curves = trainer.snapshot().curves
    assert curves.mean_loss[0] == pytest.approx(curves.validation_loss[0], rel=1e-5)
    assert curves.mean_metric[0] == pytest.approx(curves.validation_metric[0], rel=1e-5)
