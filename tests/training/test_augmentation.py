"""Augmentation in a run: training batches only, to the bit, whatever the threads."""

import json
from dataclasses import replace

import numpy as np
import pytest

from playground.cli.metrics import weights_sha256
from playground.component import from_config, to_config
from playground.data.augmentations import Augmentation, draw_change
from playground.data.augmentations.moving import RandomRotation, RandomTranslation
from playground.data.augmentations.random_noise import RandomNoise
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.points import Circle
from playground.errors import ShapeError
from playground.nn import plan as planning
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.losses import CategoricalCrossentropy, MeanSquaredError
from playground.nn.model import Sequential
from playground.nn.optimizers.simulated_annealing import SimulatedAnnealing
from playground.nn.plan import Batch, Plan
from playground.training.adapt import adapted
from playground.training.project import Project, check_fit
from playground.training.run import Draw
from playground.training.snapshot import Status
from playground.training.storage import fitting_state, load_project, save_project
from playground.training.trainer import Trainer

EVERYTHING = tuple(cls() for cls in Augmentation.registry.values())
PROJECT = Project(
    source=MnistDigits(examples=300, validation_split=0.1),
    model=Sequential((Flatten(), Dense(units=10, activation="softmax"))),
    loss=CategoricalCrossentropy(),
    batch_size=64,
    epochs=2,
    threads=2,
    augmentation=EVERYTHING,
)


@pytest.fixture(scope="module")
def digits():
    return PROJECT.source.load()


def trained(project, dataset, steps=10_000, state=None):
    trainer = Trainer(project, dataset, state)
    trainer.play()
    while trainer.status is Status.RUNNING and steps:
        trainer.train_step()
        steps -= 1
    return trainer


def sha(trainer):
    return weights_sha256(trainer.state().weights)


def test_it_makes_a_difference(digits):
    without = replace(PROJECT, augmentation=())
    assert sha(trained(PROJECT, digits)) != sha(trained(without, digits))


def test_equal_projects_train_equally(digits):
    assert sha(trained(PROJECT, digits)) == sha(trained(PROJECT, digits))


@pytest.mark.parametrize("stop", [1, 5, 7])
def test_a_saved_run_goes_on_to_the_bit(digits, stop, tmp_path):
    save_project(tmp_path / "p.nnproj", PROJECT, trained(PROJECT, digits, stop).state())
    saved = load_project(tmp_path / "p.nnproj")
    resumed = trained(saved.project, digits, state=fitting_state(saved, digits))
    assert sha(resumed) == sha(trained(PROJECT, digits))


def test_an_edit_is_as_a_resumption_and_keeps_the_weights(digits):
    edited = replace(PROJECT, augmentation=(RandomRotation(),))
    live = trained(PROJECT, digits, 6)
    resumed = trained(edited, digits, state=live.state())
    live.apply(edited)
    assert live.step == 6
    while live.status is Status.RUNNING:
        live.train_step()
    assert sha(live) == sha(resumed)


@pytest.mark.parametrize("threads", [1, 2, 3, 4])
def test_every_number_of_threads_sees_the_same_inputs(digits, threads, monkeypatch):
    """A network that hands its inputs on shows what training sees."""
    monkeypatch.setattr(planning, "WORTH_A_THREAD", 1)
    monkeypatch.setattr(planning, "CACHE_BYTES", 2**17)  # more chunks than threads
    model, x, rows = Sequential((Flatten(),)), digits.train.x, np.arange(7, 200, 2)
    weights = model.build(digits.input_shape, np.random.default_rng(0))
    plan = Plan(model, MeanSquaredError(), digits.input_shape, weights, threads)
    targets = np.zeros((len(x), 784), np.float32)
    change = draw_change(EVERYTHING, (1, 2), len(rows), digits.input_shape)
    expected = x[rows]
    change(expected, 0)
    _, seen = plan.evaluate(Batch(x, targets, rows, None, change))
    np.testing.assert_array_equal(seen, expected.reshape(len(rows), -1))


def test_a_run_sees_what_its_key_draws(digits):
    """What previews rest on: seed, purpose, step and the place in the batch say it all."""
    run = Trainer(PROJECT, digits)._run
    seen = digits.train.x[:8].copy()
    run._change(64)(seen, 0)
    expected = digits.train.x[:8].copy()
    key = (PROJECT.seed, Draw.AUGMENTATION, 0)
    draw_change(EVERYTHING, key, 64, digits.input_shape)(expected, 0)
    np.testing.assert_array_equal(seen, expected)


def test_validation_sees_the_examples_as_they_are(digits):
    trainer = trained(PROJECT, digits, 9)
    snapshot = trainer.snapshot()
    outputs, _ = snapshot.model.forward(snapshot.weights, digits.validation.x)
    right = (outputs.argmax(axis=1) == digits.validation.y).mean()
    assert snapshot.curves.validation_metric[-1] == pytest.approx(right)
    before = replace(PROJECT, augmentation=())
    assert trainer.evaluate(digits.test) == Trainer(before, digits, trainer.state()).evaluate(
        digits.test
    )


def test_inspected_examples_are_followed_as_they_are(digits):
    number = int(digits.train.rows[3])
    snapshot = trained(replace(PROJECT, inspected=(number,)), digits).snapshot()
    outputs, _ = snapshot.model.forward(snapshot.weights, digits.train.x[[3]])
    trace = snapshot.curves.traces.answers[number]
    assert trace[-1] == pytest.approx(outputs[0, digits.train.y[3]], abs=1e-5)


def test_the_data_itself_stays(digits):
    before = digits.train.x.copy()
    trained(PROJECT, digits, 4)
    np.testing.assert_array_equal(digits.train.x, before)


def test_annealing_compares_on_the_same_changed_batch(digits):
    """Nothing but the weights may differ between before and after a step."""
    project = replace(PROJECT, optimizer=SimulatedAnnealing(step_size=0.0))
    accepted = trained(project, digits, 5).snapshot().curves.accepted
    assert accepted.tolist() == [1.0] * 5  # a step of nothing makes nothing worse


def test_points_may_have_noise(digits):
    model = Sequential((Dense(units=4), Dense(units=1, activation="sigmoid")))
    project = Project(source=Circle(samples=60), model=model, augmentation=(RandomNoise(),))
    dataset = project.source.load()
    quiet = replace(project, augmentation=())
    assert sha(trained(project, dataset)) != sha(trained(quiet, dataset))


def test_points_cannot_be_turned():
    model = Sequential((Dense(units=1, activation="sigmoid"),))
    project = Project(source=Circle(samples=60), model=model, augmentation=(RandomRotation(),))
    with pytest.raises(ShapeError, match="RandomRotation is for images"):
        check_fit(project, project.source.load())


def test_for_other_data_what_does_not_fit_is_left_out():
    dataset = Circle(samples=60).load()
    fitting = adapted(replace(PROJECT, augmentation=(RandomNoise(), RandomTranslation())), dataset)
    assert fitting.augmentation == (RandomNoise(),)


def test_it_survives_saving_in_its_order():
    project = replace(PROJECT, augmentation=EVERYTHING[::-1])
    assert from_config(Project, json.loads(json.dumps(to_config(project)))) == project
