"""Texts in the language in force."""

import gettext

import pytest

from playground import language


@pytest.fixture
def in_pirate(monkeypatch):
    """A language with two entries."""

    class Pirate(gettext.NullTranslations):
        def gettext(self, message):
            return {"Train": "Ahoy"}.get(message, message)

        def ngettext(self, msgid1, msgid2, n):
            return "{0} doubloon" if n == 1 else "{0} doubloons"

    monkeypatch.setattr(language._Spoken, "catalogue", Pirate())


def test_a_text_is_in_the_language_in_force(in_pirate):
    assert language.tr("Train") == "Ahoy"


def test_a_text_without_an_entry_stays_english(in_pirate):
    assert language.tr("Epochs") == "Epochs"


def test_no_text_is_no_text(in_pirate):
    # in a catalogue the empty text stands for the catalogue's own head
    assert language.tr("") == ""


def test_one_and_many_differ(in_pirate):
    texts = [language.tr_n("{0} image", "{0} images", n).format(n) for n in (1, 2)]
    assert texts == ["1 doubloon", "2 doubloons"]


def test_english_is_spoken_at_first():
    assert language.spoken() == "en"
    assert language.tr_n("{0} image", "{0} images", 2) == "{0} images"
