"""Forms for components, built from their fields: a new field needs no code here."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from playground.component import (
    Component,
    Kind,
    Parameter,
    family_title,
    parameters,
    summary,
    title,
)
from playground.errors import ConfigError
from playground.gui.forms.editors import EDITORS, Editor
from playground.gui.help.subjects import Subject, component_subject, field_subject
from playground.gui.look import theme
from playground.gui.widgets import GAP, STRETCH, Choice, button, label, row, set_kind
from playground.language import tr

_CAPTIONS = 88  # width of the column of names; longer ones wrap, and long words widen it
_INDENT = 12  # of the names of a nested component's fields


class ComponentForm(QWidget):
    """Lets the user choose a member of a family and set its fields.

    Without ``choose`` the class stays as it is. A field that is a component gets a form within
    the form, with ``caption`` before its members; a tuple of components is left to the views.
    Advanced fields are folded away behind a button that says how many of them were changed.
    """

    changed = Signal(object)
    """The new component, by the user's doing."""
    unfolded = Signal()
    """Advanced fields appeared or went, so the form is of another height."""

    def __init__(
        self,
        family: type[Component],
        component: Component,
        choose: bool = True,
        *,
        caption: str = "",
    ) -> None:
        super().__init__()
        self._family = family
        self._component = component
        self._nested = bool(caption)
        self._editors: dict[str, Editor | ComponentForm] = {}
        self._folded: list[str] = []
        self._more: Disclosure | None = None
        self._is_open = False
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GAP)
        self._rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._members: Choice | None = None
        if choose:
            self._members = self._add_members(caption or family_title(family))
        self._fixed_rows = self._rows.rowCount()
        self._build(component)

    def component(self) -> Component:
        """Return the component as it was last shown or edited."""
        return self._component

    def editor(self, name: str) -> Editor | ComponentForm:
        """Return the editor of the field with this name."""
        return self._editors[name]

    @property
    def more(self) -> Disclosure | None:
        """The button that shows the advanced fields; None where there are none."""
        return self._more

    def show_component(self, component: Component) -> None:
        """Show another value without emitting ``changed``."""
        if component == self._component:
            return
        if type(component) is not type(self._component):
            self._build(component)
            return
        before, self._component = self._component, component
        for name in self._editors:
            if getattr(before, name) != getattr(component, name):
                self._show_field(name)
        self._count_changed()

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what explains the field in a row; the component where there is none."""
        rows = self._editors.items() if place else ()
        for name, editor in rows:
            is_there = place and editor.y() <= place.y() < editor.y() + editor.height()
            if is_there and editor.isVisible():
                return field_subject(self._component, name)
        return component_subject(self._component)

    def choose(self, name: str) -> None:
        """Take another member of the family, with its default values."""
        if name != type(self._component).__name__:
            self._build(self._family.registry[name]())
            self.changed.emit(self._component)

    def _add_members(self, caption: str) -> Choice:
        names = sorted(self._family.registry)
        tips = {name: summary(self._family.registry[name]) for name in names}
        titles = {name: title(self._family.registry[name]) for name in names}
        members = Choice(titles, caption, tips=tips)
        members.chosen.connect(self.choose)
        words = _caption(caption)
        words.setBuddy(members)
        self._rows.addRow(words, members)
        return members

    def _build(self, component: Component) -> None:
        self._clear()
        self._component = component
        if self._members is not None:
            self._members.set_choice(type(component).__name__)
            self._members.setToolTip(summary(type(component)))
        shown = [parameter for parameter in parameters(type(component)) if _has_editor(parameter)]
        # a form within a form is short, and the form around it folded it away, if anything
        folded = [parameter for parameter in shown if parameter.advanced and not self._nested]
        self._add_fields([parameter for parameter in shown if parameter not in folded])
        if folded:
            self._more = Disclosure()
            self._more.set_open(self._is_open)
            self._more.toggled.connect(self._open_more)
            self._rows.addRow(self._more)
            self._add_fields(folded)
            self._folded = [parameter.name for parameter in folded]
            self._open_more(self._is_open)

    def _add_fields(self, fields: list[Parameter]) -> None:
        for parameter in fields:
            if parameter.kind is Kind.COMPONENT:
                self._add_form(parameter)
            else:
                self._add_editor(parameter)

    def _open_more(self, is_open: bool) -> None:
        self._is_open = is_open
        for name in self._folded:
            self._rows.setRowVisible(self._editors[name], is_open)
        self._count_changed()
        self.unfolded.emit()

    def _count_changed(self) -> None:
        if self._more is not None:
            fields = {p.name: p for p in parameters(type(self._component))}
            self._more.show_changed(
                [
                    fields[name].label
                    for name in self._folded
                    if getattr(self._component, name) != fields[name].default
                ]
            )

    def _clear(self) -> None:
        self._editors.clear()
        self._folded = []
        self._more = None
        while self._rows.rowCount() > self._fixed_rows:
            taken = self._rows.takeRow(self._fixed_rows)
            for item in (taken.labelItem, taken.fieldItem):
                if item is not None and (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()  # not now: its signal may be what is handled

    def _add_editor(self, parameter: Parameter) -> None:
        editor = EDITORS[parameter.kind](parameter)
        editor.edited.connect(partial(self._edit, parameter.name))
        self._editors[parameter.name] = editor
        self._show_field(parameter.name)
        if parameter.kind is Kind.FLAG:
            self._rows.addRow(editor)
            return
        words = _caption(parameter.label, _INDENT if self._nested else 0)
        words.setToolTip(parameter.doc)
        words.setBuddy(editor)
        self._rows.addRow(words, editor)

    def _add_form(self, parameter: Parameter) -> None:
        value = getattr(self._component, parameter.name)
        form = ComponentForm(parameter.family, value, caption=parameter.label)
        form.setToolTip(parameter.doc)
        form.changed.connect(partial(self._edit, parameter.name))
        self._editors[parameter.name] = form
        self._rows.addRow(form)

    def _show_field(self, name: str) -> None:
        editor, value = self._editors[name], getattr(self._component, name)
        if isinstance(editor, ComponentForm):
            editor.show_component(value)
        else:
            editor.show_value(value)

    def _edit(self, name: str, value: Any) -> None:
        try:
            edited = dataclasses.replace(self._component, **{name: value})
        except ConfigError as error:  # the field fits by itself, but not beside the others
            editor = self._editors[name]
            if isinstance(editor, Editor):
                editor.mark(str(error))
            return
        if edited != self._component:
            self._component = edited
            self._count_changed()
            self.changed.emit(edited)


class Disclosure(QWidget):
    """A button that shows what is folded away below it, or folds it away again."""

    toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        tip = tr("Settings that are seldom touched; it tells how many are not the usual ones")
        self._button = button(tr("More settings"), "chevron-right", "flat", tip, checkable=True)
        self._button.toggled.connect(self._toggle)
        self._changed = label("", theme.SMALL, colour="accent")
        self.setFocusProxy(self._button)
        self.setLayout(row(self._button, self._changed, STRETCH, gap=4))

    def set_open(self, is_open: bool) -> None:
        """Show or fold away, as a click would."""
        self._button.setChecked(is_open)

    def show_changed(self, names: list[str]) -> None:
        """Say which of the folded settings are not the usual ones."""
        self._changed.setText(tr("{0} changed").format(len(names)) if names else "")
        told = tr("Changed: {0}").format(", ".join(names)) if names else ""
        self._changed.setToolTip(told)
        self._button.setAccessibleDescription(told)

    def _toggle(self, is_open: bool) -> None:
        self._button.setProperty("icon_name", "chevron-down" if is_open else "chevron-right")
        set_kind(self._button, "flat")
        self.toggled.emit(is_open)


def _has_editor(parameter: Parameter) -> bool:
    """Return whether a form edits a field: layers within layers have a place of their own."""
    if parameter.kind is Kind.COMPONENT:
        return "registry" in vars(parameter.family)
    return parameter.kind is not Kind.COMPONENTS


def _caption(text: str, indent: int = 0) -> QLabel:
    result = label(text, theme.SMALL, colour="muted", wrap=True)
    longest = max(map(result.fontMetrics().horizontalAdvance, text.split()), default=0)
    result.setFixedWidth(max(theme.px(_CAPTIONS), indent + longest + 2))
    result.setMinimumHeight(theme.px(32))  # that of a field
    result.setIndent(indent)
    return result
