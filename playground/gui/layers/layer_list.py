"""The network as a list, with the form of the chosen layer below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from playground.component import summary
from playground.data.dataset import Dataset
from playground.gui.forms.form import ComponentForm
from playground.gui.help.subjects import Subject, component_subject
from playground.gui.layers.layer_mends import Mend, first_mend
from playground.gui.layers.layer_rows import LayerRow, Problem, RowStack, Scrolled
from playground.gui.layers.layer_texts import Totals, row_texts
from playground.gui.look import theme
from playground.gui.selection import Selection
from playground.gui.widgets import GAP, MARGIN, STRETCH, boxed, button, column, label, row
from playground.language import grouped, tr
from playground.nn.edits import (
    can_branch,
    gaps,
    inserted,
    moved,
    replaced,
    shifted,
    with_branch,
    with_branches,
    without,
    without_branch,
)
from playground.nn.layers import Layer
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, layer_at
from playground.training.project import Project


class LayerList(QWidget):
    """Shows and edits the layers: add, remove, move, duplicate, and the fields of each."""

    selected = Signal(Selection)
    """A new ``Selection``."""
    edited = Signal(object)
    """``{"model": Sequential}``; with ``"loss"`` where the mend of the last layer changes it."""

    def __init__(self) -> None:
        super().__init__()
        self._project: Project | None = None
        self._dataset: Dataset | None = None
        self._selection = Selection()
        self._rows: list[LayerRow] = []
        self._problem: Problem | None = None
        self._form: ComponentForm | None = None
        self._stack = RowStack()
        self._totals = label("", theme.SMALL, colour="muted", wrap=True)
        self._hint = label(
            tr("Choose a layer to see and change its settings."),
            theme.SMALL,
            colour="muted",
            wrap=True,
        )
        self._form_summary = label("", theme.SMALL, colour="muted", wrap=True)
        self._form_place = column()
        self._branch = button(tr("Add branch"), "source-branch-plus", "quiet")
        self._branch.clicked.connect(self.add_branch)
        self._card = boxed(
            column(
                self._form_summary,
                self._form_place,
                row(self._branch, STRETCH),
                gap=GAP,
                margins=(GAP, 4, 0, MARGIN),
            )
        )
        self._height_before: int | None = None
        """Where in sight the row was that is chosen now, before the form moved to it."""
        self._add, self._remove, self._up, self._down, self._copy = self._make_tools()
        self._lay_out()
        self._show_form()
        self._enable_tools()

    def form(self) -> ComponentForm | None:
        """Return the form of the chosen layer."""
        return self._form

    def show_project(self, project: Project) -> None:
        """Follow an edit."""
        if project != self._project:
            self._project = project
            self._refresh()

    def show_dataset(self, dataset: Dataset) -> None:
        """Take the shapes from these examples."""
        self._dataset = dataset
        self._refresh()

    def show_selection(self, selection: Selection) -> None:
        """Follow what the user looks at."""
        self._selection = selection
        had_focus = any(one.hasFocus() for one in self._rows)
        for one in self._rows:
            one.setChecked(one.path == (selection.layer or ()))
            if had_focus and one.isChecked():
                one.setFocus()
        self._show_form()
        self._enable_tools()
        QTimer.singleShot(0, self, self._reveal)  # once the rows have their places

    def _reveal(self) -> None:
        """Scroll so that the chosen row stays where it was, in sight with as much as fits below."""
        row, bar = self._chosen_row(), self._area.verticalScrollBar()
        if row is None:
            return
        self._stack.layout_now()
        top, height = row.geometry().top(), self._area.viewport().height()
        if self._height_before is not None:
            bar.setValue(top - self._height_before)
            self._height_before = None
        bottom = max(one.geometry().bottom() for one in (row, self._card, self._problem) if one)
        value = max(bar.value(), min(top, bottom + GAP - height))
        bar.setValue(min(value, top - GAP))

    # What the user does

    def insert(self, layer: Layer, path: LayerPath | None = None) -> None:
        """Put a layer at a path; without, after the chosen one, or else before the last."""
        if path is None:
            path = self._next_place()
        self._edit(inserted(self._model, path, with_branches(layer)), path)

    def remove(self) -> None:
        """Take the chosen layer out."""
        chosen = self._chosen()
        if chosen is not None and self._is_removable(chosen):
            rest = without(self._model, chosen)
            before = (*chosen[:-1], chosen[-1] - 1)
            self._edit(rest, next(p for p in (chosen, before, chosen[:-2]) if layer_at(rest, p)))

    def duplicate(self) -> None:
        """Put the chosen layer there twice."""
        chosen = self._chosen()
        layer = layer_at(self._model, chosen)
        if layer is not None:
            self.insert(layer)

    def shift(self, step: int) -> None:
        """Move the chosen layer down by ``step`` places, up if it is negative."""
        chosen = self._chosen()
        if chosen is not None:
            self._edit(*shifted(self._model, chosen, step))

    def move_to(self, path: LayerPath, goal: LayerPath) -> None:
        """Move a layer to where another may be put in."""
        self._edit(*moved(self._model, path, goal))

    def add_branch(self) -> None:
        """Give one branch more to the chosen layer, if it is one that may have any number."""
        chosen = self._chosen()
        layer = layer_at(self._model, chosen)
        if chosen is not None and layer is not None and can_branch(layer):
            self._edit(with_branch(self._model, (*chosen, len(layer.chains))), chosen)

    def remove_branch(self, path: LayerPath) -> None:
        """Take a branch away, with all that is in it."""
        self._edit(without_branch(self._model, path), path[:-1])

    def _edit(self, model: Sequential, chosen: LayerPath) -> None:
        if model != self._model:
            self.edited.emit({"model": model})
        self._select(chosen)

    def _select(self, path: LayerPath) -> None:
        self.selected.emit(Selection(layer=path or None, example=self._selection.example))

    def _replace(self, layer: Any) -> None:
        chosen = self._chosen()
        if chosen is not None and isinstance(layer, Layer):
            self.edited.emit({"model": replaced(self._model, chosen, layer)})

    @property
    def _model(self) -> Sequential:
        return self._project.model if self._project else Sequential()

    def _chosen(self) -> LayerPath | None:
        path = self._selection.layer
        return path if layer_at(self._model, path) else None

    def _next_place(self) -> LayerPath:
        chosen = self._chosen()
        if chosen is None:
            return (max(0, len(self._model.layers) - 1),)
        return (*chosen[:-1], chosen[-1] + 1)

    def _is_removable(self, path: LayerPath) -> bool:
        return len(path) > 1 or len(self._model.layers) > 1

    # The rows

    def _refresh(self) -> None:
        if self._project is None:
            return
        totals = row_texts(self._project.model, self._dataset)
        while len(self._rows) > len(totals.rows):
            self._stack.take(self._rows.pop())
        while len(self._rows) < len(totals.rows):
            self._rows.append(self._make_row())
        for one, text in zip(self._rows, totals.rows, strict=True):
            one.show_text(text)
        self._totals.setText(self._totals_text(totals))
        self._show_mend(first_mend(self._project, self._dataset, totals))
        self.show_selection(self._selection)

    def _make_row(self) -> LayerRow:
        one = LayerRow()
        one.clicked.connect(partial(self._click, one))
        one.stepped.connect(partial(self._step, one))
        one.moved.connect(self.shift)
        one.removed.connect(partial(self._remove_row, one))
        one.asked.connect(partial(self._ask_at, one))
        one.dragged.connect(self._mark_drop)
        one.dropped.connect(partial(self._drop, one))
        self._stack.add(one)
        return one

    def _click(self, one: LayerRow) -> None:
        if one.is_branch:
            one.setChecked(False)
            one.setFocus()
        else:
            self._select(one.path)

    def _step(self, one: LayerRow, step: int) -> None:
        place = min(max(self._rows.index(one) + step, 0), len(self._rows) - 1)
        goal = self._rows[place]
        goal.setFocus()
        self._area.ensureWidgetVisible(goal)
        if not goal.is_branch:
            self._select(goal.path)

    def _remove_row(self, one: LayerRow) -> None:
        if not one.is_branch:
            self.remove()
        elif one.is_spare:
            one.clearFocus()
            self.remove_branch(one.path)

    def _ask_at(self, one: LayerRow) -> None:
        path = (*one.path, 0) if one.is_branch else self._next_place()
        self.layer_menu(path).popup(one.mapToGlobal(QPoint(0, one.height())))

    def _mark_drop(self, at: QPoint) -> None:
        after, path = self._goal_at(at)
        self._stack.mark_drop(after, len(path) // 2)

    def _drop(self, one: LayerRow, at: QPoint) -> None:
        _, goal = self._goal_at(at)
        self._stack.mark_drop(None)
        self.move_to(one.path, goal)

    def _goal_at(self, at: QPoint) -> tuple[LayerRow, LayerPath]:
        """Return the row below which a layer dropped here would go, and its path then."""
        above = [one for one in self._rows if one.geometry().center().y() < at.y()]
        place = max(len(above) - 1, 0)
        below = self._rows[place + 1].path if place + 1 < len(self._rows) else ()
        goals = gaps(self._model, self._rows[place].path, below)
        level = self._stack.level_at(at)
        return self._rows[place], next((g for g in goals if len(g) // 2 <= level), goals[-1])

    def _totals_text(self, totals: Totals) -> str:
        if not totals.complete:
            return ""
        weights = tr("{0} parameters").format(grouped(totals.weights))
        costs = tr("{0} multiply-adds an example").format(grouped(totals.multiply_adds))
        return f"{weights}\n{costs}"

    def _show_mend(self, mend: Mend | None) -> None:
        if self._problem is not None:
            self._stack.take(self._problem)
            self._problem = None
        if mend is not None:
            self._problem = Problem(mend.problem, mend.words)
            self._problem.mended.connect(partial(self.edited.emit, mend.changes))
            at = next(one for one in self._rows if one.path == mend.path)
            self._stack.add(self._problem, after=at)

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what explains the layer of a row."""
        for one in self._rows if place else ():
            if place and one.rect().contains(one.mapFrom(self, place)):
                layer = layer_at(self._model, one.path)
                return component_subject(layer) if layer else Subject("input-column")
        return None

    # The form

    def _show_form(self) -> None:
        layer = layer_at(self._model, self._chosen())
        self._card.setVisible(layer is not None)
        self._hint.setVisible(layer is None)
        if layer is None:
            self._drop_form()
            return
        self._place_card()
        self._form_summary.setText(summary(type(layer)))
        self._branch.setVisible(can_branch(layer))
        if self._form is not None and type(self._form.component()) is type(layer):
            self._form.show_component(layer)
            return
        self._drop_form()
        self._form = ComponentForm(Layer, layer, choose=False)
        self._form.changed.connect(self._replace)
        self._form_place.addWidget(self._form)

    def _place_card(self) -> None:
        """Put the form below the row of its layer, or below what is said there to be wrong."""
        at = self._chosen_row()
        above = (at, self._problem) if self._problem else (at,)
        if at is not None and self._stack.before(self._card) not in above:
            self._height_before = at.geometry().top() - self._area.verticalScrollBar().value()
            self._stack.add(self._card, after=at)
            self.setTabOrder(at, self._card)

    def _chosen_row(self) -> LayerRow | None:
        chosen = self._chosen()
        return next((one for one in self._rows if chosen and one.path == chosen), None)

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    # The frame around

    def _make_tools(self) -> tuple[QPushButton, ...]:
        tools: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("minus", tr("Remove the chosen layer (Delete)"), self.remove),
            ("arrow-up", tr("Move the chosen layer up (Alt+Up)"), partial(self.shift, -1)),
            (
                "arrow-down",
                tr("Move the chosen layer down (Alt+Down)"),
                partial(self.shift, 1),
            ),
            ("content-copy", tr("Duplicate the chosen layer"), self.duplicate),
        )
        add = button(tr("Add layer"), "plus", "quiet", tr("Add a layer after the chosen one"))
        add.clicked.connect(self._ask_layer)
        made = [add]
        for icon, tip, act in tools:
            tool = button("", icon, "flat", tip)
            tool.clicked.connect(act)
            made.append(tool)
        return tuple(made)

    def _enable_tools(self) -> None:
        model, chosen = self._model, self._chosen()
        self._add.setEnabled(self._project is not None)
        self._remove.setEnabled(chosen is not None and self._is_removable(chosen))
        self._up.setEnabled(chosen is not None and shifted(model, chosen, -1)[1] != chosen)
        self._down.setEnabled(chosen is not None and shifted(model, chosen, 1)[1] != chosen)
        self._copy.setEnabled(chosen is not None)

    def _ask_layer(self) -> None:
        menu = self.layer_menu()
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def layer_menu(self, path: LayerPath | None = None) -> QMenu:
        """Return the menu of all layers there are; each entry inserts one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for name, cls in sorted(Layer.registry.items()):
            action = menu.addAction(name)
            action.setToolTip(summary(cls))
            action.triggered.connect(lambda _=False, cls=cls: self.insert(cls(), path))
        return menu

    def _lay_out(self) -> None:
        tools = row(self._remove, self._up, self._down, self._copy, gap=0)
        head = row(self._add, STRETCH, tools, margins=(GAP, 4, GAP, 0))
        below = column(self._totals, self._hint, gap=GAP, margins=(MARGIN, 4, MARGIN, GAP))
        self._stack.add(self._card)
        self._area = Scrolled(boxed(column(self._stack, below, STRETCH, gap=0), "panel"))
        self.setLayout(column(head, self._area))
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Layers"))
