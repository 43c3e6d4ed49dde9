from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from playground.gui.layers.layer_rows import Problem
from playground.gui.layers.layer_texts import row_texts
from playground.gui.look import theme
from playground.gui.selection import Selection
from playground.nn.activations import ReLU, Softmax
from playground.nn.layers import Layer
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import MaxPooling2D
from playground.nn.model import Sequential, parameter_count
from playground.training.project import check_fit
from tests.gui.layer_window import opened_window, ten_digits

CNN = (
    Conv2D(32, activation=ReLU()),
    MaxPooling2D(),
    Flatten(),
    Dense(10, activation=Softmax()),
)


@pytest.fixture(autouse=True)
def look(qapp):
    theme.apply(qapp, dark=False)


@pytest.fixture
def digits():
    return ten_digits()


@pytest.fixture
def window(qtbot, digits):
    """A list of a small convolutional network, on the screen."""
    return lambda layers=CNN: opened_window(qtbot, layers, digits)


def test_a_row_says_shape_weights_and_activation(digits):
    rows = row_texts(Sequential(CNN), digits).rows

    assert [one.shape.replace(" \u00d7 ", "x") for one in rows] == (
        ["28x28x1", "26x26x32", "13x13x32", "5,408", "10"]
    )
    assert rows[1].figure == "320 params"
    assert "ReLU" in rows[1].detail


def test_the_totals_are_those_of_the_model(digits):
    model = Sequential(CNN)
    totals = row_texts(model, digits)
    weights = model.build((28, 28, 1), np.random.default_rng(0))

    assert totals.weights == sum(parameter_count(one) for one in weights)
    assert totals.multiply_adds == model.multiply_adds((28, 28, 1))


def test_after_a_layer_that_does_not_fit_the_shapes_are_unknown(digits):
    rows = row_texts(Sequential((CNN[0], CNN[3], Flatten())), digits).rows

    assert [one.shape for one in rows[2:]] == ["?", "?"]
    assert "flat inputs" in rows[2].problem
    assert rows[3].problem == ""


def test_without_data_the_shapes_are_unknown_and_nothing_is_wrong():
    rows = row_texts(Sequential(CNN), None).rows

    assert {one.shape for one in rows} == {"?"}
    assert not any(one.problem for one in rows)


def test_a_click_selects_the_layer(window, qtbot):
    opened = window()
    qtbot.mouseClick(opened.row(1), Qt.MouseButton.LeftButton)

    assert opened.selection.layer == (1,)


def test_a_selection_made_elsewhere_is_shown(window):
    opened = window()
    opened.list.show_selection(Selection(layer=(2,)))

    checked = [place for place in range(4) if opened.row(place).isChecked()]
    assert checked == [2]


def test_selecting_keeps_the_example_looked_at(window, qtbot):
    opened = window()
    opened.list.show_selection(Selection(layer=(0,), example=7))
    qtbot.mouseClick(opened.row(1), Qt.MouseButton.LeftButton)

    assert opened.selection == Selection(layer=(1,), example=7)


def test_the_arrow_keys_walk_through_the_layers(window, qtbot):
    opened = window()
    opened.row(0).setFocus()
    opened.select(Selection(layer=(0,)))
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)

    assert opened.selection.layer == (2,)
    assert opened.row(2).hasFocus()


@pytest.mark.parametrize("name", sorted(Layer.registry))
def test_every_layer_can_be_inserted_from_the_menu(window, name):
    opened = window()
    opened.select(Selection(layer=(1,)))
    menu = opened.list.layer_menu()
    next(action for action in menu.actions() if action.text() == name).trigger()

    assert opened.names == ["Conv2D", "MaxPooling2D", name, "Flatten", "Dense"]
    assert opened.selection.layer == (2,)


def test_with_no_layer_chosen_a_new_one_goes_before_the_last(window):
    opened = window()
    opened.list.insert(Flatten())

    assert opened.names == ["Conv2D", "MaxPooling2D", "Flatten", "Flatten", "Dense"]


def test_delete_removes_the_chosen_layer_and_chooses_its_neighbour(window, qtbot):
    opened = window()
    opened.row(3).setFocus()
    opened.select(Selection(layer=(3,)))
    qtbot.keyClick(opened.row(3), Qt.Key.Key_Delete)

    assert opened.names == ["Conv2D", "MaxPooling2D", "Flatten"]
    assert opened.selection.layer == (2,)


def test_alt_with_an_arrow_moves_the_layer_and_the_focus_with_it(window, qtbot):
    opened = window()
    opened.row(1).setFocus()
    opened.select(Selection(layer=(1,)))
    qtbot.keyClick(opened.row(1), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert opened.names == ["MaxPooling2D", "Conv2D", "Flatten", "Dense"]
    assert opened.selection.layer == (0,)
    assert opened.row(0).hasFocus()


def test_a_layer_at_the_end_cannot_move_on(window):
    opened = window()
    opened.select(Selection(layer=(3,)))

    assert not opened.tool("Move the chosen layer down").isEnabled()
    assert opened.tool("Move the chosen layer up").isEnabled()


def test_the_last_layer_left_cannot_be_removed(window):
    opened = window((Flatten(),))
    opened.select(Selection(layer=(0,)))

    assert not opened.tool("Remove").isEnabled()


def test_a_layer_is_dragged_to_another_place(window, qtbot):
    opened = window()
    first, last = opened.row(0), opened.row(3)
    start = first.rect().center()
    end = first.mapFrom(opened.list, last.mapTo(opened.list, last.rect().center() + QPoint(0, 8)))
    qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(first, end)
    qtbot.mouseRelease(first, Qt.MouseButton.LeftButton, pos=end)

    assert opened.names == ["MaxPooling2D", "Flatten", "Dense", "Conv2D"]
    assert opened.selection.layer == (3,)


def test_duplicate_puts_the_same_layer_after_the_chosen_one(window):
    opened = window()
    opened.select(Selection(layer=(0,)))
    opened.tool("Duplicate").click()

    assert opened.project.model.layers[:2] == (CNN[0], CNN[0])


def test_the_form_edits_the_chosen_layer(window):
    opened = window()
    opened.select(Selection(layer=(0,)))
    opened.list.form().editor("filters").edited.emit(8)

    assert opened.project.model.layers[0] == replace(CNN[0], filters=8)


def test_without_a_chosen_layer_there_is_no_form(window):
    opened = window()

    assert opened.list.form() is None


def test_a_missing_flatten_is_named_in_its_row_and_mended(window):
    opened = window((CNN[0], CNN[3]))
    assert "put a Flatten before it" in opened.problem().accessibleName()

    opened.mend()

    assert opened.names == ["Conv2D", "Flatten", "Dense"]


def test_a_layer_that_cannot_be_made_to_fit_can_be_removed(window):
    opened = window((Flatten(), Conv2D(), CNN[3]))
    opened.mend()

    assert opened.names == ["Flatten", "Dense"]


def test_an_end_that_does_not_fit_the_classes_is_mended(window, digits):
    opened = window((Flatten(), Dense(12)))
    assert "12 outputs" in opened.problem().accessibleName()

    opened.mend()

    check_fit(opened.project, digits)
    assert not any(one.isVisible() for one in opened.list.findChildren(Problem))


def test_the_list_is_narrow_enough_for_its_dock(window):
    opened = window()
    opened.select(Selection(layer=(0,)))

    assert opened.list.minimumSizeHint().width() <= 280
