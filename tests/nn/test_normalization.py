"""Batch and layer normalisation compute what their papers say, however the batch is cut."""

import numpy as np
import pytest

from playground.nn.layers import INFERENCE, Context
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.branches import Add
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.layer_normalization import LayerNormalization
from playground.nn.losses import MeanSquaredError
from playground.nn.model import Sequential
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from tests.nn.gradients import assert_gradients

TRAINING = Context(training=True)
SHAPES = [(4,), (3, 4), (2, 3, 4)]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_batch_comes_out_with_mean_0_and_variance_1(shape, rng):
    layer = BatchNormalization(epsilon=1e-12)
    x = rng.normal(5, 3, size=(50, *shape))
    y, _ = layer.forward(layer.build(shape, rng), x, TRAINING)
    axes = tuple(range(x.ndim - 1))
    np.testing.assert_allclose(y.mean(axis=axes), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=axes), 1, rtol=1e-9)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_example_comes_out_with_mean_0_and_variance_1(shape, rng):
    layer = LayerNormalization(epsilon=1e-12)
    x = rng.normal(5, 3, size=(7, *shape))
    y, _ = layer.forward(layer.build(shape, rng), x, TRAINING)
    np.testing.assert_allclose(y.mean(axis=-1), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=-1), 1, rtol=1e-9)


@pytest.mark.parametrize("cls", [BatchNormalization, LayerNormalization])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("center", "scale"), [(True, True), (True, False), (False, False)])
def test_gradients_for_every_rank(cls, shape, center, scale, rng):
    layer = cls(center=center, scale=scale)
    assert_gradients(layer, shape, rng)
    assert_gradients(layer, shape, rng, INFERENCE)


def test_defaults_are_keras_s():
    batch = BatchNormalization()
    assert (batch.momentum, batch.epsilon, batch.center, batch.scale) == (0.99, 0.001, True, True)
    layer = LayerNormalization()
    assert (layer.epsilon, layer.center, layer.scale) == (0.001, True, True)


def test_moving_means_follow_the_batches():
    """Two batches by hand: the means are 2 and 4, the variances (divided by n) 1 and 4."""
    layer = BatchNormalization(momentum=0.75)
    weights = layer.build((1,), np.random.default_rng(0))
    layer.forward(weights, np.float32([[1], [3]]), TRAINING)
    assert weights["moving_mean"] == pytest.approx([0.25 * 2])
    assert weights["moving_variance"] == pytest.approx([0.75 + 0.25 * 1])
    layer.forward(weights, np.float32([[2], [6]]), TRAINING)
    assert weights["moving_mean"] == pytest.approx([0.75 * 0.5 + 0.25 * 4])
    assert weights["moving_variance"] == pytest.approx([0.75 * 1 + 0.25 * 4])


def test_in_use_the_moving_means_count_and_stay(rng):
    layer = BatchNormalization()
    weights = {
        "gamma": np.float32([2]),
        "beta": np.float32([1]),
        "moving_mean": np.float32([3]),
        "moving_variance": np.float32([4 - 0.001]),
    }
    y, _ = layer.forward(weights, np.float32([[3], [5]]), INFERENCE)
    np.testing.assert_allclose(y, [[1], [3]], rtol=1e-6)
    assert weights["moving_mean"] == [3]


def test_only_the_leading_chunk_updates_the_moving_means(rng):
    layer = BatchNormalization()
    weights = layer.build((2,), rng)
    layer.forward(weights, rng.normal(size=(5, 2)), Context(training=True, leads=False))
    assert (weights["moving_mean"] == 0).all()


MODELS = {
    "images": Sequential(
        (
            Conv2D(filters=3, kernel_size=3, activation="relu"),
            BatchNormalization(),
            Conv2D(filters=2, kernel_size=2),
            BatchNormalization(scale=False),
            Flatten(),
            Dense(units=1),
        )
    ),
    "nested": Sequential(
        (
            Flatten(),
            Add((Sequential(), Sequential((Dense(units=50), BatchNormalization())))),
            Dense(units=1),
        )
    ),
}


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("name", MODELS)
def test_chunks_and_threads_change_nothing(name, threads, rng):
    model, shape = MODELS[name], (5, 5, 2)
    x, targets = rng.normal(3, 2, size=(31, *shape)), rng.normal(size=(31, 1))
    weights = tuple(
        {name: array.astype(float) for name, array in own.items()}
        for own in model.build(shape, rng)
    )
    alone = tuple({name: array.copy() for name, array in own.items()} for own in weights)
    plan = Plan(model, MeanSquaredError(), shape, weights, threads)
    loss, outputs = plan.gradients(Batch.whole(x, targets), key=(0,))

    y, backward = model.forward(alone, x, TRAINING)
    losses, dy = MeanSquaredError()(y, targets)
    _, gradients = backward(dy / 31)
    layout = Layout(model, alone)
    np.testing.assert_allclose(outputs, y, rtol=1e-10, atol=1e-12)
    assert loss == pytest.approx(losses.mean(), rel=1e-12)
    found = layout.views(plan.gradient)
    for own, expected, kept, moved in zip(found, gradients, weights, alone, strict=True):
        for weight, gradient in expected.items():
            np.testing.assert_allclose(own[weight], gradient, rtol=1e-9, atol=1e-12)
        for weight in kept.keys() - expected.keys():
            np.testing.assert_allclose(kept[weight], moved[weight], rtol=1e-12)


def test_statistics_lie_behind_the_trained_weights(rng):
    model = MODELS["nested"]
    layout = Layout(model, model.build((5, 5, 2), rng))
    assert layout.size - layout.trained == 2 * 50
