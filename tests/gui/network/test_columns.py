from dataclasses import replace

import pytest

from playground.gui.network.columns import Form, columns_of, flat, folded, is_signed, weight_count
from playground.nn.activations import ReLU, Tanh
from playground.nn.layers import Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import MaxPooling2D
from playground.nn.model import Sequential, parameter_count


@pytest.fixture
def columns(qapp, digits_snapshot):
    return columns_of(digits_snapshot.model, digits_snapshot.dataset, has_plane=False)


def test_the_input_comes_first_and_then_every_layer(columns, digits_snapshot):
    assert [column.layer for column in columns] == [
        None,
        *((i,) for i in range(len(digits_snapshot.model.layers))),
    ]


def test_captions_give_name_shape_and_parameters(columns):
    conv = columns[1]
    assert conv.name == "Conv2D 32"
    assert (
        conv.shape_text.replace(" ", "") == "26\N{MULTIPLICATION SIGN}26\N{MULTIPLICATION SIGN}32"
    )
    assert conv.params_text == "320 params"


def test_parameters_are_counted_without_drawing_weights(digits_snapshot):
    pairs = zip(digits_snapshot.model.layers, digits_snapshot.shapes, strict=False)
    counts = [weight_count(layer, shape) for layer, shape in pairs]
    assert counts == [parameter_count(own) for own in digits_snapshot.weights]


def test_the_outputs_are_named_after_the_classes(columns, digits_snapshot):
    assert columns[-1].form is Form.OUTPUT
    assert columns[-1].labels == digits_snapshot.dataset.classes


def test_the_first_layer_that_does_not_fit_says_why(qapp, digits_snapshot):
    layers = digits_snapshot.model.layers
    model = Sequential((*layers[:2], Dense(4), *layers[2:]))
    columns = columns_of(model, digits_snapshot.dataset, has_plane=False)
    assert columns[3].form is Form.BROKEN
    assert "Flatten" in columns[3].message
    assert {column.form for column in columns[4:]} == {Form.UNKNOWN}


def test_a_pool_folds_into_the_convolution_before_it(columns):
    block = folded(columns)[1]
    assert block.layers == ((0,), (1,))
    assert block.shape == (13, 13, 32)


def test_a_flatten_never_folds(columns):
    assert any(column.form is Form.STRIP for column in folded(columns))


def test_a_block_shows_the_layer_that_is_selected_in_it(columns):
    block = folded(columns)[1]
    assert [block.shown_layer(at) for at in ((0,), (1,), (5,))] == [(0,), (1,), (1,)]


def test_an_activation_layer_is_named_after_its_function(qapp, spiral_snapshot):
    model = Sequential((Dense(4), Activation(Tanh()), Dense(1)))
    columns = columns_of(model, spiral_snapshot.dataset, has_plane=True)
    assert (columns[2].name, columns[2].form) == ("Tanh", Form.SLIM)


def test_relu_answers_are_not_signed_and_its_pool_neither():
    model = Sequential((Conv2D(activation=ReLU()), MaxPooling2D(), Flatten(), Dense(2)))
    assert [is_signed(model, (layer,), 0.0) for layer in range(4)] == [False, False, False, True]


@pytest.mark.parametrize("name", sorted(Layer.registry))
def test_every_layer_has_a_column(qapp, digits_snapshot, name):
    model = Sequential((Layer.registry[name](),))
    columns = flat(columns_of(model, digits_snapshot.dataset, has_plane=False))
    column = next(column for column in columns if (0,) in column.layers)
    assert column.name
    assert column.message or column.shape


def test_a_single_probability_bears_the_name_of_its_class(qapp, iris_snapshot):
    dataset = replace(iris_snapshot.dataset, classes=("no", "yes"))
    columns = columns_of(Sequential((Dense(1),)), dataset, has_plane=True)
    assert columns[-1].labels == ("yes",)
