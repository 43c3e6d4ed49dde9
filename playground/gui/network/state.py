"""What the picture is of: a network, its data, and those weights and answers that still fit it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QSizeF

from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.gui.data import text_part
from playground.gui.network.answers import answers_of, example_note
from playground.gui.network.columns import MOST_NODES, Column, Form, Row, columns_of
from playground.gui.network.edges import Bundles, bundles
from playground.gui.network.layout import Layout, arrange
from playground.gui.network.painting import Scene
from playground.gui.network.pictures import picture
from playground.gui.selection import Selection
from playground.nn.arrays import Weights
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, layer_at, line_to, shapes_at, weights_at
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
    def layer(self) -> LayerPath | None:
        """The selected layer, if there is such a layer."""
        layer = self.selection.layer
        return layer if layer_at(self.model, layer) else None

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

    def weights(self, layer: LayerPath | None) -> Weights:
        """Return a layer's weights; none while the snapshot is of another network."""
        snapshot = self.snapshot
        if snapshot is None or layer is None or not self._is_known(snapshot.model, layer):
            return {}
        return weights_at(snapshot.model, snapshot.weights, layer)

    def answers(self, layer: LayerPath | None) -> Outputs | None:
        """Return the outputs if they hold those of this layer; None while they are of another."""
        outputs = self.outputs
        if outputs is None or self.snapshot is None:
            return None
        if self.answered is not self.snapshot.dataset:
            return None
        return outputs if layer is None or self._is_known(outputs.model, layer) else None

    def columns(self) -> Row:
        """Return the columns; only the input's data must be known."""
        if self.snapshot is None:
            return ()
        try:
            plane = has_plane(shapes_at(self.model, self.snapshot.input_shape))
        except ShapeError:
            plane = False
        row = columns_of(self.model, self.snapshot.dataset, plane)
        return self._with_likeliest(row) if self.snapshot.dataset.language else row

    def _with_likeliest(self, row: Row) -> Row:
        """Return the columns, of whose outputs the likeliest words are shown."""
        *others, last = row
        if not isinstance(last, Column) or last.form is not Form.OUTPUT:
            return row
        known = self.answers(last.layer)
        order = np.arange(last.count)  # while nothing is known: the most frequent
        if known is not None and last.layer is not None:
            order = np.argsort(-known.answers[last.layer], kind="stable")
        first = tuple(order[:MOST_NODES].tolist())
        return (*others, dataclasses.replace(last, first=first))

    def shows_likeliest(self, scene: Scene) -> bool:
        """Return whether the likeliest word is among the outputs that are drawn."""
        for placed in scene.layout.placed:
            path = placed.column.layer
            known = self.answers(path) if placed.column.first and path else None
            if known is not None and path is not None:
                return int(known.answers[path].argmax()) in placed.units
        return True

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
        """Return the weights between each two columns that are joined."""
        placed, layer = layout.placed, self.layer
        chosen = [unit if layer and layer in one.column.layers else None for one in placed]
        weights = {
            joint.right: self.weights(placed[joint.right].column.layer) for joint in layout.joints
        }
        return [
            bundles(
                placed[joint.left],
                placed[joint.right],
                weights[joint.right],
                (chosen[joint.left], chosen[joint.right]),
                joint,
            )
            for joint in layout.joints
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
        dataset = self.snapshot.dataset
        known = self.answers(None)
        if known is not None and dataset.language is not None:
            scene.words = tuple(
                text_part.visible(word) for word in dataset.language.spelled(known.x)
            )
        scene.answers = {
            index: answers_of(self.answers(path), path, dataset, placed.column.labels)
            for index, placed in enumerate(scene.layout.placed)
            if placed.column.form is Form.OUTPUT and (path := placed.column.layer)
        }

    def _is_known(self, other: Sequential, path: LayerPath) -> bool:
        """Return whether ``other`` has the same layer here, and the same ones leading to it."""
        if other is self.model:
            return True
        same_line = line_to(other, path) == line_to(self.model, path)
        return same_line and layer_at(other, path) == layer_at(self.model, path)
