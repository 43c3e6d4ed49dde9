"""What the rows of the layer list say: one for the input, one for each layer and each branch."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.gui.network.captions import activation_name, shape_text
from playground.gui.network.columns import weight_count
from playground.language import grouped, tr, tr_declared
from playground.nn.arrays import Shape
from playground.nn.edits import can_branch
from playground.nn.layers import Layer
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath

_ICONS = {
    "Conv2D": "grid",
    "Dense": "dots-grid",
    "MaxPooling2D": "arrow-collapse",
    "AveragePooling2D": "arrow-collapse",
    "Flatten": "format-align-justify",
    "Dropout": "dots-hexagon",
    "Activation": "sine-wave",
    "Add": "plus-circle-outline",
    "AuxiliaryOutput": "source-branch",
    "Concatenate": "source-merge",
}
_OTHER_ICON = "layers-outline"
UNKNOWN = "?"


@dataclass(frozen=True)
class RowText:
    """What one row says."""

    icon: str
    name: str
    detail: str = ""
    """Below the name: the activation or the like."""
    shape: str = UNKNOWN
    figure: str = ""
    """At the right of the name: the number of weights."""
    problem: str = ""
    """Why the layer does not fit."""
    path: LayerPath = ()
    """Of the layer, or of even length for a branch; ``()`` for the input."""
    is_spare: bool = False
    """Whether it is a branch that can be taken away."""

    @property
    def is_branch(self) -> bool:
        """Whether the row is the heading of a branch."""
        return len(self.path) > 0 and len(self.path) % 2 == 0

    @property
    def depth(self) -> int:
        """How deep it is nested: 0 for the layers of the network itself."""
        return len(self.path) // 2

    def spoken(self) -> str:
        """Return the row as a screen reader says it."""
        return ", ".join(part for part in (*self.words(), self.problem) if part)

    def words(self) -> tuple[str, str, str, str]:
        """Return the texts of the row, the name first."""
        return self.name, self.detail, self.shape, self.figure


@dataclass(frozen=True)
class Totals:
    """Rows for the input, all layers and their branches, and what they cost together."""

    rows: tuple[RowText, ...]
    weights: int
    multiply_adds: int
    complete: bool
    """Whether every layer fits."""


@dataclass(eq=False)
class _Sum:
    rows: list[RowText] = field(default_factory=list)
    weights: int = 0
    multiply_adds: int = 0


def row_texts(model: Sequential, dataset: Dataset | None) -> Totals:
    """Return what the rows say; after a layer that does not fit, the shapes are unknown."""
    found = _Sum([_input_text(dataset)])
    shape = _add_chain(found, model, (), dataset.input_shape if dataset else None)
    return Totals(tuple(found.rows), found.weights, found.multiply_adds, complete=shape is not None)


def _add_chain(
    found: _Sum, chain: Sequential, path: LayerPath, shape: Shape | None
) -> Shape | None:
    """Add the rows of a chain that gets this shape; return the shape it gives."""
    for index, layer in enumerate(chain.layers):
        shape = _add_layer(found, layer, (*path, index), shape)
    return shape


def _add_layer(found: _Sum, layer: Layer, path: LayerPath, before: Shape | None) -> Shape | None:
    place = len(found.rows)
    found.rows += [RowText("", "")]  # said when it is known whether its branches fit
    branches = range(len(layer.chains))
    fits = [_add_branch(found, layer, (*path, branch), before) for branch in branches]
    shape, problem = None, ""
    if before is not None and all(fits):
        try:
            shape = layer.output_shape(before)
        except ShapeError as error:
            problem = str(error)
    count = weight_count(layer, before) if before and shape else 0
    found.rows[place] = _layer_text(layer, path, shape, count, problem)
    if before and shape and len(path) == 1:
        found.weights += count
        found.multiply_adds += layer.multiply_adds(before)
    return shape


def _add_branch(found: _Sum, layer: Layer, path: LayerPath, before: Shape | None) -> bool:
    """Add the heading of a branch and its layers; return whether they fit."""
    chain, place = layer.chains[path[-1]], len(found.rows)
    found.rows += [RowText("", "")]
    shape = _add_chain(found, chain, path, before)
    name = tr("Branch {0}").format(path[-1] + 1) if can_branch(layer) else tr("Head")
    nothing = tr("unchanged") if not chain.layers else ""
    found.rows[place] = RowText(
        icon="",
        name=name,
        detail=nothing,
        shape=shape_text(shape) if shape else UNKNOWN,
        path=path,
        is_spare=can_branch(layer) and len(layer.chains) > 1,
    )
    return shape is not None


def _input_text(dataset: Dataset | None) -> RowText:
    name = tr("Input")
    if dataset is None:
        return RowText("import", name)
    return RowText("import", name, tr_declared(dataset.title), shape_text(dataset.input_shape))


def _layer_text(
    layer: Layer, path: LayerPath, shape: Shape | None, count: int, problem: str
) -> RowText:
    kind = type(layer).__name__
    figure = tr("{0} params").format(grouped(count)) if count else ""
    return RowText(
        icon=_ICONS.get(kind, _OTHER_ICON),
        name=kind,
        detail=_detail(layer),
        shape=shape_text(shape) if shape else UNKNOWN,
        figure=figure,
        problem=problem,
        path=path,
    )


def _detail(layer: Layer) -> str:
    """Return what tells this layer from others of its kind."""
    rate = getattr(layer, "rate", None)
    size = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None)
    share = getattr(layer, "loss_weight", None)
    parts = [
        f"{size[0]} \u00d7 {size[1]}" if size else "",
        f"{rate:g}" if rate is not None else "",
        tr("weight {0:g}").format(share) if share else "",
        activation_name(layer),
    ]
    return ", ".join(part for part in parts if part)
