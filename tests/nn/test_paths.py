import numpy as np
import pytest

from playground.errors import ConfigError
from playground.nn import paths
from playground.nn.activations import ReLU
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.branches import Add, Concatenate
from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential

INNER = Add((Sequential((Dense(3), Dense(3, activation=ReLU()))), Sequential((Dense(3),))))
NESTED = Sequential(
    (
        Dense(4),
        Concatenate((Sequential((Dense(2),)), Sequential((Dense(5), INNER)), Sequential())),
        AuxiliaryOutput((Dense(1),)),
        Dense(1),
    )
)
SHAPE = (6,)


@pytest.fixture
def weights(rng):
    return NESTED.build(SHAPE, rng)


def test_a_walk_meets_every_layer_before_those_within_it():
    order = [path for path, _ in paths.walk(NESTED)]
    assert order == sorted(order)
    assert (1, 1, 1, 0, 1) in order
    assert len(order) == 11


def test_a_path_leads_to_the_layer_that_the_walk_met():
    for path, layer in paths.walk(NESTED):
        assert paths.layer_at(NESTED, path) is layer


@pytest.mark.parametrize("path", [None, (), (4,), (1, 3, 0), (1, 0, 1), (0, 0, 0), (1, 1)])
def test_where_there_is_no_layer_there_is_none(path):
    assert paths.layer_at(NESTED, path) is None


def test_a_path_reads_back_from_its_text():
    for path, _ in paths.walk(NESTED):
        assert paths.parse_path(paths.path_text(path)) == path


@pytest.mark.parametrize("text", ["", "3/1", "conv", "-1", "3//0"])
def test_what_is_no_path_says_how_one_is_written(text):
    with pytest.raises(ConfigError, match="3/1/0"):
        paths.parse_path(text)


def test_nested_weights_are_the_arrays_of_the_network(weights):
    own = paths.weights_at(NESTED, weights, (1, 1, 1, 0, 1))
    held = paths.weights_at(NESTED, weights, (1,))
    assert own["kernel"].shape == (3, 3)
    assert any(own["kernel"] is array for array in held.values())


def test_activations_are_those_of_the_network(weights, rng):
    x = rng.normal(size=(2, *SHAPE)).astype(np.float32)
    found = paths.activations_at(NESTED, weights, x)
    np.testing.assert_allclose(found[(3,)], NESTED.forward(weights, x)[0], rtol=1e-6)
    assert set(found) == {(), *(path for path, _ in paths.walk(NESTED))}


def test_concatenated_activations_are_those_of_the_branches(weights, rng):
    x = rng.normal(size=(2, *SHAPE)).astype(np.float32)
    found = paths.activations_at(NESTED, weights, x)
    parts = found[(1, 0, 0)], found[(1, 1, 1)], found[(0,)]  # an empty branch passes its input on
    np.testing.assert_allclose(found[(1,)], np.concatenate(parts, axis=-1), rtol=1e-6)


def test_shapes_are_those_of_the_activations(weights, rng):
    x = rng.normal(size=(2, *SHAPE)).astype(np.float32)
    answers = paths.activations_at(NESTED, weights, x)
    assert paths.shapes_at(NESTED, SHAPE) == {p: a.shape[1:] for p, a in answers.items()}


def test_the_line_to_a_layer_ends_with_what_that_layer_gets(weights, rng):
    x = rng.normal(size=(2, *SHAPE)).astype(np.float32)
    answers = paths.activations_at(NESTED, weights, x)
    for path, layer in paths.walk(NESTED):
        own = paths.line_weights(NESTED, weights, path)
        arrived, _ = paths.line_to(NESTED, path).forward(own, x)
        y, _ = layer.forward(paths.weights_at(NESTED, weights, path), arrived, paths.INFERENCE)
        np.testing.assert_allclose(y, answers[path], rtol=1e-6)
