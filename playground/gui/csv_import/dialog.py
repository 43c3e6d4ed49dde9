"""The dialog in which a CSV file becomes data: what is in it, and what to predict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFrame, QProgressBar, QScrollArea, QWidget

from playground.data.sources.csv_file import CsvFile
from playground.data.tables.excerpt import Excerpt, Place, place_in
from playground.data.tables.summary import CsvSummary
from playground.data.tables.table import RowSample
from playground.data.tables.text import TextOptions
from playground.gui.csv_import import verdict, words
from playground.gui.csv_import.details import ColumnDetails
from playground.gui.csv_import.draft import Draft, Outlook, Role
from playground.gui.csv_import.format_bar import FormatBar
from playground.gui.csv_import.preview import CsvPreview
from playground.gui.csv_import.reading import CsvReading, Failure, LookedUp, News, Redescribed
from playground.gui.csv_import.task_bar import TaskBar
from playground.gui.csv_import.trouble import Trouble
from playground.gui.csv_import.type_menu import TypeMenu
from playground.gui.data.data_parts import Elided
from playground.gui.focus_order import step_focus
from playground.gui.help.asking import Guide
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.widgets import EmptyState, boxed, button, column, label, row
from playground.language import grouped, tr

_POLL_MS = 20
_SIZE = QSize(1240, 680)
_EDGE = QSize(48, 64)
"""Of the screen, left free for the title bar of the dialog and the desktop's bars."""


