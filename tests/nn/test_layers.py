"""Contracts that every registered layer keeps, whoever wrote it."""

import numpy as np
import pytest

from playground.component import from_config, to_config
from playground.errors import ShapeError
from playground.nn.activations import ActivationFunction
from playground.nn.layers import Context, Layer
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from tests.nn.gradients import assert_gradients, inputs_for, same_draws

INPUT_SHAPES = [(5,), (6, 5, 2)]


@pytest.fixture(params=Layer.registry.values(), ids=Layer.registry.keys())
def layer(request):
    return request.param()


@pytest.fixture
def fitting_shape(layer):
    for shape in INPUT_SHAPES:
        try:
            layer.output_shape(shape)
        except ShapeError:
            continue
        return shape
    return pytest.fail(f"{layer} takes none of {INPUT_SHAPES}")


def test_output_has_the_promised_shape(layer, fitting_shape, rng):
    x = inputs_for(layer, fitting_shape, rng).astype(np.float32)
    y, _ = layer.forward(layer.build(fitting_shape, rng), x, same_draws())
    assert y.shape == (3, *layer.output_shape(fitting_shape))
    assert y.dtype == np.float32


def test_gradients_match_finite_differences(layer, fitting_shape, rng):
    assert_gradients(layer, fitting_shape, rng)


def test_gradients_at_inference_match_finite_differences(layer, fitting_shape, rng):
    assert_gradients(layer, fitting_shape, rng, Context(training=False))


def test_inputs_are_never_written(layer, fitting_shape, rng):
    x = inputs_for(layer, fitting_shape, rng).astype(np.float32)
    x.flags.writeable = False
    y, backward = layer.forward(layer.build(fitting_shape, rng), x, same_draws())
    dy = np.ones_like(y)
    dy.flags.writeable = False
    backward(dy)


def test_config_round_trip(layer):
    assert from_config(Layer, to_config(layer)) == layer


@pytest.mark.parametrize("name", ActivationFunction.registry)
@pytest.mark.parametrize("cls", [Dense, Conv2D])
def test_gradients_pass_through_every_activation(cls, name, rng):
    shape = (5,) if cls is Dense else (4, 4, 2)
    size = {"units": 3} if cls is Dense else {"filters": 3, "kernel_size": (2, 2)}
    assert_gradients(cls(activation=name, **size), shape, rng)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [(1, 1), (2, 1), (3, 3)])
@pytest.mark.parametrize("window", [(1, 1), (2, 3), (5, 4)])
@pytest.mark.parametrize("cls", [Conv2D, MaxPooling2D, AveragePooling2D])
def test_gradients_of_windows_of_all_kinds(cls, window, strides, padding, rng):
    name = "kernel_size" if cls is Conv2D else "pool_size"
    layer = cls(**{name: window, "strides": strides, "padding": padding})
    assert_gradients(layer, (7, 6, 2), rng)


def test_convolution_is_the_sum_over_the_window():
    """A published example: Goodfellow et al. 2016, figure 9.1, with numbers for its letters."""
    image = np.arange(1.0, 13.0).reshape(1, 3, 4, 1)
    kernel = np.array([[1.0, 10.0], [100.0, 1000.0]]).reshape(2, 2, 1, 1)
    layer = Conv2D(filters=1, kernel_size=(2, 2))
    y, _ = layer.forward({"kernel": kernel, "bias": np.zeros(1)}, image, same_draws())
    expected = [[1 + 20 + 500 + 6000, 2 + 30 + 600 + 7000, 3 + 40 + 700 + 8000]]
    expected += [[5 + 60 + 900 + 10000, 6 + 70 + 1000 + 11000, 7 + 80 + 1100 + 12000]]
    np.testing.assert_array_equal(y[0, :, :, 0], expected)


def test_same_padding_puts_the_odd_pixel_at_the_bottom_right():
    layer = AveragePooling2D(pool_size=(2, 2), strides=(2, 2), padding="same")
    y, _ = layer.forward({}, np.arange(9.0).reshape(1, 3, 3, 1), same_draws())
    np.testing.assert_array_equal(y[0, :, :, 0], [[2, 3.5], [6.5, 8]])


def test_of_equal_maxima_the_first_gets_the_gradient():
    _, backward = MaxPooling2D().forward({}, np.ones((1, 2, 2, 1)), same_draws())
    dx, _ = backward(np.full((1, 1, 1, 1), 5.0))
    np.testing.assert_array_equal(dx[0, :, :, 0], [[5, 0], [0, 0]])


def test_dropout_keeps_the_mean_and_rests_at_inference(rng):
    x = np.ones((200, 200), np.float32)
    y, _ = Dropout(rate=0.25).forward({}, x, Context(training=True, key=(3,)))
    assert abs((y == 0).mean() - 0.25) < 0.01
    assert abs(y.mean() - 1) < 0.01
    assert Dropout(rate=0.25).forward({}, x, Context(training=False))[0] is x


def test_dense_asks_for_a_flatten():
    with pytest.raises(ShapeError, match=r"put a Flatten before it. Received: \(28, 28, 1\)"):
        Dense().output_shape((28, 28, 1))


def test_a_window_larger_than_the_image_is_refused_with_the_mends():
    with pytest.raises(ShapeError, match=r"5 x 5 window does not fit on a 3 x 3 image; make it"):
        Conv2D(kernel_size=(5, 5)).output_shape((3, 3, 1))


def test_convolution_asks_for_images():
    with pytest.raises(ShapeError, match=r"Conv2D needs images, .* Received: \(5,\)"):
        Conv2D().output_shape((5,))
