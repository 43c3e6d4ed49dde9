"""The view of a layer's weights."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton

from playground.gui.layers.layer_choice import LayerChoice
from playground.gui.look import theme
from playground.gui.pictures.mosaic import Mosaic
from playground.gui.selection import Selection
from playground.gui.views.filters import FilterBank, FiltersView, filter_layers, paint_values
from playground.gui.widgets import Choice, EmptyState, Switch
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import MaxPooling2D
from playground.nn.model import Sequential


def with_model(snapshot, *layers):
    """Return the snapshot with another, untrained network."""
    model = Sequential(layers)
    weights = model.build(snapshot.input_shape, np.random.default_rng(0))
    return replace(snapshot, project=replace(snapshot.project, model=model), weights=weights)


def choice(view, name):
    return next(c for c in view.findChildren(Choice) if c.accessibleName() == name)


def pixels(widget):
    """Return what a widget looks like, as bytes."""
    image = widget.grab().toImage()
    return bytes(image.constBits())


@pytest.fixture
def view(qtbot):
    """The view at its size in a small window."""
    widget = FiltersView()
    qtbot.addWidget(widget)
    widget.resize(1118, 220)
    return widget


@pytest.fixture
def mosaic(view):
    return view.findChild(Mosaic)


def test_every_filter_of_the_first_convolution_is_there(view, mosaic, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    assert mosaic.grid.count == 32


def test_it_follows_the_selected_layer_and_filter(view, mosaic, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    view.show_selection(Selection(layer=(2,), unit=40))
    assert mosaic.grid.count == 64
    assert mosaic.current == 40


def test_a_selected_layer_without_filters_changes_nothing(view, mosaic, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    view.show_selection(Selection(layer=(2,)))
    view.show_selection(Selection(layer=(6,)))
    assert mosaic.grid.count == 64


def test_a_chosen_filter_is_selected_everywhere(view, mosaic, digits_snapshot, qtbot):
    view.show_snapshot(digits_snapshot)
    view.show_selection(Selection(layer=(2,), unit=1, example=9))
    with qtbot.waitSignal(view.selected) as signal:
        mosaic.unit_selected.emit(5)
    assert signal.args == [Selection(layer=(2,), unit=5, example=9)]


def test_a_chosen_layer_is_selected_everywhere(view, mosaic, digits_snapshot, qtbot):
    view.show_snapshot(digits_snapshot)
    layers = choice(view, "Layer whose filters are shown")
    assert [layers.itemText(i) for i in range(layers.count())] == ["Conv2D 32", "Conv2D 64"]
    layers.setCurrentIndex(1)
    with qtbot.waitSignal(view.selected) as signal:
        layers.activated.emit(1)
    assert signal.args == [Selection(layer=(2,))]
    assert mosaic.grid.count == 64


def test_any_input_channel_can_be_chosen(view, mosaic, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    view.show_selection(Selection(layer=(2,)))
    channels = choice(view, "Input channel")
    assert channels.count() == 32 + 1
    first = pixels(mosaic)
    channels.setCurrentIndex(31)
    channels.activated.emit(31)
    assert pixels(mosaic) != first


def test_a_single_channel_is_no_choice(view, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    assert choice(view, "Input channel").isHidden()


def test_the_scale_can_be_each_filters_own(view, mosaic, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    shared = pixels(mosaic)
    view.findChild(Switch).click()
    assert pixels(mosaic) != shared


def test_new_weights_are_drawn(view, mosaic, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    before = pixels(mosaic)
    view.show_snapshot(replace(digits_snapshot, weights=digits_snapshot.first_weights))
    assert pixels(mosaic) != before


def test_neurons_on_the_pixels_are_images(view, mosaic, digits_snapshot):
    snapshot = with_model(digits_snapshot, Flatten(), Dense(units=20), Dense(units=10))
    view.show_snapshot(snapshot)
    assert mosaic.grid.count == 20
    bank = FilterBank.of(snapshot, (1,))
    kernel = snapshot.weights[1]["kernel"]
    np.testing.assert_array_equal(bank.kernels[3], kernel[:, 3].reshape(28, 28, 1))


def test_a_dense_layer_behind_another_has_no_images(digits_snapshot):
    snapshot = with_model(digits_snapshot, Flatten(), Dense(units=20), Dense(units=10))
    assert filter_layers(snapshot.project, images=True) == ((1,),)
    assert filter_layers(snapshot.project, images=False) == ()
    pooled = with_model(digits_snapshot, MaxPooling2D(), Flatten(), Dense(units=10))
    assert filter_layers(pooled.project, images=True) == ()


def test_the_bank_is_the_kernel_filter_by_filter(digits_snapshot):
    bank = FilterBank.of(digits_snapshot, (2,))
    kernel = digits_snapshot.weights[2]["kernel"]
    np.testing.assert_array_equal(bank.channel("7")[11], kernel[:, :, 7, 11])
    norm = np.sqrt(np.square(kernel[1, 2, :, 11]).sum())
    np.testing.assert_allclose(bank.channel("norm")[11, 1, 2], norm, rtol=1e-6)


def test_zero_is_neutral_and_the_peaks_have_full_colour(qapp):
    values = np.array([[[-2.0, 0.0, 2.0]]])
    row = paint_values(values, np.array([-2.0]), np.array([2.0]), "0")[0, 0].tolist()
    names = ("neg", "mid", "pos")
    assert row == [list(theme.colour(name).getRgb()[:3]) for name in names]


def test_without_filters_it_says_so_and_can_add_a_convolution(view, digits_snapshot, qtbot):
    snapshot = with_model(digits_snapshot, MaxPooling2D(), Flatten(), Dense(units=10))
    view.show_snapshot(snapshot)
    empty = view.findChild(EmptyState)
    assert "Conv2D" in empty.accessibleName()
    with qtbot.waitSignal(view.edited) as signal:
        empty.findChild(QPushButton).click()
    layers = signal.args[0]["model"].layers
    assert isinstance(layers[0], Conv2D)
    assert layers[1:] == snapshot.model.layers


def test_a_table_has_no_filters_to_add(view, iris_snapshot):
    view.show_snapshot(iris_snapshot)
    assert "images" in view.findChild(EmptyState).accessibleName()


def test_filters_come_back_after_an_empty_time(view, mosaic, digits_snapshot, iris_snapshot):
    view.show()
    view.show_snapshot(iris_snapshot)
    assert not mosaic.isVisible()
    view.show_snapshot(digits_snapshot)
    assert mosaic.isVisible()


def test_the_theme_recolours_it(view, mosaic, digits_snapshot, qapp):
    view.show_snapshot(digits_snapshot)
    theme.apply(qapp, dark=False)
    light = pixels(mosaic)
    try:
        theme.apply(qapp, dark=True)
        assert pixels(mosaic) != light
    finally:
        theme.apply(qapp, dark=False)


@pytest.mark.parametrize("width", [551, 1118, 1670])
def test_it_fits_the_width_it_gets(view, width, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    view.show_selection(Selection(layer=(2,), unit=3))
    view.show()
    view.resize(width, 220)  # it was 1118 wide before
    assert view.width() == width


def test_filters_in_branches_are_offered_by_where_they_lie(qtbot, inception_snapshot):
    view = FiltersView()
    qtbot.addWidget(view)
    view.show_snapshot(inception_snapshot)
    choice = view.findChild(LayerChoice)
    assert choice.layers[1:3] == ((2, 0, 0), (2, 1, 0))
    assert choice.itemText(2).replace(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ", ">") == (
        "Conv2D 8, 3>2>1"
    )


def test_the_bank_of_a_branch_is_its_own_kernel(inception_snapshot):
    bank = FilterBank.of(inception_snapshot, (2, 2, 1))
    kernel = inception_snapshot.weights[2]["2/conv2d_1/kernel"]
    np.testing.assert_array_equal(bank.kernels[3], kernel[..., 3])
