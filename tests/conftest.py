"""What all tests share. It runs before any import of Qt, which aborts without a display."""

import os
import sys
from dataclasses import replace

if sys.platform.startswith("linux") and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"  # the tests compare texts, whatever the developer speaks

import numpy as np
import pytest

from playground.data.sources.mnist import MnistDigits
from playground.training.presets import load_preset
from playground.training.trainer import Trainer


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def trained(project, steps):
    """Return the snapshot of a project after some steps."""
    trainer = Trainer(project, project.source.load())
    trainer.play()
    for _ in range(steps):
        trainer.train_step()
    return trainer.snapshot()


@pytest.fixture(scope="session")
def digits_snapshot():
    """The convolutional network after 4 steps on 500 digits."""
    project = load_preset("digits-cnn")
    small = MnistDigits(examples=500, validation_split=0.2)
    return trained(replace(project, source=small, batch_size=32), 4)


def few_digits(name):
    """Return the snapshot of a preset after 2 steps on 500 digits."""
    small = MnistDigits(examples=500, validation_split=0.2)
    return trained(replace(load_preset(name), source=small, batch_size=32), 2)


@pytest.fixture(scope="session")
def inception_snapshot():
    """Four branches side by side; layer ``(2,)`` lays their channels side by side."""
    return few_digits("digits-inception")


@pytest.fixture(scope="session")
def residual_snapshot():
    """Twice a branch beside an empty one; layers ``(2,)`` and ``(5,)`` add them."""
    return few_digits("digits-residual")


@pytest.fixture(scope="session")
def two_outputs_snapshot():
    """A head of its own, ``(2, 0)``, in the middle of the network."""
    return few_digits("digits-two-outputs")


@pytest.fixture(scope="session")
def spiral_snapshot():
    """Points in the plane, two epochs."""
    return trained(load_preset("spiral"), 30)


@pytest.fixture(scope="session")
def iris_snapshot():
    """A table, some epochs."""
    return trained(load_preset("iris"), 30)


@pytest.fixture(scope="session")
def words_snapshot():
    """English sentences, some epochs."""
    return trained(load_preset("next-word-english"), 200)
