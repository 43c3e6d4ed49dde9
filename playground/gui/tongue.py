"""The language of the window: of the program's own texts, and of those that Qt brings."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from playground.language import LANGUAGES, first_known, mark, speak, tr_declared

CHOICES: Final = ("system", *LANGUAGES)
"""``system`` is the language of the desktop, or English where that is not known."""
_OF_QT = "texts of Qt"
_BETTER: Final = {
    ("QAbstractFileIconProvider", "Drive"): mark("Drive"),
    ("QAbstractFileIconProvider", "Folder"): mark("Folder"),
    ("QFileDialog", "&Look in:"): mark("&Look in:"),
    ("QFileDialog", "Files of &type:"): mark("Files of &type:"),
    ("QShortcut", "Shift"): mark("Shift (the key)"),
}
"""What Qt's own catalogues lack, or call by another name than keyboards do; not for English."""


def apply_language(choice: str) -> None:
    """Speak one of ``CHOICES`` in all that is made from now on."""
    code = first_known(QLocale.system().uiLanguages()) if choice == "system" else choice
    speak(code)
    # dates and the like; a desktop's own country, if it has this language
    own = QLocale.system()
    QLocale.setDefault(own if own.name()[:2] == code else QLocale(code))
    _translate_qt(code)


class _QtTexts(QTranslator):
    """Qt's own catalogue, with our words where it lacks some."""

    def translate(self, context: str, text: str, *more: Any) -> str:
        ours = tr_declared(_BETTER.get((context, text), ""))
        return ours or super().translate(context, text, *more) or text


def _translate_qt(code: str) -> None:
    """Let Qt say in this language what stands on its own buttons and in its own menus."""
    app = QCoreApplication.instance()
    assert app is not None
    before = app.findChild(QTranslator, _OF_QT)
    if before is not None:
        app.removeTranslator(before)
        before.setParent(None)
    translator = _QtTexts(app, objectName=_OF_QT)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{code}", folder):  # English is in the code, and has no file
        app.installTranslator(translator)
