"""What an output column says of the example: probabilities of classes, or predicted numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.data.dataset import DataKind, Dataset
from playground.gui.network.captions import number
from playground.language import grouped, tr
from playground.nn.activations import Sigmoid, Softmax
from playground.nn.paths import LayerPath, layer_at
from playground.probes.activations import Outputs


@dataclass(frozen=True)
class Answer:
    """One output as people read it."""

    name: str
    figure: str
    share: float | None = None
    """The probability, for the bar; None for a number."""


def answers_of(
    outputs: Outputs | None, path: LayerPath, dataset: Dataset, labels: tuple[str, ...]
) -> list[Answer]:
    """Return what each output of a layer says; names alone while its outputs are not known."""
    layer = layer_at(outputs.model, path) if outputs else None
    if outputs is None or layer is None:
        return [Answer(label, "") for label in labels]
    values = outputs.answers[path].ravel()
    names = labels if len(labels) == len(values) else tuple(str(i) for i in range(len(values)))
    if isinstance(layer.output_activation, (Softmax, Sigmoid)):
        return [
            Answer(name, f"{100 * value:.1f} %" if value < 0.9995 else "100 %", float(value))
            for name, value in zip(names, values.tolist(), strict=True)
        ]
    scaling = dataset.target_scaling
    if scaling is not None and len(values) == len(dataset.targets):
        values = scaling.invert(values.astype(np.float32))
    return [
        Answer(name, number(value, 4)) for name, value in zip(names, values.tolist(), strict=True)
    ]


def example_note(outputs: Outputs, dataset: Dataset) -> str:
    """Return the line under the input: which example it is and the right answer.

    Nothing where the maps show all examples at once.
    """
    if dataset.kind in (DataKind.POINTS, DataKind.CURVE):
        return ""
    place = grouped(outputs.row + 1)
    if dataset.is_classification:
        truth = dataset.classes[int(outputs.y)]
    else:
        scaling = dataset.target_scaling
        value = outputs.y if scaling is None else scaling.invert(outputs.y)
        truth = ", ".join(number(v, 4) for v in value.ravel().tolist())
    if dataset.kind is DataKind.TEXT:
        return tr("next: {0}").format(truth)
    if dataset.kind is DataKind.IMAGES:
        return tr("no. {0}: {1}").format(place, truth)
    return tr("row {0}: {1}").format(place, truth)
