"""Switches for what a network is told of a point in the plane."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from playground.data.plane import FEATURES, Feature
from playground.data.sources import DataSource
from playground.data.sources.planes import PlaneSource
from playground.gui.look import theme
from playground.gui.widgets import GAP, button, column, row, section
from playground.language import tr

_ROWS = (FEATURES[:5], FEATURES[5:])


class FeatureChips(QWidget):
    """Toggles for the features; the last one that is on stays on."""

    changed = Signal(object)
    """The new source, by the user's doing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Features"))
        self._source: PlaneSource | None = None
        self._head = section(tr("Features"))
        self._head.setToolTip(
            tr("What the network is told of a point; sin 2πx is two waves from -1 to 1")
        )
        self._chips = {feature.name: self._chip(feature) for feature in FEATURES}
        lines = [row(*(self._chips[one.name] for one in line), gap=4) for line in _ROWS]
        self.setLayout(column(self._head, column(*lines, gap=4), gap=GAP))

    def chip(self, name: str) -> QPushButton:
        """Return the toggle of a feature."""
        return self._chips[name]

    def show_source(self, source: DataSource) -> None:
        """Show which features a source gives, without emitting ``changed``."""
        self._source = source if isinstance(source, PlaneSource) else None
        self._head.set_detail("")
        for feature in FEATURES:
            is_on = self._source is not None and feature.name in self._source.features
            self._show(feature, is_on=is_on)

    def _chip(self, feature: Feature) -> QPushButton:
        chip = button(feature.label, kind="chip", checkable=True)
        chip.setFont(theme.font(theme.SMALL, 600))
        chip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        chip.setAccessibleName(feature.label)
        chip.setToolTip(tr("Whether the network is told {0} of a point").format(feature.label))
        chip.clicked.connect(lambda: self._toggle(feature))
        return chip

    def _show(self, feature: Feature, *, is_on: bool) -> None:
        chip = self._chips[feature.name]
        chip.setChecked(is_on)
        chip.setText(f"✓ {feature.label}" if is_on else feature.label)

    def _toggle(self, feature: Feature) -> None:
        if self._source is None:
            return
        names = tuple(name for name, chip in self._chips.items() if chip.isChecked())
        if not names:
            self._show(feature, is_on=True)
            self._head.set_detail(tr("one at least"))
            return
        self.show_source(replace(self._source, features=names))
        self.changed.emit(self._source)
