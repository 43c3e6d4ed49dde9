"""When a run ends before its last epoch, and with which weights."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.sources.points import Circle
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.metrics import Accuracy, RootMeanSquaredError
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD
from playground.nn.parameters import flatten
from playground.nn.progress import Scores
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.stopping import EarlyStopping, NoEarlyStopping, NoTarget, TargetValue
from playground.training.storage import fitting_state, load_project, save_project
from playground.training.trainer import Trainer

PROJECT = Project(
    source=Circle(samples=100),
    model=Sequential((Dense(units=6, activation="tanh"), Dense(units=1, activation="sigmoid"))),
    optimizer=SGD(learning_rate=3.0, momentum=0.9),  # so wild that it soon gets worse
    batch_size=16,
    epochs=60,
    early_stopping=EarlyStopping(patience=3, restore_best_weights=True),
)
DATASET = PROJECT.source.load()


def scores(*val_loss):
    return Scores(loss=np.zeros(len(val_loss)), val_loss=np.array(val_loss, float))


def trained(project=PROJECT, epochs=99, state=None):
    trainer = Trainer(project, DATASET, state)
    return go_on(trainer, epochs)


def go_on(trainer, epochs=99):
    trainer.play()
    end = trainer.epoch + epochs
    while trainer.status is Status.RUNNING and trainer.epoch < end:
        trainer.train_step()
    return trainer


def weights(trainer):
    return flatten(trainer.state().weights)


@pytest.mark.parametrize(
    ("losses", "over"),
    [
        ([3], False),
        ([3, 2, 1], False),
        ([3, 2, 2.5], False),
        ([3, 2, 2.5, 2], True),
        ([3, 2, 2.5, 1.9], False),
        ([np.nan, np.nan], True),
    ],
)
def test_two_epochs_of_patience(losses, over):
    rule = EarlyStopping(patience=2)
    assert bool(rule.reason(scores(*losses), 0, Accuracy())) is over


def test_without_patience_the_first_epoch_that_is_no_better_is_the_last():
    rule = EarlyStopping()
    assert not rule.reason(scores(3, 2), 0, Accuracy())
    assert rule.reason(scores(3, 2, 2), 0, Accuracy())


def test_a_gain_must_be_large_enough():
    rule = EarlyStopping(patience=2, min_delta=0.5)
    assert rule.best(scores(3, 2.9, 2.6), 0) == 0
    assert rule.best(scores(3, 2.9, 2.4), 0) == 2


def test_epochs_before_the_rule_was_chosen_do_not_count():
    rule = EarlyStopping(patience=2)
    assert not rule.reason(scores(1, 2, 2, 2), 3, Accuracy())
    assert rule.best(scores(1, 2, 2, 2), 3) == 3


@pytest.mark.parametrize(
    ("metric", "value", "reached"),
    [(Accuracy(), 0.8, True), (Accuracy(), 0.95, False), (RootMeanSquaredError(), 0.95, True)],
)
def test_a_target_is_reached_from_the_side_that_is_worse(metric, value, reached):
    seen = Scores(np.zeros(1), np.array([0.9]), larger_is_better=metric.larger_is_better)
    target = TargetValue(monitor="metric", value=value)
    assert bool(target.reached(seen, metric)) is reached


def test_a_target_ends_the_run_and_says_so():
    target = TargetValue(monitor="val_loss", value=0.6)
    tame = replace(PROJECT, optimizer=SGD(learning_rate=0.3), early_stopping=NoEarlyStopping())
    project = replace(tame, target=target)
    snapshot = trained(project).snapshot()
    assert snapshot.status is Status.FINISHED
    assert snapshot.curves.validation_loss[-1] <= 0.6 < snapshot.curves.validation_loss[1:-1].min()
    assert snapshot.stop.message.startswith("Validation loss reached 0.5")


def test_early_stopping_waits_restores_and_says_both():
    trainer = trained()
    snapshot = trainer.snapshot()
    losses = snapshot.curves.validation_loss[1:]
    best = int(losses.argmin())
    assert snapshot.status is Status.FINISHED
    assert len(losses) == best + 1 + 3
    assert trainer.evaluate(DATASET.validation)[0] == losses[best]
    assert snapshot.stop.message == (
        f"No better validation loss for 3 epochs; back to the weights of epoch {best + 1}."
    )


def test_without_restoring_the_last_weights_stay():
    project = replace(PROJECT, early_stopping=EarlyStopping(patience=3))
    trainer = trained(project)
    snapshot = trainer.snapshot()
    assert snapshot.stop.message == "No better validation loss for 3 epochs."
    assert trainer.evaluate(DATASET.validation)[0] == snapshot.curves.validation_loss[-1]


def test_the_best_weights_survive_saving(tmp_path):
    end = trained()
    for epochs in range(1, end.epoch):
        half = trained(epochs=epochs)
        save_project(tmp_path / "p.nnproj", PROJECT, half.state())
        saved = load_project(tmp_path / "p.nnproj")
        resumed = trained(saved.project, state=fitting_state(saved, DATASET))
        assert resumed.epoch == end.epoch
        assert (weights(resumed) == weights(end)).all()


def test_the_best_weights_survive_an_edit_of_the_network(tmp_path):
    """A layer without weights moves those behind it."""
    end = trained()
    half = trained(epochs=end.epoch - 1)
    first, second = PROJECT.model.layers
    project = replace(PROJECT, model=Sequential((first, Dropout(rate=0.0), second)))
    half.apply(project)
    save_project(tmp_path / "p.nnproj", project, half.state())
    assert load_project(tmp_path / "p.nnproj").state.best_epoch == end.epoch - 3
    assert (weights(go_on(half)) == weights(end)).all()


def test_training_on_after_a_stop_waits_anew():
    trainer = trained()
    stopped = trainer.epoch
    go_on(trainer)
    assert trainer.epoch >= stopped + 3
    assert trainer.snapshot().stop.epoch == trainer.epoch


def test_a_rule_chosen_late_waits_from_then_on():
    trainer = trained(replace(PROJECT, early_stopping=NoEarlyStopping()), epochs=20)
    trainer.apply(PROJECT)
    go_on(trainer)
    assert trainer.epoch > 22


def test_by_default_nothing_stops_a_run():
    assert (Project().target, Project().early_stopping) == (NoTarget(), NoEarlyStopping())
    project = replace(PROJECT, early_stopping=NoEarlyStopping())
    assert trained(project).snapshot().stop is None


def test_after_another_edit_the_message_is_gone():
    trainer = trained()
    trainer.apply(replace(PROJECT, batch_size=8))
    assert trainer.snapshot().stop is None
