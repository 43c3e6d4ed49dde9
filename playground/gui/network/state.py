"""What the picture is of: a network, its data, and those weights and answers that still fit it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QSizeF

from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.gui.network.answers import answers_of, example_note
from playground.gui.network.columns import Column, columns_of
from playground.gui.network.edges import Bundles, bundles
from playground.gui.network.layout import Layout, arrange
from playground.gui.network.painting import Scene
from playground.gui.network.pictures import picture
from playground.gui.selection import Selection
from playground.nn.arrays import Weights
from playground.nn.model import Sequential
from playground.probes.activations import Outputs, has_plane
from playground.training.snapshot import Snapshot, Status


@dataclass(eq=False)
class Shown:
    """The network being shown, and the newest that is known of it."""

    model: Sequential = field(default_factory=Sequential)
    snapshot: Snapshot | None = None
    outputs: Outputs | None = None
    answered: Dataset | None = None
    """The data that the outputs answer to."""
    selection: Selection = field(default_factory=Selection)

    @property
    def layer(self) -> int | None:
        """The selected layer, if there is such a layer."""
        layer = self.selection.layer
        return layer if layer is not None and 0 <= layer < len(self.model.layers) else None

    @property
    def is_failed(self) -> bool:
        """Whether the run has come to nothing, so that its pictures mean little."""
        failures = (Status.DIVERGED, Status.FAILED)
        return self.snapshot is not None and self.snapshot.status in failures

    @property
    def note(self) -> str:
        """What is said of the example under the input."""
        known = self.answers(None)
        return example_note(known, self.snapshot.dataset) if known and self.snapshot else ""

    def weights(self, layer: int | None) -> Weights:
        """Return a layer's weights; none while the snapshot is of another network."""
        if self.snapshot is None or layer is None:
            return {}
        return self.snapshot.weights[layer] if layer < self._known(self.snapshot.model) else {}

    def answers(self, layer: int | None) -> Outputs | None:
        """Return the outputs if they hold those of this layer; None while they are of another."""
        outputs = self.outputs
        if outputs is None or self.snapshot is None:
            return None
        if self.answered is not self.snapshot.dataset:
            return None
        place = -1 if layer is None else layer
        return outputs if place < self._known(outputs.model) else None

    def columns(self) -> list[Column]:
        """Return the columns; only the input's data must be known."""
        if self.snapshot is None:
            return []
        try:
            plane = has_plane(self.model.shapes(self.snapshot.input_shape))
        except ShapeError:
            plane = False
        return columns_of(self.model, self.snapshot.dataset, plane)

    def scene(self, size: QSizeF) -> Scene | None:
        """Return the picture without its images; None before there is any data."""
        columns = self.columns()
        if not columns:
            return None
        layer = self.layer
        unit = self.selection.unit if layer is not None else None
        layout = arrange(columns, size, (layer, unit))
        if layer is not None and unit is not None:
            count = layout.placed[layout.index_of(layer)].column.count
            unit = unit if unit < count else None
        return Scene(layout, layer=layer, unit=unit, is_failed=self.is_failed)

    def lines(self, layout: Layout, unit: int | None) -> list[Bundles]:
        """Return the weights between each two columns that follow each other."""
        placed = layout.placed
        chosen = [
            unit if self.layer in one.column.layers and self.layer is not None else None
            for one in placed
        ]
        return [
            bundles(a, b, self.weights(b.column.layer), (chosen[i], chosen[i + 1]))
            for i, (a, b) in enumerate(pairwise(placed))
        ]

    def fill(self, scene: Scene, ratio: float) -> None:
        """Put the images and the answers of the example into the picture."""
        scene.images = []
        for placed in scene.layout.placed:
            shown = placed.column.shown_layer(scene.layer)
            outputs = self.answers(shown)
            scene.images.append(
                picture(placed, outputs, scene.layer, ratio, self.is_failed) if outputs else None
            )
        if self.snapshot is None:
            return
        scene.note = self.note
        last = scene.layout.placed[-1].column
        known = self.answers(last.shown_layer(None))
        scene.answers = answers_of(known, self.model, self.snapshot.dataset, last.labels)

    def _known(self, other: Sequential) -> int:
        """Return how many first layers ``other`` has in common with the network shown."""
        count = 0
        for mine, theirs in zip(self.model.layers, other.layers, strict=False):
            if mine != theirs:
                break
            count += 1
        return count
