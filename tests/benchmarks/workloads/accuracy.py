"""How well the networks of the courses learn all 60,000 digits of MNIST: right of 10,000 others."""

import time
from dataclasses import replace

import numpy as np

from playground.data.sources.mnist import MnistDigits
from playground.nn.activations import ReLU, Softmax
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.metrics import Accuracy
from playground.nn.model import Sequential
from playground.nn.schedules import CosineDecay
from playground.training.presets import load_preset
from playground.training.snapshot import Status
from playground.training.trainer import Trainer
from tests.benchmarks.report import Entry, Result

ALL = MnistDigits(examples=60_000, validation_split=0.0)
CONVNET = replace(load_preset("digits-cnn"), source=ALL, epochs=12)
MLP = replace(
    load_preset("digits-mlp"),
    source=ALL,
    epochs=20,
    model=Sequential(
        (
            Flatten(),
            Dense(units=128, activation=ReLU()),
            Dense(units=64, activation=ReLU()),
            Dense(units=10, activation=Softmax()),
        )
    ),
)
GLIDING_MLP = replace(MLP, schedule=CosineDecay())
"""At a constant rate the last steps are as long as the first, and the figure jumps about."""


def learn(project):
    """Return the share of test digits told right after the training, and its seconds."""
    dataset = project.source.load()
    trainer = Trainer(project, dataset)
    started = time.perf_counter()
    trainer.play()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    seconds = time.perf_counter() - started
    if trainer.status is not Status.FINISHED:
        raise RuntimeError(trainer.error)
    return trainer.evaluate(dataset.test)[1][Accuracy()], seconds


class Learning:
    """One network and the share of right answers that we want of it."""

    def __init__(self, title, project, gate):
        self.title, self._project, self._gate = title, project, gate

    def measure(self, bench):
        project = self._project
        if bench.quick:
            few = MnistDigits(examples=2000, validation_split=0.0)
            project = replace(project, source=few, epochs=2)
        right, seconds = learn(project)
        title = f"{self.title}, {project.source.examples:,} digits, {project.epochs} epochs"
        return Result(
            title,
            [
                Entry("right of the test digits", np.array([100 * right]), "%", gate=self._gate),
                Entry("training", np.array([seconds]), "s"),
            ],
        )


PARTS = (
    Learning("Keras's MNIST convnet", CONVNET, "98.9 %"),
    Learning("MLP 784-128-64-10 at a constant rate", MLP, ""),
    Learning("MLP 784-128-64-10 with cosine decay", GLIDING_MLP, "98 %"),
)
