"""Drawing points of a curve with mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.data.sources.curves import Sine
from playground.data.sources.drawn_curve import DrawnCurve
from playground.gui.plane.plane_tools import Tool
from playground.gui.session import Session
from playground.gui.views.fitted_curve import FittedCurveView
from tests.gui.views.drawing_stage import on_stage, opened

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def session(qtbot):
    session = Session()
    yield session
    session.close()


@pytest.fixture
def view(qtbot, session):
    return on_stage(qtbot, session, FittedCurveView())


def place(view, x, y):
    return view._plot._at(x, y).toPoint()


def table(session):
    return session.project.source.table


def test_an_empty_line_is_ready_to_be_drawn_on(qtbot, session, view):
    opened(qtbot, session, view, DrawnCurve())
    assert view._desk.tools.tool is Tool.ADD
    assert "click over the line" in view._plot._nothing_yet
    assert not view._desk.tools.class_button(0).isVisible()


def test_a_click_adds_a_point_at_once(qtbot, session, view):
    opened(qtbot, session, view, DrawnCurve())
    qtbot.mouseClick(view._plot, LEFT, pos=place(view, 0.5, -0.5))
    np.testing.assert_allclose(table(session), [[0.5, -0.5, 0]], atol=0.02)
    assert len(view._plot.curves["train"][0]) == 1
    assert not view._plot._nothing_yet


def test_there_is_room_to_draw_in_whatever_is_there(qtbot, session, view):
    opened(qtbot, session, view, DrawnCurve().added(0, 0.1).added(0.1, 0.1))
    assert (view._plot._y.low, view._plot._y.high) == (-1, 1)
    assert view._plot._x.low <= -1 < 1 <= view._plot._x.high


def test_a_made_curve_becomes_drawn_with_the_first_stroke(qtbot, session, view):
    opened(qtbot, session, view, Sine(samples=40))
    view._desk.tools.choose(Tool.ADD)
    qtbot.mouseClick(view._plot, LEFT, pos=place(view, 0.0, 0.9))
    assert isinstance(session.project.source, DrawnCurve)
    assert len(table(session)) == 41
    assert len(view._plot.curves["network"][0])  # it stays until the next one is there


def test_a_point_is_dragged_erased_and_brought_back(qtbot, session, view):
    opened(qtbot, session, view, DrawnCurve().added(0, 0).added(0.8, 0.5).added(-0.8, -0.5))
    plot = view._plot
    view._desk.tools.choose(Tool.MOVE)
    qtbot.mousePress(plot, LEFT, pos=place(view, 0, 0))
    qtbot.mouseMove(plot, place(view, 0.2, 0.2))
    qtbot.mouseMove(plot, place(view, 0.3, 0.4))
    qtbot.mouseRelease(plot, LEFT, pos=place(view, 0.3, 0.4))
    np.testing.assert_allclose(table(session)[0, :2], [0.3, 0.4], atol=0.02)
    qtbot.mouseClick(plot, RIGHT, pos=place(view, 0.3, 0.4))
    assert len(table(session)) == 2
    session.undo()
    session.undo()
    assert table(session)[0].tolist() == [0, 0, 0]
    assert not session.can_undo


def test_points_are_drawn_without_a_mouse(qtbot, session, view):
    opened(qtbot, session, view, DrawnCurve())
    plot = view._plot
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert table(session)[0, 1] > 0
    qtbot.keyClick(plot, Qt.Key.Key_Delete)
    assert session.project.source.is_empty
    qtbot.keyClick(plot, Qt.Key.Key_L)
    assert view._desk.is_looking


def test_looking_reads_the_curve_and_draws_nothing(qtbot, session, view):
    opened(qtbot, session, view, Sine(samples=40))
    qtbot.mouseMove(view._plot, QPoint(200, 200))
    qtbot.mouseClick(view._plot, LEFT, pos=QPoint(200, 200))
    assert session.project.source == Sine(samples=40)
    assert view._plot._reading is not None
