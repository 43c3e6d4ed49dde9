import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.gui.plane.draw_canvas import SIDE, DrawCanvas


@pytest.fixture
def canvas(qtbot):
    canvas = DrawCanvas("Canvas", "Draw here")
    canvas.setFixedSize(140, 140)
    qtbot.addWidget(canvas)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


def drag(qtbot, canvas, *places, button=Qt.MouseButton.LeftButton):
    points = [QPoint(*place) for place in places]
    qtbot.mousePress(canvas, button, pos=points[0])
    for point in points[1:]:
        qtbot.mouseMove(canvas, point)
    qtbot.mouseRelease(canvas, button, pos=points[-1])


def test_it_begins_empty(canvas):
    assert canvas.is_empty
    assert not canvas.ink().any()


def test_a_line_becomes_ink_where_it_was_drawn(qtbot, canvas):
    drag(qtbot, canvas, (20, 70), (120, 70))
    ink = canvas.ink()
    assert ink.shape == (SIDE, SIDE)
    assert ink[SIDE // 2, 50:230].min() == 1
    assert ink[: SIDE // 2 - 20].max() == 0


def test_a_click_is_a_point(qtbot, canvas):
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(70, 70))
    assert canvas.ink()[SIDE // 2, SIDE // 2] == 1


def test_a_wider_pen_leaves_more_ink(qtbot, canvas):
    drag(qtbot, canvas, (20, 70), (120, 70))
    thin = canvas.ink().sum()
    canvas.clear()
    canvas.pen_width *= 2
    drag(qtbot, canvas, (20, 70), (120, 70))
    assert canvas.ink().sum() == pytest.approx(2 * thin, rel=0.15)


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_the_eraser_and_the_right_button_take_ink_away(qtbot, canvas, button):
    drag(qtbot, canvas, (20, 70), (120, 70))
    canvas.erases = button is Qt.MouseButton.LeftButton
    canvas.pen_width = 0.16
    drag(qtbot, canvas, (70, 40), (70, 100), button=button)
    assert canvas.ink()[SIDE // 2, SIDE // 2] == 0
    assert canvas.ink()[SIDE // 2, 50] == 1


def test_undo_takes_one_stroke_after_the_other_back(qtbot, canvas):
    drag(qtbot, canvas, (20, 20), (120, 20))
    first = canvas.ink()
    drag(qtbot, canvas, (20, 70), (120, 70))
    canvas.undo()
    assert np.array_equal(canvas.ink(), first)
    canvas.undo()
    assert canvas.is_empty


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_keys_take_a_stroke_back(qtbot, canvas, key, modifier):
    drag(qtbot, canvas, (20, 20), (120, 20))
    drag(qtbot, canvas, (20, 70), (120, 70))
    qtbot.keyClick(canvas, key, modifier)
    assert len(canvas.strokes) == 1


def test_delete_clears(qtbot, canvas):
    drag(qtbot, canvas, (20, 20), (120, 20))
    drag(qtbot, canvas, (20, 70), (120, 70))
    with qtbot.waitSignal(canvas.changed):
        qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.is_empty


def test_the_keyboard_draws_too(qtbot, canvas):
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(7):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    ink = canvas.ink()
    assert ink[SIDE // 2, SIDE // 2 : SIDE // 2 + 70].min() == 1
    assert ink[SIDE // 2 + 40 :].max() == 0


def test_moves_without_a_button_draw_nothing(qtbot, canvas):
    qtbot.mouseMove(canvas, QPoint(20, 20))
    qtbot.mouseMove(canvas, QPoint(90, 90))
    assert canvas.is_empty
