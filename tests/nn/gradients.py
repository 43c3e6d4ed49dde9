"""Gradients by finite differences, to hold the written ones against."""

import numpy as np

from playground.errors import ShapeError
from playground.nn.layers import Context


def same_draws():
    """Train mode with the same random draws at every call."""
    return Context(training=True, key=(1,))


def numeric_gradient(function, array, step=1e-6):
    """Return the derivative of ``function()`` by every number of ``array``, changed in place."""
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        value = array[index]
        array[index] = value + step
        upper = function()
        array[index] = value - step
        gradient[index] = (upper - function()) / (2 * step)
        array[index] = value
    return gradient


def inputs_for(layer, input_shape, rng):
    """Return a batch of 3 that the layer takes: numbers, or for an Embedding whole ones."""
    x = rng.normal(size=(3, *input_shape))
    try:
        layer.forward(layer.build(input_shape, rng), x, same_draws())
    except ShapeError:
        return rng.integers(0, 3, x.shape).astype(float)
    return x


def assert_gradients(layer, input_shape, rng, context=None):
    """Check the gradients of a layer by its input and by each of its weights, in float64."""
    x = inputs_for(layer, input_shape, rng)
    weights = {
        name: weight + rng.normal(0, 0.1, weight.shape)
        for name, weight in layer.build(input_shape, rng).items()
    }

    def forward():
        return layer.forward(weights, x, context or same_draws())

    y, backward = forward()
    dy = rng.normal(size=y.shape)
    dx, gradients = backward(dy)

    def loss():
        return float((forward()[0] * dy).sum())

    np.testing.assert_allclose(dx, numeric_gradient(loss, x), rtol=1e-5, atol=1e-7)
    assert gradients.keys() == weights.keys() - layer.statistics()
    for name, gradient in gradients.items():
        expected = numeric_gradient(loss, weights[name])
        np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-7)
