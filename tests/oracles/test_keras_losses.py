"""Losses beside Keras's, from logits or through the link, values and gradients in float64."""

import hypothesis
import keras
import numpy as np
import pytest
import torch
from hypothesis import strategies as st

from playground.nn.activations import Sigmoid, Softmax
from playground.nn.losses import Loss, SparseCategoricalCrossentropy
from tests.oracles.agreement import EQUAL, drawn, leaf
from tests.oracles.keras_peers import config_of
from tests.oracles.strategies import configured

pytestmark = pytest.mark.oracle
LINKS = {Softmax: keras.ops.softmax, Sigmoid: keras.ops.sigmoid, None: lambda z: z}


def keras_losses(loss, z, targets):
    """Return Keras's loss of each example; cross-entropies get logits there, too."""
    cls = getattr(keras.losses, type(loss).__name__)
    config = {**config_of(loss), "reduction": None}
    try:
        theirs = cls(from_logits=True, **config)
    except TypeError:  # it has no such setting
        theirs, z = cls(**config), LINKS[loss.link](z)
    t = targets.argmax(1) if isinstance(loss, SparseCategoricalCrossentropy) else targets
    return theirs(torch.tensor(t), z)


@pytest.mark.parametrize("cls", Loss.registry.values(), ids=lambda cls: cls.__name__)
@drawn
@hypothesis.given(st.data())
def test_losses_give_the_same_values_and_gradients(cls, data):
    loss, classes = data.draw(configured(cls)), data.draw(st.integers(2, 5))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    logits, targets = (
        rng.normal(0, 2, size=(4, classes)),
        np.eye(classes)[rng.integers(classes, size=4)],
    )
    z = leaf(logits)
    theirs = keras_losses(loss, z, targets)
    theirs.sum().backward()
    losses, gradient = loss(logits, targets)
    # Keras clips targets of 0 to 1e-7 before it takes their logarithm for the divergence
    bounds = {"rtol": 1e-5, "atol": 1e-5} if "KL" in cls.__name__ else EQUAL
    np.testing.assert_allclose(losses, theirs.detach(), **bounds)
    np.testing.assert_allclose(gradient, z.grad, **bounds)
