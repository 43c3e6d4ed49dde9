"""A run of a network with branches and a second output is a run like any other."""

import dataclasses

import numpy as np
import pytest

from playground.component import from_config, to_config
from playground.data.sources.curves import Sine
from playground.data.sources.points import Circle
from playground.errors import ShapeError
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.branches import Add, Concatenate
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential
from playground.nn.optimizers import Adam
from playground.nn.parameters import flatten
from playground.training.adapt import adapted
from playground.training.project import Project, check_fit
from playground.training.storage import fitting_state, load_project, save_project
from playground.training.trainer import Trainer

SIGMOID = Dense(units=1, activation="sigmoid")
BLOCK = Add((Sequential(), Sequential((Dense(units=8, activation="tanh"), Dense(units=8)))))
GUESS = AuxiliaryOutput((Dropout(rate=0.1), SIGMOID))
PROJECT = Project(
    source=Circle(samples=100),
    model=Sequential(
        (
            Concatenate((Sequential((Dense(units=4),)), Sequential((Dense(units=4), GUESS)))),
            BLOCK,
            SIGMOID,
        )
    ),
    batch_size=16,
)
DATASET = PROJECT.source.load()


def trained(steps, project=PROJECT, state=None):
    trainer = Trainer(project, DATASET, state)
    trainer.play()
    for _ in range(steps):
        trainer.train_step()
    return trainer


def test_it_learns():
    snapshot = trained(
        300, dataclasses.replace(PROJECT, optimizer=Adam(0.02), epochs=90)
    ).snapshot()
    assert np.mean(snapshot.curves.metric[-20:]) > 0.97


def test_a_saved_run_goes_on_to_the_last_bit(tmp_path):
    path = tmp_path / "nested.nnproj"
    save_project(path, PROJECT, trained(5).state())
    saved = load_project(path)
    assert saved.project == PROJECT
    resumed = trained(6, saved.project, fitting_state(saved, DATASET))
    np.testing.assert_array_equal(
        flatten(resumed.state().weights), flatten(trained(11).state().weights)
    )


def test_every_output_must_end_as_the_network_does():
    check_fit(PROJECT, DATASET)
    tanh = AuxiliaryOutput((Dense(units=2, activation="tanh"),))
    model = Sequential((Dense(units=3), Concatenate((Sequential((tanh,)),)), SIGMOID))
    with pytest.raises(
        ShapeError, match=r"Sigmoid outputs \(1,\); change its last .* Tanh outputs \(2,\)"
    ):
        check_fit(dataclasses.replace(PROJECT, model=model), DATASET)


def test_every_output_is_changed_to_fit_other_data():
    other = Sine().load()
    fitting = adapted(PROJECT, other)
    check_fit(fitting, other)
    inner = fitting.model.layers[0].branches[1].layers[1]
    assert inner.layers == (Dropout(rate=0.1), Dense(units=other.outputs))
    assert fitting.model.layers[1] == BLOCK


def test_images_are_flattened_only_where_they_meet_a_dense_layer(digits_snapshot):
    project = dataclasses.replace(PROJECT, model=Sequential((Dense(units=8), BLOCK, SIGMOID)))
    fitting = adapted(project, digits_snapshot.dataset)
    assert [type(layer) for layer in fitting.model.layers] == [Flatten, Dense, Add, Dense]
    check_fit(fitting, digits_snapshot.dataset)


def test_the_project_file_reads_back_what_it_says():
    assert from_config(Project, to_config(PROJECT)) == PROJECT
