from itertools import pairwise

import pytest
from PySide6.QtCore import QSizeF

from playground.gui.network.columns import Form, columns_of
from playground.gui.network.layout import PAD, arrange
from playground.gui.network.placed import MOST_ANCHORS, shown_units
from playground.nn.activations import ReLU, Softmax
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import MaxPooling2D
from playground.nn.model import Sequential

IMAGES_WORKSPACE = QSizeF(830, 330)
NOTHING = (None, None)
BLOCK = (Conv2D(16, padding="same", activation=ReLU()), MaxPooling2D(), Dropout(0.25))
LONG = Sequential(
    (
        *BLOCK,
        *BLOCK,
        *BLOCK,
        Flatten(),
        Dense(64, activation=ReLU()),
        Dropout(),
        Dense(32, activation=ReLU()),
        Dense(10, activation=Softmax()),
    )
)


@pytest.fixture
def digits_columns(qapp, digits_snapshot):
    return columns_of(digits_snapshot.model, digits_snapshot.dataset, has_plane=False)


@pytest.fixture
def long_columns(qapp, digits_snapshot):
    return columns_of(LONG, digits_snapshot.dataset, has_plane=False)


def test_the_convnet_fits_into_the_images_workspace(digits_columns):
    layout = arrange(digits_columns, IMAGES_WORKSPACE, NOTHING)
    assert layout.size == IMAGES_WORKSPACE
    assert not layout.folds


@pytest.mark.parametrize("width", [480, 830, 1240])
def test_columns_follow_each_other_without_touching(digits_columns, width):
    placed = arrange(digits_columns, QSizeF(width, 330), NOTHING).placed
    for left, right in pairwise(placed):
        assert left.full.right() < right.full.left()


def test_bodies_stay_within_the_height(digits_columns):
    for placed in arrange(digits_columns, IMAGES_WORKSPACE, NOTHING).placed:
        assert placed.rect.top() >= 0
        assert placed.rect.bottom() <= IMAGES_WORKSPACE.height()


def test_all_filters_of_a_small_layer_are_shown(digits_columns):
    conv = arrange(digits_columns, IMAGES_WORKSPACE, NOTHING).placed[1]
    assert conv.units == tuple(range(32))


def test_a_long_network_folds_pools_and_dropouts_into_blocks(long_columns):
    layout = arrange(long_columns, IMAGES_WORKSPACE, NOTHING)
    assert layout.folds
    assert layout.placed[1].column.layers == ((0,), (1,), (2,))


def test_fourteen_layers_fit_into_the_images_workspace(long_columns):
    layout = arrange(long_columns, IMAGES_WORKSPACE, NOTHING)
    assert layout.size.width() == IMAGES_WORKSPACE.width()


def test_more_room_unfolds_the_blocks(long_columns):
    assert not arrange(long_columns, QSizeF(2400, 800), NOTHING).folds


def test_a_network_too_long_for_its_space_gets_a_wider_picture(qapp, spiral_snapshot):
    deep = Sequential(tuple(Dense(8) for _ in range(40)))
    columns = columns_of(deep, spiral_snapshot.dataset, has_plane=False)
    layout = arrange(columns, IMAGES_WORKSPACE, NOTHING)
    assert layout.size.width() > IMAGES_WORKSPACE.width()
    assert layout.placed[-1].full.right() <= layout.size.width() - PAD


def test_every_layer_finds_its_column(long_columns):
    layout = arrange(long_columns, IMAGES_WORKSPACE, NOTHING)
    for layer in range(len(LONG.layers)):
        assert (layer,) in layout.placed[layout.index_of((layer,))].column.layers


def test_bundles_meet_a_column_in_at_most_fourteen_places(digits_columns):
    for placed in arrange(digits_columns, IMAGES_WORKSPACE, NOTHING).placed:
        assert 1 <= len(placed.anchors) <= MOST_ANCHORS


def test_the_bundles_of_a_ribbon_hold_every_unit_once(digits_columns):
    placed = arrange(digits_columns, IMAGES_WORKSPACE, NOTHING).placed
    ribbon = next(one for one in placed if one.column.form is Form.STRIP)
    units = [unit for _, bundle in ribbon.anchors for unit in bundle]
    assert units == list(range(ribbon.column.count))


def test_the_selected_unit_is_always_among_those_shown():
    assert all(unit in shown_units(128, 12, unit) for unit in range(128))


def test_a_sample_has_its_size_and_no_unit_twice():
    units = shown_units(128, 12, 77)
    assert len(set(units)) == 12


def test_sixteen_neurons_are_all_shown(qapp, spiral_snapshot):
    columns = columns_of(Sequential((Dense(16), Dense(1))), spiral_snapshot.dataset, has_plane=True)
    assert len(arrange(columns, IMAGES_WORKSPACE, NOTHING).placed[1].units) == 16


def test_of_a_large_layer_twelve_neurons_are_shown(qapp, spiral_snapshot):
    columns = columns_of(
        Sequential((Dense(128), Dense(1))), spiral_snapshot.dataset, has_plane=True
    )
    assert len(arrange(columns, IMAGES_WORKSPACE, NOTHING).placed[1].units) == 12
