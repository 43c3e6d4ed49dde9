"""Where the licences are read: a list with a search field, and the text beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QWidget

from playground.gui.about.licences import Licence, licences
from playground.gui.look import theme
from playground.gui.widgets import MARGIN, column, label, row
from playground.language import tr

LIST_WIDTH = 248


class LicencePage(QWidget):
    """The parts of the program; a search looks into names, licences and texts."""

    def __init__(self) -> None:
        super().__init__()
        self._all = licences()
        self._shown: list[Licence] = []
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Search in names and texts"))
        self._search.setAccessibleName(tr("Search in names and texts"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._fill)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Parts of the program"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._show)
        self._title = label("", theme.TITLE, 600, wrap=True)
        self._about = label("", theme.SMALL, colour="muted", wrap=True)
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(theme.font(theme.SMALL, mono=True))
        self._text.setAccessibleName(tr("The text of the licence"))
        self._lay_out()
        self._list.ensurePolished()  # the rows get their height when they are made
        self._fill("")

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(column(self._search, self._list))
        left.setFixedWidth(round(LIST_WIDTH * theme.notifier().scale))
        right = column(self._title, self._about, self._text, gap=4)
        page = row(left, right, gap=MARGIN)
        page.setStretch(1, 1)
        self.setLayout(page)

    def _fill(self, wanted: str) -> None:
        """List what holds the words that are looked for."""
        self._shown = [one for one in self._all if _holds(one, wanted.strip().casefold())]
        self._list.clear()
        self._list.addItems([one.title for one in self._shown])
        for i, one in enumerate(self._shown):
            self._list.item(i).setToolTip(f"{one.title}\n{one.terms}")
        self._list.setCurrentRow(0)
        if not self._shown:
            self._tell(tr("Nothing found"), "", "")

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._shown):
            one = self._shown[at]
            name = f"{one.title} {one.version}".strip()
            self._tell(name, " \u00b7 ".join(filter(None, (one.terms, one.home))), one.text())

    def _tell(self, title: str, about: str, text: str) -> None:
        self._title.setText(title)
        self._about.setText(about)
        self._text.setPlainText(text)
        if self._search.text():
            self._text.find(self._search.text().strip())  # selects it, and goes there


def _holds(one: Licence, words: str) -> bool:
    return words in f"{one.title} {one.terms}".casefold() or words in one.text().casefold()
