"""The settings of a data source that are wanted often, each with a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from playground.component import Kind, Parameter, parameters
from playground.data.sources import DataSource
from playground.errors import ConfigError
from playground.gui.forms.inline_number import InlineNumber
from playground.gui.help.subjects import Subject, field_subject
from playground.gui.look import theme
from playground.gui.widgets import EvenSlider, LogSlider, Switch, column, label, mark_invalid, row

_NUMBERS = (Kind.INTEGER, Kind.REAL)


def is_slider(parameter: Parameter) -> bool:
    """Say whether a field can be a slider: a number between two bounds."""
    return parameter.kind in _NUMBERS and None not in (parameter.low, parameter.high)


class SliderRow(QWidget):
    """A caption, the live value at the right, to be typed over, and a slider below.

    A ``slim`` row has the slider between them.
    """

    changed = Signal(object)
    """The new value, by the user's doing."""

    def __init__(self, parameter: Parameter, caption: str = "", *, slim: bool = False) -> None:
        super().__init__()
        assert parameter.low is not None
        assert parameter.high is not None
        words = caption or parameter.label
        self._parameter = parameter
        whole = parameter.kind is Kind.INTEGER
        slider = LogSlider if parameter.log else EvenSlider
        self._slider = slider(parameter.low, parameter.high, words)
        self._slider.set_tip(parameter.doc)
        self._number = InlineNumber(
            words, parameter.check, parameter.default, whole=whole, px=theme.SMALL
        )
        self._number.set_tip(parameter.doc)
        heading = label(words, theme.SMALL, colour="muted") if slim else label(words, weight=600)
        heading.setToolTip(parameter.doc)
        heading.setBuddy(self._number)
        if slim:
            self._number.setFixedWidth(theme.px(40))
            room = theme.px(64)  # headings of this length stand in line
            heading.setFixedWidth(max(room, heading.sizeHint().width()))
            self._slider.setMinimumWidth(theme.px(40))
            self.setLayout(row(heading, self._slider, self._number))
        else:
            self.setLayout(column(row(heading, self._number), self._slider, gap=0))
        self._slider.value_changed.connect(self._moved)
        self._number.value_changed.connect(self._typed)

    def show_value(self, value: float) -> None:
        """Show a value without emitting ``changed``."""
        self._slider.set_value(value)
        self._number.set_value(value)

    def mark(self, problem: str) -> None:
        """Say why the value does not fit beside the others."""
        mark_invalid(self._number, problem, self._parameter.doc)

    def _moved(self, position: float) -> None:
        whole = self._parameter.kind is Kind.INTEGER
        value = self._parameter.check(round(position) if whole else position)
        if value != self._number.value():
            self._number.set_value(value)
            self.changed.emit(value)

    def _typed(self, value: Any) -> None:
        self._slider.set_value(value)
        self.changed.emit(value)


class SwitchRow(QWidget):
    """A switch for a field that is on or off."""

    changed = Signal(object)

    def __init__(self, parameter: Parameter, caption: str = "") -> None:
        super().__init__()
        self._switch = Switch(caption or parameter.label)
        self._switch.setToolTip(parameter.doc)
        self._switch.toggled.connect(self.changed.emit)
        self.setLayout(column(self._switch))

    def show_value(self, value: bool) -> None:
        """Show a state without emitting ``changed``."""
        self._switch.set_on(value)

    def mark(self, problem: str) -> None:
        """Say why the state does not fit beside the others."""
        self._switch.setToolTip(problem)


class SourceRows(QWidget):
    """Rows for the fields of a source that ``captions`` names, as far as it has them."""

    changed = Signal(object)
    """The new source, by the user's doing."""

    def __init__(self, captions: Mapping[str, str], *, slim: bool = False) -> None:
        super().__init__()
        self._captions = captions
        self._slim = slim
        self._source: DataSource | None = None
        self._fields: tuple[Parameter, ...] = ()
        self._rows: dict[str, SliderRow | SwitchRow] = {}
        self._box = column(gap=0 if slim else 12)
        self.setLayout(self._box)

    def row(self, name: str) -> SliderRow | SwitchRow:
        """Return the row of a field."""
        return self._rows[name]

    def names(self) -> tuple[str, ...]:
        """Return the fields that have a row."""
        return tuple(self._rows)

    def show_source(self, source: DataSource) -> None:
        """Show a source without emitting ``changed``; rows stay as long as the fields do."""
        self._source = source
        fields = tuple(
            parameter
            for parameter in parameters(type(source))
            if parameter.name in self._captions
            and (is_slider(parameter) or parameter.kind is Kind.FLAG)
        )
        if [_outline(field) for field in fields] != [_outline(field) for field in self._fields]:
            self._build(fields)
        self._fields = fields
        for name, line in self._rows.items():
            line.show_value(getattr(source, name))
        self.setVisible(bool(fields))

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what explains the field in a row."""
        found = self.childAt(place) if place else None
        for name, line in self._rows.items():
            if found and self._source and (found is line or line.isAncestorOf(found)):
                return field_subject(self._source, name)
        return None

    def _build(self, fields: tuple[Parameter, ...]) -> None:
        """Make the rows; one whose field is as it was stays, for it may be in use."""
        before = {_outline(field): self._rows[field.name] for field in self._fields}
        self._rows = {}
        for place, parameter in enumerate(fields):
            line = before.pop(_outline(parameter), None) or self._made_row(parameter)
            self._box.insertWidget(place, line)
            self._rows[parameter.name] = line
        for line in before.values():
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()  # not now: its signal may be what is handled

    def _made_row(self, parameter: Parameter) -> SliderRow | SwitchRow:
        line = self._row_for(parameter)
        line.changed.connect(lambda value, name=parameter.name: self._edit(name, value))
        return line

    def _row_for(self, parameter: Parameter) -> SliderRow | SwitchRow:
        caption = self._captions[parameter.name]
        if parameter.kind is Kind.FLAG:
            return SwitchRow(parameter, caption)
        return SliderRow(parameter, caption, slim=self._slim)

    def _edit(self, name: str, value: Any) -> None:
        assert self._source is not None
        try:
            self._source = replace(self._source, **{name: value})
        except ConfigError as error:
            self._rows[name].mark(str(error))
            return
        self.changed.emit(self._source)


def _outline(field: Parameter) -> tuple[object, ...]:
    """Return what a row looks like, whichever class its field belongs to."""
    return field.name, field.kind, field.low, field.high, field.log, field.doc
