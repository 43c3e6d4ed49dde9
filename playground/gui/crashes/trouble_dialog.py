"""What the window says after a mistake of its own: one calm question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from playground.gui.crashes.report_text import ReportText, copy
from playground.gui.crashes.watch import Failure
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.widgets import MARGIN, STRETCH, button, column, label, row
from playground.language import tr

WIDTH = 680


class TroubleDialog(QDialog):
    """Says what happened and that nothing is lost; it is accepted to go on, rejected to quit."""

    def __init__(
        self,
        failure: Failure,
        save: Callable[[], bool] | None,
        parent: QWidget | None = None,
        *,
        kept: bool = True,
    ) -> None:
        """``save`` saves the project, if there is one; ``kept`` is whether it is safe already."""
        super().__init__(parent)
        self._failure, self._save_project, self._kept = failure, save, kept
        self.setWindowTitle(tr("Something went wrong"))
        self._make_buttons()
        self._report = ReportText(failure.report)
        self._report.hide()
        head = row(picture("alert-circle-outline"), self._told(), gap=MARGIN)
        head.setStretch(1, 1)
        buttons = row(self._details, STRETCH, self._copy, self._save, self._quit, self._go_on)
        self.setLayout(
            column(head, self._report, buttons, gap=MARGIN, margins=(24, 24, 24, MARGIN))
        )
        self.setMinimumWidth(round(WIDTH * theme.notifier().scale))
        self._go_on.setFocus()

    def reject(self) -> None:
        """Go on, as Escape and the window's own button ask for."""
        self.accept()

    def _told(self) -> QWidget:
        safe = tr("The window goes on, and nothing of your work is lost.")
        if self._save_project and self._kept:
            safe = tr("The window goes on, and your work is safe: it was kept just now.")
        elif self._save_project:
            safe = tr("The window goes on, and your work with it. To be sure, save the project.")
        result = QWidget()
        result.setLayout(
            column(
                label(tr("Something went wrong inside the playground"), theme.TITLE, 600),
                label(safe, wrap=True),
                label(self._failure.what, theme.SMALL, colour="muted", wrap=True),
            )
        )
        return result

    def _make_buttons(self) -> None:
        self._details = button(tr("Details"), "text-box-outline", "flat", checkable=True)
        self._details.toggled.connect(self._show_details)
        self._copy = button(tr("Copy details"), "content-copy")
        self._copy.clicked.connect(lambda: copy(self._failure.report))
        self._save = button(tr("Save project..."), "content-save-outline")
        self._save.setVisible(self._save_project is not None)
        self._save.clicked.connect(self._save_now)
        self._quit = button(tr("Quit"))
        self._quit.clicked.connect(lambda: self.done(QDialog.DialogCode.Rejected.value))
        self._go_on = button(tr("Continue"), kind="primary")
        self._go_on.setDefault(True)
        self._go_on.clicked.connect(self.accept)

    def _show_details(self, shown: bool) -> None:
        self._report.setVisible(shown)
        self.adjustSize()

    def _save_now(self) -> None:
        assert self._save_project is not None
        if self._save_project():
            self._save.setText(tr("Saved"))
            self._save.setEnabled(False)


def picture(name: str) -> QLabel:
    """Return a large icon for the head of a dialog."""
    result = QLabel()
    size = round(32 * theme.notifier().scale)
    result.setPixmap(icon(name, "accent").pixmap(QSize(size, size), result.devicePixelRatioF()))
    result.setFixedSize(size, size)
    return result
