"""The plan computes what the layers define, whatever the chunks and threads."""

import numpy as np
import pytest

from playground.nn.layers import Context
from playground.nn.layers.activation import Activation
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import MaxPooling2D
from playground.nn.losses import CategoricalCrossentropy, MeanSquaredError
from playground.nn.model import Sequential
from playground.nn.parameters import Layout, flatten
from playground.nn.plan import Batch, Plan

CONVNET = Sequential(
    (
        Conv2D(filters=24, kernel_size=(3, 3), activation="relu"),
        MaxPooling2D(),
        Flatten(),
        Dense(units=3, activation="softmax"),
    )
)


@pytest.mark.parametrize("cache_bytes", [2**20, 2**23])
@pytest.mark.parametrize("examples", [1, 7, 40])
def test_gradient_is_that_of_the_mean_loss(examples, cache_bytes, rng, monkeypatch):
    monkeypatch.setattr("playground.nn.plan.CACHE_BYTES", cache_bytes)
    x = rng.normal(size=(examples, 28, 28, 1)).astype(np.float32)
    targets = np.eye(3, dtype=np.float32)[rng.integers(0, 3, examples)]
    weights = CONVNET.build((28, 28, 1), rng)
    plan = Plan(CONVNET, CategoricalCrossentropy(), (28, 28, 1), weights)
    loss, logits = plan.gradients(Batch.whole(x, targets), key=(0,))

    y, backward = CONVNET.without_output_activation().forward(weights, x)
    expected_losses, dy = CategoricalCrossentropy()(y, targets)
    _, gradients = backward(dy / examples)
    np.testing.assert_allclose(logits, y, rtol=1e-4, atol=1e-5)
    assert loss == pytest.approx(expected_losses.mean(), rel=1e-4)
    np.testing.assert_allclose(plan.gradient, flatten(gradients), rtol=1e-3, atol=1e-5)


def test_same_key_same_gradient_to_the_last_bit(rng):
    """Threads must not decide in which order numbers are added, nor what dropout drops."""
    model = Sequential((Conv2D(filters=24), Flatten(), Dropout(rate=0.5), Dense(units=1)))
    x = rng.normal(size=(64, 28, 28, 1)).astype(np.float32)
    weights = model.build((28, 28, 1), rng)
    plan = Plan(model, MeanSquaredError(), (28, 28, 1), weights)
    gradients = []
    for key in ((1, 5), (1, 5), (1, 6)):
        plan.gradients(Batch.whole(x, np.ones((64, 1), np.float32)), key)
        gradients.append(plan.gradient.copy())
    assert (gradients[0] == gradients[1]).all()
    assert (gradients[0] != gradients[2]).any()


def test_outputs_are_those_of_inference(rng):
    x = rng.normal(size=(50, 28, 28, 1)).astype(np.float32)
    weights = CONVNET.build((28, 28, 1), rng)
    plan = Plan(CONVNET, MeanSquaredError(), (28, 28, 1), weights)
    expected, _ = CONVNET.forward(weights, x, Context(training=False))
    _, outputs = plan.evaluate(Batch.whole(x, np.zeros((50, 3), np.float32)))
    np.testing.assert_allclose(outputs, expected, rtol=1e-5, atol=1e-6)


def test_layers_before_the_first_weights_need_no_gradient(rng):
    """Nobody asks for the gradient at the input, so what stands there may not fit."""
    model = Sequential((Activation("tanh"), Flatten(), Dropout(rate=0.5), Dense(units=1)))
    weights = model.build((2, 3, 1), rng)
    x, targets = rng.normal(size=(5, 2, 3, 1)).astype(np.float32), np.ones((5, 1), np.float32)
    plan = Plan(model, MeanSquaredError(), (2, 3, 1), weights)
    plan.gradients(Batch.whole(x, targets), key=(4,))
    y, backward = model.forward(weights, x, Context(training=True, key=(4, 0)))
    _, gradients = backward((y - 1) * 2 / 5)
    np.testing.assert_allclose(plan.gradient, flatten(gradients), rtol=1e-5, atol=1e-7)


def test_flat_vector_and_back(rng):
    weights = CONVNET.build((28, 28, 1), rng)
    layout = Layout(CONVNET, weights)
    flat = layout.flatten(weights)
    assert (flatten(layout.views(flat)) == flatten(weights)).all()
    layout.views(flat)[0]["kernel"][0, 0, 0, 0] = 7
    assert flat[0] == 7
    assert layout.trained == layout.size == flat.size


@pytest.mark.parametrize("count", [1, 1000, 3 * 2**17 + 5])
def test_a_split_vector_is_worked_on_once_everywhere(count, rng):
    weights = CONVNET.build((28, 28, 1), rng)
    plan = Plan(CONVNET, CategoricalCrossentropy(), (28, 28, 1), weights, threads=2)
    vector = np.zeros(count)

    def add_one(part):
        vector[part] += 1

    plan.split(add_one, count)
    assert (vector == 1).all()


def test_what_fails_in_a_thread_is_raised(rng):
    weights = CONVNET.build((28, 28, 1), rng)
    plan = Plan(CONVNET, CategoricalCrossentropy(), (28, 28, 1), weights, threads=2)

    def fail_in_the_second(part):
        if part.start:
            raise ArithmeticError("here")

    with pytest.raises(ArithmeticError, match="here"):
        plan.split(fail_in_the_second, 2**19)


@pytest.mark.parametrize("threads", [1, 2])
def test_large_sets_are_looked_at_in_chunks_although_training_couples_examples(threads, rng):
    model = Sequential((Conv2D(filters=24), BatchNormalization(), Flatten(), Dense(units=2)))
    weights = model.build((28, 28, 1), rng)
    plan = Plan(model, MeanSquaredError(), (28, 28, 1), weights, threads=threads)
    _, chunks = plan.cuts(4000, training=False)
    assert len(chunks) > 40
    assert len(plan.cuts(4000, training=True)[1]) == threads
    _, outputs = plan.evaluate(Batch.whole(np.zeros((99, 28, 28, 1), np.float32), np.ones((99, 2))))
    assert outputs.shape == (99, 2)
