"""The list of mistakes of very many classes."""

import pytest
from PySide6.QtCore import QPoint, Qt

from playground.gui.look import theme
from playground.gui.pictures.confusion_list import ConfusionList
from playground.gui.views.evaluation import EvaluationView
from playground.nn.confusion import Confusion
from playground.probes.evaluation import Evaluation

NAMES = tuple(f"w{i}" for i in range(300))
PAIRS = (Confusion(7, 9, 12), Confusion(250, 3, 4))


@pytest.fixture
def shown(qtbot, qapp):
    theme.apply(qapp, dark=False)
    shown = ConfusionList("Mistakes")
    qtbot.addWidget(shown)
    shown.show_confusions(PAIRS, NAMES, selectable=True)
    shown.resize(600, 200)
    shown.show()
    return shown


def test_a_click_looks_at_a_mistake(qtbot, shown):
    with qtbot.waitSignal(shown.chosen) as signal:
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(20, 24 + 28 + 5))
    assert signal.args == [250, 3]


def test_the_keyboard_looks_at_a_mistake_too(qtbot, shown):
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert shown.accessibleDescription() == "w7 was taken for w9 12 times"
    with qtbot.waitSignal(shown.chosen) as signal:
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert signal.args == [7, 9]


def test_what_cannot_be_looked_at_is_not_chosen(qtbot, shown):
    shown.show_confusions(PAIRS, NAMES, selectable=False)
    with qtbot.assertNotEmitted(shown.chosen):
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))


def test_the_evaluation_of_words_lists_mistakes(qtbot, qapp, words_snapshot):
    theme.apply(qapp, dark=False)
    view = EvaluationView()
    qtbot.addWidget(view)
    view.resize(900, 260)
    view.show()
    view.show_snapshot(words_snapshot)
    *_, report = Evaluation().compute(words_snapshot)
    view.show_result(words_snapshot, report)
    assert report.matrix is None
    assert view._list.isVisible()
    true, answer, _ = report.confusions[0]
    with qtbot.waitSignal(view.selected) as signal:
        view._list.chosen.emit(true, answer)
    example = signal.args[0].example
    assert (report.truth[example], report.answers[example]) == (true, answer)
    assert view._table()[0] == ("true", "predicted", "times")
