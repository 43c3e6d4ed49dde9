"""A run goes on with its weights when its data has only gained, lost or moved examples."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pytest

from playground.cli.metrics import weights_sha256
from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.data.progress import unwatched
from playground.data.sources import DataSource
from playground.errors import DataError
from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential
from playground.nn.optimizers import Adam
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.trainer import Trainer


@dataclass(frozen=True)
class Growing(DataSource, abstract=True):
    """The first points of an endless row of them."""

    title: ClassVar[str] = "Growing"

    count: int = param(100, low=0, high=1000, doc="How many.")

    def load(self, progress=unwatched):
        x = np.random.default_rng(self.seed).normal(size=(1000, 2)).astype(np.float32)
        every = Examples(x, (x[:, 0] > 0).astype(np.int64))
        train, rest = (every.take(np.arange(*ends)) for ends in ((0, self.count), (900, 950)))
        lacking = None if self.count else lambda: "Add a point."
        return Dataset("Growing", train, rest, rest, ("a", "b"), ("x", "y"), lacking=lacking)

    def continues(self, other):
        return isinstance(other, Growing) and other.seed == self.seed


MODEL = Sequential((Dense(units=4, activation="tanh"), Dense(units=1, activation="sigmoid")))
PROJECT = Project(
    source=Growing(), model=MODEL, optimizer=Adam(), batch_size=16, epochs=6, threads=1
)


def with_count(count):
    project = replace(PROJECT, source=Growing(count=count))
    return project, project.source.load()


def trained(trainer, steps):
    trainer.play()
    for _ in range(steps):
        trainer.train_step()
    return trainer


def fresh(count=100):
    return Trainer(*with_count(count))


@pytest.mark.parametrize("count", [120, 101, 99, 20])
def test_weights_memory_and_counters_stay(count):
    trainer = trained(fresh(), 9)
    before = trainer.state()
    trainer.apply(*with_count(count))
    after = trainer.state()
    assert weights_sha256(after.weights) == weights_sha256(before.weights)
    assert (after.step, after.epoch, after.memory_steps) == (9, 1, 9)
    assert len(after.curves.loss) == 9
    assert len(trainer.dataset.train) == count


def test_training_goes_on_if_it_was_on():
    trainer = trained(fresh(), 9)
    trainer.apply(*with_count(120))
    assert trainer.status is Status.RUNNING


@pytest.mark.parametrize("count", [120, 60, 20])
@pytest.mark.parametrize("stop", [3, 6, 9])
def test_going_on_is_as_a_resumption_with_the_other_data(count, stop):
    live = trained(fresh(), stop)
    live.apply(*with_count(count))
    resumed = Trainer(*with_count(count), live.state())
    for trainer in (live, resumed):
        trainer.play()
        while trainer.status is Status.RUNNING:
            trainer.train_step()
    assert live.step == resumed.step > stop
    assert weights_sha256(live.state().weights) == weights_sha256(resumed.state().weights)
    np.testing.assert_array_equal(live.state().curves.mean_loss, resumed.state().curves.mean_loss)


def test_the_mean_of_an_epoch_that_shrank_counts_every_example_once():
    frozen = replace(PROJECT, optimizer=replace(PROJECT.optimizer, learning_rate=1e-12))
    trainer = trained(Trainer(frozen, frozen.source.load()), 5)  # 80 of 100
    project, dataset = with_count(40)
    trainer.apply(replace(frozen, source=project.source), dataset)
    trainer.train_step()
    losses = [trainer.evaluate(dataset.train)[0], trainer.evaluate(fresh().dataset.train)[0]]
    assert min(losses) * 0.9 < trainer.state().curves.mean_loss[0] < max(losses) * 1.1


def test_new_examples_lengthen_the_epoch_that_is_under_way():
    trainer = trained(fresh(), 5)
    trainer.apply(*with_count(200))
    trainer.play_epoch()
    while trainer.epoch < 1:
        trainer.train_step()
    assert trainer.step == 5 + 8  # 80 of 200 were seen; 120 more make 7.5 batches


def test_another_seed_of_the_data_begins_a_new_run():
    trainer = trained(fresh(), 9)
    project = replace(PROJECT, source=Growing(seed=1))
    trainer.apply(project, project.source.load())
    assert trainer.step == 0


def test_by_default_other_data_begins_a_new_run():
    assert not DataSource.continues(Growing(), Growing())


def test_without_examples_training_rests_and_says_what_is_missing():
    trainer = trained(fresh(), 9)
    trainer.apply(*with_count(0))
    assert (trainer.status, trainer.step) == (Status.PAUSED, 9)
    with pytest.raises(DataError, match=r"Add a point\."):
        trainer.play()


def test_training_goes_on_once_there_are_examples_again():
    trainer = trained(fresh(), 9)
    trainer.apply(*with_count(0))
    trainer.apply(*with_count(30))
    trained(trainer, 2)
    assert trainer.step == 11


def test_a_diverged_run_goes_back_though_its_data_has_shrunk():
    trainer = trained(fresh(), 9)
    trainer.apply(*with_count(20))
    trainer.go_back(with_count(20)[0])
    trainer.train_step()
    assert trainer.status is Status.RUNNING
