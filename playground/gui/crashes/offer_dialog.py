"""What the window says when the one before it never came to its end."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from playground.gui.crashes.leftovers import Leftover
from playground.gui.crashes.report_text import ReportText, copy, open_folder
from playground.gui.crashes.trouble_dialog import WIDTH, picture
from playground.gui.look import theme
from playground.gui.widgets import MARGIN, STRETCH, button, column, label, row
from playground.language import tr


class Choice(Enum):
    """What to do with the work that was found."""

    REOPEN = "reopen"
    LATER = "later"
    DISCARD = "discard"


class OfferDialog(QDialog):
    """Offers the work that was kept, and the report of what happened."""

    def __init__(
        self,
        leftovers: Sequence[Leftover],
        report: str,
        reports: Path,
        parent: QWidget | None = None,
    ) -> None:
        """``report`` may be nothing: somebody ended the program by force, and there is none."""
        super().__init__(parent)
        self.choice = Choice.LATER
        self._text, self._folder = report, reports
        self.setWindowTitle(tr("The playground was not closed"))
        self._list = self._make_list(leftovers)
        self._report = ReportText(report)
        self._report.hide()
        head = row(picture("backup-restore"), self._told(bool(leftovers)), gap=MARGIN)
        head.setStretch(1, 1)
        parts = (head, self._list, self._report_part(), self._report, self._buttons(leftovers))
        self.setLayout(column(*parts, gap=MARGIN, margins=(24, 24, 24, MARGIN)))
        self.setMinimumWidth(round(WIDTH * theme.notifier().scale))
        self._default.setFocus()

    @property
    def chosen(self) -> int:
        """Which of the works, by its place in the list."""
        return max(0, self._list.currentRow())

    def _told(self, work: bool) -> QWidget:
        title, text = tr("The playground was not closed the last time"), tr("No work was lost.")
        if work:
            title = tr("Your work is still here")
            text = tr("The playground was not closed the last time. This is how things stood:")
        result = QWidget()
        result.setLayout(column(label(title, theme.TITLE, 600), label(text, wrap=True)))
        return result

    def _make_list(self, leftovers: Sequence[Leftover]) -> QListWidget:
        result = QListWidget()
        result.setAccessibleName(tr("Work that was kept"))
        result.addItems([leftover.told() for leftover in leftovers])
        result.setCurrentRow(0)
        result.ensurePolished()  # the style sheet makes the rows higher
        rows = sum(result.sizeHintForRow(row) for row in range(result.count()))
        result.setFixedHeight(rows + 2 * result.frameWidth() + 8)
        result.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        result.setVisible(bool(leftovers))
        result.itemActivated.connect(lambda: self._end(Choice.REOPEN))
        return result

    def _report_part(self) -> QWidget:
        """Say what the program knows of the crash, and what can be done with that."""
        show = button(tr("Show"), "text-box-outline", "flat", checkable=True)
        show.toggled.connect(self._show_report)
        taken = button(tr("Copy"), "content-copy", "flat")
        taken.clicked.connect(lambda: copy(self._text))
        folder = button(tr("Open the folder"), "folder-open-outline", "flat")
        folder.clicked.connect(lambda: open_folder(self._folder))
        words = label(
            tr("There is a report of it. It stays on this computer; nothing is sent anywhere."),
            theme.SMALL,
            colour="muted",
            wrap=True,
        )
        result = QWidget()
        result.setLayout(column(words, row(show, taken, folder, STRETCH), gap=4))
        result.setVisible(bool(self._text))
        return result

    def _buttons(self, leftovers: Sequence[Leftover]) -> QWidget:
        result = QWidget()
        discard = button(tr("Discard"), tip=tr("Remove the chosen work for good"))
        discard.clicked.connect(lambda: self._end(Choice.DISCARD))
        later = button(tr("Later"), tip=tr("Ask again at the next start"))
        later.clicked.connect(lambda: self._end(Choice.LATER))
        reopen = button(tr("Reopen"), "backup-restore", "primary")
        reopen.clicked.connect(lambda: self._end(Choice.REOPEN))
        close = button(tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        self._default = reopen if leftovers else close
        self._default.setDefault(True)
        shown = (discard, STRETCH, later, reopen) if leftovers else (STRETCH, close)
        result.setLayout(row(*shown))
        return result

    def _show_report(self, shown: bool) -> None:
        self._report.setVisible(shown)
        self.adjustSize()

    def _end(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()
