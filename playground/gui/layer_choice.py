"""What the views that show one layer's units share: the layer to choose, the units' names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from playground.gui.network.captions import layer_name
from playground.gui.widgets import Choice
from playground.nn.layers.conv2d import Conv2D
from playground.nn.model import Sequential
from playground.training.snapshot import Snapshot


class LayerChoice(Choice):
    """One of some layers of a network."""

    layer_chosen = Signal(int)
    """Its position in ``model.layers``, by the user's doing."""

    def __init__(self, name: str) -> None:
        super().__init__({}, name)
        self._shown: tuple[Sequential | None, tuple[int, ...]] = (None, ())
        self.setToolTip(name)
        self.chosen.connect(self._emit_layer)

    @property
    def layers(self) -> tuple[int, ...]:
        """The positions that can be chosen."""
        return self._shown[1]

    @property
    def layer(self) -> int | None:
        """The position chosen; None if there is nothing to choose."""
        return self.currentData() if self.layers else None

    def show_layers(self, model: Sequential, layers: Sequence[int]) -> None:
        """Offer these layers of a network; keep the choice if it is among them."""
        if self._shown == (model, tuple(layers)):
            return
        before = self.layer
        self._shown = model, tuple(layers)
        names = [layer_name(layer) for layer in model.layers]
        self.clear()
        for at in layers:
            twin = names.count(names[at]) > 1
            numbered = self.tr("{0}, layer {1}").format(names[at], at + 1)
            self.addItem(numbered if twin else names[at], at)
        self.set_layer(before)

    def set_layer(self, layer: int | None) -> None:
        """Show a choice without emitting; what is not among the layers changes nothing."""
        if layer in self.layers:
            self.setCurrentIndex(self.layers.index(layer))

    def _emit_layer(self) -> None:
        if self.layer is not None:
            self.layer_chosen.emit(self.layer)


def unit_name(snapshot: Snapshot, layer: int, unit: int) -> str:
    """Return ``Filter 11``, ``Neuron 11`` or, of the output layer, ``Class 7``."""
    classes = snapshot.dataset.classes
    if layer == len(snapshot.model.layers) - 1 and snapshot.shapes[-1] == (len(classes),):
        return QCoreApplication.translate("units", "Class {0}").format(classes[unit])
    if isinstance(snapshot.model.layers[layer], Conv2D):
        return QCoreApplication.translate("units", "Filter {0}").format(unit + 1)
    return QCoreApplication.translate("units", "Neuron {0}").format(unit + 1)
