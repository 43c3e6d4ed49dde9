"""What the picture shows of each layer: a network as a row of columns, before any geometry."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.component import parameters
from playground.data.dataset import DataKind, Dataset
from playground.errors import ShapeError
from playground.gui.network.captions import layer_name, params_text, shape_text
from playground.nn.activations import ActivationFunction
from playground.nn.arrays import Shape
from playground.nn.initializers import Initializer, Zeros
from playground.nn.layers import Layer
from playground.nn.model import Sequential, parameter_count

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
    BROKEN = "the first layer that does not fit"
    UNKNOWN = "a layer behind that one"


@dataclass(frozen=True)
class Column:
    """One layer, or a block of them folded together."""

    form: Form
    layers: tuple[int, ...]
    """Positions in the model; none for the input."""
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
    folded: str = ""
    """Names of the layers folded into the first."""

    @property
    def layer(self) -> int | None:
        """The first layer's position; None for the input."""
        return self.layers[0] if self.layers else None

    @property
    def has_weights(self) -> bool:
        """Whether the layer learns."""
        return self.weights > 0

    @property
    def count(self) -> int:
        """How many units: neurons, maps or channels."""
        return self.shape[-1] if self.shape else 0

    def shown_layer(self, selected: int | None) -> int | None:
        """Return the layer whose answers the column shows: the selected one, or the last."""
        if selected in self.layers:
            return selected
        return self.layers[-1] if self.layers else None


def columns_of(model: Sequential, dataset: Dataset, has_plane: bool) -> list[Column]:
    """Return the input's column and one for each layer; a misfit is marked where it begins.

    ``has_plane`` says that flat neurons are drawn as maps over the inputs.
    """
    columns = [_input_column(dataset, has_plane)]
    shape, message = dataset.input_shape, ""
    for position, layer in enumerate(model.layers):
        if message:
            columns.append(_unknown(layer, position))
            continue
        try:
            output = layer.output_shape(shape)
        except ShapeError as error:
            message = str(error)
            columns.append(_broken(layer, position, message))
            continue
        columns.append(_layer_column(model, position, (shape, output), dataset, has_plane))
        shape = output
    return columns


def folded(columns: list[Column]) -> list[Column]:
    """Return the columns with each pool, dropout or activation joined to the layer before it."""
    blocks: list[Column] = []
    for column in columns:
        if blocks and _joins(blocks[-1], column):
            blocks[-1] = _joined(blocks[-1], column)
        else:
            blocks.append(column)
    return blocks


def weight_count(layer: Layer, input_shape: Shape) -> int:
    """Return how many numbers the layer would learn, without drawing them."""
    zeros = {
        p.name: Zeros()
        for p in parameters(type(layer))
        if isinstance(getattr(layer, p.name), Initializer)
    }
    plain = dataclasses.replace(layer, **zeros)
    return parameter_count(plain.build(input_shape, np.random.default_rng(0)))


def is_signed(model: Sequential, until: int, x_low: float) -> bool:
    """Return whether the answers of layer ``until`` may be negative.

    ``x_low`` is the least input.
    """
    signed = x_low < 0
    probe = np.linspace(-3, 3, 7, dtype=np.float32)[None]
    for layer in model.layers[: until + 1]:
        activation = getattr(layer, "activation", None)
        if isinstance(activation, ActivationFunction):
            # softmax and sigmoid are never negative, tanh is; linear of anything may be
            signed = bool(activation(probe).min() < 0)
    return signed


def _joins(block: Column, column: Column) -> bool:
    passes_on = column.form is Form.SLIM or (column.form is Form.MAPS and not column.has_weights)
    return passes_on and block.has_weights and block.form in (Form.MAPS, Form.NODES)


def _joined(block: Column, column: Column) -> Column:
    return dataclasses.replace(
        block,
        layers=block.layers + column.layers,
        shape=column.shape,
        shape_text=column.shape_text if column.form is Form.MAPS else block.shape_text,
        folded=f"{block.folded} + {column.name}" if block.folded else f"+ {column.name}",
    )


def _input_column(dataset: Dataset, has_plane: bool) -> Column:
    shape = dataset.input_shape
    form = Form.IMAGE if len(shape) == 3 else Form.NODES if shape[0] <= 32 else Form.STRIP
    name = QCoreApplication.translate("network", "Input")
    labels = dataset.features
    if dataset.kind is DataKind.POINTS and labels == ("x1", "x2"):
        labels = ("x₁", "x₂")
    note = QCoreApplication.translate("network", "standardised") if dataset.scaling else ""
    return Column(form, (), name, shape, shape_text(shape), note, labels=labels, has_maps=has_plane)


def _layer_column(
    model: Sequential,
    position: int,
    shapes: tuple[Shape, Shape],
    dataset: Dataset,
    has_plane: bool,
) -> Column:
    layer, (before, after) = model.layers[position], shapes
    is_last = position == len(model.layers) - 1
    weights = weight_count(layer, before)
    form = _form(before, after, bool(weights), is_last)
    return Column(
        form,
        (position,),
        layer_name(layer),
        after,
        shape_text(after, layer),
        params_text(layer, weights),
        weights=weights,
        labels=_output_labels(dataset, after) if form is Form.OUTPUT else (),
        has_maps=has_plane and form in (Form.NODES, Form.OUTPUT),
    )


def _form(before: Shape, after: Shape, has_weights: bool, is_last: bool) -> Form:
    if len(after) == 1 and is_last:
        return Form.OUTPUT
    if before == after and not has_weights:
        return Form.SLIM
    if len(after) == 3:
        return Form.MAPS
    return Form.NODES if has_weights or after[0] <= MOST_NODES else Form.STRIP


def _output_labels(dataset: Dataset, shape: Shape) -> tuple[str, ...]:
    """Return the names of the outputs; none where one map says it all."""
    if shape[0] == 1 and dataset.kind in (DataKind.POINTS, DataKind.CURVE):
        return ()
    if not dataset.is_classification:
        return dataset.targets if shape[0] == len(dataset.targets) else ()
    if shape[0] == 1 and len(dataset.classes) == 2:
        return (dataset.classes[1],)
    return dataset.classes if shape[0] == len(dataset.classes) else ()


def _broken(layer: Layer, position: int, message: str) -> Column:
    return Column(Form.BROKEN, (position,), layer_name(layer), (), "", "", message=message)


def _unknown(layer: Layer, position: int) -> Column:
    return Column(Form.UNKNOWN, (position,), layer_name(layer), (), "", "")
