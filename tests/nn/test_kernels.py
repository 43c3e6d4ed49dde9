"""Every kernel computes what the layers it stands for define, on shapes of all kinds."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.errors import ShapeError
from playground.nn.activations import ActivationFunction, Linear, ReLU, Sigmoid, Softmax, Tanh
from playground.nn.kernels.convolution import Convolution
from playground.nn.kernels.dense import DenseKernel
from playground.nn.kernels.dense_chain import DenseChain
from playground.nn.kernels.objectives import _FAST, _FAST_FOR_NUMBERS, fast_objective
from playground.nn.kernels.program import Program, best_kernel
from playground.nn.layers import Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.branches import Add, Concatenate
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from playground.nn.model import Sequential
from playground.nn.objective import Objective
from playground.nn.parameters import Layout
from tests.nn.gradients import same_draws

TOLERANCE = {np.float32: {"rtol": 2e-3, "atol": 2e-4}, np.float64: {"rtol": 1e-9, "atol": 1e-10}}
ACTIVATIONS = st.sampled_from([cls() for cls in ActivationFunction.registry.values()])
PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3))
DTYPES = st.sampled_from([np.float32, np.float64])
CASES = settings(max_examples=60, deadline=None, derandomize=True)


def assert_program_equals_layers(model, input_shape, dtype, size=3, *, needs_dx=True):
    """Run some chunks through the kernels and through the layers; compare all they give."""
    rng = np.random.default_rng(0)
    weights = tuple(
        {name: (w + rng.normal(0, 0.1, w.shape)).astype(dtype) for name, w in layer.items()}
        for layer in model.build(input_shape, rng)
    )
    layout = Layout(model, weights)
    weights = layout.views(layout.flatten(weights))
    gradients = layout.views(np.zeros(layout.size, dtype))
    program = Program(
        model, weights, gradients, input_shape, size, np.dtype(dtype), needs_dx=needs_dx
    )
    for _ in range(2):  # the second time, every buffer has been written over
        x = rng.normal(size=(size, *input_shape)).astype(dtype)
        y = program.forward(x, same_draws()).copy()
        dy = rng.normal(size=y.shape).astype(dtype)
        expected_y, backward = model.forward(weights, x, same_draws())
        expected_dx, expected_gradients = backward(dy)
        dx = program.backward(dy.copy())
        np.testing.assert_allclose(y, expected_y, **TOLERANCE[dtype])
        if needs_dx:
            np.testing.assert_allclose(dx, expected_dx, **TOLERANCE[dtype])
        for own, expected in zip(gradients, expected_gradients, strict=True):
            for name, gradient in expected.items():
                np.testing.assert_allclose(own[name], gradient, **TOLERANCE[dtype])


def with_fields(cls, **fields):
    """Return the layer with those of the fields that it has."""
    known = {field.name for field in dataclasses.fields(cls)}
    return cls(**{name: value for name, value in fields.items() if name in known})


@CASES
@given(st.data())
def test_convolutions_with_and_without_pooling(data):
    strides = data.draw(PAIRS, "strides")
    layer = with_fields(
        Conv2D,
        filters=data.draw(st.integers(1, 5), "filters"),
        kernel_size=data.draw(st.tuples(st.integers(1, 5), st.integers(1, 5)), "kernel"),
        strides=strides,
        padding=data.draw(st.sampled_from(["valid", "same"]), "padding"),
        dilation_rate=data.draw(PAIRS, "dilation") if strides == (1, 1) else (1, 1),
        activation=data.draw(ACTIVATIONS, "activation"),
        use_bias=data.draw(st.booleans(), "bias"),
    )
    layers = (layer,)
    if data.draw(st.booleans(), "pooled"):
        pool = data.draw(PAIRS, "pool")
        layers = (layer, MaxPooling2D(pool_size=pool, strides=pool))
    shape = data.draw(st.tuples(st.integers(3, 13), st.integers(3, 13), st.integers(1, 4)), "x")
    model = Sequential(layers)
    try:
        model.shapes(shape)
    except ShapeError:
        assume(False)
    assert_program_equals_layers(
        model, shape, data.draw(DTYPES, "dtype"), needs_dx=data.draw(st.booleans(), "needs_dx")
    )


@CASES
@given(st.data())
def test_dense_layers_in_a_row(data):
    widths = data.draw(st.lists(st.integers(1, 70), min_size=1, max_size=4), "widths")
    activations = st.sampled_from([Linear(), ReLU(), Tanh(), Sigmoid()])
    hidden, last = data.draw(activations, "hidden"), data.draw(ACTIVATIONS, "last")
    mixed = data.draw(st.booleans(), "mixed")
    layers = [
        with_fields(
            Dense,
            units=units,
            activation=data.draw(ACTIVATIONS) if mixed else hidden,
            use_bias=not mixed or data.draw(st.booleans(), "bias"),
        )
        for units in widths
    ]
    layers[-1] = dataclasses.replace(layers[-1], activation=last)
    assert_program_equals_layers(
        Sequential(tuple(layers)),
        (data.draw(st.integers(1, 70), "inputs"),),
        data.draw(DTYPES, "dtype"),
        size=data.draw(st.integers(1, 9), "size"),
        needs_dx=data.draw(st.booleans(), "needs_dx"),
    )


@CASES
@given(st.data())
def test_pooling_alone(data):
    layer = data.draw(st.sampled_from([MaxPooling2D, AveragePooling2D]))(
        pool_size=data.draw(PAIRS, "pool"),
        strides=data.draw(PAIRS, "strides"),
        padding=data.draw(st.sampled_from(["valid", "same"]), "padding"),
    )
    shape = data.draw(st.tuples(st.integers(3, 9), st.integers(3, 9), st.integers(1, 3)), "x")
    assert_program_equals_layers(Sequential((layer,)), shape, data.draw(DTYPES, "dtype"))


def _conv(filters, size):
    return Conv2D(filters, (size, size), padding="same", activation=ReLU())


INCEPTION = Concatenate(
    (
        Sequential((_conv(2, 1),)),
        Sequential((_conv(2, 1), _conv(3, 3))),
        Sequential((MaxPooling2D((3, 3), (1, 1), "same"), _conv(2, 1))),
        Sequential(),
    )
)
RESIDUAL = Add((Sequential(), Sequential((_conv(4, 3), BatchNormalization(), _conv(2, 3)))))


@pytest.mark.parametrize(
    "layers",
    [
        (INCEPTION,),
        (RESIDUAL, INCEPTION),
        (Add((Sequential((INCEPTION,)), Sequential((_conv(9, 3),)))),),
        (BatchNormalization(), Activation(ReLU())),
        (BatchNormalization(center=False), Activation(Softmax())),
        (BatchNormalization(scale=False), MaxPooling2D((3, 3), (2, 2)), BatchNormalization()),
    ],
    ids=lambda layers: "-".join(type(layer).__name__ for layer in layers),
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("needs_dx", [True, False])
def test_nested_and_normalised(layers, dtype, needs_dx):
    assert_program_equals_layers(Sequential(layers), (7, 6, 2), dtype, needs_dx=needs_dx)


@pytest.mark.parametrize("name", Layer.registry)
def test_every_layer_between_two_with_weights(name):
    layer = Layer.registry[name]()
    for shape in ((6, 5, 2), (5,)):
        try:
            output = math.prod(layer.output_shape(shape))
        except ShapeError:
            continue
        relu = {"activation": ReLU()}  # nothing negative: an Embedding takes it for tokens
        image = len(shape) == 3
        before = Conv2D(2, (1, 1), **relu) if image else Dense(units=5, **relu)
        after = Dense(units=min(output, 4), activation=Tanh())
        model = Sequential((before, layer, Flatten(), after))
        assert_program_equals_layers(model, shape, np.float64)
        return
    pytest.fail(f"{name} takes neither images nor rows")


@pytest.mark.parametrize(
    ("layers", "shape", "kernel", "count"),
    [
        ((Dense(units=100), Dense(units=2)), (30,), DenseKernel, 1),
        ((Dense(units=8), Dense(units=2)), (30,), DenseChain, 2),
        ((Dense(units=8), Dense(units=2)), (784,), DenseKernel, 1),
        ((Conv2D(activation="relu"), MaxPooling2D(), Flatten()), (9, 9, 1), Convolution, 2),
        ((Conv2D(activation="softmax"), MaxPooling2D()), (9, 9, 1), Convolution, 1),
        ((Conv2D(), MaxPooling2D(strides=(1, 1))), (9, 9, 1), Convolution, 1),
    ],
)
def test_the_fastest_kernel_that_fits_is_chosen(layers, shape, kernel, count):
    assert best_kernel(layers, shape) == (kernel, count)


def test_of_equal_maxima_the_first_gets_the_gradient():
    """Exactly so, although pooling comes before the bias and works with signs of differences."""
    model = Sequential((Conv2D(filters=1, kernel_size=(1, 1)), MaxPooling2D()))
    weights = ({"kernel": np.ones((1, 1, 1, 1)), "bias": np.ones(1)}, {})
    gradients = ({"kernel": np.zeros((1, 1, 1, 1)), "bias": np.zeros(1)}, {})
    program = Program(model, weights, gradients, (2, 2, 1), 1, np.dtype(np.float64), needs_dx=True)
    program.forward(np.array([[3.0, 7.0], [7.0, 7.0]]).reshape(1, 2, 2, 1), same_draws())
    dx = program.backward(np.full((1, 1, 1, 1), 5.0))
    np.testing.assert_array_equal(dx[0, :, :, 0], [[0, 5], [0, 0]])


@pytest.mark.parametrize("outputs", [1, 4])
@pytest.mark.parametrize("loss", _FAST, ids=repr)
@pytest.mark.parametrize("scale", [1.0, 100.0])
def test_fast_objectives_equal_the_losses(loss, outputs, scale):
    rng = np.random.default_rng(0)
    z, all_targets = scale * rng.normal(size=(6, outputs)), np.eye(outputs)
    rows = rng.integers(0, outputs, 6)
    fast = fast_objective(loss, all_targets[rows]).begin(all_targets, rows, 1 / 8)
    readable = Objective(loss, all_targets[rows], np.full(6, 1 / 8))
    for weight in (1.0, 0.3):
        np.testing.assert_allclose(fast(z, weight), readable(z, weight), atol=1e-12)
    assert fast.total == pytest.approx(readable.total)


@pytest.mark.parametrize("loss", _FAST_FOR_NUMBERS, ids=repr)
@pytest.mark.parametrize("scale", [1.0, 100.0])
def test_class_numbers_are_worth_what_one_hot_rows_are(loss, scale, rng):
    z, numbers = scale * rng.normal(size=(6, 90)), rng.integers(0, 90, 20)
    rows = rng.integers(0, 20, 6)
    fast = fast_objective(loss, numbers[rows]).begin(numbers, rows, 1 / 8)
    readable = Objective(loss, np.eye(90)[numbers[rows]], np.full(6, 1 / 8))
    for weight in (1.0, 0.3):
        np.testing.assert_allclose(fast(z, weight), readable(z, weight), atol=1e-12)
    assert fast.total == pytest.approx(readable.total)
