"""The language of everything that people read.

Texts stand in the code in English, each within ``tr``; ``resources/languages`` holds a catalogue
for every other language. A text is looked up when it is shown, so that another language needs
no restart.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Callable, Iterable
from typing import ClassVar, Final

from playground.resources import resource_path

LANGUAGES: Final = {"en": "English", "it": "Italiano"}
"""What each language calls itself, by its code; English is that of the code."""
_THOUSANDS: Final = {"en": ",", "it": "\N{NARROW NO-BREAK SPACE}"}
"""What stands between groups of digits. The decimal point stays, as in Keras and in Python: where
commas are decimal, 10,000 would read as ten."""
_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where the environment names languages, the first to be heeded first, as gettext has them."""


Told = Callable[[], str]
"""A text that is put into words when it is asked for: what is kept may outlive its language."""


class _Spoken:
    """The language in force."""

    code = "en"
    catalogue = gettext.NullTranslations()
    english: ClassVar[dict[str, str]] = {}
    """What was shown in other languages, and what it stood for."""


def speak(code: str) -> None:
    """Use the language with this code, one of ``LANGUAGES``, from now on."""
    if code == "en":
        catalogue = gettext.NullTranslations()
    else:
        with resource_path("languages", f"{code}.mo").open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
    _Spoken.code, _Spoken.catalogue = code, catalogue


def spoken() -> str:
    """Return the code of the language in force."""
    return _Spoken.code


def first_known(names: Iterable[str]) -> str:
    """Return the code of the first name, such as ``it_IT.UTF-8``, that is known; else English."""
    codes = (name[:2].lower() for name in names)
    return next((code for code in codes if code in LANGUAGES), "en")


def of_system() -> str:
    """Return the code of the language that the environment, or else the system, asks for."""
    named = next((value for name in _VARIABLES if (value := os.environ.get(name))), "")
    return first_known([*named.split(":"), locale.getlocale()[0] or ""])


def tr(text: str) -> str:
    """Return an English text in the language in force.

    The text has to be written out here, for the catalogue is made from the source: values come
    in by ``tr("{0} images").format(count)``, never by an f-string.
    """
    return tr_declared(text)


def in_english(shown: str) -> str:
    """Return what a text that ``tr`` has given is in English; any other text as it is.

    So that a command is found by the name that it has in books and courses in English.
    """
    return _Spoken.english.get(shown, shown)


def tr_n(one: str, many: str, count: int) -> str:
    """Return the text for this many: ``tr_n("{0} image", "{0} images", n).format(n)``."""
    return _Spoken.catalogue.ngettext(one, many, count)


def mark(text: str) -> str:
    """Put a text into the catalogue, and return it as it is, in English.

    For what is declared before there is a language, as in the tables of a module. It is shown by
    ``tr_declared``.
    """
    return text


def tr_declared(text: str) -> str:
    """Return a text that stands elsewhere in the language in force.

    It was declared as a field's ``doc``, a class's ``title`` or within ``mark``; all of these are
    in the catalogue. A text that is not in it, as the name of a class, comes back as it is.
    """
    if not text:
        return text
    shown = _Spoken.catalogue.gettext(text)
    if shown is text:  # before Python 3.11.4 this does not find a text that has a plural as well
        shown = _Spoken.catalogue.ngettext(text, text, 1)
    if shown is not text:
        _Spoken.english[shown] = text
    return shown


def grouped(number: float, spec: str = "") -> str:
    """Return a number with its thousands set apart: 1,234 in English, 1 234 in Italian.

    ``spec`` is what follows the comma in a format: ``grouped(1234.5, ".1f")`` is ``1,234.5``.
    """
    return format(number, f",{spec}").replace(",", _THOUSANDS[_Spoken.code])
