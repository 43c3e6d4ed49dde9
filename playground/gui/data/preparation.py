"""How the numbers of a data set are scaled, in the open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.component import parameters
from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.tables.plan import ColumnPlan, with_plan
from playground.gui.data.fitted_list import FittedList, fitted_columns
from playground.gui.look import theme
from playground.gui.widgets import Segments, boxed, column, label
from playground.language import tr

_FIELDS = ("scaling", "target_scaling")


class Preparation(QWidget):
    """Switches for the scaling of inputs and of numbers to predict, with the fitted numbers."""

    changed = Signal(object)
    """The new source, by the user's doing."""

    def __init__(self) -> None:
        super().__init__()
        self._source: DataSource | None = None
        self._dataset: Dataset | None = None
        captions = dict(zip(_FIELDS, (tr("Inputs"), tr("Target")), strict=True))
        self._switches = {name: self._switch(name, captions[name]) for name in _FIELDS}
        self._fitted = {name: FittedList(captions[name]) for name in _FIELDS}
        self._parts: dict[str, QWidget] = {}
        for name, caption in captions.items():
            self._fitted[name].chosen.connect(self._edit_column)
            words = label(caption, theme.SMALL, colour="muted")
            head = column(words, self._switches[name], gap=4)
            self._parts[name] = boxed(column(head, self._fitted[name], gap=4))
        self.setLayout(column(*self._parts.values(), gap=8))

    def names(self) -> tuple[str, ...]:
        """Return the fields of the source that have a switch."""
        source = type(self._source) if self._source else DataSource
        return tuple(p.name for p in parameters(source) if p.name in _FIELDS)

    def switch(self, name: str) -> Segments:
        """Return the switch of a field."""
        return self._switches[name]

    def fitted(self, name: str) -> FittedList:
        """Return the numbers below the switch of a field."""
        return self._fitted[name]

    def show_source(self, source: DataSource) -> None:
        """Show how a source scales, without emitting ``changed``."""
        self._source = source
        for name in self.names():
            self._switches[name].set_choice(getattr(source, name))
        self.setVisible(bool(self.names()))

    def show_dataset(self, dataset: Dataset) -> None:
        """Show what was measured, and the switches that this data has a use for."""
        for name, part in self._parts.items():
            wanted = name != "target_scaling" or not dataset.is_classification
            part.setVisible(wanted and name in self.names())
        if dataset is self._dataset:
            return
        self._dataset = dataset
        chosen = self._chosen(dataset)
        inputs = fitted_columns(dataset.features, dataset.scaling, chosen)
        targets = fitted_columns(dataset.targets, dataset.target_scaling, chosen)
        self._fitted["scaling"].show_columns(inputs)
        self._fitted["target_scaling"].show_columns(targets)

    def _chosen(self, dataset: Dataset) -> dict[str, str]:
        """Return the scaling that the plan of each column says, if it can have one."""
        if not isinstance(self._source, CsvFile):
            return {}
        plans = {plan.name: plan.scaling for plan in self._source.columns}
        return {column.name: plans.get(column.name, "default") for column in dataset.columns}

    def _switch(self, name: str, caption: str) -> Segments:
        words = {
            "none": tr("None"),
            "unit": tr("0 to 1"),
            "standard": tr("Standardize"),
        }
        tips = {
            "none": tr("The numbers stay as they are"),
            "unit": tr("The smallest training value becomes 0 and the largest 1"),
            "standard": tr("The training values get mean 0 and standard deviation 1"),
        }
        switch = Segments(words, tr("Scaling: {0}").format(caption), tips=tips)
        switch.chosen.connect(lambda choice: self._edit(name, choice))
        return switch

    def _edit(self, name: str, choice: str) -> None:
        assert self._source is not None
        if getattr(self._source, name) != choice:
            changes: dict[str, Any] = {name: choice}
            self._source = replace(self._source, **changes)
            self.changed.emit(self._source)

    def _edit_column(self, name: str, choice: str) -> None:
        """Give one column a scaling of its own."""
        assert isinstance(self._source, CsvFile)
        assert self._dataset is not None
        plans = {plan.name: plan for plan in self._source.columns}
        scaling: Any = choice  # the field checks that it is one of its own
        plan = replace(plans.get(name, ColumnPlan(name)), scaling=scaling)
        names = [column.name for column in self._dataset.columns]
        self._source = replace(self._source, columns=with_plan(self._source.columns, plan, names))
        self.changed.emit(self._source)
