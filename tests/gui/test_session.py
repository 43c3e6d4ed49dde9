"""The session: opening, editing, undoing, saving, with a real training thread."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.sources.csv_file import CsvFile
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.points import Circle, Spiral
from playground.gui.session import Session
from playground.nn.layers.dense import Dense
from playground.nn.losses import MeanSquaredError
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD, Adam
from playground.nn.parameters import flatten
from playground.training.presets import load_preset
from playground.training.snapshot import Status
from playground.training.templates import project_for

PROJECT = replace(load_preset("spiral"), source=Spiral(samples=100), epochs=3)


@pytest.fixture
def session(qtbot):
    session = Session()
    yield session
    session.close()


@pytest.fixture
def opened(session, qtbot):
    session.open(PROJECT)
    until(qtbot, session, lambda: session.project is not None)
    return session


def until(qtbot, session, condition):
    def look():
        session.poll()
        return condition()

    qtbot.waitUntil(look, timeout=10_000)


def trained(qtbot, session):
    """Train to the end; return the weights."""
    session.play()
    until(qtbot, session, lambda: session.status is Status.FINISHED)
    return flatten(session.snapshot.weights)


def test_opening_shows_the_data_then_the_project(session, qtbot):
    with qtbot.waitSignals(
        [session.dataset_changed, session.project_changed, session.opened], order="strict"
    ):
        session.open(PROJECT)
        until(qtbot, session, lambda: session.project is not None)
    assert session.project == PROJECT
    assert not session.unsaved


def test_data_that_cannot_be_read_leaves_the_open_project_unharmed(opened, qtbot, tmp_path):
    weights = trained(qtbot, opened)
    with qtbot.waitSignal(opened.failed) as failed:
        opened.open_source(CsvFile(path=tmp_path / "none.csv"), project_for)
        until(qtbot, opened, lambda: not opened.loader.title)
    assert "none.csv" in failed.args[0]
    assert opened.project == PROJECT
    assert (flatten(opened.snapshot.weights) == weights).all()


def test_an_edit_can_be_undone_and_redone(opened):
    opened.edit(epochs=7)
    assert opened.project.epochs == 7
    opened.undo()
    assert opened.project == PROJECT
    assert not opened.can_undo
    opened.redo()
    assert opened.project.epochs == 7


def test_a_dragged_slider_is_one_step_to_undo(opened):
    for rate in (0.1, 0.2, 0.3):
        opened.edit(optimizer=Adam(learning_rate=rate))
    opened.undo()
    assert opened.project == PROJECT


def test_edits_of_different_fields_are_steps_of_their_own(opened):
    opened.edit(optimizer=SGD())
    opened.edit(epochs=9)
    opened.undo()
    assert opened.project == replace(PROJECT, optimizer=SGD())


def test_undoing_an_edit_of_the_network_brings_the_trained_weights_back(opened, qtbot):
    weights = trained(qtbot, opened)
    opened.edit(model=Sequential((Dense(units=1, activation="sigmoid"),)))
    until(qtbot, opened, lambda: opened.step == 0)
    opened.undo()
    until(qtbot, opened, lambda: opened.step > 0)
    assert (flatten(opened.snapshot.weights) == weights).all()


def test_other_data_are_loaded_and_the_network_follows(opened, qtbot):
    opened.edit(source=Circle(samples=50))
    until(qtbot, opened, lambda: opened.project.source == Circle(samples=50))
    assert opened.project.model == PROJECT.model
    assert len(opened.dataset.train) == 30


def test_data_of_another_kind_get_an_output_that_fits(opened, qtbot):
    opened.edit(source=MnistDigits(examples=100))
    until(qtbot, opened, lambda: isinstance(opened.project.source, MnistDigits))
    assert opened.project.model.layers[-1].units == 10
    opened.undo()
    until(qtbot, opened, lambda: opened.project == PROJECT)


def test_saved_and_opened_a_run_goes_on_as_if_it_had_never_stopped(opened, qtbot, tmp_path):
    opened.play_epoch()
    until(qtbot, opened, lambda: opened.status is Status.PAUSED and opened.snapshot.epoch == 1)
    assert opened.unsaved
    assert opened.save(tmp_path / "half.nnproj")
    assert not opened.unsaved
    weights = trained(qtbot, opened)

    opened.open_file(tmp_path / "half.nnproj")
    until(qtbot, opened, lambda: opened.path and opened.snapshot.epoch == 1)
    np.testing.assert_array_equal(trained(qtbot, opened), weights)


def test_saving_where_one_may_not_says_so_and_keeps_the_work(opened, qtbot, tmp_path):
    trained(qtbot, opened)
    with qtbot.waitSignal(opened.failed):
        assert not opened.save(tmp_path / "no" / "such" / "folder.nnproj")
    assert opened.unsaved


def test_exported_weights_are_those_of_the_run(opened, qtbot, tmp_path):
    weights = trained(qtbot, opened)
    assert opened.export(tmp_path / "w.npz")
    with np.load(tmp_path / "w.npz") as file:
        assert sum(array.size for array in file.values()) == weights.size


def test_an_unknown_format_is_refused_with_the_known_ones(opened, qtbot, tmp_path):
    with qtbot.waitSignal(opened.failed) as failed:
        opened.export(tmp_path / "w.docx")
    assert ".npz" in failed.args[0]


def test_train_after_the_end_adds_epochs(opened, qtbot):
    trained(qtbot, opened)
    opened.play()
    until(qtbot, opened, lambda: opened.status is Status.FINISHED and opened.snapshot.epoch == 4)
    assert opened.project.epochs == 4


def test_undo_after_that_takes_no_training_back(opened, qtbot):
    trained(qtbot, opened)
    opened.edit(batch_size=20)
    opened.play()
    until(qtbot, opened, lambda: opened.status is Status.FINISHED and opened.snapshot.epoch == 4)
    opened.undo()
    assert opened.project.batch_size == PROJECT.batch_size
    assert not opened.can_undo


def test_going_back_from_a_divergence_lowers_the_rate(opened, qtbot):
    linear = Sequential((Dense(units=16), Dense(units=16), Dense(units=1)))
    opened.edit(model=linear, loss=MeanSquaredError(), optimizer=SGD(learning_rate=100.0))
    opened.play()
    until(qtbot, opened, lambda: opened.status is Status.DIVERGED)
    opened.go_back(0.01)
    assert opened.project.optimizer == SGD(learning_rate=0.01)
    until(qtbot, opened, lambda: opened.status is Status.FINISHED)


def test_closing_ends_every_thread(opened, qtbot):
    thread = opened._thread
    opened.play()
    opened.close()
    assert not thread.is_alive()


def test_an_example_is_followed_and_no_longer(opened):
    opened.toggle_inspected(7)
    opened.toggle_inspected(3)
    opened.toggle_inspected(7)
    assert opened.project.inspected == (3,)


def test_more_examples_than_can_be_followed_are_refused_in_words(opened, qtbot):
    opened.edit(inspected=tuple(range(64)))
    with qtbot.waitSignal(opened.failed) as failed:
        opened.toggle_inspected(99)
    assert "At most 64 examples" in failed.args[0]
    assert len(opened.project.inspected) == 64


@pytest.mark.parametrize(
    ("source", "kept"), [(Spiral(samples=120), (3, 7)), (Circle(samples=100), ())]
)
def test_other_data_has_no_inspected_examples_yet(opened, qtbot, source, kept):
    opened.edit(inspected=(3, 7))
    opened.edit(source=source)
    until(qtbot, opened, lambda: opened.project.source == source)
    assert opened.project.inspected == kept
