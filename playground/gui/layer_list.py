"""The network as a list, with the form of the chosen layer below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QScrollArea, QSplitter, QWidget

from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.gui import theme
from playground.gui.form import ComponentForm, summary
from playground.gui.layer_rows import LayerRow, Problem, RowStack, Totals, row_texts
from playground.gui.selection import Selection
from playground.gui.widgets import GAP, MARGIN, STRETCH, boxed, button, column, label, row
from playground.nn.layers import Layer
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential
from playground.training.adapt import adapted
from playground.training.project import Project, check_fit


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
            self.tr("Choose a layer to see and change its settings."),
            theme.SMALL,
            colour="muted",
            wrap=True,
        )
        self._form_title = label("", theme.BODY, 600)
        self._form_summary = label("", theme.SMALL, colour="muted", wrap=True)
        self._form_place = column()
        self._form_area = _Scrolled(self._form_panel())
        self._add, self._remove, self._up, self._down, self._copy = self._make_tools()
        self._lay_out()
        self._show_form()
        self._enable_tools()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers shown."""
        return self._project.model.layers if self._project else ()

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
        for place, one in enumerate(self._rows):
            one.setChecked(place - 1 == selection.layer)
            if had_focus and one.isChecked():
                one.setFocus()
        self._show_form()
        self._enable_tools()
        QTimer.singleShot(0, self._reveal)  # once the rows have their places

    def _reveal(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen + 1 < len(self._rows):
            self._rows_area.ensureWidgetVisible(self._rows[chosen + 1])
        if self._problem is not None:
            self._rows_area.ensureWidgetVisible(self._problem)

    # What the user does

    def insert(self, layer: Layer) -> None:
        """Put a layer after the chosen one; with none chosen, before the last."""
        chosen = self._chosen()
        place = max(0, len(self.layers) - 1) if chosen is None else chosen + 1
        self._edit((*self.layers[:place], layer, *self.layers[place:]), place)

    def remove(self) -> None:
        """Take the chosen layer out."""
        chosen = self._chosen()
        if chosen is not None:
            rest = self.layers[:chosen] + self.layers[chosen + 1 :]
            self._edit(rest, min(chosen, len(rest) - 1))

    def duplicate(self) -> None:
        """Put the chosen layer there twice."""
        chosen = self._chosen()
        if chosen is not None:
            self.insert(self.layers[chosen])

    def shift(self, step: int) -> None:
        """Move the chosen layer down by ``step`` places, up if it is negative."""
        chosen = self._chosen()
        if chosen is not None:
            self.move_to(chosen, chosen + step)

    def move_to(self, place: int, goal: int) -> None:
        """Move the layer at ``place`` so that it is the one at ``goal``."""
        if goal == place or not 0 <= goal < len(self.layers):
            return
        layers = list(self.layers)
        layers.insert(goal, layers.pop(place))
        self._edit(tuple(layers), goal)

    def _edit(self, layers: tuple[Layer, ...], chosen: int) -> None:
        self.edited.emit({"model": Sequential(layers)})
        self._select(chosen)

    def _select(self, place: int) -> None:
        if place < len(self.layers):
            self.selected.emit(
                Selection(layer=place if place >= 0 else None, example=self._selection.example)
            )

    def _replace(self, layer: Any) -> None:
        chosen = self._chosen()
        if chosen is not None and isinstance(layer, Layer):
            layers = (*self.layers[:chosen], layer, *self.layers[chosen + 1 :])
            self.edited.emit({"model": Sequential(layers)})

    def _chosen(self) -> int | None:
        place = self._selection.layer
        return place if place is not None and place < len(self.layers) else None

    # The rows

    def _refresh(self) -> None:
        if self._project is None:
            return
        totals = row_texts(self._project.model, self._dataset)
        while len(self._rows) > len(totals.rows):
            self._stack.take(self._rows.pop())
        while len(self._rows) < len(totals.rows):
            self._rows.append(self._make_row(len(self._rows) - 1))
        for one, text in zip(self._rows, totals.rows, strict=True):
            one.show_text(text)
        self._totals.setText(self._totals_text(totals))
        self._show_problem(totals)
        self.show_selection(self._selection)

    def _make_row(self, place: int) -> LayerRow:
        one = LayerRow(movable=place >= 0)
        one.clicked.connect(partial(self._select, place))
        one.stepped.connect(lambda step: self._select(min(place + step, len(self.layers) - 1)))
        one.moved.connect(self.shift)
        one.removed.connect(self.remove)
        one.dragged.connect(lambda y: self._stack.mark_drop(self._gap_at(y)))
        one.dropped.connect(partial(self._drop, place))
        self._stack.add(one)
        return one

    def _gap_at(self, y: int) -> LayerRow:
        """Return the row after which a layer dropped at this height would go."""
        above = [one for one in self._rows if one.geometry().center().y() < y]
        return above[-1] if above else self._rows[0]

    def _drop(self, place: int, y: int) -> None:
        goal = self._rows.index(self._gap_at(y))  # the rows begin with the input
        self._stack.mark_drop(None)
        self.move_to(place, goal if goal <= place else goal - 1)

    def _totals_text(self, totals: Totals) -> str:
        if not totals.complete:
            return ""
        weights = self.tr("{0:,} parameters").format(totals.weights)
        costs = self.tr("{0:,} multiply-adds an example").format(totals.multiply_adds)
        return f"{weights}\n{costs}"

    # What does not fit

    def _show_problem(self, totals: Totals) -> None:
        if self._problem is not None:
            self._stack.take(self._problem)
            self._problem = None
        for place, text in enumerate(totals.rows):
            if text.problem:
                mend, changes = self._mend_layer(place - 1)
                self._put_problem(place, text.problem, mend, changes)
                return
        if self._project and self._dataset and totals.complete:
            try:
                check_fit(self._project, self._dataset)
            except ShapeError as error:
                fitting = adapted(self._project, self._dataset)
                changes = {"model": fitting.model, "loss": fitting.loss}
                self._put_problem(
                    len(self._rows) - 1, str(error), self.tr("Fit the last layer"), changes
                )

    def _mend_layer(self, place: int) -> tuple[str, dict[str, Any]]:
        """Return the words and the edit that let the layer at ``place`` fit."""
        before, after = self.layers[:place], self.layers[place:]
        if self._dataset is not None:
            shape = Sequential(before).shapes(self._dataset.input_shape)[-1]
            try:
                after[0].output_shape(Flatten().output_shape(shape))
            except ShapeError:
                pass
            else:
                model = Sequential((*before, Flatten(), *after))
                return self.tr("Insert Flatten"), {"model": model}
        name = type(after[0]).__name__
        return self.tr("Remove {0}").format(name), {"model": Sequential(before + after[1:])}

    def _put_problem(self, place: int, problem: str, mend: str, changes: dict[str, Any]) -> None:
        self._problem = Problem(problem, mend)
        self._problem.mended.connect(partial(self.edited.emit, changes))
        self._stack.add(self._problem, after=self._rows[place])

    # The form

    def _show_form(self) -> None:
        chosen = self._chosen()
        self._form_area.setVisible(chosen is not None)
        self._hint.setVisible(chosen is None)
        if chosen is None:
            self._drop_form()
            return
        layer = self.layers[chosen]
        self._form_title.setText(type(layer).__name__)
        self._form_summary.setText(summary(type(layer)))
        if self._form is not None and type(self._form.component()) is type(layer):
            self._form.show_component(layer)
            return
        self._drop_form()
        self._form = ComponentForm(Layer, layer, choose=False)
        self._form.changed.connect(self._replace)
        self._form_place.addWidget(self._form)

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    # The frame around

    def _form_panel(self) -> QWidget:
        return boxed(
            column(
                self._form_title,
                self._form_summary,
                self._form_place,
                STRETCH,
                margins=(MARGIN, 12, MARGIN, MARGIN),
            ),
            "panel",
        )

    def _make_tools(self) -> tuple[QPushButton, ...]:
        tools: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("minus", self.tr("Remove the chosen layer (Delete)"), self.remove),
            ("arrow-up", self.tr("Move the chosen layer up (Alt+Up)"), partial(self.shift, -1)),
            (
                "arrow-down",
                self.tr("Move the chosen layer down (Alt+Down)"),
                partial(self.shift, 1),
            ),
            ("content-copy", self.tr("Duplicate the chosen layer"), self.duplicate),
        )
        add = button(
            self.tr("Add layer"), "plus", "quiet", self.tr("Add a layer after the chosen one")
        )
        add.clicked.connect(self._ask_layer)
        made = [add]
        for icon, tip, act in tools:
            tool = button("", icon, "flat", tip)
            tool.clicked.connect(act)
            made.append(tool)
        return tuple(made)

    def _enable_tools(self) -> None:
        chosen = self._chosen()
        last = len(self.layers) - 1
        self._add.setEnabled(self._project is not None)
        self._remove.setEnabled(chosen is not None and last > 0)
        self._up.setEnabled(chosen is not None and chosen > 0)
        self._down.setEnabled(chosen is not None and chosen < last)
        self._copy.setEnabled(chosen is not None)

    def _ask_layer(self) -> None:
        menu = self.layer_menu()
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def layer_menu(self) -> QMenu:
        """Return the menu of all layers there are; each entry inserts one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for name, cls in sorted(Layer.registry.items()):
            action = menu.addAction(name)
            action.setToolTip(summary(cls))
            action.triggered.connect(lambda _=False, cls=cls: self.insert(cls()))
        return menu

    def _lay_out(self) -> None:
        tools = row(self._remove, self._up, self._down, self._copy, gap=0)
        head = row(self._add, STRETCH, tools, margins=(GAP, 4, GAP, 0))
        below = column(self._totals, self._hint, gap=GAP, margins=(MARGIN, 4, MARGIN, GAP))
        self._rows_area = _Scrolled(boxed(column(self._stack, below, STRETCH, gap=0), "panel"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._rows_area)
        split.addWidget(self._form_area)
        split.setSizes([1, 1])
        self.setLayout(column(head, split))
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Layers"))


class _Scrolled(QScrollArea):
    """A part of the list that scrolls up and down and is never narrower than its contents."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self._content = content

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        width = self._content.minimumSizeHint().width()
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 96)
