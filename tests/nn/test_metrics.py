"""Metrics of predictions worked out by hand."""

import numpy as np

from playground.nn.metrics import Accuracy, RootMeanSquaredError


def test_accuracy_counts_the_most_probable_class():
    y_pred = np.array([[0.7, 0.2, 0.1], [0.1, 0.2, 0.7], [0.4, 0.5, 0.1]])
    assert Accuracy()(y_pred, np.eye(3)[[0, 2, 0]]) == 2 / 3


def test_accuracy_of_one_output_asks_for_more_than_a_half():
    y_pred = np.array([[0.9], [0.4], [0.5]])
    assert Accuracy()(y_pred, np.array([[1.0], [0.0], [1.0]])) == 2 / 3


def test_root_mean_squared_error():
    assert RootMeanSquaredError()(np.array([[3.0], [0.0]]), np.array([[0.0], [4.0]])) == 12.5**0.5
