"""Every layer, activation, loss and regularizer against PyTorch in float64, by its own functions.

A new class fails here until ``torch_peers`` says what it is in torch, or ``NOT_IN_TORCH`` why not.
"""

import hypothesis
import numpy as np
import pytest
import torch
from hypothesis import strategies as st

from playground.nn.activations import ActivationFunction
from playground.nn.layers import Context, Layer
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.losses import CategoricalCrossentropy, Loss
from playground.nn.model import Sequential
from playground.nn.objective import Objective
from tests.oracles.agreement import (
    EQUAL,
    Answer,
    assert_agreement,
    assert_same_curve,
    cases,
    drawn,
    leaf,
    through_chains,
)
from tests.oracles.strategies import configured
from tests.oracles.torch_peers import ACTIVATIONS, LAYERS, LOSSES, activate

pytestmark = pytest.mark.oracle

NOT_IN_TORCH: dict[str, str] = {}
"""Classes that nothing in torch computes, and what is held against them instead."""

JOINS = {"Add": lambda ys: torch.stack(ys).sum(0), "Concatenate": lambda ys: torch.cat(ys, -1)}
PEERS = {Layer: LAYERS | JOINS, ActivationFunction: ACTIVATIONS, Loss: LOSSES}
MEMBERS = {name for family in PEERS for name in family.registry}
KNOWN = {name for peers in PEERS.values() for name in peers}


def members_in_torch(family):
    known = [cls for name, cls in family.registry.items() if name in PEERS[family]]
    return pytest.mark.parametrize("cls", known, ids=lambda cls: cls.__name__)


def test_every_class_has_its_peer_in_torch_or_a_reason():
    assert NOT_IN_TORCH.keys() == MEMBERS - KNOWN


def test_no_peer_outlives_its_class():
    assert KNOWN <= MEMBERS


def torch_layer(layer, weights, x, training):
    name = type(layer).__name__
    if name in JOINS:
        answers = through_chains(layer, weights, x, training, torch_layer)
        return Answer(JOINS[name]([answer.y for answer in answers]))
    return Answer(LAYERS[name](layer, weights, x, training))


@members_in_torch(Layer)
@drawn
@hypothesis.given(st.data())
def test_layers_give_the_same_values_and_gradients(cls, data):
    assert_agreement(data.draw(cases(cls)), torch_layer)


@members_in_torch(ActivationFunction)
@drawn
@hypothesis.given(st.data())
def test_activations_give_the_same_values_and_slopes(cls, data):
    function = data.draw(configured(cls))
    z = np.random.default_rng(data.draw(st.integers(0, 99))).normal(0, 3, size=(4, 5))
    assert_same_curve(function.forward, lambda tensor: activate(function, tensor), z)


@members_in_torch(Loss)
@drawn
@hypothesis.given(st.data())
def test_losses_give_the_same_values_and_gradients(cls, data):
    loss, classes = data.draw(configured(cls)), data.draw(st.integers(1, 5))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    logits, targets = rng.normal(0, 3, size=(4, classes)), np.eye(classes)[rng.integers(classes)]
    targets = np.tile(targets, (4, 1))
    z = leaf(logits)
    theirs = LOSSES[cls.__name__](loss, z, torch.tensor(targets))
    theirs.sum().backward()
    losses, gradient = loss(logits, targets)
    np.testing.assert_allclose(losses, theirs.detach(), **EQUAL)
    np.testing.assert_allclose(gradient, z.grad, **EQUAL)


def test_an_output_in_the_middle_adds_its_loss():
    """The whole network in torch: loss and gradients of both outputs together."""
    layer = AuxiliaryOutput(layers=(Flatten(), Dense(units=3)), loss_weight=0.3)
    network = Sequential((Conv2D(filters=2, kernel_size=2), layer, Flatten(), Dense(units=3)))
    rng = np.random.default_rng(0)
    weights = network.build((4, 5, 2), rng)
    paths = {name: array.astype(float) for name, array in network.by_path(weights).items()}
    x, targets = rng.normal(size=(4, 4, 5, 2)), np.eye(3)[[0, 2, 1, 2]]
    tensors = {name: leaf(array) for name, array in paths.items()}
    theirs = two_losses(network, tensors, torch.tensor(x), torch.tensor(targets))
    theirs.backward()

    objective = Objective(CategoricalCrossentropy(), targets, np.full(4, 0.25))
    context = Context(training=True, objective=objective)
    outputs, backward = network.forward(network.by_layer(paths), x, context)
    _, gradients = backward(objective(outputs))
    np.testing.assert_allclose(objective.total, theirs.detach(), **EQUAL)
    for name, gradient in network.by_path(gradients).items():
        np.testing.assert_allclose(gradient, tensors[name].grad, **EQUAL)


def two_losses(network, tensors, x, targets):
    """Return the mean loss of the last output, plus what the middle one adds."""
    convolution, auxiliary, _, last = network.layers
    own, middle, _, end = network.by_layer(tensors)
    image = torch_layer(convolution, own, x, True).y
    (guess,) = through_chains(auxiliary, middle, image, True, torch_layer)
    outputs = torch_layer(last, end, image.flatten(1), True).y
    loss = torch.nn.functional.cross_entropy
    return loss(outputs, targets) + auxiliary.loss_weight * loss(guess.y, targets)
