"""Many small pictures as one image."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from playground.gui.look import theme
from playground.gui.pictures.mosaic import GAP, LARGEST, MARGIN, Grid, Mosaic, resampled


@pytest.fixture
def mosaic(qtbot):
    """Eight pictures of one colour each, 4 by 2."""
    widget = Mosaic("Filters")
    qtbot.addWidget(widget)
    widget.resize(4 * 44 + 4, 2 * 44 + 4)
    shades = np.arange(8, dtype=np.uint8) * 30
    pictures = np.repeat(shades, 3 * 3 * 3).reshape(8, 3, 3, 3)
    widget.show_pictures(pictures, [f"Filter {i + 1}" for i in range(8)])
    widget.show()
    return widget


def point_at(widget, point):
    """Move the pointer there; the offscreen platform has none to move."""
    none, at = Qt.MouseButton.NoButton, QPointF(point)
    keys = Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, at, widget.mapToGlobal(at), none, none, keys)
    QApplication.sendEvent(widget, move)


def shade(widget, point):
    return widget.grab().toImage().pixelColor(point).red()


@pytest.mark.parametrize(
    ("count", "width", "height"), [(32, 740, 170), (64, 290, 176), (10, 60, 9)]
)
def test_all_pictures_fit(count, width, height):
    grid = Grid.fitting(count, 1.0, QSize(width, height))
    assert grid.columns * grid.rows >= count
    assert grid.size.width() <= width
    assert grid.size.height() <= height


def test_cells_are_as_large_as_possible():
    assert Grid.fitting(32, 1.0, QSize(8 * 44 - 4, 4 * 44 - 4)).width == 40


def test_a_few_pictures_do_not_become_huge():
    assert Grid.fitting(2, 1.0, QSize(2000, 1000)).width == LARGEST


def test_tall_pictures_stay_tall():
    grid = Grid.fitting(4, 2.0, QSize(200, 100))
    assert grid.height == 2 * grid.width


def test_every_picture_is_where_the_grid_says(mosaic):
    for i in range(8):
        assert shade(mosaic, mosaic.grid.place(i).center()) == 30 * i


def test_a_click_chooses(mosaic, qtbot):
    with qtbot.waitSignal(mosaic.unit_selected) as signal:
        qtbot.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=mosaic.grid.place(5).center())
    assert signal.args == [5]
    assert mosaic.current == 5


def test_a_click_beside_the_pictures_chooses_nothing(mosaic, qtbot):
    mosaic.resize(mosaic.width() + 100, mosaic.height())
    with qtbot.assertNotEmitted(mosaic.unit_selected):
        qtbot.mouseClick(
            mosaic, Qt.MouseButton.LeftButton, pos=QPoint(mosaic.width() - 2, mosaic.height() - 2)
        )


@pytest.mark.parametrize(
    ("key", "chosen"),
    [
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_End, 7),
        (Qt.Key.Key_Home, 0),
    ],
)
def test_keys_move_the_choice(mosaic, qtbot, key, chosen):
    assert mosaic.grid.columns == 4
    mosaic.set_current(1)
    with qtbot.waitSignal(mosaic.unit_selected) as signal:
        qtbot.keyClick(mosaic, key)
    assert signal.args == [chosen]


def test_keys_stop_at_the_edge(mosaic, qtbot):
    mosaic.set_current(7)
    with qtbot.assertNotEmitted(mosaic.unit_selected):
        qtbot.keyClick(mosaic, Qt.Key.Key_Right)


def test_the_first_key_begins_with_the_first_picture(mosaic, qtbot):
    qtbot.keyClick(mosaic, Qt.Key.Key_Down)
    assert mosaic.current == 0


def test_the_choice_is_framed_outside_its_picture(mosaic):
    mosaic.set_current(2)
    place = mosaic.grid.place(2)
    image = mosaic.grab().toImage()
    assert image.pixelColor(place.left() - 1, place.center().y()) == theme.colour("accent")
    assert image.pixelColor(place.left(), place.center().y()).red() == 60


def test_setting_the_choice_is_silent(mosaic, qtbot):
    with qtbot.assertNotEmitted(mosaic.unit_selected):
        mosaic.set_current(3)
    assert mosaic.accessibleDescription() == "Filter 4"


def test_the_picture_under_the_pointer_is_enlarged(mosaic):
    neighbour = mosaic.grid.place(2).topLeft() + QPoint(2, 2)
    point_at(mosaic, mosaic.grid.place(1).center())
    assert shade(mosaic, neighbour) == 30  # the second covers the third


def test_the_pointer_leaves_no_picture_behind(mosaic):
    neighbour = mosaic.grid.place(2).topLeft() + QPoint(2, 2)
    point_at(mosaic, mosaic.grid.place(1).center())
    assert shade(mosaic, neighbour) == 30
    QApplication.sendEvent(mosaic, QEvent(QEvent.Type.Leave))
    assert shade(mosaic, neighbour) == 60


def test_other_pictures_take_the_place_of_the_old_ones(mosaic):
    mosaic.show_pictures(np.full((3, 5, 5, 3), 200, np.uint8))
    assert mosaic.grid.count == 3
    assert shade(mosaic, mosaic.grid.place(2).center()) == 200


def test_without_pictures_it_paints_nothing_and_ignores_clicks(mosaic, qtbot):
    mosaic.show_pictures(np.zeros((0, 3, 3, 3), np.uint8))
    mosaic.grab()
    with qtbot.assertNotEmitted(mosaic.unit_selected):
        qtbot.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=QPoint(MARGIN + 1, MARGIN + 1))


def test_the_gap_has_the_colour_of_the_panel(mosaic):
    place = mosaic.grid.place(0)
    gap = QPoint(place.right() + GAP // 2, place.center().y())
    assert mosaic.grab().toImage().pixelColor(gap) == theme.colour("surface")


def test_weights_keep_their_hard_edges(mosaic):
    picture = np.array([[0, 255]], np.uint8)[None, :, :, None].repeat(3, axis=3)
    mosaic.show_pictures(picture)
    image, place = mosaic.grab().toImage(), mosaic.grid.place(0)
    middle = place.left() + place.width() // 2
    row = [image.pixelColor(x, place.top()).red() for x in range(middle - 2, middle + 2)]
    assert row == [0, 0, 255, 255]


def test_pictures_larger_than_their_place_are_averaged(mosaic):
    checkered = np.indices((200, 200)).sum(axis=0) % 2 * 200
    pictures = np.broadcast_to(checkered[None, :, :, None], (8, 200, 200, 3)).astype(np.uint8)
    mosaic.show_pictures(pictures)
    assert abs(shade(mosaic, mosaic.grid.place(3).center()) - 100) <= 2


def test_colours_are_not_swapped(mosaic):
    mosaic.show_pictures(np.full((2, 4, 4, 3), (10, 20, 30), np.uint8))
    colour = mosaic.grab().toImage().pixelColor(mosaic.grid.place(1).center())
    assert (colour.red(), colour.green(), colour.blue()) == (10, 20, 30)


def test_smooth_pictures_are_interpolated():
    picture = np.array([[0, 200]], np.uint8)[None, :, :, None].repeat(3, axis=3)
    assert resampled(picture, 1, 4)[0, 0, :, 0].tolist() == [0, 50, 150, 200]


def test_smooth_pictures_keep_their_place_and_colours(rng):
    pictures = rng.integers(0, 256, (5, 4, 6, 3)).astype(np.uint8)
    np.testing.assert_array_equal(resampled(pictures, 4, 6), pictures)
    halved = resampled(np.full((2, 8, 8, 3), (10, 20, 30), np.uint8), 4, 4)
    assert (halved == (10, 20, 30)).all()
