"""Every layer, activation and regularizer against Keras on torch, values and gradients."""

import inspect
import re

import hypothesis
import keras
import numpy as np
import pytest
import torch
from hypothesis import strategies as st

from playground.component import to_config
from playground.nn.activations import ActivationFunction
from playground.nn.layers import Layer
from playground.nn.layers.pooling import AveragePooling2D
from playground.nn.regularizers import Regularizer
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
from tests.oracles.keras_peers import has_keras_peer, keras_peer
from tests.oracles.strategies import configured

pytestmark = pytest.mark.oracle

NOT_IN_KERAS = {
    "AuxiliaryOutput": "a loss inside a network is a second output there; test_torch has it",
    "HardSigmoid": "Keras's on torch rounds 1 / 6 to float32; test_torch has it",
    "HardStep": "Keras trains by gradients, and it has none; test_torch has it",
    "NoRegularizer": "Keras says None",
}
"""Classes that Keras has none of, and why that is well."""

FAMILIES = (Layer, ActivationFunction, Regularizer)
MEMBERS = [cls for family in FAMILIES for cls in family.registry.values()]


def members_in_keras(family):
    known = [cls for name, cls in family.registry.items() if name not in NOT_IN_KERAS]
    return pytest.mark.parametrize("cls", known, ids=lambda cls: cls.__name__)


@pytest.mark.parametrize("cls", MEMBERS, ids=lambda cls: cls.__name__)
def test_every_class_has_its_peer_in_keras(cls):
    assert has_keras_peer(cls) or cls.__name__ in NOT_IN_KERAS


def test_no_exception_outlives_its_class():
    assert NOT_IN_KERAS.keys() <= {cls.__name__ for cls in MEMBERS}


def in_torch_order(weight):
    """Return the weight as a view that lies in memory as torch's convolutions insist on."""
    if weight.ndim != 4:
        return weight
    channels_first = weight.permute(3, 2, 0, 1).clone(memory_format=torch.contiguous_format)
    return channels_first.permute(2, 3, 1, 0)


KERAS_NAMES = {"DepthwiseConv2D": {"depthwise_kernel": "kernel"}}
"""Weights that are called otherwise there, by class."""


def keras_layer(layer, weights, x, training):
    """Run Keras's layer, as a pure function of our weights."""
    if layer.chains:
        return keras_branches(layer, weights, x, training)
    names = KERAS_NAMES.get(type(layer).__name__, {})
    weights = {names.get(name, name): weight for name, weight in weights.items()}
    theirs = keras_peer(layer)
    theirs.build((None, *x.shape[1:]))
    values = {variable.name: variable.value for variable in theirs.variables}  # random states, too
    assert {variable.name for variable in theirs.weights} == weights.keys()
    values |= {name: in_torch_order(weight) for name, weight in weights.items()}
    trained = [values[variable.name] for variable in theirs.trainable_variables]
    measured = [values[variable.name] for variable in theirs.non_trainable_variables]
    takes_training = "training" in inspect.signature(theirs.call).parameters
    mode = {"training": training} if takes_training else {}
    y, after, losses = theirs.stateless_call(trained, measured, x, return_losses=True, **mode)
    names = [variable.name for variable in theirs.non_trainable_variables]
    statistics = dict(zip(names, after, strict=True))
    return Answer(y, {name: statistics[name] for name in layer.statistics()}, sum(losses))


def keras_branches(layer, weights, x, training):
    """Join what Keras's layers say in each branch as Keras joins."""
    answers = through_chains(layer, weights, x, training, keras_layer)
    joined = getattr(keras.layers, type(layer).__name__)()([answer.y for answer in answers])
    return Answer(joined, charge=sum(answer.charge for answer in answers))


def keras_cannot(layer, shape):
    """Tell whether only ``test_torch`` can compare this.

    Keras takes no strides along with a dilation, and no noise of a deviation above 1. On torch it
    repeats the edge where average pooling hangs over one side by more; on TensorFlow it does not,
    nor does ONNX.
    """
    if {"HardSigmoid", "HardStep"} & set(re.findall(r"\w+", str(to_config(layer)))):
        return True
    if getattr(layer, "stddev", 0) > 1:
        return True
    if isinstance(layer, AveragePooling2D):
        return any(before != after for before, after in layer.windows.margins(shape))
    return max(getattr(layer, "strides", (1,))) > 1 < max(getattr(layer, "dilation_rate", (1,)))


@members_in_keras(Layer)
@drawn
@hypothesis.given(st.data())
def test_layers_give_the_same_values_and_gradients(cls, data):
    case = data.draw(cases(cls))
    hypothesis.assume(not keras_cannot(case.layer, case.x.shape[1:]))
    assert_agreement(case, keras_layer)


@members_in_keras(ActivationFunction)
@drawn
@hypothesis.given(st.data())
def test_activations_give_the_same_values_and_slopes(cls, data):
    activation = data.draw(configured(cls))
    z = np.random.default_rng(data.draw(st.integers(0, 99))).normal(0, 3, size=(4, 5))
    assert_same_curve(activation.forward, keras_peer(activation), z)


@members_in_keras(Regularizer)
@drawn
@hypothesis.given(st.data())
def test_regularizers_charge_the_same(cls, data):
    regularizer = data.draw(configured(cls))
    numbers = np.random.default_rng(data.draw(st.integers(0, 99))).normal(size=(4, 5))
    w = leaf(numbers)
    theirs = keras_peer(regularizer)(w) + 0 * w.sum()  # a price of 0 is no function of w there
    theirs.backward()
    charge, gradient = regularizer(numbers)
    np.testing.assert_allclose(charge, theirs.detach(), **EQUAL)
    np.testing.assert_allclose(gradient, w.grad, **EQUAL)
