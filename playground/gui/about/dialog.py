"""The About box: what this is, its versions, and the licences of all that is in it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QStackedWidget, QWidget

import playground
from playground.gui.about.licence_page import LicencePage
from playground.gui.crashes.report_text import copy
from playground.gui.look import theme
from playground.gui.widgets import MARGIN, STRETCH, Segments, button, column, label, row
from playground.language import tr
from playground.resources import resource_path
from playground.versions import versions

SIZE = QSize(968, 640)
"""The texts of licences have 80 letters a line."""
ICON = 56


class AboutDialog(QDialog):
    """Versions on one page, which can be copied, licences on the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About"))
        self._versions = versions()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._version_page())
        self._pages.addWidget(LicencePage())
        names = {"versions": tr("Versions"), "licences": tr("Licences")}
        self._choice = Segments(names, tr("What is shown"))
        self._choice.set_choice("versions")
        self._choice.chosen.connect(self._show_page)
        self._choice.setMaximumWidth(round(280 * theme.notifier().scale))
        close = button(tr("Close"), kind="primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        parts = (self._head(), row(self._choice, STRETCH), self._pages, row(STRETCH, close))
        body = column(*parts, gap=MARGIN, margins=(24, 24, 24, MARGIN))
        body.setStretch(2, 1)
        self.setLayout(body)
        room = self.screen().availableSize() * 0.92
        self.resize((SIZE * theme.notifier().scale).boundedTo(room))

    def text(self) -> str:
        """Return the versions as text."""
        return "\n".join(f"{name}: {value}" for name, value in self._versions)

    def _head(self) -> QWidget:
        picture = QLabel()
        size = round(ICON * theme.notifier().scale)
        icon = QIcon(str(resource_path("icons", "app.svg")))
        picture.setPixmap(icon.pixmap(QSize(size, size), picture.devicePixelRatioF()))
        picture.setFixedSize(size, size)
        words = column(
            label(f"Neural Playground {playground.__version__}", theme.TITLE, 600),
            label(tr("Build a network, watch every part of it learn."), wrap=True),
            gap=4,
        )
        result = QWidget()
        line = row(picture, words, gap=MARGIN)
        line.setStretch(1, 1)
        result.setLayout(line)
        return result

    def _version_page(self) -> QWidget:
        """Return the page of the versions; whoever reports something copies them."""
        table = QGridLayout()
        table.setHorizontalSpacing(24)
        table.setVerticalSpacing(8)
        table.setColumnStretch(1, 1)
        for i, (name, value) in enumerate(self._versions):
            shown = label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            table.addWidget(label(name, colour="muted"), i, 0, Qt.AlignmentFlag.AlignTop)
            table.addWidget(shown, i, 1)
        taken = button(tr("Copy versions"), "content-copy")
        taken.clicked.connect(lambda: copy(self.text()))
        private = label(
            tr("It works without a network, and sends nothing anywhere."),
            colour="muted",
            wrap=True,
        )
        result = QWidget()
        result.setLayout(column(table, row(taken, STRETCH), STRETCH, private, gap=MARGIN))
        return result

    def _show_page(self, name: str) -> None:
        self._pages.setCurrentIndex(int(name == "licences"))
