"""What is predicted, and how the rows are split and scaled."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.component import parameters
from playground.data.sources.csv_file import CsvFile
from playground.data.tables.summary import CsvColumn
from playground.gui.charts.scales import number
from playground.gui.csv_import import words
from playground.gui.csv_import.details import offer
from playground.gui.csv_import.draft import Draft, Role
from playground.gui.csv_import.targets import TargetButton
from playground.gui.data.source_rows import SliderRow
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.look.markers import class_token
from playground.gui.widgets import (
    STRETCH,
    Choice,
    ClassBars,
    NumberBox,
    Section,
    Segments,
    SplitBar,
    boxed,
    column,
    divider,
    label,
    row,
)
from playground.language import grouped, tr

_MOST_IN_LIST = 1000
_MOST_BARS = 40
SAMPLES = (10_000, 100_000, 1_000_000)


class TaskBar(QWidget):
    """Emits what the user chooses; a draft comes back to be shown."""

    chosen = Signal(str, object)
    """A field of ``CsvFile`` and its new value."""
    target_chosen = Signal(str)
    target_ticked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        explain(self, "csv-targets")
        fields = {parameter.name: parameter for parameter in parameters(CsvFile)}
        self._target = TargetButton()
        self._task = Choice({}, tr("What it is"))
        self._weights = Choice({}, tr("How much rows count"))
        self._weights.setToolTip(
            tr("A column of weights, 0 or more: rows with more of it count more in training")
        )
        self._balance = ClassBars(tr("Rows of each class"), height=84)
        self._numbers = label("", theme.SMALL, colour="muted", wrap=True)
        self._split = SplitBar(tr("Split"))
        self._validation = SliderRow(fields["validation_split"], tr("Validation"), slim=True)
        self._test = SliderRow(fields["test_split"], tr("Test"), slim=True)
        self._seed = NumberBox(tr("Seed"), fields["seed"].check, digits=4)
        self._seed.set_tip(fields["seed"].doc)
        self._scaling = _scaling_switch(tr("Scale inputs"))
        self._target_scaling = _scaling_switch(tr("Scale target"))
        self._rows = Choice({}, tr("Rows to take"))
        for widget, topic in (
            (self._weights, "csv-targets"),
            (self._balance, "class-counts"),
            (self._split, "split"),
            (self._validation, "Field/validation_split"),
            (self._test, "Field/test_split"),
            (self._seed, "Field/seed"),
            (self._scaling, "Field/scaling"),
            (self._target_scaling, "Field/scaling"),
        ):
            explain(widget, topic)
        self._lay_out()
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_draft(self, draft: Draft) -> None:
        """Show what is chosen, and what may be."""
        source = draft.source
        columns = draft.summary.columns
        names = words.type_names()
        self._target.show_targets(
            tuple(column.name for column in columns),
            tuple(names[draft.type(column.name)] for column in columns),
            draft.targets,
        )
        self._show_task(draft)
        offer(self._weights, self._weight_columns(draft), source.weight_column)
        self._validation.show_value(source.validation_split)
        self._test.show_value(source.test_split)
        self._seed.set_value(source.seed)
        self._scaling.set_choice(source.scaling)
        self._target_scaling.set_choice(source.target_scaling)
        self._target_part.setVisible(draft.task == "regression")
        offer(self._rows, self._samples(draft), str(source.most_rows))
        self._rows_part.setVisible(self._rows.count() > 1)
        self._show_balance(draft)

    # Making

    def _lay_out(self) -> None:
        self._balance_head = Section("")
        self._rows_part = _captioned(self._rows, 160)
        self._target_part = _captioned(self._target_scaling, 288)
        kinds = row(_captioned(self._task), _captioned(self._weights))
        kinds.setStretch(0, 8)
        kinds.setStretch(1, 7)
        predict = column(Section(tr("Predict")), self._target, kinds, STRETCH)
        answers = column(self._balance_head, self._balance, self._numbers, STRETCH)
        split = column(
            Section(tr("Split")), self._split, 4, self._validation, self._test, STRETCH, gap=4
        )
        groups = row(gap=16)
        for i, part in enumerate((predict, answers, split)):
            if i:
                groups.addWidget(divider())
            groups.addLayout(part, 5 if i else 6)
        settings = row(
            _captioned(self._scaling, 288),
            self._target_part,
            self._rows_part,
            STRETCH,
            _captioned(self._seed),
            gap=16,
        )
        self.setLayout(column(groups, settings, gap=8))

    def _connect(self) -> None:
        self._target.chosen.connect(self.target_chosen)
        self._target.ticked.connect(self.target_ticked)
        choices = {
            "task": self._task.chosen,
            "weight_column": self._weights.chosen,
            "scaling": self._scaling.chosen,
            "target_scaling": self._target_scaling.chosen,
            "validation_split": self._validation.changed,
            "test_split": self._test.changed,
            "seed": self._seed.value_changed,
        }
        for name, signal in choices.items():
            signal.connect(lambda value, name=name: self.chosen.emit(name, value))
        self._rows.chosen.connect(lambda key: self.chosen.emit("most_rows", int(key)))

    # Showing

    def _show_task(self, draft: Draft) -> None:
        names = words.task_names()
        possible: dict[str, str] = {task: names[task] for task in draft.possible_tasks}
        found = draft.found_task
        automatic = words.found(names[found]) if found else tr("Automatic")
        offer(self._task, {"auto": automatic, **possible}, draft.source.task)
        self._task.setToolTip(
            tr("Texts and few different whole numbers are classes; other numbers are numbers")
        )

    def _show_balance(self, draft: Draft) -> None:
        classes = draft.task == "classification"
        target = draft.column(draft.targets[0])
        self._balance.setVisible(classes and target.levels.distinct <= _MOST_BARS)
        self._numbers.setVisible(not classes)
        if classes:
            self._balance_head.set_text(tr("Classes"))
            self._balance_head.set_detail(_ratio(target))
            levels = sorted(target.levels.common)
            tokens = [class_token(i) for i in range(len(levels))] if len(levels) <= 3 else []
            self._balance.show_values(
                [text for text, _ in levels], [count for _, count in levels], tokens
            )
        else:
            self._balance_head.set_text(tr("Numbers"))
            self._balance_head.set_detail("")
            self._numbers.setText("\n".join(self._ranges(draft)))

    def _ranges(self, draft: Draft) -> list[str]:
        """Return where the numbers to predict lie."""
        lines = []
        for name in draft.targets[:4]:
            spread = draft.column(name).spread
            if spread:
                words_ = tr("{0}: {1} to {2}, mean {3}")
                lines.append(
                    words_.format(
                        name, number(spread.low), number(spread.high), number(spread.mean)
                    )
                )
        return lines

    def show_parts(self, parts: tuple[int, int, int]) -> None:
        """Show how many rows go into training, validation and test."""
        names = (tr("train"), tr("valid"), tr("test"))
        self._split.show_parts(tuple(zip(names, parts, strict=True)))

    def _weight_columns(self, draft: Draft) -> dict[str, str]:
        numbers = (
            column.name
            for column in draft.summary.columns
            if draft.type(column.name) == "number" and draft.role(column.name) is not Role.TARGET
        )
        names = list(islice(numbers, _MOST_IN_LIST))
        return {"": tr("All rows alike"), **{name: name for name in names}}

    def _samples(self, draft: Draft) -> dict[str, str]:
        """Return how many rows may be taken of a large file."""
        chosen = draft.source.most_rows
        rows = draft.summary.table.rows_in_file or draft.summary.rows
        counts = sorted({n for n in SAMPLES if n < rows} | ({chosen} if chosen else set()))
        samples = {str(n): tr("{0} at random").format(grouped(n)) for n in counts}
        return {"0": tr("All {0}").format(words.rows(rows)), **samples}


def _scaling_switch(name: str) -> Segments:
    return Segments(words.scaling_names(), name, tips=words.scaling_tips())


def _captioned(editor: QWidget, widest: int = 0) -> QWidget:
    if widest:
        editor.setMaximumWidth(theme.px(widest))
    caption = label(editor.accessibleName(), theme.CAPTION, colour="muted")
    caption.setBuddy(editor)
    return boxed(column(caption, editor, gap=4))


def _ratio(target: CsvColumn) -> str:
    """Return how much more rows the largest class has than the smallest."""
    if not target.levels.common or not target.levels.rarest:
        return ""
    return f"{target.levels.common[0][1] / target.levels.rarest:.2f} : 1"
