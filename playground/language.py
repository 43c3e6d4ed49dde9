"""The language of everything that people read.

Texts stand in the code in English, each within ``tr``; ``resources/languages`` holds a catalogue
for every other language. A text is looked up when it is shown, so that another language needs
no restart.
"""

from __future__ import annotations

import gettext
from typing import Final

from playground.resources import resource_path

LANGUAGES: Final = {"en": "English", "it": "Italiano"}
"""What each language calls itself, by its code; English is that of the code."""


class _Spoken:
    """The language in force."""

    code = "en"
    catalogue = gettext.NullTranslations()


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


def tr(text: str) -> str:
    """Return an English text in the language in force.

    The text has to be written out here, for the catalogue is made from the source: values come
    in by ``tr("{0} images").format(count)``, never by an f-string.
    """
    return _Spoken.catalogue.gettext(text) if text else text


def tr_n(one: str, many: str, count: int) -> str:
    """Return the text for this many: ``tr_n("{0} image", "{0} images", n).format(n)``."""
    return _Spoken.catalogue.ngettext(one, many, count)
