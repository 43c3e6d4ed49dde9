"""What the picture shows of each layer: a network as columns in rows, before any geometry."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

import numpy as np

from playground.component import parameters
from playground.data.dataset import DataKind, Dataset
from playground.errors import ShapeError
from playground.gui.data.text_part import visible
from playground.gui.network.captions import layer_name, params_text, shape_text, size_field
from playground.language import tr
from playground.nn.activations import ActivationFunction
from playground.nn.arrays import Shape
from playground.nn.edits import can_branch
from playground.nn.initializers import Initializer, Zeros
from playground.nn.layers import Layer
from playground.nn.model import Sequential, parameter_count
from playground.nn.paths import LayerPath, chain_at, is_output, layer_at, line_to

MOST_NODES = 16
"""Layers up to this size show every neuron."""


class Form(Enum):
    """How a column is drawn."""

    IMAGE = "the example itself"
    MAPS = "a mosaic of feature maps"
    STRIP = "many numbers as one ribbon"
    NODES = "one disc or one map a neuron"
    OUTPUT = "neurons with their names and answers"
    SLIM = "a layer that changes numbers but not their shape"
    JOIN = "a layer that brings its branches together"
    PASS = "a branch without layers"
    BROKEN = "the first layer that does not fit"
    UNKNOWN = "a layer behind that one"


@dataclass(frozen=True)
class Column:
    """One layer, or a block of them folded together."""

    form: Form
    layers: tuple[LayerPath, ...]
    """Where they lie; none for the input and for a branch without layers."""
    name: str
    shape: Shape
    shape_text: str
    params_text: str
    weights: int = 0
    """How many numbers it learns."""
    labels: tuple[str, ...] = ()
    """Of the neurons, where they have names."""
    has_maps: bool = False
    """Whether each neuron is a map over the input plane."""
    message: str = ""
    says_words: bool = False
    """Whether the labels are only places: what stands there are words of the example."""
    first: tuple[int, ...] = ()
    """The units that matter most, where all are too many: of words, the likeliest."""
    folded: str = ""
    """Names of the layers folded into the first."""
    parts: tuple[int, ...] = ()
    """How many channels each branch puts in, where they stand side by side in a ``JOIN``."""
    owner: LayerPath | None = None
    """The layer that a branch without layers belongs to."""

    @property
    def layer(self) -> LayerPath | None:
        """The first layer's path; None for the input."""
        return self.layers[0] if self.layers else self.owner

    @property
    def has_weights(self) -> bool:
        """Whether the layer learns."""
        return self.weights > 0

    @property
    def count(self) -> int:
        """How many units: neurons, maps or channels."""
        return self.shape[-1] if self.shape else 0

    def shown_layer(self, selected: LayerPath | None) -> LayerPath | None:
        """Return the layer whose answers the column shows: the selected one, or the last."""
        if selected in self.layers:
            return selected
        return self.layers[-1] if self.layers else None


@dataclass(frozen=True)
class Lane:
    """Columns that follow each other, beside those of other lanes."""

    items: Row
    start: LayerPath
    """Where a layer before the first one would be put in."""


@dataclass(frozen=True)
class Fork:
    """Lanes that begin together: the branches of a layer, or a head beside what comes after it."""

    layer: LayerPath
    lanes: tuple[Lane, ...]
    joins: bool
    """Whether the lanes meet again in the next column; otherwise only the first one goes on."""


Row = tuple["Column | Fork", ...]
"""A chain of layers as it is drawn."""


def columns_of(model: Sequential, dataset: Dataset, has_plane: bool) -> Row:
    """Return the input's column and one for each layer; a misfit is marked where it begins.

    ``has_plane`` says that flat neurons are drawn as maps over the inputs.
    """
    maker = _Maker(model, dataset, has_plane)
    return (_input_column(dataset, has_plane), *maker.chain((), 0, dataset.input_shape)[0])


def flat(row: Row) -> Iterator[Column]:
    """Yield all columns, those of the lanes from top to bottom."""
    for item in row:
        if isinstance(item, Column):
            yield item
        else:
            for lane in item.lanes:
                yield from flat(lane.items)


