"""What the views that show one layer's units share: the layer to choose, the units' names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from playground.gui.network.captions import layer_name, path_numbers, path_words
from playground.gui.widgets import Choice
from playground.language import tr
from playground.nn.layers.conv2d import Conv2D
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, is_output, layer_at, shapes_at, walk
from playground.training.snapshot import Snapshot


class LayerChoice(Choice):
    """One of some layers of a network."""

    layer_chosen = Signal(object)
    """Its path, by the user's doing."""

    def __init__(self, name: str) -> None:
        super().__init__({}, name)
        self._shown: tuple[Sequential | None, tuple[LayerPath, ...]] = (None, ())
        self.setToolTip(name)
        self.chosen.connect(self._emit_layer)

    @property
    def layers(self) -> tuple[LayerPath, ...]:
        """The paths that can be chosen."""
        return self._shown[1]

    @property
    def layer(self) -> LayerPath | None:
        """The path chosen; None if there is nothing to choose."""
        at = self.currentIndex()
        return self.layers[at] if 0 <= at < len(self.layers) else None

    def show_layers(self, model: Sequential, layers: Sequence[LayerPath]) -> None:
        """Offer these layers of a network; keep the choice if it is among them."""
        if self._shown == (model, tuple(layers)):
            return
        before = self.layer
        self._shown = model, tuple(layers)
        names = {path: layer_name(layer) for path, layer in walk(model)}
        self.clear()
        for at in layers:
            twin = list(names.values()).count(names[at]) > 1
            self.addItem(f"{names[at]}, {path_numbers(at)}" if twin else names[at])
            tip = path_words(model, at)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.set_layer(before)

    def set_layer(self, layer: LayerPath | None) -> None:
        """Show a choice without emitting; what is not among the layers changes nothing."""
        if layer in self.layers:
            self.setCurrentIndex(self.layers.index(layer))

    def _emit_layer(self) -> None:
        if self.layer is not None:
            self.layer_chosen.emit(self.layer)


def unit_name(snapshot: Snapshot, layer: LayerPath, unit: int) -> str:
    """Return ``Filter 11``, ``Neuron 11`` or, of the output layer, ``Class 7``."""
    classes = snapshot.dataset.classes
    if is_output(snapshot.model, layer):
        shape = shapes_at(snapshot.model, snapshot.input_shape)[layer]
        if shape == (len(classes),):
            return tr("Class {0}").format(classes[unit])
    if isinstance(layer_at(snapshot.model, layer), Conv2D):
        return tr("Filter {0}").format(unit + 1)
    return tr("Neuron {0}").format(unit + 1)
