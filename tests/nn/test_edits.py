import pytest

from playground.nn import edits
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.branches import Concatenate
from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential
from playground.nn.paths import layer_at, walk


def chain(*units):
    return Sequential(tuple(Dense(count) for count in units))


FORKED = Sequential(
    (Dense(1), Concatenate((chain(2, 3), chain(4))), AuxiliaryOutput((Dense(5),)), Dense(6))
)


def units(model):
    return [getattr(layer, "units", "/") for _, layer in walk(model)]


@pytest.mark.parametrize("path", edits.slots(FORKED))
def test_what_is_put_in_has_the_path_it_was_put_at(path):
    wider = edits.inserted(FORKED, path, Dense(9))
    assert layer_at(wider, path) == Dense(9)
    assert edits.without(wider, path) == FORKED


def test_slots_stand_in_reading_order_and_lead_into_every_branch():
    assert edits.slots(Sequential((Concatenate((chain(1), Sequential())),))) == [
        (0,),
        (0, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
        (1,),
    ]


def test_a_nested_layer_is_replaced():
    other = edits.replaced(FORKED, (1, 1, 0), Dense(7))
    assert units(other) == [1, "/", 2, 3, 7, "/", 5, 6]


@pytest.mark.parametrize("goal", edits.slots(FORKED))
@pytest.mark.parametrize("path", [(0,), (1, 0, 1), (1, 1, 0), (2,), (3,)])
def test_a_move_keeps_every_layer_and_says_where_it_went(path, goal):
    layer = layer_at(FORKED, path)
    other, place = edits.moved(FORKED, path, goal)
    assert layer_at(other, place) == layer
    assert sorted(map(str, units(other))) == sorted(map(str, units(FORKED)))


def test_a_layer_is_never_moved_into_itself():
    assert edits.moved(FORKED, (1,), (1, 0, 0)) == (FORKED, (1,))


def test_steps_down_lead_through_the_branches_and_back():
    model, path, seen = FORKED, (0,), []
    while True:
        model, after = edits.shifted(model, path, 1)
        if after == path:
            break
        path = after
        seen.append(path)
    branches = [(0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 0), (0, 1, 1)]
    assert seen == [*branches, (1,), (1, 0, 0), (1, 0, 1), (2,), (3,)]
    for _ in seen:
        model, path = edits.shifted(model, path, -1)
    assert (model, path) == (FORKED, (0,))


def test_a_branch_is_added_and_taken_away():
    wider = edits.with_branch(FORKED, (1, 2))
    assert wider.layers[1].chains == (chain(2, 3), chain(4), Sequential())
    assert edits.without_branch(wider, (1, 0)).layers[1].chains == (chain(4), Sequential())


def test_only_layers_that_hold_several_chains_can_branch():
    found = {type(layer).__name__: edits.can_branch(layer) for _, layer in walk(FORKED)}
    assert found == {"Dense": False, "Concatenate": True, "AuxiliaryOutput": False}
