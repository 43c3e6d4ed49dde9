"""Drawing in the plane with mouse and keys: the real window part, the real session."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.drawn_source import MOST_POINTS
from playground.data.sources.points import Circle, Spiral
from playground.data.sources.surfaces import Plane
from playground.gui.plane.plane_editor import PlaneEditor
from playground.gui.plane.plane_tools import Tool
from playground.gui.session import Session
from playground.gui.views.decision_map import DecisionMapView
from playground.training.snapshot import Status
from tests.gui.views.drawing_stage import on_stage, opened

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session(qtbot):
    session = Session()
    yield session
    session.close()


@pytest.fixture
def view(qtbot, session):
    return on_stage(qtbot, session, DecisionMapView())


def place(view, x, y):
    picture = view._picture
    (left, bottom), (right, top) = picture._map.low, picture._map.high
    share = QPointF((x - left) / (right - left), (y - bottom) / (top - bottom))
    return picture._place(share).toPoint()


def click(qtbot, view, x, y, button=LEFT):
    qtbot.mouseClick(view._picture, button, pos=place(view, x, y))


def drag(qtbot, view, *stops):
    picture = view._picture
    first, *rest = (place(view, *stop) for stop in stops)
    qtbot.mousePress(picture, LEFT, pos=first)
    for stop in rest:
        qtbot.mouseMove(picture, stop)
    qtbot.mouseRelease(picture, LEFT, pos=rest[-1])


def table(session):
    return session.project.source.table


def test_an_empty_plane_is_ready_to_be_drawn_on(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints())
    assert view._desk.tools.tool is Tool.ADD
    assert "click in the plane" in view._picture._dataset.lack


def test_a_click_adds_a_point_of_the_class_in_hand_at_once(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints())
    click(qtbot, view, 0.5, -0.25)
    view._desk.tools.class_button(1).click()
    click(qtbot, view, -0.5, 0.25)
    expected = [[0.5, -0.25, 0], [-0.5, 0.25, 1]]
    np.testing.assert_allclose(table(session)[:, :3], expected, atol=0.01)
    assert view._picture._dataset.train.y.tolist() == [0, 1]  # before any frame is drawn


def test_numbers_choose_the_class_and_letters_the_tool(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints())
    qtbot.keyClick(view._picture, Qt.Key.Key_2)
    assert (view._desk.tools.tool, view._desk.tools.label) == (Tool.ADD, 1)
    for key, tool in ((Qt.Key.Key_E, Tool.ERASE), (Qt.Key.Key_M, Tool.MOVE)):
        qtbot.keyClick(view._picture, key)
        assert view._desk.tools.tool is tool
    qtbot.keyClick(view._picture, Qt.Key.Key_9)
    assert view._desk.tools.tool is Tool.MOVE  # there is no ninth class


def test_points_are_drawn_without_a_mouse(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints())
    picture = view._picture
    picture.setFocus()
    for _ in range(5):
        qtbot.keyClick(picture, Qt.Key.Key_Right)
    qtbot.keyClick(picture, Qt.Key.Key_Space)
    assert len(table(session)) == 1
    qtbot.keyClick(picture, Qt.Key.Key_M)
    qtbot.keyClick(picture, Qt.Key.Key_Return)  # take
    before = table(session)[0, 1]
    qtbot.keyClick(picture, Qt.Key.Key_Up)
    qtbot.keyClick(picture, Qt.Key.Key_Return)  # and let go
    assert table(session)[0, 1] > before
    qtbot.keyClick(picture, Qt.Key.Key_Delete)
    assert not len(table(session))


def test_the_third_class_changes_the_network(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints().added(0, 0, 0).added(1, 1, 1))
    view._desk.tools.choose_class(2)
    click(qtbot, view, -0.5, 0.5)
    assert session.dataset.classes == ("diamonds", "circles", "squares")
    assert session.project.model.layers[-1].units == 3


def test_a_made_set_becomes_drawn_with_the_first_stroke(qtbot, session, view):
    opened(qtbot, session, view, Circle(samples=50))
    view._desk.tools.choose(Tool.ADD)
    click(qtbot, view, 0, 0)
    source = session.project.source
    assert isinstance(source, DrawnPoints)
    assert len(source.table) == 51


def test_a_point_is_dragged_and_one_undo_brings_it_back(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints().added(0, 0, 0).added(0.5, 0.5, 1))
    before = session.project.source
    view._desk.tools.choose(Tool.MOVE)
    drag(qtbot, view, (0, 0), (-0.2, 0), (-0.4, -0.3), (-0.6, -0.6))
    assert table(session)[0, :2] == pytest.approx([-0.6, -0.6], abs=0.01)
    session.undo()
    assert session.project.source == before
    assert not session.can_undo


def test_each_click_is_a_step_of_undo(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints())
    for x in (-0.5, 0, 0.5):
        click(qtbot, view, x, 0)
    session.undo()
    assert len(table(session)) == 2
    assert len(view._picture._dataset.train) == 2
    session.redo()
    assert len(table(session)) == 3


def test_the_eraser_takes_what_it_passes_over(qtbot, session, view):
    source = DrawnPoints()
    for x in (-0.8, -0.4, 0, 0.4, 0.8):
        source = source.added(x, 0, int(x > 0))
    opened(qtbot, session, view, source)
    view._desk.tools.choose(Tool.ERASE)
    drag(qtbot, view, (-0.9, 0), (-0.6, 0), (0, 0))
    assert table(session)[:, 0].tolist() == [0.4, 0.8]


def test_a_right_click_erases_one(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints().added(0, 0, 0).added(0.02, 0, 1))
    view._desk.tools.choose(Tool.ADD)
    click(qtbot, view, 0.03, 0, Qt.MouseButton.RightButton)
    assert table(session)[:, 0].tolist() == [0]


def test_all_points_can_be_erased_and_brought_back(qtbot, session, view):
    opened(qtbot, session, view, Circle(samples=50))
    view._desk.tools.clear_asked.emit()
    assert session.project.source.is_empty
    session.undo()
    qtbot.waitUntil(lambda: session.poll() is None and session.project.source == Circle(samples=50))


def test_drawing_goes_on_with_the_weights(qtbot, session, view):
    opened(qtbot, session, view, Spiral())
    session.play_epoch()
    qtbot.waitUntil(lambda: bool(session.poll()) and session.snapshot.epoch == 1, timeout=20_000)
    run, step = session.snapshot.run_id, session.snapshot.step
    view._desk.tools.choose(Tool.ADD)
    click(qtbot, view, 0.9, 0.9)
    qtbot.waitUntil(lambda: (session.poll() or session.snapshot).dataset is session.dataset)
    assert (session.snapshot.run_id, session.snapshot.step) == (run, step)


def test_train_says_what_is_missing(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints())
    click(qtbot, view, 0, 0)
    assert "Add points of another class" in view._desk.advice.text()
    with qtbot.waitSignal(session.advised) as advised:
        session.play()
    assert "All points to train on are diamonds" in advised.args[0]
    assert session.status is Status.PAUSED


def test_too_many_points_to_draw_on_is_said_beside_the_picture(qtbot, session, view):
    opened(qtbot, session, view, Circle(samples=MOST_POINTS + 10))
    view._desk.tools.choose(Tool.ADD)
    click(qtbot, view, 0, 0)
    assert "ask for fewer" in view._desk.problem.text()
    assert isinstance(session.project.source, Circle)


def test_numbers_over_the_plane_are_not_drawn_on(qtbot, session, view):
    opened(qtbot, session, view, Plane())
    assert not view._desk.tools.isVisible()


def test_an_older_map_does_not_bring_older_points_back(qtbot, session, view):
    opened(qtbot, session, view, DrawnPoints().added(0, 0, 0).added(1, 1, 1))
    old = session.snapshot
    (result,) = view.probe(old).compute(old)
    view._desk.tools.choose(Tool.ADD)
    click(qtbot, view, 0.5, 0)
    view.show_snapshot(old)
    view.show_result(old, result)
    assert len(view._picture._dataset.train) == 3


def test_a_drag_follows_no_faster_than_the_screen(qtbot):
    editor = PlaneEditor(None)
    source = DrawnPoints().added(0, 0, 0)
    editor.show(source, source.load())
    editor.tool = Tool.MOVE
    changes = []
    editor.changed.connect(lambda source, stroke: changes.append(source))
    editor.begin(QPointF(0, 0), QPointF(0.1, 0.1))
    started = time.monotonic()
    for i in range(50):
        editor.move(QPointF(i / 100, 0), QPointF(0.1, 0.1))
    editor.end()
    assert len(changes) <= 2 + 30 * (time.monotonic() - started) + 1
    assert changes[-1].table[0, 0] == 0.49
