"""The pictures of the examples."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.data.browse.catalogue import Catalogue
from playground.gui.browser.image_grid import ImageGrid
from playground.gui.browser.state import Shown
from playground.gui.look.appearance import apply_theme


@pytest.fixture(scope="module")
def catalogue(digits_snapshot):
    return Catalogue(digits_snapshot.dataset)


@pytest.fixture
def grid(qtbot, catalogue):
    grid = ImageGrid("Examples")
    qtbot.addWidget(grid)
    grid.resize(600, 400)
    grid.show()
    qtbot.waitExposed(grid)
    grid.show_examples(Shown(catalogue, np.arange(len(catalogue))), None)
    return grid


def test_a_click_chooses_the_picture_below_it(grid, qtbot):
    with qtbot.waitSignal(grid.chosen) as chosen:
        qtbot.mouseClick(
            grid.viewport(), Qt.MouseButton.LeftButton, pos=grid._box(grid._columns + 2).center()
        )
    assert chosen.args == [grid._columns + 2]


@pytest.mark.parametrize(
    ("key", "steps"),
    [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Left, -1),
        (Qt.Key.Key_Down, None),
        (Qt.Key.Key_End, 10**9),
    ],
)
def test_keys_move_through_the_pictures(grid, qtbot, catalogue, key, steps):
    grid.show_current(5)
    with qtbot.waitSignal(grid.chosen) as chosen:
        qtbot.keyClick(grid, key)
    wanted = 5 + (grid._columns if steps is None else steps)
    assert chosen.args == [min(wanted, len(catalogue) - 1)]


def test_the_chosen_picture_is_scrolled_into_sight(grid):
    grid.show_current(5000)
    place = grid._place()
    assert grid.viewport().rect().contains(grid._box(place))


def test_larger_pictures_stay_where_they_were(grid, qtbot):
    grid.verticalScrollBar().setValue(40 * grid._step)
    first = grid._first_row * grid._columns
    with qtbot.waitSignal(grid.zoomed) as zoomed:
        qtbot.keyClicks(grid, "+")
    assert zoomed.args == [3]
    assert abs(grid._first_row * grid._columns - first) < grid._columns


def test_zoom_has_ends(grid):
    grid.set_zoom(9)
    assert grid.zoom == 4
    grid.set_zoom(0)
    assert grid.zoom == 1


def test_a_picture_of_the_data_is_what_is_painted(grid, catalogue):
    image = grid._mosaic(grid._shown, 3, 5)
    x = catalogue.pictures(np.array([3, 4]))[..., 0]
    dark = np.array([[image.pixelColor(c, r).lightness() for c in range(28)] for r in range(56)])
    assert np.corrcoef(-dark.ravel(), x.ravel())[0, 1] > 0.99


def test_space_stars_the_chosen_picture(grid, qtbot):
    grid.show_current(3)
    with qtbot.waitSignal(grid.starred) as starred:
        qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert starred.args[0].tolist() == [3]


def test_what_is_filtered_away_is_not_chosen(grid, catalogue):
    grid.show_current(3)
    grid.show_examples(Shown(catalogue, np.array([8, 9])), 3)
    assert grid.chosen_positions().tolist() == []


def test_it_tells_the_ear_what_it_shows(grid, catalogue):
    grid.show_current(3)
    name = catalogue.dataset.classes[int(catalogue.labels[3])]
    row = int(catalogue.rows[3]) + 1
    assert grid.accessibleDescription().startswith(f"Image {row:,}")
    assert name in grid.accessibleDescription()


def test_another_theme_paints_anew(grid):
    light = grid.grab().toImage()
    apply_theme("dark")
    assert grid.grab().toImage() != light
    apply_theme("light")


def test_an_empty_list_paints_nothing(grid):
    grid.show_examples(replace(grid._shown, positions=np.zeros(0, np.intp)), None)
    assert grid.place_at(grid._box(0).center()) is None
