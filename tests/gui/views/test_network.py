from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from playground.gui.look import theme
from playground.gui.network.columns import Form
from playground.gui.network.controls import RoundButton
from playground.gui.selection import Selection
from playground.gui.views.network import NetworkView
from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential
from playground.training.snapshot import Status
from tests.gui.views.network_window import NO_POPUPS, Window, grabbed, menu_action


@pytest.fixture
def digits(qtbot, digits_snapshot):
    return Window(qtbot, digits_snapshot)


@pytest.fixture
def spiral(qtbot, spiral_snapshot):
    return Window(qtbot, spiral_snapshot, (660, 390))


@pytest.fixture
def iris(qtbot, iris_snapshot):
    return Window(qtbot, iris_snapshot)


@pytest.mark.parametrize("kind", ["digits", "spiral", "iris"])
@pytest.mark.parametrize("dark", [False, True])
def test_it_draws_every_kind_of_data_in_both_themes(request, qapp, kind, dark):
    theme.apply(qapp, dark)
    window = request.getfixturevalue(kind)
    image = grabbed(window)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, 300, 7)}
    assert len(colours) > 20
    theme.apply(qapp, dark=False)


def test_a_click_on_a_layer_selects_it(digits, qtbot):
    qtbot.mouseClick(digits.canvas, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    name = digits.placed((2,)).rect.center()
    name.setY(20)
    qtbot.mouseClick(digits.canvas, Qt.MouseButton.LeftButton, pos=digits.at(name))
    assert digits.selection == Selection(layer=(2,))


def test_a_click_on_a_feature_map_selects_its_filter(digits, qtbot):
    cell = digits.placed((0,)).cell(9).center()
    qtbot.mouseClick(digits.canvas, Qt.MouseButton.LeftButton, pos=digits.at(cell))
    assert (digits.selection.layer, digits.selection.unit) == ((0,), 9)


def test_a_click_on_the_input_selects_no_layer(digits, qtbot):
    digits.select(Selection(layer=(2,), example=4))
    image = digits.placed(None).rect.center()
    qtbot.mouseClick(digits.canvas, Qt.MouseButton.LeftButton, pos=digits.at(image))
    assert digits.selection == Selection(example=4)


def test_arrows_move_the_selection_through_layers_and_units(digits, qtbot):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(digits.canvas, key)
    assert (digits.selection.layer, digits.selection.unit) == ((1,), 1)
    qtbot.keyClick(digits.canvas, Qt.Key.Key_Left)
    assert (digits.selection.layer, digits.selection.unit) == ((0,), None)


def test_delete_removes_the_selected_layer(digits, qtbot):
    digits.select(Selection(layer=(1,)))
    before = digits.layers
    qtbot.keyClick(digits.canvas, Qt.Key.Key_Delete)
    assert digits.layers == (before[0], *before[2:])


@NO_POPUPS
def test_a_plus_button_puts_in_a_layer_behind_its_column(digits, qtbot):
    qtbot.mouseClick(digits.button("after Conv2D 32"), Qt.MouseButton.LeftButton)
    menu, action = menu_action("Conv2D")
    action.trigger()
    menu.close()
    assert [type(layer).__name__ for layer in digits.layers[:3]] == [
        "Conv2D",
        "Conv2D",
        "MaxPooling2D",
    ]
    assert digits.selection.layer == (1,)


@NO_POPUPS
def test_the_menu_says_why_a_layer_does_not_fit(digits, qtbot):
    qtbot.mouseClick(digits.button("after Conv2D 32"), Qt.MouseButton.LeftButton)
    menu, action = menu_action("Dense")
    assert not action.isEnabled()
    assert "Flatten" in action.toolTip()
    menu.close()


def test_steppers_change_the_number_of_neurons(spiral, qtbot):
    spiral.select(Selection(layer=(0,)))
    units = spiral.layers[0].units
    qtbot.mouseClick(spiral.button("more units"), Qt.MouseButton.LeftButton)
    assert spiral.layers[0].units == units + 1
    qtbot.mouseClick(spiral.button("fewer units"), Qt.MouseButton.LeftButton)
    assert spiral.layers[0].units == units


def test_the_last_layer_has_no_steppers_for_the_data_sets_its_size(spiral):
    spiral.select(Selection(layer=(len(spiral.layers) - 1,)))
    names = [b.accessibleName() for b in spiral.canvas.findChildren(RoundButton) if b.isVisible()]
    assert not any("units" in name for name in names)


def test_every_button_has_a_name_and_takes_the_focus(digits):
    digits.select(Selection(layer=(0,)))
    for button in digits.canvas.findChildren(RoundButton):
        if button.isVisible():
            assert button.accessibleName()
            assert button.toolTip()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_wish_without_an_answer_changes_nothing(qtbot, digits_snapshot):
    view = NetworkView()
    qtbot.addWidget(view)
    view.show_snapshot(digits_snapshot)
    view.show_selection(Selection(layer=(0,)))
    with qtbot.waitSignal(view.edited):
        view.remove_layer()
    assert view.canvas.shown.model == digits_snapshot.model


def test_it_asks_for_the_selected_example(digits):
    digits.select(Selection(example=5))
    assert digits.view.probe(digits.snapshot).example == 5


def test_the_example_buttons_go_round(digits):
    count = len(digits.snapshot.dataset.validation)
    digits.view.step_example(-1)
    assert digits.selection.example == count - 1
    digits.view.step_example(1)
    assert digits.selection.example == 0
    digits.view.random_example()
    assert digits.selection.example != 0


def test_points_need_no_example_buttons(spiral, digits):
    assert any(not tool.isVisibleTo(None) for tool in spiral.view.header_tools())
    assert "Any example (R)" in [tool.toolTip() for tool in digits.view.header_tools()]


def test_an_edit_shows_before_its_weights_are_there(digits):
    layers = digits.layers
    digits.edit({"model": Sequential((*layers[:2], replace(layers[2], filters=5), *layers[3:]))})
    grabbed(digits)
    assert digits.placed((2,)).column.count == 5
    images = digits.canvas.scene.images
    assert [image is not None for image in images[:4]] == [True, True, True, False]


def test_a_snapshot_of_the_network_before_keeps_the_new_one_in_sight(digits):
    digits.edit({"model": Sequential(digits.layers[:1])})
    digits.view.show_snapshot(replace(digits.snapshot, step=99))
    digits.answer()
    grabbed(digits)
    assert len(digits.canvas.scene.layout.placed) == 2


def test_other_data_waits_for_its_snapshot(digits, spiral_snapshot, qtbot):
    digits.view.show_project(spiral_snapshot.project)
    grabbed(digits)
    assert digits.placed((0,)).column.form is Form.MAPS
    digits.view.show_snapshot(spiral_snapshot)
    grabbed(digits)
    assert digits.placed((0,)).column.form is Form.NODES


def test_a_network_that_does_not_fit_is_drawn_as_far_as_it_does(digits):
    digits.edit({"model": Sequential((digits.layers[0], Dense(4), *digits.layers[1:]))})
    grabbed(digits)
    forms = [placed.column.form for placed in digits.canvas.scene.layout.placed[:4]]
    assert forms == [Form.IMAGE, Form.MAPS, Form.BROKEN, Form.UNKNOWN]
    digits.select(Selection(layer=(1,)))
    assert "Flatten" in digits.canvas.accessibleDescription()


def test_without_layers_a_plus_button_stands_beside_the_input(spiral):
    spiral.edit({"model": Sequential()})
    grabbed(spiral)
    assert spiral.button("after Input").isVisible()


def test_a_selection_beyond_the_network_is_no_selection(digits):
    digits.select(Selection(layer=(99,), unit=99))
    grabbed(digits)
    assert digits.canvas.scene.selected is None


def test_a_unit_beyond_its_layer_is_no_unit(spiral):
    spiral.select(Selection(layer=(0,), unit=99))
    grabbed(spiral)
    assert spiral.canvas.scene.unit is None


def test_a_diverged_run_is_grey(digits):
    digits.view.show_snapshot(replace(digits.snapshot, status=Status.DIVERGED))
    rect = digits.placed((2,)).rect.toRect()
    image = grabbed(digits).copy(rect)
    for x in range(0, image.width(), 9):
        colour = image.pixelColor(x, 13)
        assert colour.red() == pytest.approx(colour.blue(), abs=3)


def test_training_repaints_the_weights(spiral):
    before = grabbed(spiral)
    weights = tuple(
        {name: -3 * array for name, array in own.items()} for own in spiral.snapshot.weights
    )
    spiral.view.show_snapshot(replace(spiral.snapshot, weights=weights, status=Status.RUNNING))
    assert grabbed(spiral) != before


def test_the_pointer_over_a_line_reads_its_weight(spiral, qtbot):
    lines = spiral.canvas.scene.lines[0]
    x = lines.left + 12
    point = QPoint(round(x), round(float(lines.heights(x)[0])))
    before = grabbed(spiral)
    qtbot.mouseMove(spiral.canvas, spiral.at(point))
    qtbot.waitUntil(lambda: grabbed(spiral) != before)


def test_zooming_in_shows_more_and_fit_shows_all(digits, qtbot):
    qtbot.keyClick(digits.canvas, Qt.Key.Key_Plus)
    assert digits.canvas.scene.layout.size.width() > digits.canvas.width()
    qtbot.keyClick(digits.canvas, Qt.Key.Key_0)
    assert digits.canvas.scene.layout.size.width() == digits.canvas.width()


def test_a_long_network_pans_to_what_is_selected(spiral):
    spiral.edit({"model": Sequential(tuple(Dense(8) for _ in range(40)))})
    spiral.select(Selection(layer=(39,)))
    assert spiral.canvas.rect().contains(spiral.at(spiral.placed((39,)).rect.center()))


def test_dragging_pans_and_selects_nothing(spiral, qtbot):
    spiral.edit({"model": Sequential(tuple(Dense(8) for _ in range(40)))})
    start = QPoint(300, 120)
    qtbot.mousePress(spiral.canvas, Qt.MouseButton.LeftButton, pos=start)
    for step in (20, 60, 100):
        qtbot.mouseMove(spiral.canvas, start - QPoint(step, 0))
    qtbot.mouseRelease(spiral.canvas, Qt.MouseButton.LeftButton, pos=start - QPoint(100, 0))
    assert spiral.canvas.pan.x() > 0
    assert spiral.selection == Selection()


def test_the_network_is_told_to_those_who_hear_it(iris):
    iris.select(Selection(layer=(0,), unit=2))
    assert "Dense 8, Dense 3" in iris.canvas.accessibleName()
    assert (
        iris.canvas.accessibleDescription() == "Layer 1 of 2, Dense 8, 8, ReLU, 40 params, neuron 3"
    )


def test_the_header_says_which_inputs_the_maps_run_over(iris):
    summary = iris.view.header_tools()[0]
    assert summary.text().startswith("67 params, over petal")


def test_it_says_what_will_be_here_before_there_is_data(qtbot):
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.grab()
    assert view.canvas.scene is None
