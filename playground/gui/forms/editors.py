"""The editor for each kind of field, in a table keyed by ``Kind``."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QSizePolicy, QWidget

from playground.component import Kind, Parameter
from playground.errors import ConfigError
from playground.gui.look import theme
from playground.gui.widgets import (
    Choice,
    EvenSlider,
    LogSlider,
    NumberBox,
    Switch,
    ValueSlider,
    button,
    label,
    mark_invalid,
    row,
)
from playground.language import tr

_DECADES = 7  # of a logarithmic slider for a quantity that may be zero


class Editor(QWidget):
    """Shows one field of a component and emits what the user makes of it.

    Values that do not fit are marked where they stand and not emitted.
    """

    edited = Signal(object)

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self._parameter = parameter
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(self, value: Any) -> None:
        """Show a value without emitting ``edited``."""
        raise NotImplementedError

    def mark(self, problem: str) -> None:
        """Say why the value does not fit beside those of the other fields."""
        for line in self.findChildren(QLineEdit):
            mark_invalid(line, problem, self._parameter.doc)


class NumberEditor(Editor):
    """A box to type in, after a slider where the range is known."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._whole = parameter.kind is Kind.INTEGER
        self._box = NumberBox(
            parameter.label, parameter.check, parameter.default, whole=self._whole, digits=6
        )
        self._box.set_tip(parameter.doc)
        self._box.value_changed.connect(self._typed)
        self._slider = _slider(parameter)
        self.setFocusProxy(self._box)
        if self._slider is None:
            self.setLayout(row(self._box))
            return
        self._slider.set_tip(parameter.doc)
        self._slider.value_changed.connect(self._moved)
        self._box.setFixedWidth(self._box.sizeHint().width())
        self.setLayout(row(self._slider, self._box))

    def show_value(self, value: Any) -> None:
        self._box.set_value(value)
        if self._slider is not None:
            self._slider.set_value(value)

    def _typed(self, value: Any) -> None:
        if self._slider is not None:
            self._slider.set_value(value)
        self.edited.emit(value)

    def _moved(self, value: float) -> None:
        value = self._parameter.check(round(value) if self._whole else value)
        if value != self._box.value():
            self._box.set_value(value)
            self.edited.emit(value)


def _slider(parameter: Parameter) -> ValueSlider | None:
    """Return the slider that suits the field; whole numbers have one only with a logarithm."""
    low, high = parameter.low, parameter.high
    if low is None or high is None:
        return None
    if parameter.log:
        return LogSlider(low or high / 10**_DECADES, high, parameter.label)
    return EvenSlider(low, high, parameter.label) if parameter.kind is Kind.REAL else None


class PairEditor(Editor):
    """Height and width, in two boxes."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._boxes = tuple(self._box(side) for side in (tr("height"), tr("width")))
        first, second = self._boxes
        boxes = row(first, label("\u00d7", colour="muted"), second)
        boxes.setStretch(0, 1)
        boxes.setStretch(2, 1)
        self.setLayout(boxes)
        self.setFocusProxy(first)

    def show_value(self, value: Any) -> None:
        for box, number in zip(self._boxes, value, strict=True):
            box.set_value(number)

    def _box(self, side: str) -> NumberBox:
        parameter = self._parameter
        box = NumberBox(f"{parameter.label}, {side}", self._check, digits=3)
        box.set_tip(parameter.doc)
        box.value_changed.connect(self._edited)
        return box

    def _check(self, number: float) -> float:
        first, _ = self._parameter.check((number, number))
        return float(first)

    def _edited(self) -> None:
        self.edited.emit(tuple(box.value() for box in self._boxes))


class FlagEditor(Editor):
    """A switch, which carries the name of the field itself."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._switch = Switch(parameter.label)
        self._switch.setToolTip(parameter.doc)
        self._switch.toggled.connect(self.edited.emit)
        self.setLayout(row(self._switch))
        self.setFocusProxy(self._switch)

    def show_value(self, value: Any) -> None:
        self._switch.set_on(value)


