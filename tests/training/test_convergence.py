"""The networks on offer learn the data that come with them, and penguins from a file."""

from pathlib import Path

import pytest

from playground.data.sources.csv_file import CsvFile
from playground.data.sources.mnist import MnistDigits
from playground.nn.activations import ReLU, Softmax
from playground.nn.layers.dense import Dense
from playground.nn.losses import CategoricalCrossentropy
from playground.nn.metrics import Accuracy
from playground.nn.model import Sequential
from playground.training.presets import load_preset, preset_names
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.trainer import Trainer

PENGUINS = Path(__file__).parent.parent / "data" / "penguins.csv"
"""344 penguins of three species, some numbers missing (Horst et al. 2020, palmerpenguins, CC0)."""
DIGITS = [name for name in preset_names() if isinstance(load_preset(name).source, MnistDigits)]


def accuracy(project):
    """Train to the end; return the share of test examples told right."""
    dataset = project.source.load()
    trainer = Trainer(project, dataset)
    trainer.play()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    assert trainer.status is Status.FINISHED, trainer.error
    return trainer.evaluate(dataset.test)[1][Accuracy()]


@pytest.mark.soak
@pytest.mark.parametrize("name", DIGITS)
def test_every_preset_learns_its_ten_thousand_digits(name):
    """Also those with branches, residual blocks and an output in the middle."""
    assert accuracy(load_preset(name)) >= 0.95


def test_penguins_are_told_apart():
    layers = (Dense(units=16, activation=ReLU()), Dense(units=3, activation=Softmax()))
    project = Project(
        source=CsvFile(path=PENGUINS, targets=["species"]),
        model=Sequential(layers),
        loss=CategoricalCrossentropy(),
        epochs=60,
    )
    assert accuracy(project) >= 0.95