class CsvDialog(QDialog):
    """Shows a file as it is read, and what becomes of it; ``source`` is all that was chosen."""

    def __init__(self, start: Path | CsvFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._again = isinstance(start, CsvFile)
        self._source = start if isinstance(start, CsvFile) else CsvFile(path=start)
        self._draft: Draft | None = None
        self._outlook = Outlook(0, 0, (), 0, 0)
        self._problem = ""
        self._excerpts: dict[str, Excerpt | None] = {}
        self._asked: dict[str, str] = {}
        self._is_reading = False
        self._failure: Failure | None = None
        self._reading: CsvReading | None = None
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._look)
        self.setWindowTitle(tr("Choose columns") if self._again else tr("Open CSV"))
        self._make_widgets()
        explain(self, "csv-import")
        Guide(self)
        self._lay_out()
        self._connect()
        self._take_size()
        self._bar.show_options(self._source.options)
        self._read()

    def source(self) -> CsvFile:
        """Return what the user has chosen, with all that was found written out."""
        return self._draft.finished() if self._draft else self._source

    def done(self, result: int) -> None:
        """Close, and end the reading."""
        self._timer.stop()
        if self._reading is not None:
            self._reading.stop()
        super().done(result)

    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, next)

    # Making

    def _make_widgets(self) -> None:
        self._name = Elided(theme.TITLE, 600)
        self._name.set_text(self._source.path.name)
        self._facts = label("", theme.SMALL, colour="muted")
        self._progress = QProgressBar()
        self._progress.setRange(0, 100)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Reading the file"))
        self._progress.setFixedWidth(160)
        self._bar = FormatBar()
        self._trouble = Trouble()
        self._waiting = EmptyState("table-clock", tr("Reading the first rows..."))
        self._preview = CsvPreview()
        self._preview.setToolTip(tr("A click on a column shows it at the right"))
        self._details = ColumnDetails()
        self._task = TaskBar()
        self._verdict = label("", theme.BODY, 500, wrap=True)
        self._warning = label("", theme.SMALL, colour="muted", wrap=True)
        words_ = tr("Use these columns") if self._again else tr("Open")
        self._ok = button(words_, "check", "primary")
        self._ok.setDefault(True)
        self._cancel = button(tr("Cancel"))
        self._cancel.setAutoDefault(False)

    def _lay_out(self) -> None:
        head = row(self._name, self._facts, self._progress, gap=12)
        head.setStretch(0, 1)
        left = column(
            boxed(column(self._trouble, self._waiting, self._preview, gap=0), "panel"),
            self._task,
            gap=12,
        )
        left.setStretch(0, 1)
        middle = row(left, self._details, gap=16)
        middle.setStretch(0, 1)
        foot = row(
            column(self._verdict, self._warning, gap=0),
            self._cancel,
            self._ok,
            gap=12,
        )
        foot.setStretch(0, 1)
        body = column(self._bar, middle, gap=12, margins=(24, 0, 24, 0))
        body.setStretch(1, 1)
        area = QScrollArea()  # for large fonts on small screens
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(boxed(body, "canvas"))
        for line in (head, foot):
            line.setContentsMargins(24, 0, 24, 0)
        page = column(head, area, foot, gap=12, margins=(0, 16, 0, 16))
        page.setStretch(1, 1)
        self.setLayout(page)
        self._preview.setFocus()

    def _take_size(self) -> None:
        """Be as large as is good, and no larger than the screen."""
        scale = theme.notifier().scale
        room = self.screen().availableSize() - _EDGE
        wanted = QSize(max(_SIZE.width(), room.width() * 3 // 4), 0)
        wanted.setHeight(max(_SIZE.height(), room.height() * 4 // 5))
        self.resize((wanted * scale).boundedTo(room))
        self.setMinimumSize(QSize(720, 520).boundedTo(room))

    def _connect(self) -> None:
        self._ok.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._bar.changed.connect(self._reread)
        self._trouble.mend_chosen.connect(self._mend)
        self._preview.columns_chosen.connect(self._show_details)
        self._preview.types_requested.connect(self._open_types)
        self._details.planned.connect(self._plan)
        self._details.role_chosen.connect(self._give_role)
        self._task.chosen.connect(self._choose)
        self._task.target_chosen.connect(self._aim)
        self._task.target_ticked.connect(self._tick)

    # Reading

    def _read(self) -> None:
        """Look into the file, in a thread of its own."""
        if self._reading is not None:
            self._reading.stop()
        source = self._source
        types = {plan.name: plan.type for plan in source.columns}
        sample = RowSample(source.most_rows, source.seed)
        self._reading = CsvReading(source.path, source.options, types, sample)
        self.destroyed.connect(self._reading.stop)  # should it go without having been closed
        self._reading.start()
        self._asked.clear()
        self._excerpts.clear()
        self._set_reading(True)
        self._timer.start()
        self._judge()

    def _reread(self, options: object) -> None:
        """Read the file in another way."""
        assert isinstance(options, TextOptions)
        self._bar.show_nothing_found()
        self._source = with_options(self._source, options)
        self._read()

    def _set_reading(self, reading: bool) -> None:
        self._is_reading = reading
        self._progress.setValue(0)
        self._progress.setVisible(reading)

    def _look(self) -> None:
        """See what the reading has found."""
        assert self._reading is not None
        alive = self._reading.is_alive()
        self._progress.setValue(round(100 * self._reading.progress))
        for news in self._reading.news():
            self._take(news)
        if not alive and self._is_reading:
            self._take(Failure(tr("The file could not be read.")))

    def _take(self, news: News) -> None:
        if isinstance(news, CsvSummary):
            self._take_summary(news)
        elif isinstance(news, Failure):
            self._take_failure(news)
        elif self._draft and isinstance(news, Redescribed):
            summary = self._draft.summary.with_columns(news.columns)
            self._show(replace(self._draft, summary=summary))
        elif self._draft and isinstance(news, LookedUp):
            self._take_lines(self._draft, news)

    def _take_summary(self, summary: CsvSummary) -> None:
        self._failure = None
        self._set_reading(not summary.whole)
        self._asked.clear()
        self._bar.show_found(summary.format, summary.table.missing)
        self._facts.setText(self._fact_words(summary))
        draft = Draft(self._source, summary)
        self._show(draft)
        if not self._preview.chosen():
            self._preview.choose(draft.targets[0])
            self._preview.horizontalScrollBar().setValue(0)  # a table is read from the left
            self._preview.setFocus()

    def _take_lines(self, draft: Draft, found: LookedUp) -> None:
        """Show the lines of a problem, and the column that has it."""
        self._excerpts[found.message] = found.excerpt
        self._show(draft)
        if found.excerpt and 0 < found.excerpt.place.column <= len(draft.summary.columns):
            self._preview.choose(draft.summary.columns[found.excerpt.place.column - 1].name)

    def _take_failure(self, failure: Failure) -> None:
        """Say what is wrong, above the lines where it is."""
        self._failure = failure
        self._set_reading(False)
        self._facts.setText("")
        self._preview.show_excerpt(failure.excerpt or Excerpt(Place(1), 1, ()))
        words_ = tr("Take {0} rows at random")
        mend = words_.format(grouped(failure.fitting)) if failure.fitting else ""
        self._trouble.show_message(failure.message, mend)
        self._judge()

    # Showing

    def _show(self, draft: Draft) -> None:
        """Show what is chosen, and ask for what is not known yet."""
        self._draft, self._source = draft, draft.source
        self._outlook = draft.outlook()
        self._task.show_draft(draft)
        self._task.show_parts(draft.parts(self._outlook.used))
        self._problem = verdict.problem(draft, self._outlook)
        self._preview.show_draft(draft, self._lines_of(self._problem))
        self._show_problem(self._problem)
        self._show_details()
        self._ask_for(draft)
        self._judge()

    def _show_details(self) -> None:
        if self._draft and not self._failure:
            self._details.show_columns(self._draft, self._preview.chosen(), self._problem)

    def _show_problem(self, problem: str) -> None:
        """Say what is wrong with one cell, and offer to read it as missing."""
        excerpt = self._excerpts.get(problem)
        cell = excerpt.wrong if excerpt else ""
        mend = tr("Read “{0}” as missing").format(cell[:20]) if cell else ""
        self._trouble.show_message(problem if excerpt else "", mend)

    def _lines_of(self, problem: str) -> Excerpt | None:
        """Return the lines that a problem is about, if it names any; ask for them at first."""
        if problem and problem not in self._excerpts and place_in(problem):
            self._excerpts[problem] = None
            if self._reading:
                self._reading.look_up(problem)
        return self._excerpts.get(problem)

    def _ask_for(self, draft: Draft) -> None:
        """Ask for the columns that are another type now to be described as that."""
        wanted = {name: draft.type(name) for name in draft.stale}
        new = {name: type_ for name, type_ in wanted.items() if self._asked.get(name) != type_}
        if new and self._reading and draft.summary.whole:
            self._asked |= new
            self._reading.describe_anew(new)

    def _judge(self) -> None:
        """Say what will be loaded or why nothing can be, and let the user go on if so."""
        problem, warning, promise = self._judgement()
        self._ok.setEnabled(bool(promise))
        self._ok.setToolTip(problem)
        usable = self._draft is not None and self._failure is None
        for part in (self._task, self._details):
            part.setVisible(usable)
        self._waiting.setVisible(self._draft is None and self._failure is None)
        self._preview.setVisible(not self._waiting.isVisibleTo(self))
        self._verdict.setText(problem or promise)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))

    def _judgement(self) -> tuple[str, str, str]:
        """Return why this cannot be opened, what to beware of, and what will be opened."""
        draft = self._draft
        if self._failure or draft is None or self._is_reading:
            reading = tr("Reading all rows...") if self._is_reading else ""
            return reading or tr("This file cannot be opened as it is"), "", ""
        if self._problem:
            above = tr("Mend the cell above, or read its column as another type")
            return above if self._excerpts.get(self._problem) else self._problem, "", ""
        promise = words.summary(draft, self._outlook)
        return "", verdict.warning(draft, self._outlook), promise

    def _fact_words(self, summary: CsvSummary) -> str:
        size = QLocale().formattedDataSize(
            summary.path.stat().st_size, 0, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        rows = words.rows(summary.rows) if summary.whole else tr("reading all rows")
        if summary.table.numbers is not None:
            rows = tr("{0} of {1}, chosen at random").format(
                grouped(summary.rows), words.rows(summary.table.rows_in_file)
            )
        return f"{rows}, {words.columns(len(summary.columns))}, {size}"

    # Choosing

    def _choose(self, field: str, value: Any) -> None:
        """Take another value of a field of the source."""
        if not self._draft:
            return
        if field == "weight_column":
            self._show(self._draft.weighted_by(value))
        else:
            self._show(self._draft.chosen(**{field: value}))
        if field == "most_rows":
            self._read()

    def _aim(self, name: str) -> None:
        if self._draft:
            self._show(self._draft.aimed_at(name))
            self._preview.choose(name)

    def _tick(self, name: str) -> None:
        if self._draft:
            self._show(self._draft.toggled(name))

    def _plan(self, field: str, value: str) -> None:
        """Plan something else for the selected columns."""
        if self._draft:
            self._show(self._draft.planned(self._preview.chosen(), **{field: value}))

    def _give_role(self, role: str) -> None:
        """Make the selected columns something else to the network."""
        names = self._preview.chosen()
        if not self._draft or not names:
            return
        if role == Role.TARGET.value:
            self._show(self._draft.aimed_at_all(names))
        elif role == Role.INPUT.value:
            self._show(self._draft.as_input(names))
        else:
            self._show(self._draft.left_out(names))

    def _open_types(self, place: QPoint) -> None:
        """Offer the types for the selected columns, and what they may be."""
        names = self._preview.chosen()
        if not self._draft or not names or self._failure:
            return
        menu = TypeMenu(self._draft, names[0], self)
        menu.type_chosen.connect(lambda key: self._plan("type", key))
        menu.role_chosen.connect(self._give_role)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _mend(self) -> None:
        """Take fewer rows of a file that is too large, or read a wrong cell as missing."""
        if self._failure:
            self._source = replace(self._source, most_rows=self._failure.fitting)
            self._read()
            return
        excerpt = self._excerpts.get(self._problem)
        if excerpt:
            options = self._source.options
            spelled = (*options.missing, excerpt.wrong)
            options = replace(options, missing=spelled)
            self._bar.show_options(options)
            self._reread(options)


def with_options(source: CsvFile, options: TextOptions) -> CsvFile:
    """Return the source that reads its text in another way."""
    return replace(
        source,
        encoding=options.encoding,
        delimiter=options.delimiter,
        quote=options.quote,
        decimal=options.decimal,
        header=options.header,
        missing_values=options.missing,
    )
