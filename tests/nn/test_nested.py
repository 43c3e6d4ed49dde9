"""Branches and outputs in the middle are ordinary layers, at any depth."""

import numpy as np
import pytest

from playground.component import from_config, to_config
from playground.errors import ShapeError
from playground.nn.activations import ReLU, Softmax
from playground.nn.layers import Context
from playground.nn.layers.activation import Activation
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.branches import Add, Concatenate
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from playground.nn.losses import CategoricalCrossentropy, MeanSquaredError
from playground.nn.model import Sequential
from playground.nn.objective import Objective
from playground.nn.parameters import Layout, flatten
from playground.nn.plan import Batch, Plan
from playground.nn.regularizers import L2
from tests.nn.gradients import assert_gradients, numeric_gradient

SHAPE = (8, 9, 3)


def conv(filters, size, activation="linear"):
    return Conv2D(filters=filters, kernel_size=size, padding="same", activation=activation)


def chain(*layers):
    return Sequential(layers)


INCEPTION = Concatenate(
    (
        chain(conv(2, 1, "relu")),
        chain(conv(2, 1, "relu"), conv(3, 3, "relu")),
        chain(conv(1, 1, "relu"), conv(2, 5, "relu")),
        chain(MaxPooling2D(pool_size=3, strides=1, padding="same"), conv(1, 1, "relu")),
    )
)
RESIDUAL = Add((chain(), chain(conv(4, 3, "tanh"), conv(3, 3))))
TWO_OUTPUTS = chain(
    conv(4, 3, "relu"),
    AuxiliaryOutput((MaxPooling2D(), Flatten(), Dense(units=2, activation="softmax"))),
    Flatten(),
    Dense(units=2, activation="softmax"),
)
NESTED = chain(
    Concatenate((chain(RESIDUAL, INCEPTION), chain(), chain(Dropout(rate=0.2), conv(2, 3)))),
    Activation("tanh"),
    Add(
        (
            chain(AuxiliaryOutput((Flatten(), Dense(units=2, activation="softmax")), 0.5)),
            chain(conv(13, 3), AuxiliaryOutput((Flatten(), Dense(units=2, activation="softmax")))),
        )
    ),
    Flatten(),
    Dense(units=2, activation="softmax"),
)


def test_an_inception_module_joins_the_channels_of_its_branches(rng):
    x = rng.normal(size=(2, *SHAPE)).astype(np.float32)
    weights = INCEPTION.build(SHAPE, rng)
    y, _ = INCEPTION.forward(weights, x, Context(training=False))
    assert INCEPTION.output_shape(SHAPE) == y.shape[1:] == (8, 9, 8)
    alone = INCEPTION.branches[1].predict(INCEPTION.split(weights)[1], x)
    np.testing.assert_array_equal(y[..., 2:5], alone)


def test_a_residual_block_adds_what_it_learns_to_its_input(rng):
    x = rng.normal(size=(2, *SHAPE)).astype(np.float32)
    weights = RESIDUAL.build(SHAPE, rng)
    y, _ = RESIDUAL.forward(weights, x, Context(training=False))
    learned = RESIDUAL.branches[1].predict(RESIDUAL.split(weights)[1], x)
    np.testing.assert_allclose(y, x + learned, rtol=1e-6)


@pytest.mark.parametrize("layer", [INCEPTION, RESIDUAL, Add((chain(INCEPTION), chain(INCEPTION)))])
def test_gradients_of_branches(layer, rng):
    assert_gradients(layer, (4, 3, 3), rng)


def test_weights_are_named_by_the_way_to_them(rng):
    model = chain(Dense(units=3), Add((chain(), chain(RESIDUAL.branches[1].layers[0]))))
    assert list(RESIDUAL.build(SHAPE, rng)) == [
        "1/conv2d/kernel",
        "1/conv2d/bias",
        "1/conv2d_1/kernel",
        "1/conv2d_1/bias",
    ]
    paths = NESTED.by_path(NESTED.build(SHAPE, rng))
    assert "concatenate/0/concatenate/2/conv2d_1/kernel" in paths
    back = NESTED.by_layer(paths)
    assert flatten(back).size == flatten(NESTED.build(SHAPE, rng)).size
    assert model.names() == ["dense", "add"]


def plain_loss(model, weights, x, targets, context):
    """The loss of the main output and of the one in TWO_OUTPUTS, written out."""
    first, auxiliary, *rest = model.layers
    middle, _ = first.forward(weights[0], x, context)
    (head_weights,) = auxiliary.split(weights[1])
    guess = auxiliary.chains[0].predict(head_weights, middle)
    end = chain(*rest).predict(weights[2:], middle)
    surprise = -(targets * np.log(end)).sum(axis=1).mean()
    return surprise - 0.3 * (targets * np.log(guess)).sum(axis=1).mean()


def in_float64(model, shape, rng):
    return tuple(
        {name: array + rng.normal(0, 0.1, array.shape) for name, array in own.items()}
        for own in model.build(shape, rng)
    )


