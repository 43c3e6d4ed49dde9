"""The catalogues of texts: what packaging/translations.py finds, and what it demands."""

import ast
import gettext
import importlib.util
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from playground.language import LANGUAGES

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "translations.py"
TRANSLATED = [code for code in LANGUAGES if code != "en"]


def _loaded():
    spec = importlib.util.spec_from_file_location("playground_translations", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


translations = _loaded()


@pytest.fixture(scope="module")
def texts():
    return translations.texts()


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_the_program_reads_is_what_the_translators_wrote(code):
    with translations.mo_file(code).open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    for message in translations.entries(code):
        if isinstance(message.id, str):
            assert catalogue.gettext(message.id) == (message.string or message.id)
        else:
            told = [catalogue.ngettext(*message.id, number) for number in (1, 2)]
            assert told == [t or i for t, i in zip(message.string, message.id, strict=True)]
    assert translations.mo_file(code).read_bytes() == translations.compiled(code)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated_and_fits(code):
    assert translations.check(code) == []


@pytest.mark.parametrize(
    "text",
    [
        "Train",  # of a call of tr()
        "Learning rate",  # the name of a field
        "Spiral",  # the title of a class
        "Digits with a CNN",  # the title of a project in the box
        "Three species; some values are missing, some columns are texts.",  # of a sample
    ],
)
def test_texts_are_found_wherever_they_are_declared(texts, text):
    assert text in texts


def test_a_text_is_told_with_the_files_that_have_it(texts):
    assert texts["Wine"] == {"resources/projects/wine.json", "resources/datasets/wine/about.json"}


def test_only_whole_texts_are_taken_from_the_code():
    code = 'tr("One " "two"); tr(three); tr(f"{four}"); tr_n("5", "6", n); other("7"); mark("8")'
    assert list(translations._texts_of_code(ast.parse(code))) == ["One two", ("5", "6"), "8"]


def test_one_entry_serves_for_one_alone_and_for_one_of_many(texts):
    assert ("a number", "{0} numbers") in texts
    assert "a number" not in texts


@pytest.mark.parametrize(
    ("original", "translation", "mistake"),
    [
        ("{0} of {1:.2f}", "{1:.2f} su {0}", ""),
        ("{0} of {1:.2f}", "{1:.3f} su {0}", "placeholders"),
        ("{file} is empty.", "È vuoto.", "placeholders"),
        ("&Open", "&Apri", ""),
        ("&Open", "Apri", "accelerators"),
        ("Rock & roll", "Rock e roll", ""),
        ("Open...", "Apri...", ""),
        ("Open...", "Apri", "ends"),
        ("Loss:", "Perdita", "ends"),
        (" left", "rimasti", "ends"),
        ("One\ntwo", "Uno due", "lines"),
        ("10,000 rows", "10\u202f000 righe", ""),
        ("10,000 rows", "10,000 righe", "thousands"),
        ("Train", "Train", "the same"),
        ("Train", "", "not translated"),
        (("{0} image", "{0} images"), ("{0} immagine", "{0} immagini"), ""),
        (("{0} image", "{0} images"), ("{0} immagine", "immagini"), "placeholders"),
    ],
)
def test_a_translation_has_to_fit_the_text(original, translation, mistake):
    found = " ".join(translations.mistakes(Message(original, translation)))
    assert mistake in found if mistake else found == ""


def test_a_text_may_end_with_an_abbreviation_on_purpose():
    short = Message("Train loss", "Perdita allen.", user_comments=[translations.ABBREVIATED])
    assert list(translations.mistakes(short)) == []


def test_a_text_may_be_the_same_on_purpose():
    same = Message("Dropout", "Dropout", user_comments=[translations.AS_IN_ENGLISH])
    assert list(translations.mistakes(same)) == []
