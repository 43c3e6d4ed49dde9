"""A field for one number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from playground.errors import ConfigError
from playground.gui.gestures import gestures
from playground.gui.look import theme
from playground.language import grouped, mark, tr

Number = int | float
Check = Callable[[Number], Number]
"""Return the number in its own type, or raise ``ConfigError`` saying what fits."""
_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


@gestures(
    mark("Number fields"),
    (("Up", "Down", "PgUp", "PgDown"), mark("A little more or less; much more or less")),
    (("Return",), mark("Take the number")),
    (("Esc",), mark("Bring the last number back")),
)
class NumberBox(QLineEdit):
    """A number to type, or to step with the arrow and Page keys and the wheel.

    Enter or leaving the field commits; Escape brings the last value back. What does not fit is
    marked while it is typed, with the reason as the tooltip, and never emitted.
    """

    value_changed = Signal(object)
    """An int or a float; only by the user's doing."""

    def __init__(
        self, name: str, check: Check, value: Number = 0, *, whole: bool = True, digits: int = 5
    ) -> None:
        super().__init__()
        self._check = check
        self._whole = whole
        self._digits = digits
        self._value = value
        self._tip = ""
        self.setAccessibleName(name)
        self.setFont(theme.font(theme.BODY))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._mark)
        self.editingFinished.connect(self._commit)
        self.set_value(value)

    def value(self) -> Number:
        """Return the last value that fitted."""
        return self._value

    def set_value(self, value: Number) -> None:
        """Show a value without emitting; what is being typed gives way only to a new value."""
        if value == self._value and self.isModified():
            return
        self._value = value
        self._show_value()

    def set_tip(self, tip: str) -> None:
        """Set the tooltip of the field as long as its number fits."""
        self._tip = tip
        self.setToolTip(tip)

    def error(self) -> str:
        """Return why the typed number does not fit; empty if it does."""
        return self._problem(self.text())[1]

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance("0" * self._digits)
        return QSize(width + 24, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(Qt.Key(event.key()))
        if steps is not None:
            self._step(steps)
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show_value()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():  # the wheel scrolls the panel until the field is in use
            event.ignore()
            return
        self._step(1 if event.angleDelta().y() > 0 else -1)

    def _step(self, steps: int) -> None:
        size = 1.0 if self._whole else _decimal_step(self._value)
        value, problem = self._problem(_text(self._value + steps * size, whole=self._whole))
        if not problem:
            self._show_value(value)
            self._commit()

    def _show_value(self, value: Number | None = None) -> None:
        self.setText(_text(self._value if value is None else value, whole=self._whole))
        self.setCursorPosition(0)
        self._mark(self.text())

    def _commit(self) -> None:
        value, problem = self._problem(self.text())
        if problem:
            return
        changed = value != self._value
        self._value = value
        self._show_value()
        if changed:
            self.value_changed.emit(value)

    def _problem(self, text: str) -> tuple[Number, str]:
        try:
            return self._check(_number(text, whole=self._whole)), ""
        except ConfigError as error:
            return self._value, str(error)
        except ValueError:
            return self._value, tr("This is not a number: {0}").format(text or "-")

    def _mark(self, text: str) -> None:
        _, problem = self._problem(text)
        mark_invalid(self, problem, self._tip)


def mark_invalid(field: QLineEdit, problem: str, tip: str) -> None:
    """Give a field a red border and the problem as its tooltip; ``tip`` if there is none."""
    field.setToolTip(problem or tip)
    field.setAccessibleDescription(problem or tip)
    if bool(field.property("invalid")) is not bool(problem):
        field.setProperty("invalid", bool(problem))
        field.style().unpolish(field)  # the style sheet looks at it only when polishing
        field.style().polish(field)


def _decimal_step(value: Any) -> float:
    """Return one unit of the second figure: 0.01 for 0.25."""
    return 0.1 if value == 0 else float(10.0 ** (math.floor(math.log10(abs(value))) - 1))


def _text(value: Number, *, whole: bool) -> str:
    return grouped(round(value)) if whole else f"{value:.10g}"


def _number(text: str, *, whole: bool) -> Number:
    """Read a number as people write it: 10,000 and 10.000 are whole, and 0,5 is a half."""
    plain = "".join(text.split()).replace("_", "").replace("'", "")
    if whole:
        return int(re.sub(r"[.,](?=\d{3}(?:\D|$))", "", plain))
    return float(plain.replace(",", ".") if "." not in plain else plain.replace(",", ""))