def folded(row: Row) -> Row:
    """Return the columns with each pool, dropout or activation joined to the layer before it."""
    blocks: list[Column | Fork] = []
    for item in row:
        if isinstance(item, Fork):
            lanes = tuple(Lane(folded(lane.items), lane.start) for lane in item.lanes)
            blocks.append(dataclasses.replace(item, lanes=lanes))
        elif blocks and isinstance(blocks[-1], Column) and _joins(blocks[-1], item):
            blocks[-1] = _joined(blocks[-1], item)
        else:
            blocks.append(item)
    return tuple(blocks)


def weight_count(layer: Layer, input_shape: Shape) -> int:
    """Return how many numbers the layer would learn, without drawing them."""
    if layer.chains:
        return sum(_chain_weights(chain, input_shape) for chain in layer.chains)
    zeros = {
        p.name: Zeros()
        for p in parameters(type(layer))
        if isinstance(getattr(layer, p.name), Initializer)
    }
    plain = dataclasses.replace(layer, **zeros)
    return parameter_count(plain.build(input_shape, np.random.default_rng(0)))


def _chain_weights(chain: Sequential, input_shape: Shape) -> int:
    shapes = chain.shapes(input_shape)
    return sum(
        weight_count(layer, shape) for layer, shape in zip(chain.layers, shapes, strict=False)
    )


def is_signed(model: Sequential, until: LayerPath, x_low: float) -> bool:
    """Return whether the answers of the layer at ``until`` may be negative.

    ``x_low`` is the least input.
    """
    layer = layer_at(model, until)
    layers = line_to(model, until).layers
    return _stays_signed((*layers, layer) if layer else (), x_low < 0)


def _stays_signed(layers: tuple[Layer, ...], signed: bool) -> bool:
    for layer in layers:
        activation = getattr(layer, "activation", None)
        if isinstance(activation, ActivationFunction):
            # softmax and sigmoid are never negative, tanh is; linear of anything may be
            signed = _may_be_negative(activation)
        elif can_branch(layer):
            signed = any(_stays_signed(chain.layers, signed) for chain in layer.chains)
    return signed


@cache
def _may_be_negative(activation: ActivationFunction) -> bool:
    return bool(activation(np.linspace(-3, 3, 7, dtype=np.float32)[None]).min() < 0)


def _joins(block: Column, column: Column) -> bool:
    passes_on = column.form is Form.SLIM or (column.form is Form.MAPS and not column.has_weights)
    if block.form is Form.JOIN:
        return passes_on
    return passes_on and block.has_weights and block.form in (Form.MAPS, Form.NODES)


def _joined(block: Column, column: Column) -> Column:
    return dataclasses.replace(
        block,
        layers=block.layers + column.layers,
        shape=column.shape,
        shape_text=column.shape_text if column.form is Form.MAPS else block.shape_text,
        weights=block.weights + column.weights,
        folded=f"{block.folded} + {column.name}" if block.folded else f"+ {column.name}",
    )


def _input_column(dataset: Dataset, has_plane: bool) -> Column:
    shape = dataset.input_shape
    form = Form.IMAGE if len(shape) == 3 else Form.NODES if shape[0] <= 32 else Form.STRIP
    name = tr("Input")
    labels = dataset.features
    note = _scaling_note(dataset) if form is not Form.IMAGE else ""
    return Column(
        form,
        (),
        name,
        shape,
        shape_text(shape),
        note,
        labels=labels,
        has_maps=has_plane,
        says_words=dataset.language is not None,
    )


def _scaling_note(dataset: Dataset) -> str:
    """Return how the inputs were scaled, in a word."""
    if dataset.scaling is None:
        return ""
    methods = set(dataset.scaling.methods) - {"none"}
    if methods == {"standard"}:
        return tr("standardised")
    if methods == {"unit"}:
        return tr("0 to 1")
    return tr("scaled")


