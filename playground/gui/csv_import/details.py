"""What is known of the selected column, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QGridLayout, QScrollArea

from playground.data.tables.facts import Spread
from playground.data.tables.summary import CsvColumn
from playground.gui.charts.scales import number
from playground.gui.csv_import import words
from playground.gui.csv_import.charts import ColumnChart
from playground.gui.csv_import.draft import Draft, Role
from playground.gui.data.data_parts import Elided
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.widgets import STRETCH, Choice, Segments, boxed, column, label
from playground.language import grouped, tr

WIDTH = 296
_FIGURES = 6


class ColumnDetails(QScrollArea):
    """Edits what is planned for the selected columns; what is shown is the first of them."""

    planned = Signal(str, str)
    """A field of ``ColumnPlan`` and its new value."""
    role_chosen = Signal(str)
    """The value of a ``Role``."""

    def __init__(self) -> None:
        super().__init__()
        explain(self, "column-plan")
        self._draft: Draft | None = None
        self._names: tuple[str, ...] = ()
        self._told = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("The selected column"))
        self.setFixedWidth(theme.px(WIDTH))
        self._make_widgets()
        self._lay_out()
        self._connect()

    def show_columns(self, draft: Draft, names: tuple[str, ...], told: str = "") -> None:
        """Show the first of some columns; edits are meant for all of them.

        ``told`` is a problem that is said elsewhere.
        """
        self._told = told
        self._draft, self._names = draft, names
        self._contents.setVisible(bool(names))
        if names:
            self._show(draft, names[0])

    # Making

    def _make_widgets(self) -> None:
        self._title = Elided(theme.TITLE, 600)
        self._place = label("", theme.SMALL, colour="muted")
        self._role = Segments(
            words.role_names(), tr("What it is to the network"), tips=words.role_tips()
        )
        self._type = Choice({}, tr("Type"))
        self._type.setToolTip(tr("What the column holds, which decides what it gives"))
        self._encoding = Segments(
            {"one_hot": tr("One-hot"), "ordinal": tr("Ordinal")},
            tr("Encoding"),
            tips={
                "one_hot": tr("An input for each value, which is 1 or 0"),
                "ordinal": tr("One input that counts the values in order: 0, 1, 2, ..."),
            },
        )
        self._missing = Choice({}, tr("Missing values"))
        self._scaling = Choice({}, tr("Scaling"))
        self._chart = ColumnChart(tr("How the values are spread"))
        explain(self._scaling, "Field/scaling")
        explain(self._encoding, "one-hot")
        explain(self._chart, "histogram")
        self._becomes = label("", theme.SMALL, 600, wrap=True)
        self._problem = label("", theme.SMALL, colour="danger", wrap=True)
        self._facts = [
            (label("", theme.SMALL, colour="muted"), label("", theme.SMALL))
            for _ in range(_FIGURES)
        ]

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(8)
        self._form.setHorizontalSpacing(12)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for editor in (self._type, self._encoding, self._missing, self._scaling):
            caption = label(editor.accessibleName(), theme.SMALL, colour="muted")
            caption.setBuddy(editor)
            caption.setMinimumHeight(editor.sizeHint().height())  # level with its editor
            self._form.addRow(caption, editor)
        figures = QGridLayout()
        figures.setHorizontalSpacing(12)
        figures.setVerticalSpacing(4)
        for i, (caption, figure) in enumerate(self._facts):
            place = 2 * (i % 2)
            figures.addWidget(caption, i // 2, place)
            figures.addWidget(figure, i // 2, place + 1, Qt.AlignmentFlag.AlignRight)
            figures.setColumnStretch(place + 1, 1)
        contents = column(
            column(self._title, self._place, gap=0),
            self._role,
            self._problem,
            self._form,
            self._becomes,
            self._chart,
            figures,
            STRETCH,
            gap=12,
            margins=(16, 12, 16, 12),
        )
        self._contents = boxed(contents, "panel")
        self.setWidget(self._contents)

    def _connect(self) -> None:
        self._role.chosen.connect(self.role_chosen)
        self._type.chosen.connect(lambda key: self.planned.emit("type", key))
        self._encoding.chosen.connect(lambda key: self.planned.emit("encoding", key))
        self._missing.chosen.connect(lambda key: self.planned.emit("missing", key))
        self._scaling.chosen.connect(lambda key: self.planned.emit("scaling", key))

    # Showing

    def _show(self, draft: Draft, name: str) -> None:
        found, plan = draft.column(name), draft.plan(name)
        type_, role = draft.type(name), draft.role(name)
        self._title.set_text(name)
        self._place.setText(self._place_words(draft, found))
        self._role.set_choice(role.value if role is not Role.WEIGHT else Role.INPUT.value)
        problem = words.problem(draft, found)
        self._problem.setText("" if problem == self._told else problem)
        self._problem.setVisible(bool(self._problem.text()))
        offer(self._type, self._types(found), plan.type, words.type_tips())
        offer(self._missing, self._missings(type_, role), plan.missing)
        offer(self._scaling, self._scalings(draft), plan.scaling)
        self._encoding.set_choice(plan.encoding)
        is_input = role is Role.INPUT
        categories = type_ == "category"
        self._form.setRowVisible(self._encoding, is_input and categories)
        self._form.setRowVisible(self._missing, is_input)
        scaled = is_input and not (categories and plan.encoding == "one_hot")
        self._form.setRowVisible(self._scaling, scaled)
        self._becomes.setText(words.becomes(draft, name))
        self._chart.show_column(found)
        self._show_facts(draft, found)

    def _show_facts(self, draft: Draft, found: CsvColumn) -> None:
        spread = found.spread if found.type != "category" else None
        facts = [
            (tr("Distinct"), grouped(found.levels.distinct)),
            (tr("Missing"), grouped(found.missing)),
        ]
        if spread:
            facts = [
                (tr("Min"), words.figure(found, spread.low)),
                (tr("Max"), words.figure(found, spread.high)),
                (tr("Mean"), words.figure(found, spread.mean)),
                (tr("SD"), self._deviation(found, spread)),
                *facts,
            ]
        for i, (caption, figure) in enumerate(self._facts):
            texts = facts[i] if i < len(facts) else ("", "")
            caption.setText(texts[0])
            figure.setText(texts[1])

    def _deviation(self, found: CsvColumn, spread: Spread) -> str:
        figure = number(spread.deviation)
        return tr("{0} days").format(figure) if found.type == "date" else figure

    def _place_words(self, draft: Draft, found: CsvColumn) -> str:
        if len(self._names) > 1:
            return tr("and {0} more: what you choose is for all").format(
                grouped(len(self._names) - 1)
            )
        of = grouped(len(draft.summary.columns))
        return tr("Column {0} of {1}").format(grouped(found.position), of)

    def _types(self, found: CsvColumn) -> dict[str, str]:
        names = words.type_names()
        return {"auto": words.found(names[found.guess]), **names}

    def _missings(self, type_: str, role: Role) -> dict[str, str]:
        usual = tr("Most frequent") if type_ == "category" else tr("Median")
        choices = {"auto": tr("Usual: {0}").format(usual), "drop": tr("Drop the row")}
        if type_ == "category":
            return {
                **choices,
                "most_frequent": tr("Most frequent"),
                "category": tr("A category of its own"),
            }
        return {
            **choices,
            "mean": tr("Mean"),
            "median": tr("Median"),
            "most_frequent": tr("Most frequent"),
            "category": tr("Median, and an input that says so"),
        }

    def _scalings(self, draft: Draft) -> dict[str, str]:
        names = words.scaling_names()
        common = names[draft.source.scaling]
        return {"default": tr("As all: {0}").format(common), **names}


def offer(
    box: Choice, labels: Mapping[str, str], key: str, tips: Mapping[str, str] | None = None
) -> None:
    """Let a box offer these choices, with one of them shown; it emits nothing."""
    shown = {box.itemData(i): box.itemText(i) for i in range(box.count())}
    if shown != dict(labels):
        box.clear()
        for each, text in labels.items():
            box.addItem(text, each)
            if tips and each in tips:
                box.setItemData(box.count() - 1, tips[each], Qt.ItemDataRole.ToolTipRole)
    box.set_choice(key if key in labels else next(iter(labels)))
