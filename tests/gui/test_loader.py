"""Data on its way to the window."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from playground.data.images.drawing import Drawing
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.points import Circle, Xor
from playground.errors import DataError
from playground.gui.loader import KEPT, Loader


@pytest.fixture
def loader():
    loader = Loader()
    yield loader
    loader.cancel()


def deliver(qtbot, loader):
    """Poll until nothing is on its way."""

    def look():
        loader.poll()
        return not loader.title

    qtbot.waitUntil(look)


def test_a_data_set_is_delivered_by_a_poll(qtbot, loader):
    received = []
    loader.load(Circle(samples=20), received.append)
    assert received == []
    deliver(qtbot, loader)
    assert received[0].title == "Circle"


def test_a_known_data_set_is_there_at_once(qtbot, loader):
    first, second = [], []
    loader.load(Circle(samples=20), first.append)
    deliver(qtbot, loader)
    loader.load(Circle(samples=20), second.append)
    assert second == first


def test_only_the_last_wish_is_delivered(qtbot, loader):
    first, second = [], []
    loader.load(Circle(samples=20), first.append)
    loader.load(Xor(samples=20), second.append)
    deliver(qtbot, loader)
    assert first == []
    assert second[0].title == "XOR"


def test_what_cannot_be_loaded_raises_once(qtbot, loader):
    loader.load(CsvFile(path=Path("none.csv")), lambda dataset: None)
    with pytest.raises(DataError, match=r"none\.csv"):
        deliver(qtbot, loader)
    loader.poll()


def test_memory_is_kept_for_a_few_only(qtbot, loader):
    for seed in range(KEPT + 1):
        loader.load(Circle(samples=20, seed=seed), lambda dataset: None)
        deliver(qtbot, loader)
    received = []
    loader.load(Circle(samples=20, seed=0), received.append)
    assert received == []


def test_a_drawing_more_or_fewer_is_there_at_once(loader):
    plain = MnistDigits(examples=100)
    drawing = Drawing.of(np.full((28, 28), 0.5, np.float32), "3")
    arrived = []
    loader._kept[plain] = loaded = plain.load()
    loader.load(replace(plain, drawn=(drawing,)), arrived.append)
    loader.load(replace(plain, drawn=(drawing, drawing)), arrived.append)
    loader.load(plain, arrived.append)

    assert [len(dataset.train) for dataset in arrived] == [101, 102, 100]
    assert np.array_equal(arrived[-1].train.x, loaded.train.x)
    assert arrived[1].train.y[-2:].tolist() == [3, 3]
    assert len(loader._kept) == 1
