"""The view of what comes next: what it asks, what it shows, what a click does."""

import pytest
from PySide6.QtCore import QPoint, Qt

from playground.gui.look import theme
from playground.gui.selection import Selection
from playground.gui.views.next_word import NextWordView
from playground.probes.activations import shown_examples


def result(view, snapshot):
    *_, last = view.probe(snapshot).compute(snapshot)
    return last


def answer(view, snapshot):
    view.show_result(snapshot, result(view, snapshot))


@pytest.fixture
def view(qtbot, qapp, words_snapshot):
    theme.apply(qapp, dark=False)
    view = NextWordView()
    qtbot.addWidget(view)
    view.resize(1000, 260)
    view.show()
    view.show_snapshot(words_snapshot)
    answer(view, words_snapshot)
    return view


def typed(view):
    return view._line.text()


def type_text(qtbot, view, text):
    view._line.clear()
    qtbot.keyClicks(view._line, text)


def test_it_begins_with_the_example_that_is_looked_at(view, words_snapshot):
    language = words_snapshot.dataset.language
    view.show_selection(Selection(example=7))
    x = shown_examples(words_snapshot.dataset).x[7]
    assert typed(view) == language.text(language.read(x))


def test_the_right_word_of_an_example_is_marked(view, words_snapshot):
    view.show_selection(Selection(example=7))
    answer(view, words_snapshot)
    right = int(shown_examples(words_snapshot.dataset).y[7])
    assert view._words._right == right


def test_a_typed_beginning_is_asked_for(qtbot, view, words_snapshot):
    type_text(qtbot, view, "In the morning")
    assert view.probe(words_snapshot).beginning == "In the morning"
    answer(view, words_snapshot)
    assert view._words._right is None


def test_an_answer_to_another_beginning_is_not_shown(qtbot, view, words_snapshot):
    type_text(qtbot, view, "the cat")
    late = result(view, words_snapshot)
    answer(view, words_snapshot)
    type_text(qtbot, view, "the dog")
    answer(view, words_snapshot)
    shown = view._words.accessibleDescription()
    view.show_result(words_snapshot, late)
    assert view._words.accessibleDescription() == shown


def test_a_click_writes_the_word_behind_the_beginning(qtbot, view, words_snapshot):
    type_text(qtbot, view, "the cat")
    answer(view, words_snapshot)
    first = words_snapshot.dataset.classes[view._shown.words[0]]
    qtbot.mouseClick(view._words, Qt.MouseButton.LeftButton, pos=QPoint(20, 5))
    assert typed(view) == f"the cat {first}"


def test_the_keyboard_chooses_a_word_too(qtbot, view, words_snapshot):
    type_text(qtbot, view, "the cat")
    answer(view, words_snapshot)
    second = words_snapshot.dataset.classes[view._shown.words[1]]
    qtbot.keyClick(view._words, Qt.Key.Key_Down)
    qtbot.keyClick(view._words, Qt.Key.Key_Return)
    assert typed(view) == f"the cat {second}"


def test_unknown_words_are_marked(qtbot, view, words_snapshot):
    type_text(qtbot, view, "the xyzzy")
    answer(view, words_snapshot)
    told = view._tokens.accessibleDescription()
    assert "the is in the context" in told
    assert "xyzzy is not in the vocabulary" in told


def test_it_writes_on_and_then_another_text(qtbot, view, words_snapshot):
    assert view.probe(words_snapshot).count == 0
    view._write.click()
    first = view.probe(words_snapshot)
    answer(view, words_snapshot)
    text = view._written.text()
    assert first.count == 40
    assert len(text) > 100
    view._write.click()
    assert view.probe(words_snapshot).seed == first.seed + 1
    view._stop.click()
    assert view.probe(words_snapshot).count == 0


def test_what_is_typed_is_no_markup(qtbot, view, words_snapshot):
    view._write.click()
    type_text(qtbot, view, "<b>the")
    answer(view, words_snapshot)
    assert "&lt;b&gt;" in view._written.text().replace(" ", "")


def test_the_next_words_can_be_copied_as_a_table(view):
    header, *rows = view._table()
    assert header == ("word", "probability")
    assert rows[0][1] >= rows[-1][1]


def test_other_data_gets_a_hint(view, iris_snapshot):
    view.show_snapshot(iris_snapshot)
    assert view.probe(iris_snapshot) is None
    assert view._empty.isVisible()
