"""What it means that another engine agrees with a layer: outputs, gradients, statistics, charge."""

import math
from dataclasses import dataclass, field

import hypothesis
import numpy as np
import torch
from hypothesis import strategies as st

from playground.component import to_config
from playground.errors import ShapeError
from playground.nn.layers import Context
from tests.oracles.strategies import configured

EQUAL = {"rtol": 1e-10, "atol": 1e-10}
EXAMPLES = 3

drawn = hypothesis.settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    phases=(hypothesis.Phase.generate,),  # the cases are small as they are drawn
    suppress_health_check=(  # windows that do not fit are drawn, too
        hypothesis.HealthCheck.filter_too_much,
        hypothesis.HealthCheck.too_slow,
    ),
)


class Case:
    """A layer with weights and a batch for it, in float64."""

    def __init__(self, layer, x, weights):
        self.layer, self.x, self.weights = layer, x, weights

    def __repr__(self):
        return f"{to_config(self.layer)} of {self.x.shape}"

    @property
    def training(self):
        """Whether to compare in training: not if the layer then draws random numbers."""
        answers = [self.forward(Context(training=True, key=(key,)))[0] for key in (1, 2)]
        return np.array_equal(*answers)

    def forward(self, context):
        """Run our layer on copies of its weights, which it may change; return them, too."""
        weights = {name: array.copy() for name, array in self.weights.items()}
        y, backward = self.layer.forward(weights, self.x, context)
        return y, backward, weights


@dataclass
class Answer:
    """What another engine says of a case, in tensors."""

    y: torch.Tensor
    statistics: dict = field(default_factory=dict)
    """The weights that are measured, after the pass; empty if the engine has its own way."""
    charge: object = None
    """What the regularizers ask; None if the engine has none."""


@st.composite
def cases(draw, cls):
    """Draw a layer of a class, a batch that fits and weights for it."""
    layer = draw(configured(cls))
    shape = draw(input_shapes(layer))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    weights = {
        name: draw_weight(rng, array, positive=name in layer.statistics())
        for name, array in layer.build(shape, rng).items()
    }
    return Case(layer, draw_inputs(rng, layer, shape), weights)


def draw_inputs(rng, layer, shape):
    """Return a batch for the layer: of tokens, if it has rows for so many."""
    if hasattr(layer, "input_dim"):
        return rng.integers(0, layer.input_dim, size=(EXAMPLES, *shape)).astype(float)
    return rng.normal(size=(EXAMPLES, *shape))


def draw_weight(rng, array, *, positive):
    """Return numbers of a size that keeps the answers near 1, where activations are curved."""
    numbers = rng.normal(size=array.shape) / max(1, math.prod(array.shape[:-1])) ** 0.5
    return np.abs(numbers) + 0.1 if positive else numbers


@st.composite
def input_shapes(draw, layer):
    side = st.integers(4, 9)
    shapes = [(draw(side), draw(side), draw(st.integers(1, 4))), (draw(st.integers(1, 6)),)]
    for shape in shapes:
        try:
            layer.output_shape(shape)
        except ShapeError:
            continue
        return shape
    return hypothesis.assume(False)


def leaf(array):
    """Return a tensor that autograd follows."""
    return torch.tensor(array, requires_grad=True)


def assert_agreement(case, engine):
    """Compare with ``engine(layer, weights, x, training)``, which returns an ``Answer``."""
    training = case.training
    x = leaf(case.x)
    tensors = {name: leaf(array) for name, array in case.weights.items()}
    theirs = engine(case.layer, tensors, x, training)
    y, backward, after = case.forward(Context(training))
    dy = np.random.default_rng(0).normal(size=y.shape)
    dx, gradients = backward(dy)
    theirs.y.backward(torch.tensor(dy))
    np.testing.assert_allclose(y, theirs.y.detach(), **EQUAL)
    np.testing.assert_allclose(dx, gradient_of(x), **EQUAL)
    assert gradients.keys() == case.weights.keys() - case.layer.statistics()
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, gradient_of(tensors[name]), **EQUAL)
    for name, measured in theirs.statistics.items():
        np.testing.assert_allclose(after[name], measured.detach(), **EQUAL)
    if theirs.charge is not None:
        charge, _ = case.layer.penalty(case.weights)
        np.testing.assert_allclose(charge, torch.as_tensor(theirs.charge).detach(), **EQUAL)


def gradient_of(tensor):
    """Return what autograd found: nothing, if the outputs do not depend on it."""
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad


def through_chains(layer, weights, x, training, engine):
    """Send ``x`` through each chain of a nested layer; return the answer of each."""
    answers = []
    for chain, own in zip(layer.chains, layer.split(weights), strict=True):
        answer = Answer(x, charge=0.0)
        for inner, inner_weights in zip(chain.layers, own, strict=True):
            more = engine(inner, inner_weights, answer.y, training)
            answer = Answer(more.y, charge=answer.charge + (more.charge or 0.0))
        answers.append(answer)
    return answers


def assert_same_curve(function, peer, numbers):
    """Compare a function of an array that returns ``(y, backward)`` with one of a tensor."""
    x = leaf(numbers)
    their_y = peer(x)
    y, backward = function(numbers)
    dy = np.random.default_rng(0).normal(size=y.shape)
    their_y.backward(torch.tensor(dy))
    np.testing.assert_allclose(y, their_y.detach(), **EQUAL)
    np.testing.assert_allclose(backward(dy), x.grad, **EQUAL)
