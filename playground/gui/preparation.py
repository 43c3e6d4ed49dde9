"""How the numbers of a table are scaled, in the open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.component import parameters
from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.gui import theme
from playground.gui.widgets import Segments, boxed, column, label

_FIELDS = ("scaling", "target_scaling")


class Preparation(QWidget):
    """Switches for the scaling of the inputs and of the numbers to predict."""

    changed = Signal(object)
    """The new source, by the user's doing."""

    def __init__(self) -> None:
        super().__init__()
        self._source: DataSource | None = None
        captions = (self.tr("Scale inputs"), self.tr("Scale target"))
        self._switches = {
            name: self._switch(name, caption)
            for name, caption in zip(_FIELDS, captions, strict=True)
        }
        self._parts = {
            name: boxed(
                column(label(switch.accessibleName(), theme.SMALL, colour="muted"), switch, gap=4)
            )
            for name, switch in self._switches.items()
        }
        self.setLayout(column(*self._parts.values(), gap=8))

    def names(self) -> tuple[str, ...]:
        """Return the fields of the source that have a switch."""
        source = type(self._source) if self._source else DataSource
        return tuple(p.name for p in parameters(source) if p.name in _FIELDS)

    def switch(self, name: str) -> Segments:
        """Return the switch of a field."""
        return self._switches[name]

    def show_source(self, source: DataSource) -> None:
        """Show how a source scales, without emitting ``changed``."""
        self._source = source
        for name in self.names():
            self._switches[name].set_choice(getattr(source, name))
        self.setVisible(bool(self.names()))

    def show_dataset(self, dataset: Dataset) -> None:
        """Show the switches that this data has a use for."""
        for name, part in self._parts.items():
            wanted = name != "target_scaling" or not dataset.is_classification
            part.setVisible(wanted and name in self.names())

    def _switch(self, name: str, caption: str) -> Segments:
        words = {
            "none": self.tr("None"),
            "unit": self.tr("0 to 1"),
            "standard": self.tr("Standardize"),
        }
        tips = {
            "none": self.tr("The numbers stay as they are"),
            "unit": self.tr("The smallest training value becomes 0 and the largest 1"),
            "standard": self.tr("The training values get mean 0 and standard deviation 1"),
        }
        switch = Segments(words, caption, tips=tips)
        switch.chosen.connect(lambda choice: self._edit(name, choice))
        return switch

    def _edit(self, name: str, choice: str) -> None:
        assert self._source is not None
        if getattr(self._source, name) != choice:
            changes: dict[str, Any] = {name: choice}
            self._source = replace(self._source, **changes)
            self.changed.emit(self._source)
