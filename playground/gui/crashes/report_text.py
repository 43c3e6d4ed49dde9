"""A report as it is read in a dialog, and taken away from it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from playground.gui.look import theme
from playground.language import tr

HEIGHT = 240


class ReportText(QPlainTextEdit):
    """Shows a report, to be read and copied."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(theme.font(theme.SMALL, mono=True))
        self.setAccessibleName(tr("The report"))
        self.setMinimumHeight(round(HEIGHT * theme.notifier().scale))


def copy(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def open_folder(folder: Path) -> None:
    """Show a folder as the desktop does."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
