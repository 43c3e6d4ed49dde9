from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from playground.gui.look import theme
from playground.gui.selection import Selection
from playground.gui.views.decision_map import DecisionMapView
from playground.probes.activations import shown_examples
from playground.probes.runner import ProbeFailure


@pytest.fixture
def view(qtbot, spiral_snapshot):
    view = DecisionMapView()
    qtbot.addWidget(view)
    view.resize(456, 540)
    view.show()
    qtbot.waitExposed(view)
    answer(view, spiral_snapshot)
    return view


def answer(view, snapshot):
    view.show_snapshot(snapshot)
    for result in view.probe(snapshot).compute(snapshot):
        view.show_result(snapshot, result)


def place_of(view, x):
    """Return where a point of the plane lies in the picture."""
    picture, box = view._picture, view._picture.box
    (left, bottom), (right, top) = picture._map.low, picture._map.high
    return QPoint(
        round(box.left() + (x[0] - left) / (right - left) * box.width()),
        round(box.bottom() - (x[1] - bottom) / (top - bottom) * box.height()),
    )


def test_the_pointer_reads_the_place_and_the_probability(view, qtbot):
    picture = view._picture
    qtbot.mouseMove(picture, picture.box.center().toPoint())
    assert picture.reading().startswith("x ")
    assert picture.reading().endswith("%")


def test_arrow_keys_move_the_reading(view, qtbot):
    picture = view._picture
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    qtbot.keyClick(picture, Qt.Key.Key_Up)
    assert picture._at == QPointF(0.52, 0.52)
    assert picture.accessibleDescription() == picture.reading()


def test_a_click_selects_the_example_there(view, qtbot, spiral_snapshot):
    x = shown_examples(spiral_snapshot.dataset).x[5]
    view.show_selection(Selection(layer=(1,), unit=2))
    with qtbot.waitSignal(view.selected) as emitted:
        qtbot.mouseClick(view._picture, Qt.MouseButton.LeftButton, pos=place_of(view, x))
    (selection,) = emitted.args
    assert (selection.layer, selection.unit) == ((1,), 2)
    assert shown_examples(spiral_snapshot.dataset).x[selection.example] == pytest.approx(
        x, abs=0.05
    )


def test_a_click_far_from_every_point_selects_nothing(view, qtbot):
    with qtbot.assertNotEmitted(view.selected):
        qtbot.mouseClick(view._picture, Qt.MouseButton.LeftButton, pos=QPoint(34, 8))


def test_points_kept_aside_can_be_hidden(view):
    before = view._picture.grab().toImage()
    view._points.click()
    assert view._picture.grab().toImage() != before


def test_the_discrete_map_is_asked_for_finely(view, spiral_snapshot):
    shaded = view.probe(spiral_snapshot).resolution
    view._discrete.click()
    assert view.probe(spiral_snapshot).resolution > shaded


def test_the_figures_say_where_the_run_stands(view, spiral_snapshot):
    shown = [label.text() for label in view._figures._values]
    assert shown[1] == f"{spiral_snapshot.curves.validation_loss[-1]:.3f}"
    assert shown[3] == f"{100 * spiral_snapshot.curves.validation_metric[-1]:.1f}%"


def test_a_failure_leaves_the_last_map(view, spiral_snapshot):
    before = view._picture.grab().toImage()
    view.show_result(spiral_snapshot, ProbeFailure("broken"))
    assert view._picture.grab().toImage() == before


def test_other_data_gets_a_sentence(view, iris_snapshot):
    assert view.probe(iris_snapshot) is None
    view.show_snapshot(iris_snapshot)
    assert view._empty.isVisible()


def test_the_numbers_are_those_of_the_map(view):
    lines = view._menu.content("csv").decode().splitlines()
    assert lines[0] == "x,y,class_0,class_1"
    assert len(lines) == 1 + 100 * 100


def test_the_map_follows_the_theme(view, qapp):
    theme.apply(qapp, dark=False)
    light = view._picture.grab().toImage()
    theme.apply(qapp, dark=True)
    dark = view._picture.grab().toImage()
    theme.apply(qapp, dark=False)
    assert view._picture.grab().toImage() == light != dark


def test_the_points_of_new_data_replace_the_old_ones(view, spiral_snapshot):
    before = view._picture.grab().toImage()
    dataset = spiral_snapshot.dataset
    mirrored = replace(dataset, train=dataset.test, test=dataset.train)
    answer(view, replace(spiral_snapshot, dataset=mirrored))
    assert view._picture.grab().toImage() != before
