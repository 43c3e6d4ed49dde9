"""The first thing that does not fit in a network, and the edit that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.gui.layers.layer_texts import Totals
from playground.language import tr
from playground.nn.edits import inserted, without
from playground.nn.layers.embedding import Embedding
from playground.nn.layers.flatten import Flatten
from playground.nn.paths import LayerPath, is_output, layer_at, line_to, walk
from playground.training.adapt import adapted
from playground.training.project import Project, check_fit


@dataclass(frozen=True)
class Mend:
    """What is wrong at a layer, and the words and changes of the project that mend it."""

    path: LayerPath
    problem: str
    words: str
    changes: dict[str, Any]


def first_mend(project: Project, dataset: Dataset | None, totals: Totals) -> Mend | None:
    """Return the mend of the first layer that does not fit, or of an end that does not."""
    for text in totals.rows:
        if text.problem:
            return _mend_layer(project, dataset, text.path, text.problem)
    if dataset is None or not totals.complete:
        return None
    try:
        check_fit(project, dataset)
    except ShapeError as error:
        return _mend_end(project, dataset, str(error))
    return None


def _mend_end(project: Project, dataset: Dataset, problem: str) -> Mend:
    """Return the mend of the first output that it changes: the network's, or that of a head.

    Or else of the embedding at the front.
    """
    fitting, model = adapted(project, dataset), project.model
    if not model.layers:
        return Mend((), problem, tr("Add the last layer"), _changes(project, fitting))
    ends = [path for path, _ in walk(model) if is_output(model, path)]
    wrong = [path for path in ends if layer_at(fitting.model, path) != layer_at(model, path)]
    words = tr("Fit the last layer")
    first = model.layers[0]
    if not wrong and isinstance(first, Embedding) and fitting.model.layers[0] != first:
        wrong, words = [(0,)], tr("Fit the embedding")
    place = next(iter(wrong), (len(model.layers) - 1,))
    return Mend(place, problem, words, _changes(project, fitting))


def _changes(project: Project, fitting: Project) -> dict[str, Any]:
    fields = ("model", "loss", "class_weights", "metrics")
    changed = {name: getattr(fitting, name) for name in fields}
    return {name: new for name, new in changed.items() if new != getattr(project, name)}


def _mend_layer(project: Project, dataset: Dataset | None, path: LayerPath, problem: str) -> Mend:
    model, layer = project.model, layer_at(project.model, path)
    assert layer is not None
    if dataset is not None:
        shape = line_to(model, path).shapes(dataset.input_shape)[-1]
        try:
            layer.output_shape(Flatten().output_shape(shape))
        except ShapeError:
            pass
        else:
            words = tr("Insert Flatten")
            return Mend(path, problem, words, {"model": inserted(model, path, Flatten())})
    words = tr("Remove {0}").format(type(layer).__name__)
    return Mend(path, problem, words, {"model": without(model, path)})
