"""Figures of outputs, at once or later."""

import numpy as np

from playground.data.dataset import Dataset, Examples, Scaling
from playground.nn.losses import BinaryCrossentropy, MeanSquaredError
from playground.nn.metrics import Accuracy, MeanAbsoluteError, RootMeanSquaredError
from playground.training.measure import Backlog, Measure


def classes():
    y = np.arange(12) % 2
    part = Examples(np.zeros((12, 1), np.float32), y)
    return Dataset("c", part, part, part, classes=("a", "b"))


def backlog(batch_size=4):
    data = classes()
    targets = data.targets_for(data.train, 1)
    return Backlog(Accuracy(), Measure(BinaryCrossentropy(), data), targets, 1, batch_size)


def test_each_batch_is_measured_by_itself():
    waiting = backlog()
    waiting.add(np.array([[-1.0], [1.0], [1.0]]), np.array([0, 1, 2]))  # logits
    waiting.add(np.array([[-1.0], [-1.0]]), np.array([4, 5]))
    np.testing.assert_allclose(waiting.take(), [2 / 3, 1 / 2])


def test_what_was_taken_does_not_wait_any_more():
    waiting = backlog()
    waiting.add(np.ones((1, 1)), np.array([1]))
    waiting.take()
    assert len(waiting.take()) == 0
    waiting.add(np.ones((1, 1)), np.array([0]))
    np.testing.assert_array_equal(waiting.take(), [0])


def test_a_buffer_that_is_used_again_does_no_harm():
    waiting, outputs, rows = backlog(), np.ones((2, 1)), np.array([1, 3])
    waiting.add(outputs, rows)
    outputs[:], rows[:] = -1, 0
    np.testing.assert_array_equal(waiting.take(), [1])


def test_there_is_room_for_a_whole_batch():
    data = classes()
    many = np.zeros((3, 100_000), np.float32)
    waiting = Backlog(Accuracy(), Measure(BinaryCrossentropy(), data), many, 100_000, 2)
    assert waiting.has_room(2)
    waiting.add(many[:2], np.array([0, 1]))
    assert not waiting.has_room(2)


def test_numbers_are_measured_in_their_own_unit():
    y = np.array([[-1.0], [1.0]], np.float32)
    part = Examples(np.zeros((2, 1), np.float32), y)
    scaling = Scaling(np.array([100.0]), np.array([10.0]))
    data = Dataset("n", part, part, part, targets=("y",), target_scaling=scaling)
    measure = Measure(MeanSquaredError(), data)
    metrics = RootMeanSquaredError(), MeanAbsoluteError()
    figures = measure.figures(metrics, np.array([[-1.0], [4.0]], np.float32), y)
    np.testing.assert_allclose(list(figures.values()), [450**0.5, 15], rtol=1e-6)
