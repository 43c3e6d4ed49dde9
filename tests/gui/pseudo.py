"""A language that no one speaks: it shows which texts of the window go through ``tr``."""

import gettext
import re
import string
from contextlib import contextmanager
from unittest.mock import patch

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from playground import language

_CAPITALS = "ÅƁĈĎĔƑĜĤÎĴĶĹṀŃÔƤɊŔŚŢÛṼŴẊŶŽ"
_STRANGE = str.maketrans(string.ascii_letters, _CAPITALS.lower() + _CAPITALS)
_KEPT = re.compile(r"(\{[^{}]*\}|<[^<>]+>|&\w+;|\*[\w*.]+)")
"""Fields, tags, entities and patterns of file names."""
_PLAIN = re.compile(r"[A-Za-z]{2,}…?")
_NO_TEXT = re.compile(r"<[^<>]+>|\b\w+\(\w+=[^()]*\)|\S*\*\S*|\b[\w-]+\.[a-z]\w+\b")
"""Tags, code such as ``Recall(average='micro')``, patterns and names of files."""


def strange(text):
    """Return a text in letters that nobody writes, and longer by nearly a third."""
    parts = _KEPT.split(text)
    parts[::2] = [part.translate(_STRANGE) for part in parts[::2]]
    return "".join(parts) + "~" * round(len(text) * 0.3)


def plain_words(text, known):
    """Return the words of a shown text that did not come from the catalogue, nor are known.

    The start of a known word is known too, where the rest was cut off.
    """
    words = _PLAIN.findall(_NO_TEXT.sub(" ", text))
    return [word for word in words if word not in known and not _cut(word, known)]


def words_in(names):
    """Return the words that names are made of."""
    return {word for name in names for word in _PLAIN.findall(name)}


def _cut(word, known):
    return word.endswith("…") and any(one.startswith(word[:-1]) for one in known)


class _Catalogue(gettext.NullTranslations):
    """Has every text."""

    def gettext(self, message):
        return strange(message)

    def ngettext(self, msgid1, msgid2, n):
        return strange(msgid1 if n == 1 else msgid2)


class _QtCatalogue(QTranslator):
    """The same for the texts that Qt brings."""

    def isEmpty(self):  # noqa: N802  (Qt's name)
        return False

    def translate(self, _context, text, *_):
        return text if text == "QT_LAYOUT_DIRECTION" else strange(text)


@contextmanager
def spoken():
    """Speak it for a while."""
    translator = _QtCatalogue()
    app = QApplication.instance()
    app.installTranslator(translator)
    try:
        with patch.object(language._Spoken, "catalogue", _Catalogue()):
            yield
    finally:
        app.removeTranslator(translator)
