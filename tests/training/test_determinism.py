"""Equal projects train to the same bit, however they are driven."""

from dataclasses import replace

import pytest

from playground.cli.metrics import weights_sha256
from playground.cli.settings import with_setting
from playground.data.sources.points import Circle
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.model import Sequential
from playground.nn.optimizers import Optimizer
from playground.nn.schedules import Schedule
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.storage import fitting_state, load_project, save_project
from playground.training.trainer import Trainer
from playground.training.worker import TrainingThread

PROJECT = Project(
    source=Circle(samples=100),
    model=Sequential(
        (
            Dense(units=6, activation="tanh"),
            BatchNormalization(),
            Dropout(rate=0.2),
            Dense(units=1, activation="sigmoid"),
        )
    ),
    batch_size=16,
    epochs=6,
    threads=2,
)
DATASET = PROJECT.source.load()
PROJECTS = [replace(PROJECT, optimizer=cls()) for cls in Optimizer.registry.values()]
PROJECTS += [replace(PROJECT, schedule=cls()) for cls in Schedule.registry.values()]


def name(project):
    return f"{type(project.optimizer).__name__}, {type(project.schedule).__name__}"


def trained(project, steps=10_000, state=None):
    trainer = Trainer(project, DATASET, state)
    trainer.play()
    while trainer.status is Status.RUNNING and steps:
        trainer.train_step()
        steps -= 1
    return trainer


def sha(trainer):
    return weights_sha256(trainer.state().weights)


@pytest.fixture(params=PROJECTS, ids=name)
def project(request):
    return request.param


def test_three_runs_agree(project):
    assert len({sha(trained(project)) for _ in range(3)}) == 1


@pytest.mark.parametrize("stop", [1, 4, 9])
def test_a_saved_run_goes_on_as_if_it_had_never_stopped(project, stop, tmp_path):
    save_project(tmp_path / "p.nnproj", project, trained(project, stop).state())
    saved = load_project(tmp_path / "p.nnproj")
    resumed = trained(saved.project, state=fitting_state(saved, DATASET))
    assert resumed.step == 24
    assert sha(resumed) == sha(trained(project))


def test_the_window_s_thread_trains_as_the_command_line_does():
    thread = TrainingThread(Trainer(PROJECT, DATASET))
    thread.start()
    for _ in range(3):  # pause wherever it happens to be
        thread.post(Trainer.play)
        thread.ask(Trainer.snapshot).result(5)
        thread.post(Trainer.pause)
    thread.post(Trainer.play)
    while thread.ask(Trainer.snapshot).result(5).status is not Status.FINISHED:
        pass
    state = thread.ask(Trainer.state).result(5)
    thread.stop()
    assert weights_sha256(state.weights) == sha(trained(PROJECT))


EDITS = {
    "optimizer.learning_rate": "0.1",
    "optimizer.beta_1": "0.5",
    "optimizer.amsgrad": "true",
    "optimizer": "rmsprop",
    "schedule": "one_cycle",
    "loss": "mean_squared_error",
    "class_weights": "balanced_class_weights",
    "batch_size": "7",
    "model.layers.0.activation": "relu",
    "model.layers.0.kernel_regularizer": "l2",
    "model.layers.1.momentum": "0.5",
    "model.layers.2.rate": "0.5",
    "model.layers.2": "activation",
}
MORE_EDITS = {
    "optimizer": "simulated_annealing",
    "epochs": "9",
    "threads": "1",
    "early_stopping": '{"class_name": "EarlyStopping", "config": {"patience": 1}}',
    "model.layers.0.kernel_initializer": "zeros",
}


@pytest.mark.parametrize(("path", "value"), [*EDITS.items(), *MORE_EDITS.items()])
def test_an_edit_is_as_a_resumption_with_the_edited_project(path, value):
    """Exact from the next batch on, and without a new run."""
    edited = with_setting(PROJECT, path, value)
    live = trained(PROJECT, 9)
    resumed = trained(edited, state=live.state())
    live.apply(edited)
    assert live.step == 9
    while live.status is Status.RUNNING:
        live.train_step()
    assert live.step == resumed.step > 9
    assert sha(live) == sha(resumed)


@pytest.mark.parametrize(("path", "value"), EDITS.items())
def test_an_edit_makes_a_difference(path, value):
    live = trained(PROJECT, 9)
    live.apply(with_setting(PROJECT, path, value))
    while live.status is Status.RUNNING:
        live.train_step()
    assert sha(live) != sha(trained(PROJECT))


def test_another_initializer_is_for_the_next_reset():
    live = trained(PROJECT, 9)
    live.apply(with_setting(PROJECT, "model.layers.0.kernel_initializer", "zeros"))
    assert live.state().weights[0]["kernel"].any()
    live.reset()
    assert not live.state().weights[0]["kernel"].any()


@pytest.mark.parametrize("units", [5, 7])
def test_another_shape_begins_a_new_run(units):
    live = trained(PROJECT, 9)
    live.apply(with_setting(PROJECT, "model.layers.0.units", str(units)))
    assert live.step == 0
