import pytest

from playground.errors import ShapeError
from playground.gui.network.edits import choices, resized
from playground.nn.activations import ReLU, Softmax, Tanh
from playground.nn.edits import without
from playground.nn.layers import Layer
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential

MODEL = Sequential(
    (
        Conv2D(8, activation=ReLU()),
        Flatten(),
        Dense(32, activation=ReLU()),
        Dense(10, activation=Softmax()),
    )
)
IMAGE = (28, 28, 1)


def offered(position, model=MODEL, input_shape=IMAGE):
    return {type(c.layer).__name__: c for c in choices(model, input_shape, (position,))}


def test_every_kind_of_layer_is_offered():
    assert set(offered(1)) == set(Layer.registry)


def test_a_layer_that_fits_has_no_problem():
    assert offered(1)["Conv2D"].problem == ""


def test_a_layer_that_does_not_fit_says_why():
    assert "Flatten" in offered(1)["Dense"].problem


@pytest.mark.parametrize("position", range(5))
def test_whatever_is_offered_without_a_problem_fits(position):
    for choice in offered(position).values():
        if not choice.problem:
            choice.model.shapes(IMAGE)
        else:
            with pytest.raises(ShapeError):
                choice.model.shapes(IMAGE)


def test_a_new_layer_follows_its_surroundings():
    assert offered(3)["Dense"].layer == Dense(32, activation=ReLU())


def test_a_network_of_points_gets_small_layers_with_its_own_activation():
    model = Sequential((Dense(4, activation=Tanh()), Dense(1)))
    layer = offered(0, model, (2,))["Dense"].layer
    assert layer == Dense(8, activation=Tanh())


def test_a_network_that_does_not_fit_can_be_mended():
    broken = Sequential((Conv2D(8), Dense(10)))
    assert offered(1, broken)["Flatten"].problem == ""


def test_a_layer_is_taken_out():
    assert without(MODEL, (2,)).layers == (MODEL.layers[0], MODEL.layers[1], MODEL.layers[3])


@pytest.mark.parametrize(("units", "more"), [(1, 2), (8, 9), (16, 18), (64, 72), (128, 144)])
def test_a_step_changes_small_layers_by_one_and_large_ones_by_an_eighth(units, more):
    model = Sequential((Dense(units),))
    assert resized(model, (0,), 1).layers[0].units == more
    assert resized(resized(model, (0,), 1), (0,), -1) == model


def test_a_layer_keeps_within_its_bounds():
    assert resized(Sequential((Dense(1),)), (0,), -1) == Sequential((Dense(1),))
    assert resized(Sequential((Dense(4096),)), (0,), 1) == Sequential((Dense(4096),))


def test_a_layer_without_a_size_stays_as_it_is():
    assert resized(MODEL, (1,), 1) == MODEL
