"""The charts beside the examples, with mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.data.browse.series import CategorySeries, NumberSeries
from playground.data.browse.statistics import histogram_of
from playground.gui.browser.bars import Bar, BarList
from playground.gui.browser.class_pictures import ClassPictures
from playground.gui.browser.histogram_chart import HistogramChart
from playground.gui.browser.scatter import MOST, Scatter, pairs_of
from playground.gui.look import theme


@pytest.fixture
def bars(qtbot):
    bars = BarList("Bars")
    qtbot.addWidget(bars)
    bars.show_bars([Bar("rose", (3.0,), "3"), Bar("tulip", (-1.0,), "−1")])
    bars.resize(200, 60)
    bars.show()
    return bars


@pytest.fixture
def chart(qtbot):
    chart = HistogramChart("Histogram")
    qtbot.addWidget(chart)
    values, parts = np.array([1.0, 2, 2, 3, 4, 4]), np.array([0, 0, 1, 0, 1, 2], np.int8)
    chart.show_histogram(histogram_of(NumberSeries("x", values), parts))
    chart.resize(244, 120)
    chart.show()
    return chart


@pytest.fixture
def scatter(qtbot):
    scatter = Scatter("Pairs")
    qtbot.addWidget(scatter)
    x, y = NumberSeries("x", np.arange(10.0)), NumberSeries("y", np.arange(10.0) ** 2)
    scatter.show_pairs(pairs_of(x, y, None, y, np.arange(10)), ("x", "y"))
    scatter.resize(240, 240)
    scatter.show()
    return scatter


def test_a_click_chooses_a_bar(bars, qtbot):
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(9, 30))
    assert chosen.args == [1]


def test_keys_go_to_a_bar_and_choose_it(bars, qtbot):
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.accessibleDescription() == "tulip: −1"
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert chosen.args == [1]


def test_bars_of_both_signs_begin_in_the_middle(bars):
    image = bars.grab().toImage()
    ratio = image.devicePixelRatio()
    y = round((24 * 1.5) * ratio)
    row = [image.pixelColor(x, y) for x in range(image.width())]
    negative = [x for x, colour in enumerate(row) if colour == theme.colour("neg")]
    positive = [
        x
        for x in range(image.width())
        if image.pixelColor(x, round(12 * ratio)) == theme.colour("pos")
    ]
    assert max(negative) <= min(positive)
    assert len(positive) == pytest.approx(3 * len(negative), abs=4 * ratio)


def test_a_click_on_a_bar_of_the_histogram_chooses_its_values(chart, qtbot):
    with qtbot.waitSignal(chart.chosen) as chosen:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))
    assert chosen.args == [2, 2]


def test_a_drag_chooses_all_values_on_its_way(chart, qtbot):
    with qtbot.waitSignal(chart.chosen) as chosen:
        qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
        qtbot.mouseMove(chart, pos=QPoint(90, 60))
        qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))
    assert chosen.args == [2, 4]


def test_keys_choose_values_of_the_histogram(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(chart.chosen) as chosen:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chosen.args == [2, 3]


def test_the_histogram_tells_each_part_apart(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "2\nTraining: 1\nValidation: 1\nTest: 0"


def test_a_click_near_a_mark_chooses_its_example(scatter, qtbot):
    x, y = scatter._places(scatter._pairs)[6].tolist()
    with qtbot.waitSignal(scatter.chosen) as chosen:
        qtbot.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=QPoint(round(x) + 3, round(y)))
    assert chosen.args == [6]


def test_a_click_far_from_all_marks_chooses_nothing(scatter, qtbot):
    with qtbot.assertNotEmitted(scatter.chosen):
        qtbot.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))


def test_keys_go_from_mark_to_mark(scatter, qtbot):
    scatter.show_current(4)
    with qtbot.waitSignal(scatter.chosen) as chosen:
        qtbot.keyClick(scatter, Qt.Key.Key_Right)
    assert chosen.args == [5]


def test_of_many_examples_some_are_drawn_evenly():
    x = NumberSeries("x", np.arange(100_000.0))
    pairs = pairs_of(x, x, None, None, np.arange(100_000))
    assert pairs.total == 100_000
    assert MOST / 2 < len(pairs.positions) <= MOST
    assert len(np.unique(np.diff(pairs.positions))) == 1


def test_examples_that_lack_a_value_are_not_drawn():
    x = NumberSeries("x", np.array([1.0, np.nan, 3, 4]))
    y = CategorySeries("y", ("a", "b"), np.array([0, 1, -1, 1]))
    pairs = pairs_of(x, y, np.array([0, 0, 1, 1]), None, np.arange(4))
    assert pairs.positions.tolist() == [0, 3]
    assert pairs.classes.tolist() == [0, 1]


def test_a_picture_of_a_class_is_chosen_by_mouse_and_key(qtbot, rng):
    pictures = ClassPictures("Means")
    qtbot.addWidget(pictures)
    pictures.show_pictures(rng.random((7, 8, 8, 1)).astype(np.float32), "abcdefg")
    pictures.resize(240, 120)
    pictures.show()
    with qtbot.waitSignal(pictures.chosen) as clicked:
        place = pictures._place(6).center().toPoint()
        qtbot.mouseClick(pictures, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(pictures, Qt.Key.Key_Left)
    with qtbot.waitSignal(pictures.chosen) as typed:
        qtbot.keyClick(pictures, Qt.Key.Key_Space)
    assert (clicked.args, typed.args) == ([6], [5])


def test_the_names_of_all_classes_have_room(qtbot, rng):
    pictures = ClassPictures("Means")
    qtbot.addWidget(pictures)
    pictures.show_pictures(rng.random((7, 8, 8, 1)).astype(np.float32), "abcdefg")
    pictures.resize(400, 10)
    pictures.show()
    qtbot.waitUntil(lambda: pictures.height() > pictures._place(6).bottom() + 14)
