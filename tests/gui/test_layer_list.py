from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from playground.data.dataset import Dataset, Examples
from playground.gui import theme
from playground.gui.layer_list import LayerList
from playground.gui.layer_rows import LayerRow, Problem
from playground.gui.layer_texts import row_texts
from playground.gui.selection import Selection
from playground.nn.activations import ReLU, Softmax
from playground.nn.layers import Layer
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.branches import Concatenate
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import MaxPooling2D
from playground.nn.losses import CategoricalCrossentropy
from playground.nn.model import Sequential, parameter_count
from playground.training.project import Project, check_fit

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
    examples = Examples(np.zeros((10, 28, 28, 1), np.float32), np.arange(10))
    return Dataset("Digits", examples, examples, examples, classes=tuple("0123456789"))


class Window:
    """Does what the session does with what the list emits: takes it and shows it back."""

    def __init__(self, layers, dataset):
        self.project = Project(model=Sequential(layers), loss=CategoricalCrossentropy())
        self.selection = Selection()
        self.list = LayerList()
        self.list.edited.connect(self.edit)
        self.list.selected.connect(self.select)
        self.list.show_dataset(dataset)
        self.list.show_project(self.project)
        self.list.show_selection(self.selection)

    def edit(self, changes):
        self.project = replace(self.project, **changes)
        self.list.show_project(self.project)

    def select(self, selection):
        self.selection = selection
        self.list.show_selection(selection)

    @property
    def names(self):
        return [type(layer).__name__ for layer in self.project.model.layers]

    def row(self, place):
        """Return the row of the layer at ``place``; -1 is the input's."""
        return self.list.findChildren(LayerRow)[place + 1]

    def tool(self, tip):
        buttons = self.list.findChildren(QPushButton)
        return next(one for one in buttons if one.accessibleName().startswith(tip))

    def problem(self):
        return next(one for one in self.list.findChildren(Problem) if one.isVisible())

    def mend(self):
        self.problem().findChild(QPushButton).click()


@pytest.fixture
def window(qtbot, digits):
    """A list of a small convolutional network, on the screen."""

    def open_window(layers=CNN):
        window = Window(layers, digits)
        qtbot.addWidget(window.list)
        window.list.resize(280, 640)
        window.list.show()
        window.list.activateWindow()
        qtbot.waitUntil(window.list.isActiveWindow)
        return window

    return open_window


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


def filters(count, **options):
    return Conv2D(count, (1, 1), activation=ReLU(), **options)


FORKED = (
    filters(4),
    Concatenate((Sequential((filters(5), filters(6))), Sequential())),
    AuxiliaryOutput((Flatten(), Dense(10, activation=Softmax()))),
    Flatten(),
    Dense(10, activation=Softmax()),
)


def at(window, *path):
    """Return the row of a layer or a branch."""
    return next(one for one in window.list.findChildren(LayerRow) if one.path == path)


def chains(window, index=1):
    """Return the filters of the layers in each branch."""
    layer = window.project.model.layers[index]
    return [[getattr(one, "filters", "?") for one in chain.layers] for chain in layer.chains]


def drag(qtbot, row, point):
    """Drag a row to a point of the list's stack."""
    start = row.rect().center()
    qtbot.mousePress(row, Qt.MouseButton.LeftButton, pos=start)
    end = row.mapFromParent(point)
    qtbot.mouseMove(row, end)
    qtbot.mouseRelease(row, Qt.MouseButton.LeftButton, pos=end)


def test_branches_have_headings_and_their_layers_rows(digits):
    rows = row_texts(Sequential(FORKED), digits).rows

    assert [(one.depth, one.name) for one in rows] == [
        (0, "Input"),
        (0, "Conv2D"),
        (0, "Concatenate"),
        (1, "Branch 1"),
        (1, "Conv2D"),
        (1, "Conv2D"),
        (1, "Branch 2"),
        (0, "AuxiliaryOutput"),
        (1, "Head"),
        (1, "Flatten"),
        (1, "Dense"),
        (0, "Flatten"),
        (0, "Dense"),
    ]
    assert rows[6].detail == "unchanged"
    assert [one.shape.replace(" \u00d7 ", "x") for one in rows[2:7]] == (
        ["28x28x10", "28x28x6", "28x28x5", "28x28x6", "28x28x4"]
    )


def test_what_is_nested_counts_once(digits):
    model = Sequential(FORKED)
    totals = row_texts(model, digits)
    weights = model.build((28, 28, 1), np.random.default_rng(0))

    assert totals.weights == sum(parameter_count(one) for one in weights)
    assert totals.multiply_adds == model.multiply_adds((28, 28, 1))


def test_what_does_not_fit_in_a_branch_is_named_there_and_mended(window):
    head = AuxiliaryOutput((Dense(10, activation=Softmax()),))
    opened = window((filters(4), head, Flatten(), Dense(10, activation=Softmax())))
    assert "Flatten" in at(opened, 1, 0, 0).accessibleName()

    opened.mend()

    assert [type(one).__name__ for one in opened.project.model.layers[1].layers] == [
        "Flatten",
        "Dense",
    ]


def test_a_click_selects_a_layer_in_a_branch_and_its_form_edits_it(window, qtbot):
    opened = window(FORKED)
    qtbot.mouseClick(at(opened, 1, 0, 1), Qt.MouseButton.LeftButton)
    assert opened.selection.layer == (1, 0, 1)

    opened.list.form().editor("filters").edited.emit(8)

    assert chains(opened) == [[5, 8], []]


