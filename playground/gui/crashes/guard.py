"""Stands beside a window from its start to its end, so that nothing is lost if there is none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from playground.gui.crashes.autosave import AutoSave
from playground.gui.crashes.leftovers import Leftover, leftover, report_of
from playground.gui.crashes.offer_dialog import Choice, OfferDialog
from playground.gui.crashes.reports import Reports, version_lines
from playground.gui.crashes.run_folder import RunFolder, abandoned, new_run
from playground.gui.crashes.trail import Trail
from playground.gui.crashes.trouble_dialog import TroubleDialog
from playground.gui.crashes.watch import Failure, Watch
from playground.gui.places import RUNS
from playground.language import tr

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow

LOOK_MS = 500
"""Between two looks whether Ctrl+C was pressed; Python hears of it then at the latest."""
LATER_MS = 1000
"""For what can wait until the window is drawn."""
MOST_QUESTIONS = 3
"""Of one run. A window that needs more is asked about in vain; the reports are written."""


class Guard(QObject):
    """Keeps the work of a window, writes down what goes wrong, and offers what is found.

    Within ``with``: an end without an exception leaves nothing behind. Where nothing can be
    written, the window works all the same.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._runs = folder / RUNS
        self._run = self._begin()
        self.trail = Trail(self._run.trail if self._run else None)
        self.reports = Reports(folder / "reports")
        self._watch = Watch(self.reports, self.trail)
        queued = Qt.ConnectionType.QueuedConnection  # what fails may be a painting
        self._watch.failed.connect(self._ask, queued)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._autosave: AutoSave | None = None
        self._window: MainWindow | None = None
        self._heritage: RunFolder | None = None
        """Whose work was asked for."""
        self._adopted = False
        """Whether it is open here."""
        self._asking = False
        self._asked = 0

    def __enter__(self) -> Self:
        self._watch.install(self._run.fault if self._run else None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception):
            self._watch.write(error)
            if self._window is None:
                self._tell_of_no_start(error)
        self._timer.stop()
        self._watch.uninstall()
        if self._run:
            self._run.release() if error else self._run.remove()
        if self._heritage:
            self._heritage.remove() if self._adopted and not error else self._heritage.release()

    def protect(self, window: MainWindow) -> None:
        """Look after the work of a window from now on."""
        self._window = window
        session, trail = window.session, self.trail
        self._watch.project = lambda: session.project
        window.did.connect(trail.add)
        session.opened.connect(self._note_opening)
        session.project_changed.connect(self._note_edit)
        session.failed.connect(self._note_failure)
        QTimer.singleShot(LATER_MS, self, self._note_versions)
        if self._run:
            self._autosave = AutoSave(session, self._run, window)
            self._autosave.failed.connect(self._tell_not_kept)
        else:
            self._tell_not_kept(tr("{0} cannot be written.").format(self._runs))

    def offer(self, window: MainWindow, otherwise: Callable[[], None]) -> None:
        """Offer what runs without an end have left; do something else if there is nothing.

        It is also done if the user wants nothing of it now.
        """
        runs = abandoned(self._runs)
        found = [work for run in runs if (work := leftover(run)) is not None]
        texts = [self._take_report(run) for run in runs]
        report = next(filter(None, texts), "")
        if not found and not report:
            otherwise()
            return
        dialog = OfferDialog(found, report, self.reports.folder, window)
        dialog.finished.connect(lambda: self._settle(window, found, dialog, otherwise))
        dialog.open()

    def _take_report(self, run: RunFolder) -> str:
        """Return the report of a run, once; a run without work is done with."""
        text = report_of(run)
        if text:
            self.reports.write(text)
        run.fault.unlink(missing_ok=True)
        if not run.work.exists():
            run.remove()
        return text

    def _settle(
        self,
        window: MainWindow,
        found: list[Leftover],
        dialog: OfferDialog,
        otherwise: Callable[[], None],
    ) -> None:
        """Do what was chosen with one work; the others wait for the next start."""
        chosen = found[dialog.chosen].run if found else None
        for work in found:
            if work.run is not chosen or dialog.choice is Choice.LATER:
                work.run.release()
        if chosen and dialog.choice is Choice.DISCARD:
            chosen.remove()
        if chosen and dialog.choice is Choice.REOPEN:
            self._reopen(window, found[dialog.chosen])
        else:
            otherwise()

    def _reopen(self, window: MainWindow, work: Leftover) -> None:
        self._heritage = work.run
        window.deeds.recover(work.run.work, work.original)

    def _tell_of_no_start(self, error: Exception) -> None:
        """Say why there is no window, to somebody who has double-clicked and waits."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Neural Playground", "")
        box.setText(tr("The playground could not start."))
        words = tr(
            "Started with --reset it begins afresh, and loses nothing. The report is in {0}."
        )
        box.setInformativeText(words.format(self.reports.folder))
        box.setDetailedText(repr(error))
        box.exec()

    def _begin(self) -> RunFolder | None:
        try:
            return new_run(self._runs)
        except OSError:
            return None

    @Slot()
    def _note_versions(self) -> None:
        """Write down what runs: after a crash another version may tell of it."""
        if self._run:
            with suppress(OSError):
                self._run.versions.write_text("\n".join(version_lines()), encoding="utf-8")

    @Slot()
    def _note_opening(self) -> None:
        self.trail.add("a project was opened")
        if self._heritage and not self._adopted and self._autosave:
            self._adopted = True
            self._autosave.after_next(self._heritage.remove)  # for then it is kept anew

    @Slot(str)
    def _note_failure(self, message: str) -> None:
        self.trail.add(message)
        if self._heritage and not self._adopted:
            self._heritage.release()  # for another try
            self._heritage = None

    @Slot(str)
    def _tell_not_kept(self, why: str) -> None:
        if self._window:
            words = tr("Save your work now and then; a crash would lose it. {0}")
            self._window.note_bar.show_text(words.format(why))

    @Slot()
    def _note_edit(self) -> None:
        self.trail.add("the project was changed")

    @Slot(Failure)
    def _ask(self, failure: Failure) -> None:
        """Ask what to do, unless there is a question already or there were enough of them."""
        window = self._window
        if window is None or self._asking or self._asked == MOST_QUESTIONS:
            return
        self._asking, self._asked = True, self._asked + 1
        kept = self._autosave is not None and self._autosave.keep_now()
        save = window.deeds.save if window.session.project is not None else None
        parent = QApplication.activeModalWidget() or window
        dialog = TroubleDialog(failure, save, parent, kept=kept)
        dialog.finished.connect(self._go_on)
        dialog.open()  # no loop within the loop that has failed

    @Slot()
    def _look(self) -> None:
        """Close after Ctrl+C as a click does, which asks about unsaved work."""
        if self._watch.interrupted:
            self._watch.interrupted = False
            QApplication.closeAllWindows()

    @Slot(int)
    def _go_on(self, answer: int) -> None:
        self._asking = False
        if self._window and answer == QDialog.DialogCode.Rejected.value:
            self._window.close()
