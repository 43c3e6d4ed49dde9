"""A model is a value: shapes, names and counts follow from it."""

import numpy as np
import pytest

from playground.errors import ShapeError
from playground.nn.activations import Linear, Softmax
from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential, parameter_count
from playground.training.presets import load_preset

CONVNET = load_preset("digits-cnn").model


def test_shapes_of_the_keras_mnist_convnet():
    assert CONVNET.shapes((28, 28, 1)) == [
        (28, 28, 1),
        (26, 26, 32),
        (13, 13, 32),
        (11, 11, 64),
        (5, 5, 64),
        (1600,),
        (1600,),
        (10,),
    ]


def test_parameters_of_the_keras_mnist_convnet(rng):
    """34,826: the figure that Keras's summary prints."""
    counts = [parameter_count(layer) for layer in CONVNET.build((28, 28, 1), rng)]
    assert counts == [320, 0, 18_496, 0, 0, 0, 16_010]


def test_multiply_adds_of_the_keras_mnist_convnet():
    assert CONVNET.multiply_adds((28, 28, 1)) == 26 * 26 * 9 * 32 + 11 * 11 * 9 * 32 * 64 + 16_000


def test_layers_are_named_as_in_keras():
    assert CONVNET.names() == [
        "conv2d",
        "max_pooling2d",
        "conv2d_1",
        "max_pooling2d_1",
        "flatten",
        "dropout",
        "dense",
    ]


def test_a_misfit_names_its_layer():
    with pytest.raises(ShapeError, match=r"Layer 2: Dense needs flat inputs"):
        Sequential((CONVNET.layers[0], Dense())).shapes((28, 28, 1))


def test_logits_are_the_outputs_before_the_last_activation(rng):
    weights = CONVNET.build((28, 28, 1), rng)
    x = rng.random((2, 28, 28, 1), np.float32)
    logits = CONVNET.without_output_activation().predict(weights, x)
    np.testing.assert_allclose(Softmax()(logits), CONVNET.predict(weights, x), rtol=1e-5)


def test_a_linear_output_is_its_own_logit():
    model = Sequential((Dense(units=1),))
    assert model.without_output_activation() is model
    assert model.output_activation == Linear()