class ChoiceEditor(Editor):
    """A combo box of the strings that fit."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._combo = Choice(parameter.choice_labels, parameter.label)
        self._combo.setToolTip(parameter.doc)
        self._combo.chosen.connect(self.edited.emit)
        self.setLayout(row(self._combo))
        self.setFocusProxy(self._combo)

    def show_value(self, value: Any) -> None:
        self._combo.set_choice(value)


class TextEditor(Editor):
    """A line of text; Enter or leaving it commits, Escape is left to the dialog around."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._line = QLineEdit()
        self._line.setFont(theme.font(theme.BODY))
        self._line.setAccessibleName(parameter.label)
        self._line.setToolTip(parameter.doc)
        self._line.editingFinished.connect(self._edited)
        self._shown = ""
        self._row = row(self._line, gap=4)
        self.setLayout(self._row)
        self.setFocusProxy(self._line)

    def show_value(self, value: Any) -> None:
        self._shown = str(value)
        self._line.setText(self._shown)
        mark_invalid(self._line, "", self._parameter.doc)

    def _edited(self) -> None:
        text = self._line.text()
        if text == self._shown:
            return
        try:
            value = self._read(text)
        except ConfigError as error:
            mark_invalid(self._line, str(error), self._parameter.doc)
            return
        self.show_value(value)
        self.edited.emit(value)

    def _read(self, text: str) -> Any:
        """Return what the text means; raise ``ConfigError`` saying what fits."""
        return self._parameter.check(text)


class NumbersEditor(TextEditor):
    """Numbers with commas between them: ``1, 2.5``."""

    def show_value(self, value: Any) -> None:
        super().show_value(", ".join(f"{number:.6g}" for number in value))

    def _read(self, text: str) -> Any:
        words = text.replace(";", ",").split(",")
        try:
            numbers = [float(word) for word in words if word.strip()]
        except ValueError:
            raise self._parameter.error(tr("numbers with commas between them"), text) from None
        return self._parameter.check(numbers)


class TextsEditor(TextEditor):
    """Texts with commas between them; one that holds a comma stands in quotation marks."""

    def show_value(self, value: Any) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(value)
        super().show_value(line.getvalue())

    def _read(self, text: str) -> Any:
        words = next(csv.reader([text], skipinitialspace=True), [])
        return self._parameter.check([word.strip() for word in words])


class PathEditor(TextEditor):
    """A path to type, or to find in a dialog."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._browse = button("", "folder-open-outline", "", tr("Find a file or a folder"))
        self._browse.clicked.connect(self._ask)
        self._row.addWidget(self._browse)

    def show_value(self, value: Any) -> None:
        super().show_value("" if Path(value) == Path() else value)

    def choose(self, path: str) -> None:
        """Take a path that a dialog returned; nothing if it is empty."""
        if path:
            self._line.setText(path)
            self._edited()

    def _ask(self) -> None:
        """Ask what to look for: no dialog of every system finds both files and folders."""
        menu = QMenu(self)
        menu.addAction(tr("A file..."), self._ask_file)
        menu.addAction(tr("A folder..."), self._ask_folder)
        menu.popup(self._browse.mapToGlobal(QPoint(0, self._browse.height())))

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self._parameter.label, self._line.text())
        self.choose(path)

    def _ask_folder(self) -> None:
        line = self._line.text()
        self.choose(QFileDialog.getExistingDirectory(self, self._parameter.label, line))


EDITORS: dict[Kind, Callable[[Parameter], Editor]] = {
    Kind.INTEGER: NumberEditor,
    Kind.REAL: NumberEditor,
    Kind.FLAG: FlagEditor,
    Kind.TEXT: TextEditor,
    Kind.PATH: PathEditor,
    Kind.PAIR: PairEditor,
    Kind.NUMBERS: NumbersEditor,
    Kind.TEXTS: TextsEditor,
    Kind.CHOICE: ChoiceEditor,
}
"""Components have forms of their own."""
