"""The matrix as a widget: what it says, and what it chooses."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.gui.look import theme
from playground.gui.pictures.confusion_grid import ConfusionGrid, on_ground, relative_luminance

MATRIX = np.array([[8, 2, 0], [1, 9, 0], [0, 0, 0]])
CLASSES = ("ant", "bee", "cat")


@pytest.fixture
def grid(qtbot):
    grid = ConfusionGrid("Confusion matrix")
    qtbot.addWidget(grid)
    grid.resize(700, 160)
    grid.show_matrix(MATRIX, CLASSES, selectable=True)
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def chosen(grid):
    seen = []
    grid.chosen.connect(lambda row, column: seen.append((row, column)))
    return seen


def click(qtbot, grid, row, column):
    place = grid.cell_rect(row, column).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)


def test_a_click_chooses_a_cell(qtbot, grid):
    seen = chosen(grid)
    click(qtbot, grid, 0, 1)
    click(qtbot, grid, 1, 1)
    assert seen == [(0, 1), (1, 1)]


def test_an_empty_cell_has_nothing_to_choose(qtbot, grid):
    seen = chosen(grid)
    click(qtbot, grid, 2, 2)
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert seen == []


def test_examples_that_cannot_be_looked_at_are_not_chosen(qtbot, grid):
    grid.show_matrix(MATRIX, CLASSES, selectable=False)
    seen = chosen(grid)
    click(qtbot, grid, 0, 0)
    assert seen == []


def test_the_arrow_keys_walk_over_the_cells_and_enter_chooses(qtbot, grid):
    seen = chosen(grid)
    keys = Qt.Key
    for key in (keys.Key_Right, keys.Key_Down, keys.Key_Return, keys.Key_Up, keys.Key_Right):
        qtbot.keyClick(grid, key)
    qtbot.keyClick(grid, keys.Key_Enter)
    assert seen == [(1, 0), (0, 1)]


def test_the_walk_ends_at_the_edge(qtbot, grid):
    for _ in range(9):
        qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert "of 10 ant are taken for cat" in grid.accessibleDescription()


def test_a_cell_is_told_in_words(grid):
    grid.mark((0, 1))
    assert grid.accessibleDescription() == "2 of 10 ant are taken for bee (20.0%)"
    grid.mark((1, 1))
    assert grid.accessibleDescription() == "9 of 10 bee are found (90.0%)"


def test_cells_lie_beside_each_other_within_the_widget(grid):
    boxes = [grid.cell_rect(row, column) for row in range(3) for column in range(3)]
    assert all(grid.rect().contains(box.toRect()) for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_many_classes_keep_a_size_that_can_be_read(grid):
    many = 60
    grid.show_matrix(np.eye(many, dtype=np.int64), [f"c{k}" for k in range(many)], selectable=True)
    assert grid.cell_rect(0, 0).height() >= 15
    assert grid.minimumHeight() >= many * 16


@pytest.mark.parametrize("dark", [False, True])
def test_every_count_can_be_read_on_its_ground(qapp, dark):
    theme.apply(qapp, dark=dark)
    ground = theme.sequential(np.linspace(0, 1, 256))
    white, black = on_ground(ground)
    luminance = relative_luminance(ground)
    assert (1.05 / (luminance[white] + 0.05) >= 4.5).all()
    assert ((luminance[black] + 0.05) / 0.05 >= 4.5).all()
    assert (white ^ black).all()
    theme.apply(qapp, dark=False)


def test_luminance_of_known_colours():
    """White and black by definition; red, green and blue by their share in white."""
    pixels = np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0], [0, 255, 0]], np.uint8)
    np.testing.assert_allclose(relative_luminance(pixels), [1, 0, 0.2126, 0.7152])