def test_the_form_stands_right_below_its_row(window, qtbot):
    opened = window(FORKED)
    for path in ((0,), (1, 0, 0), (3,)):
        opened.select(Selection(layer=path))
        form, row = opened.list.form(), at(opened, *path)
        rows = opened.list.findChildren(LayerRow)
        following = rows[rows.index(row) + 1]
        qtbot.waitUntil(
            lambda form=form, row=row, following=following: (
                row.y() < form.mapTo(row.parentWidget(), QPoint(0, 0)).y() < following.y()
            )
        )


def test_the_arrow_keys_go_through_branches_and_their_headings(window, qtbot):
    opened = window(FORKED)
    opened.select(Selection(layer=(0,)))
    at(opened, 0).setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        seen.append(QApplication.focusWidget().path)

    assert seen == [(1,), (1, 0), (1, 0, 0), (1, 0, 1), (1, 1), (2,)]
    assert opened.selection.layer == (2,)


def test_a_branch_is_added_beside_the_others(window):
    opened = window(FORKED)
    opened.select(Selection(layer=(1,)))
    opened.tool("Add branch").click()

    assert chains(opened) == [[5, 6], [], []]


def test_only_a_layer_that_may_branch_offers_it(window):
    opened = window(FORKED)
    for path, offers in (((0,), False), ((1,), True), ((2,), False)):
        opened.select(Selection(layer=path))
        assert opened.tool("Add branch").isVisible() is offers


def test_delete_on_its_heading_takes_a_branch_away(window, qtbot):
    opened = window(FORKED)
    at(opened, 1, 0).setFocus()
    qtbot.keyClick(at(opened, 1, 0), Qt.Key.Key_Delete)

    assert chains(opened) == [[]]
    assert opened.selection.layer == (1,)


def test_the_last_branch_and_a_head_cannot_be_taken_away(window, qtbot):
    opened = window((filters(4), Concatenate((Sequential(),)), *FORKED[2:]))
    for path in ((1, 0), (2, 0)):
        qtbot.keyClick(at(opened, *path), Qt.Key.Key_Delete)

    assert len(opened.project.model.layers[1].chains) == 1
    assert len(opened.project.model.layers[2].chains) == 1


def test_a_heading_puts_a_layer_into_its_branch(window):
    opened = window(FORKED)
    opened.list.insert(Flatten(), (1, 1, 0))

    assert chains(opened) == [[5, 6], ["?"]]
    assert opened.selection.layer == (1, 1, 0)


def test_a_new_layer_goes_behind_the_chosen_one_in_its_branch(window):
    opened = window(FORKED)
    opened.select(Selection(layer=(1, 0, 0)))
    opened.list.insert(filters(7))

    assert chains(opened) == [[5, 7, 6], []]


def test_delete_in_a_branch_chooses_the_neighbour_and_then_the_layer_around(window, qtbot):
    opened = window(FORKED)
    opened.select(Selection(layer=(1, 0, 1)))
    chosen = []
    for _ in range(2):
        opened.list.remove()
        chosen.append(opened.selection.layer)

    assert chains(opened) == [[], []]
    assert chosen == [(1, 0, 0), (1,)]


def test_alt_with_an_arrow_leads_a_layer_into_the_next_branch_and_out(window, qtbot):
    opened = window(FORKED)
    opened.select(Selection(layer=(1, 0, 1)))
    at(opened, 1, 0, 1).setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert chains(opened) == [[5], [6]]
    assert QApplication.focusWidget().path == (1, 1, 0)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert chains(opened) == [[5], []]
    assert opened.selection.layer == (2,)


def test_a_layer_is_dragged_into_an_empty_branch(window, qtbot):
    opened = window(FORKED)
    heading = at(opened, 1, 1)
    drag(qtbot, at(opened, 0), heading.geometry().center() + QPoint(0, 4))

    assert chains(opened, 0) == [[5, 6], [4]]
    assert opened.selection.layer == (0, 1, 0)


def test_behind_a_branch_the_side_decides_how_deep_a_layer_is_dropped(window, qtbot):
    nested = (filters(4), Concatenate((Sequential(), Sequential((filters(5),)))), *FORKED[3:])
    for x, names in ((200, [[], [5, 4]]), (2, [[], [5]])):
        opened = window(nested)
        last = at(opened, 1, 1, 0)
        drag(qtbot, at(opened, 0), QPoint(x, last.geometry().bottom() - 2))
        assert chains(opened, 0) == names


def test_a_layer_cannot_be_dragged_into_its_own_branch(window, qtbot):
    opened = window(FORKED)
    drag(qtbot, at(opened, 1), at(opened, 1, 0, 0).geometry().center() + QPoint(0, 6))

    assert opened.project.model.layers == FORKED


def test_every_button_of_a_branch_says_what_it_does(window):
    opened = window(FORKED)
    for button in at(opened, 1, 1).findChildren(QAbstractButton):
        assert "Branch 2" in button.accessibleName()


def test_a_row_that_is_chosen_comes_into_sight(window, qtbot):
    opened = window(FORKED)
    opened.list.resize(280, 240)
    for path in ((4,), (0,), (2, 0, 1)):
        opened.select(Selection(layer=path))
        row = at(opened, *path)
        qtbot.waitUntil(lambda row=row: not row.visibleRegion().isEmpty())
        qtbot.waitUntil(lambda row=row: row.visibleRegion().boundingRect() == row.rect())


def test_a_head_that_ends_otherwise_is_named_and_mended(window, digits):
    opened = window((filters(4), AuxiliaryOutput((Flatten(), Dense(3))), *FORKED[3:]))
    assert "AuxiliaryOutput" in opened.problem().accessibleName()
    assert at(opened, 1, 0, 1).geometry().bottom() < opened.problem().geometry().top()
    assert opened.problem().geometry().bottom() < at(opened, 2).geometry().top()

    opened.mend()

    check_fit(opened.project, digits)
