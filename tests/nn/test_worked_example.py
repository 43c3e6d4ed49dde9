"""A step of gradient descent that others worked out by hand."""

import numpy as np

from playground.nn.activations import Sigmoid
from playground.nn.layers.dense import Dense
from playground.nn.losses import BinaryCrossentropy
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from playground.nn.regularizers import L2

ALPHA = L2(l2=0.05)
"""Half of scikit-learn's 0.1: it halves the squares."""


def test_one_step_of_scikit_learn():
    """The numbers are those of ``test_fit`` in scikit-learn's ``test_mlp.py``, to its 3 digits."""
    model = Sequential(
        (
            Dense(units=2, activation=Sigmoid(), kernel_regularizer=ALPHA),
            Dense(units=1, activation=Sigmoid(), kernel_regularizer=ALPHA),
        )
    )
    weights = (
        {"kernel": np.array([[0.1, 0.2], [0.3, 0.1], [0.5, 0.0]]), "bias": np.array([0.1, 0.1])},
        {"kernel": np.array([[0.1], [0.2]]), "bias": np.array([1.0])},
    )
    layout = Layout(model, weights)
    flat = layout.flatten(weights)
    stepped = layout.views(flat)
    plan = Plan(model, BinaryCrossentropy(), (3,), stepped)
    x = np.array([[0.6, 0.8, 0.7]])
    plan.gradients(Batch.whole(x, np.zeros((1, 1))), key=(0,))
    optimizer = SGD(learning_rate=0.1)
    optimizer.update(flat, plan.gradient, optimizer.make_slots(flat), 1, 0.1)
    hidden, output = stepped
    kernel = [[0.098, 0.195756], [0.2956664, 0.096008], [0.4939998, -0.002244]]
    np.testing.assert_allclose(hidden["kernel"], kernel, atol=1.5e-3)
    np.testing.assert_allclose(hidden["bias"], [0.098333, 0.09626], atol=1.5e-3)
    np.testing.assert_allclose(output["kernel"], [[0.04706], [0.154089]], atol=1.5e-3)
    np.testing.assert_allclose(output["bias"], [0.9235], atol=1.5e-3)
    np.testing.assert_allclose(model.predict(stepped, x), [[0.739]], atol=1.5e-3)
