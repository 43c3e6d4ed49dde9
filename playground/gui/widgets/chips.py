"""Toggles in a row that wraps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QPushButton, QSizePolicy, QWidget

from playground.gui.look import theme
from playground.gui.widgets.basics import GAP, button


class Chips(QWidget):
    """Choose any of a few named things; a chosen one is ticked and tinted."""

    changed = Signal(object)
    """The tuple of the chosen keys, in order."""

    def __init__(self, labels: Mapping[str, str], chosen: Iterable[str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._labels = dict(labels)
        self._chips = {key: self._chip(key) for key in labels}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP // 2)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it may get narrower
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_chosen(chosen)
        self._arrange(min(4, len(labels)))

    def chosen(self) -> tuple[str, ...]:
        """Return the keys that are on."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def set_chosen(self, keys: Iterable[str]) -> None:
        """Show a choice without emitting ``changed``."""
        keys = set(keys)
        for key, chip in self._chips.items():
            with QSignalBlocker(chip):
                chip.setChecked(key in keys)
            self._tick(key)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), self._grid.minimumSize().height())

    def _widest(self) -> int:
        return max((chip.sizeHint().width() for chip in self._chips.values()), default=1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        widest = self._widest()
        fitting = (self.width() + GAP // 2) // (widest + GAP // 2)
        self._arrange(max(1, min(fitting, len(self._chips))))
        super().resizeEvent(event)

    def _chip(self, key: str) -> QPushButton:
        chip = button(f"✓ {self._labels[key]}", kind="chip", checkable=True)
        chip.setFont(theme.font(theme.SMALL, 600))
        chip.setMinimumWidth(chip.sizeHint().width())  # as wide unticked as ticked
        chip.setAccessibleName(self._labels[key])
        chip.toggled.connect(lambda: self._toggled(key))
        return chip

    def _toggled(self, key: str) -> None:
        self._tick(key)
        self.changed.emit(self.chosen())

    def _tick(self, key: str) -> None:
        chip, text = self._chips[key], self._labels[key]
        chip.setText(f"✓ {text}" if chip.isChecked() else text)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for i, chip in enumerate(self._chips.values()):
            self._grid.addWidget(chip, i // columns, i % columns)
        self.updateGeometry()
