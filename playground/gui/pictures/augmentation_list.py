"""The augmentations of a project as a list, with the form of the chosen one beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from playground.component import Kind, parameters, summary
from playground.data.augmentations import Augmentation
from playground.data.augmentations.usual import usual_sets
from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.gui.forms.form import ComponentForm
from playground.gui.help.subjects import Subject, component_subject
from playground.gui.layers.layer_rows import LayerRow, RowStack, Scrolled
from playground.gui.layers.layer_texts import RowText
from playground.gui.look import theme
from playground.gui.widgets import (
    GAP,
    MARGIN,
    STRETCH,
    EmptyState,
    boxed,
    button,
    column,
    divider,
    label,
    row,
)
from playground.language import tr, tr_declared

Chosen = tuple[Augmentation, ...]
ICONS = {
    "RandomTranslation": "arrow-all",
    "RandomRotation": "rotate-right",
    "RandomZoom": "resize",
    "RandomShear": "skew-more",
    "RandomFlip": "flip-horizontal",
    "RandomNoise": "grain",
    "RandomErasing": "eraser",
}
_OTHER_ICON = "image-edit-outline"
_FORM = 296
"""Width of the form in pixels."""


class AugmentationList(QWidget):
    """Adds, removes, orders and edits augmentations; says what it should become."""

    changed = Signal(object)
    """The new tuple of ``Augmentation``."""

    def __init__(self) -> None:
        super().__init__()
        self._chosen: Chosen = ()
        self._dataset: Dataset | None = None
        self._place = 0
        self._rows: list[LayerRow] = []
        self._form: ComponentForm | None = None
        self._stack = RowStack()
        self._summary = label("", theme.SMALL, colour="muted", wrap=True)
        self._form_place = column()
        self._empty = EmptyState("auto-fix", "")
        self._make_tools()
        self._lay_out()
        self._refresh()

    @property
    def rows(self) -> list[LayerRow]:
        """The rows, one for each augmentation."""
        return self._rows

    @property
    def form(self) -> ComponentForm | None:
        """The form of the chosen augmentation."""
        return self._form

    def show_augmentation(self, chosen: Chosen) -> None:
        """Follow an edit."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._refresh()

    def show_dataset(self, dataset: Dataset) -> None:
        """Offer what fits these examples."""
        self._dataset = dataset
        self._show_empty()

    def fits(self, augmentation: Augmentation) -> bool:
        """Return whether these examples can be changed so."""
        return not self._problem(augmentation)

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what explains the augmentation of a row; all of them elsewhere."""
        found = self.childAt(place) if place else None
        for one, augmentation in zip(self._rows, self._chosen, strict=False):
            if found is one:
                return component_subject(augmentation)
        return Subject("Augmentation")

    # What the user does

    def add(self, augmentation: Augmentation) -> None:
        """Put one at the end, and show its form."""
        self._place = len(self._chosen)
        self._edit((*self._chosen, augmentation))

    def remove(self) -> None:
        """Take the chosen one out."""
        rest = (*self._chosen[: self._place], *self._chosen[self._place + 1 :])
        self._place = min(self._place, max(len(rest) - 1, 0))
        self._edit(rest)

    def shift(self, step: int) -> None:
        """Let the chosen one come later, or earlier if ``step`` is negative."""
        goal = self._place + step
        if 0 <= goal < len(self._chosen):
            order = list(self._chosen)
            order.insert(goal, order.pop(self._place))
            self._place = goal
            self._edit(tuple(order))

    def choose(self, place: int) -> None:
        """Show the form of another one."""
        self._place = min(max(place, 0), max(len(self._chosen) - 1, 0))
        self._refresh()

    def menu(self) -> QMenu:
        """Return the menu of all there are, and of sets; what does not fit says why."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for cls in Augmentation.registry.values():
            problem = self._problem(cls())
            action = menu.addAction(tr_declared(cls.title))
            action.setToolTip(problem or summary(cls))
            action.setEnabled(not problem)
            action.triggered.connect(lambda _=False, cls=cls: self.add(cls()))
        menu.addSeparator()
        for name, augmentations in self._sets().items():
            action = menu.addAction(self._set_title(name))
            action.triggered.connect(partial(self._edit, augmentations))
        return menu

    def _edit(self, chosen: Chosen) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._refresh()
            self.changed.emit(chosen)

    def _replace(self, augmentation: object) -> None:
        assert isinstance(augmentation, Augmentation)
        changed = list(self._chosen)
        changed[self._place] = augmentation
        self._edit(tuple(changed))

    def _take_likeliest(self) -> None:
        self._edit(next(iter(self._sets().values())))

    def _problem(self, augmentation: Augmentation) -> str:
        """Return why an augmentation is not for these examples; nothing if it is."""
        if self._dataset is None:
            return ""
        try:
            augmentation.check(self._dataset)
        except ShapeError as error:
            return str(error)
        return ""

    def _sets(self) -> dict[str, Chosen]:
        return usual_sets(self._dataset) if self._dataset else {}

    def _set_title(self, name: str) -> str:
        titles = {
            "digits": tr("Usual for digits"),
            "photos": tr("Usual for photos"),
            "numbers": tr("A little noise"),
        }
        return titles[name]

    # Showing

    def _refresh(self) -> None:
        self._place = min(self._place, max(len(self._chosen) - 1, 0))
        had_focus = any(one.hasFocus() for one in self._rows)
        while len(self._rows) > len(self._chosen):
            self._stack.take(self._rows.pop())
        while len(self._rows) < len(self._chosen):
            self._rows.append(self._make_row(len(self._rows)))
        for place, (one, augmentation) in enumerate(zip(self._rows, self._chosen, strict=True)):
            one.show_text(_row_text(place, augmentation, tr_declared(augmentation.title)))
            one.setChecked(place == self._place)
        if had_focus and self._rows:
            self._rows[self._place].setFocus()
        self._show_form()
        self._enable_tools()
        self._show_empty()

    def _make_row(self, place: int) -> LayerRow:
        one = LayerRow()
        one.clicked.connect(partial(self.choose, place))
        one.stepped.connect(lambda step: self.choose(self._place + step))
        one.moved.connect(self.shift)
        one.removed.connect(self.remove)
        one.asked.connect(self._ask)
        self._stack.add(one)
        return one

    def _show_form(self) -> None:
        augmentation = self._chosen[self._place] if self._chosen else None
        self._summary.setText(summary(type(augmentation)) if augmentation else "")
        if self._form is not None and type(self._form.component()) is not type(augmentation):
            self._form.hide()
            self._form.deleteLater()  # not now: its signal may be what is handled
            self._form = None
        if augmentation is None:
            return
        if self._form is None:
            self._form = ComponentForm(Augmentation, augmentation, choose=False)
            self._form.changed.connect(self._replace)
            self._form_place.addWidget(self._form)
        self._form.show_component(augmentation)

    def _show_empty(self) -> None:
        sets = self._sets()
        words = tr(
            "Change the training examples a little in every step: the network learns what does "
            "not matter. Validation stays as it is."
        )
        if self._dataset is not None and not sets:
            words = tr("Words have nothing that could be shifted, turned or made noisy.")
        title = self._set_title(next(iter(sets))) if sets else ""
        self._empty.show_text(words, title, self._take_likeliest)
        self._add.setEnabled(self._dataset is None or bool(sets))
        self._empty.setVisible(not self._chosen)
        self._list.setVisible(bool(self._chosen))

    # The frame around

    def _make_tools(self) -> None:
        self._add = button(tr("Add"), "plus", "quiet", tr("Add an augmentation"))
        self._add.clicked.connect(self._ask)
        tools = (
            ("minus", tr("Remove the chosen one (Delete)"), self.remove),
            ("arrow-up", tr("Do it earlier (Alt+Up)"), partial(self.shift, -1)),
            ("arrow-down", tr("Do it later (Alt+Down)"), partial(self.shift, 1)),
        )
        self._tools: list[QPushButton] = []
        for icon, tip, act in tools:
            tool = button("", icon, "flat", tip)
            tool.clicked.connect(act)
            self._tools.append(tool)

    def _enable_tools(self) -> None:
        remove, up, down = self._tools
        remove.setEnabled(bool(self._chosen))
        up.setEnabled(self._place > 0)
        down.setEnabled(self._place + 1 < len(self._chosen))

    def _ask(self) -> None:
        self.menu().popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def _lay_out(self) -> None:
        head = row(self._add, STRETCH, row(*self._tools, gap=0), margins=(GAP, 4, GAP, 0))
        rows = Scrolled(boxed(column(self._stack, STRETCH, gap=0), "panel"))
        form = Scrolled(
            boxed(
                column(self._summary, self._form_place, STRETCH, margins=(MARGIN, 8, MARGIN, 8)),
                "panel",
            )
        )
        form.setFixedWidth(theme.px(_FORM))
        lines = row(rows, divider(), form, gap=0)
        lines.setStretch(0, 1)
        self._list = boxed(lines)
        body = column(head, self._list, self._empty, gap=4)
        body.setStretch(1, 1)
        body.setStretch(2, 1)
        self.setLayout(body)
        self.setAccessibleName(tr("Augmentation"))


def _row_text(place: int, augmentation: Augmentation, title: str) -> RowText:
    numbers = ", ".join(
        f"{parameter.label} {getattr(augmentation, parameter.name):g}"
        for parameter in parameters(type(augmentation))
        if parameter.kind is Kind.REAL and not parameter.advanced
    )
    name = type(augmentation).__name__
    return RowText(ICONS.get(name, _OTHER_ICON), title, numbers, "", "", path=(place,))
