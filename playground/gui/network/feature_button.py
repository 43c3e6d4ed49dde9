"""The button below the input column: which features of a point the network is told."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from playground.data.plane import FEATURES
from playground.data.sources import DataSource
from playground.data.sources.planes import PlaneSource
from playground.gui.network.controls import RoundButton
from playground.language import tr


class FeatureButton(RoundButton):
    """Opens a menu of features to tick; hidden for data that has none."""

    chosen = Signal(object)
    """The new source, by the user's doing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "tune-variant")
        self.name(tr("Choose features"))
        self.clicked.connect(self._open)
        self._source: PlaneSource | None = None

    @property
    def is_of_use(self) -> bool:
        """Whether there are features to choose from."""
        return self._source is not None

    def show_source(self, source: DataSource) -> None:
        """Offer the features of a source."""
        self._source = source if isinstance(source, PlaneSource) else None

    def menu(self) -> QMenu:
        """Return the menu; the last feature that is on cannot be taken away."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Features"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self._source.features if self._source else ()
        for feature in FEATURES:
            action = menu.addAction(feature.label)
            action.setCheckable(True)
            action.setChecked(feature.name in chosen)
            action.setEnabled(chosen != (feature.name,))
            action.triggered.connect(lambda _=False, name=feature.name: self._toggle(name))
        return menu

    def _open(self) -> None:
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _toggle(self, name: str) -> None:
        if self._source is None:
            return
        names = set(self._source.features) ^ {name}
        self.chosen.emit(replace(self._source, features=tuple(names)))
