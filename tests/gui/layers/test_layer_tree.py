"""Branches in the list of layers."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from playground.gui.layers.layer_rows import LayerRow
from playground.gui.layers.layer_texts import row_texts
from playground.gui.look import theme
from playground.gui.selection import Selection
from playground.nn.activations import ReLU, Softmax
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.branches import Concatenate
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential, parameter_count
from playground.training.project import check_fit
from tests.gui.layer_window import opened_window, ten_digits


@pytest.fixture(autouse=True)
def look(qapp):
    theme.apply(qapp, dark=False)


@pytest.fixture
def digits():
    return ten_digits()


@pytest.fixture
def window(qtbot, digits):
    """A list of a network with branches and a head, on the screen."""
    return lambda layers=FORKED: opened_window(qtbot, layers, digits)


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
    opened = window()
    qtbot.mouseClick(at(opened, 1, 0, 1), Qt.MouseButton.LeftButton)
    assert opened.selection.layer == (1, 0, 1)

    opened.list.form().editor("filters").edited.emit(8)

    assert chains(opened) == [[5, 8], []]


def test_the_form_stands_right_below_its_row(window, qtbot):
    opened = window()
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
    opened = window()
    opened.select(Selection(layer=(0,)))
    at(opened, 0).setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        seen.append(QApplication.focusWidget().path)

    assert seen == [(1,), (1, 0), (1, 0, 0), (1, 0, 1), (1, 1), (2,)]
    assert opened.selection.layer == (2,)


def test_a_branch_is_added_beside_the_others(window):
    opened = window()
    opened.select(Selection(layer=(1,)))
    opened.tool("Add branch").click()

    assert chains(opened) == [[5, 6], [], []]


def test_only_a_layer_that_may_branch_offers_it(window):
    opened = window()
    for path, offers in (((0,), False), ((1,), True), ((2,), False)):
        opened.select(Selection(layer=path))
        assert opened.tool("Add branch").isVisible() is offers


def test_delete_on_its_heading_takes_a_branch_away(window, qtbot):
    opened = window()
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
    opened = window()
    opened.list.insert(Flatten(), (1, 1, 0))

    assert chains(opened) == [[5, 6], ["?"]]
    assert opened.selection.layer == (1, 1, 0)


def test_a_new_layer_goes_behind_the_chosen_one_in_its_branch(window):
    opened = window()
    opened.select(Selection(layer=(1, 0, 0)))
    opened.list.insert(filters(7))

    assert chains(opened) == [[5, 7, 6], []]


def test_delete_in_a_branch_chooses_the_neighbour_and_then_the_layer_around(window, qtbot):
    opened = window()
    opened.select(Selection(layer=(1, 0, 1)))
    chosen = []
    for _ in range(2):
        opened.list.remove()
        chosen.append(opened.selection.layer)

    assert chains(opened) == [[], []]
    assert chosen == [(1, 0, 0), (1,)]


def test_alt_with_an_arrow_leads_a_layer_into_the_next_branch_and_out(window, qtbot):
    opened = window()
    opened.select(Selection(layer=(1, 0, 1)))
    at(opened, 1, 0, 1).setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert chains(opened) == [[5], [6]]
    assert QApplication.focusWidget().path == (1, 1, 0)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert chains(opened) == [[5], []]
    assert opened.selection.layer == (2,)


def test_a_layer_is_dragged_into_an_empty_branch(window, qtbot):
    opened = window()
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
    opened = window()
    drag(qtbot, at(opened, 1), at(opened, 1, 0, 0).geometry().center() + QPoint(0, 6))

    assert opened.project.model.layers == FORKED


def test_every_button_of_a_branch_says_what_it_does(window):
    opened = window()
    for button in at(opened, 1, 1).findChildren(QAbstractButton):
        assert "Branch 2" in button.accessibleName()


def test_a_row_that_is_chosen_comes_into_sight(window, qtbot):
    opened = window()
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
