"""The dialog in which a CSV file becomes data: what is in it, and what to predict."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QGridLayout, QProgressBar, QStackedWidget, QWidget

from playground.data.sources.csv_file import ColumnKind, CsvColumn, CsvFile, CsvSummary
from playground.data.tables.text import Decimal, Delimiter, TextOptions
from playground.errors import PlaygroundError
from playground.gui import theme
from playground.gui.csv_preview import CsvPreview
from playground.gui.csv_reading import CsvReading
from playground.gui.widgets import (
    STRETCH,
    Choice,
    EmptyState,
    Switch,
    button,
    column,
    label,
    row,
)

_POLL_MS = 20
_MOST_IN_LIST = 1000


class CsvDialog(QDialog):
    """Shows the first rows of a file and asks for the column to predict; ``source`` tells."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._summary: CsvSummary | None = None
        self._reading: CsvReading | None = None
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._look)
        self.setWindowTitle(self.tr("Open CSV"))
        self.resize(880, 600)
        self.setMinimumSize(560, 440)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._read()

    def source(self) -> CsvFile:
        """Return what the user has chosen."""
        settings: dict[str, Any] = {  # the field checks that a choice is one of its own
            "targets": (self._target.choice(),),
            "task": self._task.choice(),
            "weight_column": self._weights.choice(),
            "delimiter": self._delimiter.choice(),
            "decimal": self._decimal.choice(),
            "scaling": "standard" if self._standardize.isChecked() else "none",
        }
        return CsvFile(path=self._path, **settings)

    def done(self, result: int) -> None:
        """Close, and end the reading."""
        self._timer.stop()
        if self._reading is not None:
            self._reading.stop()
        super().done(result)

    # Making

    def _make_widgets(self) -> None:
        self._facts = label("", theme.SMALL, colour="muted")
        self._preview = CsvPreview()
        self._progress = QProgressBar()
        self._progress.setRange(0, 100)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(216)
        self._progress.setAccessibleName(self.tr("Reading the file"))
        self._trouble = EmptyState("", icon="alert-circle-outline")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._waiting_page())
        self._pages.addWidget(self._preview)
        self._pages.addWidget(self._trouble)
        self._target = Choice({}, self.tr("Column to predict"))
        self._task = Choice(self._tasks(), self.tr("What to predict"))
        self._weights = Choice({"": self.tr("All rows alike")}, self.tr("How much rows count"))
        self._weights.setToolTip(
            self.tr("A column of weights, 0 or more: rows with more of it count more in training")
        )
        self._delimiter = Choice(self._delimiters(), self.tr("Delimiter"))
        self._decimal = Choice(self._decimals(), self.tr("Decimal sign"))
        self._standardize = Switch(self.tr("Standardize columns"), on=True)
        self._standardize.setToolTip(
            self.tr("Give columns of numbers mean 0 and deviation 1, as networks like them")
        )
        self._verdict = label("", theme.SMALL, colour="muted", wrap=True)
        self._ok = button(self.tr("Use this table"), "check", "primary")
        self._ok.setDefault(True)
        self._cancel = button(self.tr("Cancel"))

    def _waiting_page(self) -> QWidget:
        page = QWidget()
        words = label(self.tr("Reading the file..."), colour="muted")
        page.setLayout(
            column(
                STRETCH,
                row(STRETCH, words, STRETCH),
                row(STRETCH, self._progress, STRETCH),
                STRETCH,
            )
        )
        return page

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(2)
        captioned = (
            (self.tr("Column to predict"), self._target, 3),
            (self.tr("What it is"), self._task, 2),
            (self.tr("How much rows count"), self._weights, 2),
            (self.tr("Delimiter"), self._delimiter, 2),
            (self.tr("Decimal sign"), self._decimal, 2),
        )
        for i, (words, widget, share) in enumerate(captioned):
            caption = label(words, theme.CAPTION, colour="muted")
            caption.setBuddy(widget)
            fields.addWidget(caption, 0, i)
            fields.addWidget(widget, 1, i)
            fields.setColumnStretch(i, share)
        name = label(self._path.name, theme.TITLE, 600)
        name.setTextFormat(Qt.TextFormat.PlainText)
        head = row(name, self._facts, STRETCH, gap=12)
        foot = row(self._standardize, 16, self._verdict, self._cancel, self._ok, gap=12)
        foot.setStretch(2, 1)
        page = column(head, self._pages, fields, foot, gap=16, margins=(24, 20, 24, 20))
        page.setStretch(1, 1)
        self.setLayout(page)

    def _connect(self) -> None:
        self._ok.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._target.chosen.connect(self._choose_target)
        self._preview.column_chosen.connect(self._choose_target)
        self._task.chosen.connect(self._judge)
        self._delimiter.chosen.connect(self._read)
        self._decimal.chosen.connect(self._read)

    def _tasks(self) -> dict[str, str]:
        return {
            "auto": self.tr("Found by itself"),
            "classification": self.tr("Classes"),
            "regression": self.tr("A number"),
        }

    def _delimiters(self) -> dict[str, str]:
        words = {
            "auto": self.tr("Found by itself"),
            "comma": self.tr("Comma ,"),
            "semicolon": self.tr("Semicolon ;"),
            "tab": self.tr("Tab"),
            "bar": self.tr("Bar |"),
            "space": self.tr("Space"),
        }
        return {name: words.get(name, name) for name in get_args(Delimiter)}

    def _decimals(self) -> dict[str, str]:
        words = {
            "auto": self.tr("Found by itself"),
            "point": self.tr("Point 0.5"),
            "comma": self.tr("Comma 0,5"),
        }
        return {name: words.get(name, name) for name in get_args(Decimal)}

    # Reading

    def _read(self) -> None:
        """Look into the file, in a thread of its own."""
        if self._reading is not None:
            self._reading.stop()
        decimal: Any = self._decimal.choice()
        options = TextOptions(delimiter=self._delimiter.choice(), decimal=decimal)
        self._reading = CsvReading(self._path, options)
        self._reading.start()
        self._summary = None
        self._pages.setCurrentIndex(0)
        self._judge()
        self._timer.start()

    def _look(self) -> None:
        """See how far the reading is."""
        assert self._reading is not None
        outcome = self._reading.outcome
        self._progress.setValue(round(100 * self._reading.progress))
        if outcome is None and self._reading.is_alive():
            return
        self._timer.stop()
        if isinstance(outcome, CsvSummary):
            self._show(outcome)
        else:
            self._show_trouble(outcome)

    def _show(self, summary: CsvSummary) -> None:
        before = self._target.choice() if self._target.count() else ""
        names = [found.name for found in summary.columns]
        target = before if before in names else summary.target
        self._summary = summary
        self._target.clear()
        for name in names[:_MOST_IN_LIST]:
            self._target.addItem(name, name)
        facts = self.tr("{0} rows, {1} columns, {2}").format(
            f"{summary.rows:,}", f"{len(names):,}", summary.encoding.upper().replace("_", "-")
        )
        self._facts.setText(facts)
        self._delimiter.setItemText(0, self._found(self._delimiters()[summary.delimiter]))
        self._decimal.setItemText(0, self._found(self._decimals()[summary.decimal]))
        self._preview.show_summary(summary, target)
        self._pages.setCurrentWidget(self._preview)
        self._choose_target(target)

    def _show_trouble(self, error: PlaygroundError | None) -> None:
        message = str(error) if error else self.tr("The file could not be read.")
        self._facts.setText("")
        self._target.clear()
        self._trouble.show_text(message)
        self._pages.setCurrentWidget(self._trouble)
        self._judge()

    # Choosing

    def _choose_target(self, name: str) -> None:
        """Take another column, and offer what can be predicted of it."""
        if self._target.findData(name) < 0:
            self._target.addItem(name, name)
        self._target.set_choice(name)
        self._preview.show_target(name)
        found = self._column()
        usable = {"auto", *self._possible(found)} if found else {"auto"}
        if self._task.choice() not in usable:
            self._task.set_choice("auto")
        chosen = self._task.choice()
        self._task.clear()
        for key, words in self._tasks().items():
            if key in usable:
                self._task.addItem(words, key)
        self._task.set_choice(chosen)
        if found and found.task:
            self._task.setItemText(0, self._found(self._tasks()[found.task]))
        self._offer_weights(name)
        self._judge()

    def _offer_weights(self, target: str) -> None:
        """Let any other column of numbers be the rows' weights."""
        chosen = self._weights.choice()
        while self._weights.count() > 1:
            self._weights.removeItem(1)
        columns = self._summary.columns if self._summary else ()
        for found in columns[:_MOST_IN_LIST]:
            if found.kind is ColumnKind.NUMBER and found.name != target:
                self._weights.addItem(found.name, found.name)
        self._weights.set_choice(chosen if self._weights.findData(chosen) > 0 else "")

    def _judge(self) -> None:
        """Say whether this can be learnt, and let the user go on if so."""
        found = self._column()
        problem = self._problem(found) if found else ""
        ready = found is not None and not problem
        self._ok.setEnabled(ready)
        self._target.setEnabled(found is not None)
        self._task.setEnabled(ready)
        self._weights.setEnabled(ready)
        self._verdict.setProperty("tone", "danger" if problem else "muted")
        self._verdict.setText(problem or (self._promise(found) if found else ""))
        self._verdict.style().unpolish(self._verdict)  # the style sheet looks only when polishing
        self._verdict.style().polish(self._verdict)

    def _column(self) -> CsvColumn | None:
        columns = self._summary.columns if self._summary else ()
        return next((found for found in columns if found.name == self._target.choice()), None)

    def _possible(self, found: CsvColumn) -> set[str]:
        if found.task is None:
            return set()
        both = {"classification", "regression"}
        return both if found.kind is ColumnKind.NUMBER else {"classification"}

    def _problem(self, found: CsvColumn) -> str:
        """Return why a column cannot be predicted."""
        if found.problem:
            return found.problem
        if found.distinct < 2:
            return self.tr("{0} has the same value in every row; choose another column.").format(
                found.name
            )
        if found.task is None:
            return self.tr("{0} holds {1}; choose a column of numbers or categories.").format(
                found.name, found.kind.value
            )
        return ""

    def _promise(self, found: CsvColumn) -> str:
        """Return what the network will do."""
        task = self._task.choice()
        if (found.task if task == "auto" else task) == "regression":
            return self.tr("The network predicts {0} as a number.").format(found.name)
        words = self.tr("The network tells {0} classes of {1} apart.")
        return words.format(f"{found.distinct:,}", found.name)

    def _found(self, words: str) -> str:
        return self.tr("Found: {0}").format(words)
