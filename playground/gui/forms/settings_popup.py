"""Settings of the project that have no room in the bar: they fold out below their button."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from playground.component import Kind, Parameter, parameters
from playground.gui.forms.editors import EDITORS, Editor
from playground.gui.forms.form import ComponentForm
from playground.gui.help.asking import guide_of
from playground.gui.help.subjects import Subject, field_subject
from playground.gui.look import theme
from playground.gui.widgets import STRETCH, Popup, column, label, row
from playground.training.project import Project

_COLUMN = 312
_HEADING = 32  # pixels above an editor that its heading takes at most
_EDGE = 8  # pixels of the window left free


class SettingsPopup(Popup):
    """Edits some fields of a project, laid out in columns of names of fields."""

    edited = Signal(object)
    """A dict of ``Project`` fields to replace."""

    def __init__(self, parent: QWidget, name: str, columns: tuple[tuple[str, ...], ...]) -> None:
        super().__init__(parent, name)
        self._columns = columns
        self._fields = {parameter.name: parameter for parameter in parameters(Project)}
        self._editors: dict[str, Editor | ComponentForm] = {}
        self._project = Project()

    def show_project(self, project: Project) -> None:
        """Follow an edit."""
        self._project = project
        for name, editor in self._editors.items():
            _show(editor, getattr(project, name))

    def editor(self, name: str) -> Editor | ComponentForm:
        """Return the editor of the field with this name; there is one once it has been open."""
        return self._editors[name]

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what explains the field that a place belongs to, by its heading or its editor."""
        if place is None:
            return None
        above = [(editor.y(), name) for name, editor in self._editors.items()]
        column = [one for one in above if self._is_beside(place, one[1])]
        name = next((name for y, name in reversed(column) if place.y() >= y - _HEADING), "")
        return field_subject(self._project, name) if name else None

    def _is_beside(self, place: QPoint, name: str) -> bool:
        editor = self._editors[name]
        return editor.x() <= place.x() <= editor.x() + editor.width()

    def open_below(self, anchor: QWidget) -> None:
        """Appear under a widget, within its window."""
        if self.layout() is None:
            columns = [self._column(names) for names in self._columns]
            self.setLayout(row(*columns, gap=24, margins=(16, 12, 16, 16)))
            width = len(columns) * _COLUMN + (len(columns) - 1) * 24 + 32
            self.setFixedWidth(theme.px(width))
        self._fit()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        window = anchor.window()
        right = window.mapToGlobal(QPoint(window.width() - _EDGE, 0)).x()
        self.move(min(place.x(), right - self.width()), place.y())
        self.show()
        guide_of(self).listen(self)
        next(iter(self._editors.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        """Follow the height of the forms, which changes with what is chosen and unfolded."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _column(self, names: tuple[str, ...]) -> QLayout:
        items: list[QWidget | int | None] = []
        for name in names:
            parameter = self._fields[name]
            heading = label(parameter.label, theme.BODY, 600)
            heading.setToolTip(parameter.doc)
            items += [heading, self._make_editor(parameter), 8]
        return column(*items, STRETCH)

    def _make_editor(self, parameter: Parameter) -> Editor | ComponentForm:
        value = getattr(self._project, parameter.name)
        editor: Editor | ComponentForm
        if parameter.kind is Kind.COMPONENT:
            editor = ComponentForm(parameter.family, value)
            editor.changed.connect(partial(self._edit, parameter.name))
            editor.unfolded.connect(self._fit)
        else:
            editor = EDITORS[parameter.kind](parameter)
            editor.show_value(value)
            editor.edited.connect(partial(self._edit, parameter.name))
        self._editors[parameter.name] = editor
        return editor

    def _edit(self, name: str, value: Any) -> None:
        self.edited.emit({name: value})

    def _fit(self) -> None:
        if (layout := self.layout()) is not None:
            layout.activate()
            self.resize(self.width(), layout.totalSizeHint().height())


def _show(editor: Editor | ComponentForm, value: Any) -> None:
    if isinstance(editor, ComponentForm):
        editor.show_component(value)
    else:
        editor.show_value(value)
