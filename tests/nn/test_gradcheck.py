"""Finite differences through whole networks: every layer, loss and regularizer there is."""

import itertools

import pytest

from playground.nn.layers import Layer
from playground.nn.losses import Loss
from playground.nn.regularizers import Regularizer
from tests.nn.gradcheck import assert_gradcheck

LAYERS, LOSSES = list(Layer.registry.values()), list(Loss.registry.values())
REGULARIZERS = list(Regularizer.registry.values())
PRODUCT = list(itertools.product(LAYERS, LOSSES, REGULARIZERS))


def sample():
    """Every layer, each time with another loss and regularizer, until all have had their turn."""
    rounds = -(-max(len(LOSSES), len(REGULARIZERS)) // len(LAYERS))
    others = zip(itertools.cycle(LOSSES), itertools.cycle(REGULARIZERS))
    return [(layer, *next(others)) for _ in range(rounds) for layer in LAYERS]


def name(classes):
    return "-".join(cls.__name__ for cls in classes)


def check(classes, rng):
    assert_gradcheck(*(cls() for cls in classes), rng)


@pytest.mark.parametrize("classes", sample(), ids=name)
def test_gradients_of_a_sample_of_networks(classes, rng):
    check(classes, rng)


@pytest.mark.oracle
@pytest.mark.parametrize("classes", PRODUCT, ids=name)
def test_gradients_of_every_network(classes, rng):
    check(classes, rng)
