import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QCursor
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout, QWidget

from playground.gui.help.asking import Guide, add_question, guide_of
from playground.gui.help.card import HelpCard
from playground.gui.help.subjects import Subject, explain, subject_of
from playground.gui.look import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Halves(QWidget):
    """Has a thing at the left and another one at the right; the keys act on the left one."""

    def subject_at(self, place: QPoint | None) -> Subject | None:
        is_right = place is not None and place.x() > self.width() / 2
        return Subject("output" if is_right else "neuron")


class Window(QWidget):
    """A button, two halves, and something that is part of the window only."""

    def __init__(self):
        super().__init__()
        explain(self, "help")
        self.button, self.halves, self.rest = QPushButton("Train"), Halves(), QWidget()
        explain(self.button, "train")
        self.halves.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicks = 0
        self.button.clicked.connect(self._count)
        column = QVBoxLayout(self)
        for widget in (self.button, self.halves, self.rest):
            widget.setMinimumHeight(60)
            column.addWidget(widget)
        self.guide = Guide(self)

    def _count(self):
        self.clicks += 1

    def cards(self):
        return [card.subject.topic for card in self.findChildren(HelpCard) if card.isVisible()]


@pytest.fixture
def window(qtbot, qapp):
    theme.apply(qapp, dark=False)
    window = Window()
    qtbot.addWidget(window)
    window.resize(300, 300)
    window.move(100, 100)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def right_click(widget):
    middle = widget.rect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, middle, widget.mapToGlobal(middle), Qt.NoModifier
    )
    QApplication.sendEvent(widget, event)


def point_at(widget, place=None):
    QCursor.setPos(widget.mapToGlobal(place or widget.rect().center()))


def test_a_widget_is_explained_by_its_own_topic_or_by_that_around_it(window):
    assert subject_of(window.button) == Subject("train")
    assert subject_of(window.rest) == Subject("help")


def test_the_parts_of_a_painted_widget_have_topics_of_their_own(window):
    halves = window.halves
    assert subject_of(halves, QPoint(1, 1)) == Subject("neuron")
    assert subject_of(halves, QPoint(halves.width() - 1, 1)) == Subject("output")
    assert subject_of(halves) == Subject("neuron")


def test_nothing_is_known_of_a_window_without_topics(qtbot):
    stranger = QWidget()
    qtbot.addWidget(stranger)
    assert subject_of(stranger) is None


def test_f1_explains_what_has_the_focus(window, qtbot):
    window.halves.setFocus()
    qtbot.waitUntil(window.halves.hasFocus)
    point_at(window.rest)
    window.button.setFocus()
    qtbot.waitUntil(window.button.hasFocus)
    qtbot.keyClick(window.button, Qt.Key.Key_F1)
    assert window.cards() == ["train"]


def test_f1_explains_what_is_under_the_mouse_once_it_has_moved(window, qtbot):
    window.button.setFocus()
    qtbot.waitUntil(window.button.hasFocus)
    point_at(window.halves, QPoint(window.halves.width() - 5, 20))
    qtbot.keyClick(window.button, Qt.Key.Key_F1)
    assert window.cards() == ["output"]


def test_after_shift_f1_a_click_explains_instead_of_acting(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.overrideCursor().shape() is Qt.CursorShape.WhatsThisCursor
    qtbot.mouseClick(window.button, Qt.MouseButton.LeftButton)
    assert window.cards() == ["train"]
    assert window.clicks == 0
    assert QApplication.overrideCursor() is None


def test_the_click_after_that_acts_again(window, qtbot):
    window.guide.point()
    qtbot.mouseClick(window.button, Qt.MouseButton.LeftButton)
    window.findChild(HelpCard).close()
    qtbot.mouseClick(window.button, Qt.MouseButton.LeftButton)
    assert window.clicks == 1


def test_escape_ends_the_pointing(window, qtbot):
    window.guide.point()
    qtbot.keyClick(window.button, Qt.Key.Key_Escape)
    assert QApplication.overrideCursor() is None
    qtbot.mouseClick(window.button, Qt.MouseButton.LeftButton)
    assert (window.clicks, window.cards()) == (1, [])


def test_pointing_twice_takes_one_escape(window, qtbot):
    window.guide.point()
    window.guide.point()
    qtbot.keyClick(window.button, Qt.Key.Key_Escape)
    assert QApplication.overrideCursor() is None


def test_a_right_click_offers_to_explain(window, qtbot):
    right_click(window.button)
    menu = window.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["What is this?"]
    menu.actions()[0].trigger()
    assert window.cards() == ["train"]


def test_a_menu_that_there_is_can_offer_it_too(window):
    menu = QMenu(window)
    menu.addAction("Save")
    add_question(menu, window.button)
    menu.actions()[-1].trigger()
    assert window.cards() == ["train"]


def test_a_window_has_one_guide(window):
    assert guide_of(window.button) is window.guide
