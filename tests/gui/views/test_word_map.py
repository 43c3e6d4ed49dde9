"""The map of words: what it shows, and what is like a word."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.gui.look import theme
from playground.gui.views.word_map import WordMapView


@pytest.fixture
def view(qtbot, qapp, words_snapshot):
    theme.apply(qapp, dark=False)
    view = WordMapView()
    qtbot.addWidget(view)
    view.resize(1000, 260)
    view.show()
    view.show_snapshot(words_snapshot)
    *_, result = view.probe(words_snapshot).compute(words_snapshot)
    view.show_result(words_snapshot, result)
    return view


def test_the_pointer_looks_at_the_nearest_word(qtbot, view, words_snapshot):
    x, y = view._picture._places()[7].tolist()
    qtbot.mouseMove(view._picture, QPoint(round(x), round(y)))
    assert view._head.text().startswith("Most like ")
    assert len(view._list.text().splitlines()) == 6


def test_the_arrow_keys_go_from_word_to_word(qtbot, view, words_snapshot):
    names = words_snapshot.dataset.classes
    qtbot.keyClick(view._picture, Qt.Key.Key_Right)
    qtbot.keyClick(view._picture, Qt.Key.Key_Right)
    assert view._head.text() == f"Most like {names[2]}"
    qtbot.keyClick(view._picture, Qt.Key.Key_Escape)
    assert view._head.text() == "Point at a word"


def test_the_same_words_stay_where_they_are(view, words_snapshot):
    before = view._points.copy()
    *_, again = view.probe(words_snapshot).compute(words_snapshot)
    again.points[:] *= (-1, 1)
    view.show_result(words_snapshot, again)
    np.testing.assert_allclose(view._points, before, atol=1e-9)


def test_the_points_can_be_copied_as_a_table(view):
    header, first, *_ = view._table()
    assert header == ("word", "x", "y")
    assert first[0] == "the"


def test_other_data_gets_a_hint(view, iris_snapshot):
    view.show_snapshot(iris_snapshot)
    assert view.probe(iris_snapshot) is None
    assert view._empty.isVisible()
