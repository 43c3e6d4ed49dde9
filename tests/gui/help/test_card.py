import re

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from playground.gui.help.card import HelpCard, placed
from playground.gui.help.subjects import Subject, component_subject, field_subject
from playground.gui.help.topics import topic_names
from playground.gui.help.typeset import Formula
from playground.gui.look import theme
from playground.language import LANGUAGES, speak
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.optimizers import Adam

SCREEN = QRect(0, 0, 1366, 768)
POPUP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot, qapp):
    theme.apply(qapp, dark=False)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    return window


def words_of(card):
    return " ".join(label.text() for label in card.findChildren(QLabel))


def links_of(card):
    return {b.objectName(): b for b in card.findChildren(QPushButton) if b.objectName()}


def test_a_card_has_the_title_the_formula_and_the_values(window):
    card = HelpCard(window, component_subject(Dense(units=7)))
    assert "Dense" in words_of(card)
    assert "keras.layers.Dense(7, activation=" in words_of(card).replace("\u200b", "")
    assert [formula.accessibleName() for formula in card.findChildren(Formula)]


def test_the_card_of_a_field_tells_its_value_its_default_and_its_range(window):
    card = HelpCard(window, field_subject(Adam(learning_rate=0.02), "learning_rate"))
    assert "Here: 0.02 · at first: 0.001 · from 0 to 100" in words_of(card)
    assert "a gradient of 1 moves a weight by 0.02" in words_of(card)


def test_where_no_value_is_known_none_is_spoken_of(window):
    card = HelpCard(window, Subject("Field/learning_rate"))
    assert "a gradient of 1 moves" not in words_of(card)


def test_a_field_without_a_topic_of_its_own_says_what_it_is_and_what_it_belongs_to(window):
    card = HelpCard(window, field_subject(Adam(), "beta_1"))
    assert "Decay of the mean of the gradients." in words_of(card)
    assert "moving mean" in words_of(card)


@POPUP
def test_a_link_leads_to_another_topic_and_back(window, qtbot):
    card = HelpCard(window, component_subject(Dense()))
    card.open_beside(QRect(10, 10, 50, 20))
    links_of(card)["Layer/Flatten"].click()
    assert card.subject == component_subject(Flatten())
    qtbot.keyClick(card, Qt.Key.Key_Backspace)
    assert card.subject == component_subject(Dense())


def test_a_link_to_a_field_keeps_the_value_at_hand(window):
    card = HelpCard(window, component_subject(Dense(units=7)))
    card.follow("Field/units")
    assert card.subject == field_subject(Dense(units=7), "units")
    card.follow("Layer/Conv2D")
    assert card.subject == component_subject(Conv2D())


@pytest.fixture(scope="module")
def pages(qapp):
    """The words on the card of each topic, and how narrow it could be."""
    theme.apply(qapp, dark=False)
    owner, found = QWidget(), {}
    for name in topic_names():
        card = HelpCard(owner, Subject(name))
        page = card.findChild(QWidget, "content")
        found[name] = words_of(card), page.minimumSizeHint().width()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return found


def test_no_place_of_a_value_is_left_open(pages):
    assert [n for n, (words, _) in pages.items() if re.search(r"\{\w{2,}\}", words)] == []


def test_no_word_is_wider_than_the_card(pages):
    assert [n for n, (_, width) in pages.items() if width > 398] == []


@POPUP
def test_escape_closes_a_card(window, qtbot):
    card = HelpCard(window, Subject("neuron"))
    card.open_beside(QRect(10, 10, 50, 20))
    with qtbot.waitSignal(card.destroyed):
        qtbot.keyClick(card, Qt.Key.Key_Escape)


@POPUP
def test_the_enter_key_follows_a_link_that_has_the_focus(window, qtbot):
    card = HelpCard(window, component_subject(Dense()))
    card.open_beside(QRect(10, 10, 50, 20))
    links_of(card)["Layer/Flatten"].setFocus()
    qtbot.keyClick(links_of(card)["Layer/Flatten"], Qt.Key.Key_Return)
    assert card.subject == component_subject(Flatten())


def test_all_of_a_card_is_there_for_the_ear(window):
    spoken = HelpCard(window, Subject("gradient-descent")).accessibleDescription()
    assert "The gradient points uphill" in spoken
    assert "∂L" in spoken
    assert "$" not in spoken


def test_a_card_speaks_the_language_in_force(window):
    try:
        speak("it")
        assert "Un neurone" in words_of(HelpCard(window, Subject("neuron")))
    finally:
        speak("en")


def heights():
    """Return how high the card of each topic would like to be."""
    owner = QWidget()
    found = {name: HelpCard(owner, Subject(name)).wanted_height() for name in topic_names()}
    owner.deleteLater()  # or each of them would be dressed anew with the next theme
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return found


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_card_fits_on_a_small_screen_also_with_large_text(qapp, code):
    theme.apply(qapp, dark=False, scale=1.5)
    try:
        speak(code)
        found = heights()
    finally:
        speak("en")
        theme.apply(qapp, dark=False)
    most = SCREEN.height() - 16  # its distance from the edges
    assert {name: height for name, height in found.items() if height > most} == {}


@pytest.mark.parametrize(
    "beside",
    [
        QRect(100, 100, 80, 30),
        QRect(1300, 100, 60, 30),
        QRect(100, 700, 80, 30),
        QRect(1300, 700, 60, 60),
        QRect(500, 300, 300, 200),
    ],
)
def test_a_card_stands_on_the_screen_and_covers_nothing(beside):
    size = QSize(400, 420)
    place = QRect(placed(size, beside, SCREEN), size)
    assert SCREEN.contains(place)
    assert not place.intersects(beside)


def test_a_card_beside_something_that_fills_the_screen_is_still_on_it():
    size = QSize(400, 420)
    assert SCREEN.contains(QRect(placed(size, SCREEN, SCREEN), size))


def test_a_line_of_keras_can_be_copied_as_it_is(window, qapp):
    card = HelpCard(window, component_subject(Dense(units=7)))
    copy = next(b for b in card.findChildren(QPushButton) if b.toolTip() == "Copy this line")
    copy.click()
    assert qapp.clipboard().text() == 'keras.layers.Dense(7, activation="linear")'
