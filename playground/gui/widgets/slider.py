"""Sliders for panels: plain, and for quantities that matter by their order of magnitude."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QVBoxLayout, QWidget

from playground.gui.look import theme

_STEPS = 100  # positions in a decade, or on the whole of an even slider
_HANDLE = 8  # half the width of the handle, where the groove begins


class Slider(QSlider):
    """A slider whose handle jumps to the click, ready to be dragged."""

    def __init__(self, low: int, high: int, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(low, high)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_value(self, value: int) -> None:
        """Show a value without emitting ``valueChanged``."""
        with QSignalBlocker(self):
            self.setValue(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            x = round(event.position().x()) - _HANDLE
            span = self.width() - 2 * _HANDLE
            low, high = self.minimum(), self.maximum()
            self.setValue(QStyle.sliderValueFromPosition(low, high, x, span))
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:  # the wheel scrolls the panel until the slider is in use
            event.ignore()


class ValueSlider(QWidget):
    """A slider from ``low`` to ``high`` that speaks in values instead of positions."""

    value_changed = Signal(float)
    """By the user's doing."""

    def __init__(self, low: float, high: float, name: str) -> None:
        super().__init__()
        self._low, self._high = low, high
        self._value = low
        self._slider = Slider(self._position(low), self._position(high), name)
        self._slider.valueChanged.connect(self._moved)
        self.setAccessibleName(name)
        self.setFocusProxy(self._slider)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._slider)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def value(self) -> float:
        """Return the exact value shown."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a value without emitting ``value_changed``; outside the range shows its end."""
        self._value = value
        self._slider.set_value(self._position(value))

    def set_tip(self, tip: str) -> None:
        """Set the tooltip."""
        self._slider.setToolTip(tip)

    def sizeHint(self) -> QSize:
        return QSize(136, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 32)

    def _moved(self, position: int) -> None:
        self._value = self._at(position)
        self.value_changed.emit(self._value)

    def _position(self, value: float) -> int:
        raise NotImplementedError

    def _at(self, position: int) -> float:
        raise NotImplementedError


class EvenSlider(ValueSlider):
    """A slider in a hundred even steps; arrow keys move by one, Page keys by ten."""

    def _position(self, value: float) -> int:
        return round((value - self._low) / (self._high - self._low) * _STEPS)

    def _at(self, position: int) -> float:
        return float(f"{self._low + (self._high - self._low) * position / _STEPS:.3g}")


class LogSlider(ValueSlider):
    """A logarithmic slider with a mark at every decade.

    Arrow keys move by a tenth of a decade, Page keys by a whole one. Values moved to are rounded
    to two figures; a value that is shown stays exact.
    """

    def __init__(self, low: float, high: float, name: str) -> None:
        super().__init__(low, high, name)
        self._slider.setSingleStep(_STEPS // 10)
        self._slider.setPageStep(_STEPS)
        self.setContentsMargins(0, 0, 0, 4)  # for the marks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("border"))
        low, high = math.log10(self._low), math.log10(self._high)
        span = self.width() - 2 * _HANDLE
        bottom = self.height() - 1
        for decade in range(math.ceil(low), math.floor(high) + 1):
            x = _HANDLE + span * (decade - low) / (high - low)
            painter.drawLine(QPointF(x, bottom - 3), QPointF(x, bottom))
        painter.end()

    def _position(self, value: float) -> int:
        return round(math.log10(max(value, self._low)) * _STEPS)

    def _at(self, position: int) -> float:
        return float(f"{10 ** (position / _STEPS):.2g}")