@dataclass(frozen=True)
class _Maker:
    """Makes the columns of a network for some data."""

    model: Sequential
    dataset: Dataset
    has_plane: bool

    def chain(self, path: LayerPath, first: int, shape: Shape | None) -> tuple[Row, Shape | None]:
        """Return the columns of a chain from one layer on, and the shape it gives if it fits."""
        chain = chain_at(self.model, path)
        row: list[Column | Fork] = []
        layers = chain.layers if chain else ()
        for index, layer in enumerate(layers[first:], first):
            here = (*path, index)
            if layer.chains and not can_branch(layer):
                fork, shape = self._head(here, shape)
                return (*row, fork), shape
            before = shape
            lanes, fits = self._lanes(here, layer, before)
            if lanes:
                row.append(Fork(here, lanes, joins=True))
            column = self._column(here, layer, before) if fits else _unknown(layer, here)
            row.append(column)
            shape = column.shape or None
        return tuple(row), shape

    def _lanes(
        self, path: LayerPath, layer: Layer, shape: Shape | None
    ) -> tuple[tuple[Lane, ...], bool]:
        """Return the branches of a layer, and whether all of them fit."""
        lanes, fits = [], shape is not None
        for branch in range(len(layer.chains)):
            items, after = self.chain((*path, branch), 0, shape)
            lanes.append(Lane(items or (_pass(path, shape or ()),), (*path, branch, 0)))
            fits = fits and after is not None
        return tuple(lanes), fits

    def _head(self, path: LayerPath, shape: Shape | None) -> tuple[Fork, Shape | None]:
        """Return a head of its own beside the rest of its chain."""
        layer = layer_at(self.model, path)
        assert layer is not None
        rest, after = self.chain(path[:-1], path[-1] + 1, shape)
        head, _ = self.chain((*path, 0), 0, shape)
        tap = _unknown(layer, path) if shape is None else _tap(layer, path, shape)
        lanes = (
            Lane(rest or (_pass(path, shape or ()),), (*path[:-1], path[-1] + 1)),
            Lane((tap, *head), (*path, 0, 0)),
        )
        return Fork(path, lanes, joins=False), after

    def _column(self, path: LayerPath, layer: Layer, before: Shape | None) -> Column:
        if before is None:
            return _unknown(layer, path)
        try:
            after = layer.output_shape(before)
        except ShapeError as error:
            return _broken(layer, path, str(error))
        weights = weight_count(layer, before)
        form = _form(layer, before, after, is_output(self.model, path))
        return Column(
            form,
            (path,),
            layer_name(layer),
            after,
            shape_text(after, layer),
            params_text(layer, weights),
            weights=0 if form is Form.JOIN else weights,
            labels=_output_labels(self.dataset, after) if form is Form.OUTPUT else (),
            has_maps=self.has_plane and form in (Form.NODES, Form.OUTPUT),
            parts=_parts(layer, before, after),
        )


def _form(layer: Layer, before: Shape, after: Shape, is_last: bool) -> Form:
    if layer.chains:
        return Form.JOIN
    if len(after) == 1 and is_last:
        return Form.OUTPUT
    has_weights = weight_count(layer, before) > 0
    # batch normalisation learns, but its units are those of the layer before
    has_units = has_weights and (size_field(layer) or hasattr(layer, "kernel_size"))
    if before == after and not has_units:
        return Form.SLIM
    if len(after) == 3:
        return Form.MAPS
    return Form.NODES if has_weights or after[0] <= MOST_NODES else Form.STRIP


def _parts(layer: Layer, before: Shape, after: Shape) -> tuple[int, ...]:
    """Return how many channels each branch puts in; nothing if they are not side by side."""
    parts = tuple(chain.shapes(before)[-1][-1] for chain in layer.chains)
    return parts if sum(parts) == after[-1] else ()


def _pass(owner: LayerPath, shape: Shape) -> Column:
    name = tr("unchanged")
    return Column(Form.PASS, (), name, shape, "", "", owner=owner)


def _tap(layer: Layer, path: LayerPath, shape: Shape) -> Column:
    """Return where a head leaves the line: the layer that passes its input on."""
    params = params_text(layer, weight_count(layer, shape))
    return Column(Form.SLIM, (path,), layer_name(layer), shape, shape_text(shape), params)


def _output_labels(dataset: Dataset, shape: Shape) -> tuple[str, ...]:
    """Return the names of the outputs; none where one map says it all."""
    if shape[0] == 1 and dataset.kind in (DataKind.POINTS, DataKind.CURVE):
        return ()
    if not dataset.is_classification:
        return dataset.targets if shape[0] == len(dataset.targets) else ()
    if shape[0] == 1 and len(dataset.classes) == 2:
        return (dataset.classes[1],)
    if shape[0] != len(dataset.classes):
        return ()
    return dataset.classes if dataset.language is None else tuple(map(visible, dataset.classes))


def _broken(layer: Layer, path: LayerPath, message: str) -> Column:
    return Column(Form.BROKEN, (path,), layer_name(layer), (), "", "", message=message)


def _unknown(layer: Layer, path: LayerPath) -> Column:
    return Column(Form.UNKNOWN, (path,), layer_name(layer), (), "", "")
