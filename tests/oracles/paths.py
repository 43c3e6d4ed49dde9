"""The paths that two optimizers take over the same landscape."""

import numpy as np

from playground.nn.activations import Tanh
from playground.nn.layers.dense import Dense
from playground.nn.losses import MeanSquaredError
from playground.nn.model import Sequential
from playground.nn.objective import Objective
from playground.nn.parameters import Layout

POINTS = np.random.default_rng(3).uniform(-2, 2, size=(12, 2))
VALUES = np.sin(3 * POINTS[:, :1]) * POINTS[:, 1:]
NET = Sequential((Dense(units=5, activation=Tanh()), Dense(units=1)))


def start():
    """Return the weights of a small net, which has many valleys, as one vector in float64."""
    weights = NET.build((2,), np.random.default_rng(7))
    return LAYOUT.flatten(weights).astype(float)


LAYOUT = Layout(NET, NET.build((2,), np.random.default_rng(7)))


def gradient(w):
    """Return the gradient of the mean squared error of the points."""
    objective = Objective(MeanSquaredError(), VALUES, np.full(len(POINTS), 1 / len(POINTS)))
    outputs, backward = NET.forward(LAYOUT.views(w), POINTS)
    _, gradients = backward(objective(outputs))
    flat = np.empty_like(w)
    for views, own in zip(LAYOUT.views(flat), gradients, strict=True):
        for name, array in own.items():
            views[name][...] = array
    return flat


def our_path(optimizer, steps):
    """Return the weights after each step of ours, ``(steps, n)``."""
    w = start()
    slots, path = optimizer.make_slots(w), []
    for step in range(1, steps + 1):
        g = gradient(w)
        optimizer.clip(g)
        optimizer.update(w, g, slots, step, optimizer.learning_rate)
        path.append(w.copy())
    return np.array(path)
