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
            known = {"{0} image": ("{0} doubloon", "{0} doubloons")}
            return known.get(msgid1, (msgid1, msgid2))[n != 1]

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


@pytest.fixture
def in_italian():
    language.speak("it")
    yield
    language.speak("en")


def test_a_text_is_marked_as_it_is_and_told_when_it_is_shown(in_pirate):
    declared = language.mark("Train")
    assert (declared, language.tr_declared(declared)) == ("Train", "Ahoy")


def test_thousands_stand_apart_by_a_comma():
    assert language.grouped(1234567) == "1,234,567"


def test_thousands_stand_apart_by_a_narrow_space_in_italian(in_italian):
    # there 10,000 is ten; the decimal point stays that of Keras
    assert language.grouped(1234567.25, ".1f") == "1\u202f234\u202f567.2"


def test_the_catalogue_is_looked_up(in_italian):
    assert language.tr("Learning rate") == "Tasso di apprendimento"
    assert language.tr("a number") == "un numero"  # which has a plural in the catalogue
    assert [language.tr_n("{0} class", "{0} classes", n) for n in (0, 1, 2)] == [
        "{0} classi",
        "{0} classe",
        "{0} classi",
    ]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["it_IT.UTF-8"], "it"),
        (["it-CH", "en"], "it"),
        (["Italian_Italy"], "it"),
        (["fr_FR", "it_IT"], "it"),
        (["en_GB", "it_IT"], "en"),
        (["de_DE"], "en"),
        (["C.UTF-8", ""], "en"),
        ([], "en"),
    ],
)
def test_the_first_known_language_is_taken(names, code):
    assert language.first_known(names) == code


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "it_IT.UTF-8"}, "it"),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "it_IT.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de:it:en"}, "it"),
    ],
)
def test_the_environment_names_the_language(monkeypatch, environment, code):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert language.of_system() == code
