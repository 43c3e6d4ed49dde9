"""The language of the window: of the program's own texts, and of those that Qt brings."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from playground.language import LANGUAGES, first_known, speak
from playground.resources import resource_path

CHOICES: Final = ("system", *LANGUAGES)
"""``system`` is the language of the desktop, or English where that is not known."""
_OF_QT = "texts of Qt"


def apply_language(choice: str) -> None:
    """Speak one of ``CHOICES`` in all that is made from now on."""
    code = first_known(QLocale.system().uiLanguages()) if choice == "system" else choice
    speak(code)
    # dates and the like; a desktop's own country, if it has this language
    own = QLocale.system()
    QLocale.setDefault(own if own.name()[:2] == code else QLocale(code))
    _translate_qt(code)


def _translate_qt(code: str) -> None:
    """Let Qt say in this language what stands on its own buttons and in its own menus."""
    app = QCoreApplication.instance()
    assert app is not None
    for before in app.findChildren(QTranslator, _OF_QT):
        app.removeTranslator(before)
        before.setParent(None)
    if code == "en":  # which is in the code
        return
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # the later one comes first: it has what Qt lacks. Neither is of Python, for Qt asks from
    # threads of its own
    for name, folder in (
        (f"qtbase_{code}", of_qt),
        (f"qt_{code}", str(resource_path("languages"))),
    ):
        translator = QTranslator(app, objectName=_OF_QT)
        if translator.load(name, folder):
            app.installTranslator(translator)