def test_the_gradient_of_two_outputs_is_that_of_both_losses(rng):
    shape, targets = (4, 5, 1), np.eye(2)[rng.integers(0, 2, 6)]
    x, weights = rng.normal(size=(6, *shape)), in_float64(TWO_OUTPUTS, shape, rng)
    plan = Plan(TWO_OUTPUTS, CategoricalCrossentropy(), shape, weights, threads=1)
    loss, _ = plan.gradients(Batch.whole(x, targets), key=(0,))

    def written_out():
        return plain_loss(TWO_OUTPUTS, weights, x, targets, Context(training=False))

    assert loss == pytest.approx(written_out(), rel=1e-12)
    layout = Layout(TWO_OUTPUTS, weights)
    expected = [{n: numeric_gradient(written_out, w) for n, w in own.items()} for own in weights]
    np.testing.assert_allclose(plan.gradient, layout.flatten(tuple(expected)), rtol=1e-5, atol=1e-8)
    evaluated, _ = plan.evaluate(Batch.whole(x, targets))
    assert evaluated == pytest.approx(loss, rel=1e-12)


def without_draws(model):
    """The same network without dropout, whose draws differ from chunk to chunk."""
    layers = [layer for layer in model.layers if not isinstance(layer, Dropout)]
    return chain(
        *(
            layer.with_chains(tuple(without_draws(inner) for inner in layer.chains))
            for layer in layers
        )
    )


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(
    "model", [chain(INCEPTION, Flatten(), Dense(units=2)), TWO_OUTPUTS, NESTED]
)
def test_chunks_and_threads_change_nothing(model, threads, rng, monkeypatch):
    monkeypatch.setattr("playground.nn.plan.CACHE_BYTES", 1)  # chunks of 8
    model, loss = without_draws(model), CategoricalCrossentropy()
    targets = np.eye(2)[rng.integers(0, 2, 30)]
    x, weights = rng.normal(size=(30, *SHAPE)), in_float64(model, SHAPE, rng)
    if model.output_activation != Softmax():
        loss = MeanSquaredError()
    plan = Plan(model, loss, SHAPE, weights, threads)
    found, outputs = plan.gradients(Batch.whole(x, targets), key=(0,))

    objective = Objective(loss, targets, np.full(30, 1 / 30))
    whole = model.without_output_activation() if loss.link else model
    y, backward = whole.forward(weights, x, Context(training=True, objective=objective))
    _, gradients = backward(objective(y))
    np.testing.assert_allclose(outputs, y, rtol=1e-10, atol=1e-12)
    assert found == pytest.approx(objective.total, rel=1e-10)
    np.testing.assert_allclose(plan.gradient, flatten(gradients), rtol=1e-9, atol=1e-12)


def test_nobody_asks_an_auxiliary_output_in_use(rng):
    layer = TWO_OUTPUTS.layers[1]
    x = rng.normal(size=(2, 8, 9, 4))
    y, backward = layer.forward(layer.build((8, 9, 4), rng), x, Context(training=False))
    dx, gradients = backward(np.ones_like(y))
    assert y is x
    assert (dx == 1).all()
    assert not any(gradient.any() for gradient in gradients.values())


def test_regularizers_count_at_any_depth(rng):
    plain, priced = Dense(units=2), Dense(units=2, kernel_regularizer=L2(0.5))
    model = chain(plain, Concatenate((chain(), chain(Add((chain(plain), chain(priced)))))))
    weights = model.build((3,), rng)
    charge, (_, gradients) = model.penalty(weights)
    assert gradients.keys() == {"1/add/1/dense/kernel"}
    kernel = weights[1]["1/add/1/dense/kernel"]
    np.testing.assert_allclose(gradients["1/add/1/dense/kernel"], kernel, rtol=1e-6)
    assert charge == pytest.approx(0.5 * np.square(kernel).sum(), rel=1e-6)


def test_what_branches_cost_is_the_sum_of_theirs():
    alone = sum(branch.multiply_adds(SHAPE) for branch in RESIDUAL.branches)
    assert RESIDUAL.multiply_adds(SHAPE) == alone == 8 * 9 * 9 * (3 * 4 + 4 * 3)


def test_an_error_names_the_branch_and_the_layer():
    model = chain(Flatten(), Concatenate((chain(), chain(Dense(), conv(2, 3)))))
    with pytest.raises(ShapeError, match=r"^Layer 2: Branch 2: Layer 2: Conv2D needs images"):
        model.shapes(SHAPE)


def test_branches_that_cannot_be_joined_say_what_fits():
    valid = chain(Conv2D(filters=3, kernel_size=3))
    with pytest.raises(ShapeError, match=r'padding "same".*\(8, 9, 3\), \(6, 7, 3\)'):
        Concatenate((chain(), valid)).output_shape(SHAPE)
    with pytest.raises(ShapeError, match=r"equal shape.*\(8, 9, 3\), \(8, 9, 4\)"):
        Add((chain(), chain(conv(4, 3)))).output_shape(SHAPE)
    with pytest.raises(ShapeError, match="has no branch; add one"):
        Add(()).output_shape(SHAPE)


def test_nested_networks_survive_saving():
    assert from_config(Sequential, to_config(NESTED)) == NESTED


def test_all_outputs_are_found():
    heads = NESTED.heads(SHAPE)
    assert [head.shape for head in heads] == [(2,), (2,)]
    assert {head.activation for head in heads} == {Softmax()}
    assert chain(Activation(ReLU()), AveragePooling2D()).heads(SHAPE) == []
