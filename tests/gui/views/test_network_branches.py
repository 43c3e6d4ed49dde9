"""Branches and heads in the picture of a network."""

import pytest
from PySide6.QtCore import Qt

from playground.gui.look import theme
from playground.gui.network.edits import choices
from playground.gui.selection import Selection
from playground.nn.model import parameter_count
from playground.nn.paths import walk
from tests.gui.views.network_window import NO_POPUPS, Window, grabbed, menu_action


@pytest.fixture
def digits(qtbot, digits_snapshot):
    return Window(qtbot, digits_snapshot)


@pytest.fixture
def inception(qtbot, inception_snapshot):
    return Window(qtbot, inception_snapshot)


@pytest.fixture
def two_outputs(qtbot, two_outputs_snapshot):
    return Window(qtbot, two_outputs_snapshot)


@pytest.mark.parametrize("dark", [False, True])
def test_branches_are_drawn_in_both_themes(inception, qapp, dark):
    theme.apply(qapp, dark)
    image = grabbed(inception)
    for path in ((2, 0, 0), (2, 1, 1), (2,)):
        part = image.copy(inception.placed(path).rect.toRect())
        colours = {part.pixel(x, y) for x in range(part.width()) for y in range(part.height())}
        assert len(colours) > 8
    theme.apply(qapp, dark=False)


def test_a_click_in_a_branch_selects_layer_and_filter(inception, qtbot):
    placed = inception.placed((2, 1, 1))
    cell = inception.at(placed.cell(0).center())
    qtbot.mouseClick(inception.canvas, Qt.MouseButton.LeftButton, pos=cell)
    assert inception.selection == Selection(layer=(2, 1, 1), unit=placed.units[0])


def test_arrows_lead_through_every_layer_of_every_branch(inception, qtbot):
    seen = []
    while not seen or seen[-1] != inception.selection.layer:
        seen.append(inception.selection.layer)
        qtbot.keyClick(inception.canvas, Qt.Key.Key_Right)
    assert sorted(seen[1:]) == [path for path, _ in walk(inception.project.model)]


def test_delete_takes_a_layer_out_of_its_branch(inception, qtbot):
    inception.select(Selection(layer=(2, 1, 0)))
    qtbot.keyClick(inception.canvas, Qt.Key.Key_Delete)
    assert [len(chain.layers) for chain in inception.layers[2].chains] == [1, 1, 2, 2]
    assert inception.selection.layer == (2, 1, 0)


def test_steppers_change_a_layer_in_a_branch(inception, qtbot):
    inception.select(Selection(layer=(2, 2, 0)))
    qtbot.mouseClick(inception.button("more filters"), Qt.MouseButton.LeftButton)
    assert inception.layers[2].chains[2].layers[0].filters == 5


def test_steppers_of_a_join_add_and_remove_branches(inception, qtbot):
    inception.select(Selection(layer=(2,)))
    qtbot.mouseClick(inception.button("more branches"), Qt.MouseButton.LeftButton)
    assert [len(chain.layers) for chain in inception.layers[2].chains] == [1, 2, 2, 2, 0]
    qtbot.mouseClick(inception.button("fewer branches"), Qt.MouseButton.LeftButton)
    assert inception.layers == inception.snapshot.model.layers


@NO_POPUPS
def test_a_plus_button_puts_a_layer_into_a_branch(inception, qtbot):
    inception.select(Selection(layer=(2, 0, 0)))
    qtbot.mouseClick(inception.button("beginning of the branch"), Qt.MouseButton.LeftButton)
    menu, action = menu_action("MaxPooling2D")
    menu.close()
    assert not action.isEnabled()  # a pool would shrink one branch alone


def test_a_head_that_is_put_in_ends_as_the_network_does(digits):
    offered = {type(c.layer).__name__: c for c in choices(digits.project.model, (28, 28, 1), (1,))}
    head = offered["AuxiliaryOutput"]
    assert not head.problem
    assert head.layer.chains[0].layers[-1] == digits.layers[-1]


def test_a_branch_in_words(inception):
    inception.select(Selection(layer=(2, 1, 1)))
    told = inception.canvas.accessibleDescription()
    assert told.replace(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ", " > ").startswith(
        "Layer 3 > branch 2 > Conv2D 16"
    )
    assert inception.canvas.accessibleName().startswith("Network of 14 layers")


def test_the_header_counts_the_weights_of_branches_once(inception, two_outputs):
    for window in (inception, two_outputs):
        counts = sum(parameter_count(own) for own in window.snapshot.weights)
        assert window.view.header_tools()[0].text() == f"{counts:,} params"


def test_a_map_in_a_branch_reads_its_answers(inception, qtbot):
    before = grabbed(inception)
    cell = inception.placed((2, 2, 1)).cell(0).center()
    qtbot.mouseMove(inception.canvas, inception.at(cell))
    qtbot.waitUntil(lambda: grabbed(inception) != before)
