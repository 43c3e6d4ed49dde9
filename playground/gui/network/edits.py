"""Changes to a network that the picture offers: a layer more, a layer less, another size."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from typing import Any

from playground.component import parameters
from playground.errors import ShapeError
from playground.gui.network.captions import size_field
from playground.nn.activations import ActivationFunction, Linear, ReLU
from playground.nn.arrays import Shape
from playground.nn.edits import can_branch, inserted, replaced, with_branch, without_branch
from playground.nn.layers import Layer
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, layer_at, line_to

_FEW_INPUTS = 32


@dataclass(frozen=True)
class Choice:
    """A layer that could be put in somewhere, and what speaks against it."""

    layer: Layer
    model: Sequential
    """The network with it."""
    problem: str = ""


def choices(model: Sequential, input_shape: Shape, path: LayerPath) -> list[Choice]:
    """Return every kind of layer, with sensible settings, put in at a path."""
    found = []
    for name in sorted(Layer.registry):
        layer = default_layer(Layer.registry[name], model, input_shape, path)
        wider = inserted(model, path, layer)
        found.append(Choice(layer, wider, _problem(model, wider, input_shape, path)))
    return found


def default_layer(
    cls: type[Layer], model: Sequential, input_shape: Shape, path: LayerPath
) -> Layer:
    """Return a layer of this kind as the network around it suggests: its sizes, its activation."""
    before = line_to(model, path).layers
    if cls().chains:
        return _default_chains(cls(), model, Sequential(before), input_shape)
    fields = {p.name: p for p in parameters(cls)}
    settings: dict[str, Any] = {}
    if "activation" in fields:
        settings["activation"] = _hidden_activation(model)
    for name, usual in (("units", 8 if _is_small(input_shape) else 64), ("filters", 16)):
        if name in fields:
            sizes = [getattr(layer, name, None) for layer in before]
            settings[name] = next((size for size in reversed(sizes) if size), usual)
    return cls(**settings)


def resized(model: Sequential, path: LayerPath, direction: int) -> Sequential:
    """Return the network with one layer a step larger or smaller; the same at the bounds.

    Small layers change by one, large ones by an eighth or so; branches come and go at the end.
    """
    layer = layer_at(model, path)
    if can_branch(layer) and layer is not None:
        count = len(layer.chains)
        if direction > 0:
            return with_branch(model, (*path, count))
        return without_branch(model, (*path, count - 1)) if count > 1 else model
    name = size_field(layer) if layer else None
    if name is None or layer is None:
        return model
    bounds = next(p for p in parameters(type(layer)) if p.name == name)
    size: int = getattr(layer, name)
    step = max(1, 2 ** ((size - (direction < 0)).bit_length() - 4))
    low, high = bounds.low or 1, bounds.high or size + step
    other = int(min(max(size + direction * step, low), high))
    changed = dataclasses.replace(layer, **{name: other})
    return replaced(model, path, changed)


def _default_chains(
    layer: Layer, model: Sequential, before: Sequential, input_shape: Shape
) -> Layer:
    """Return a layer with branches that fit here: empty ones if its own do not."""
    if not can_branch(layer):  # a head, which ends as the network does
        *_, shape = before.shapes(input_shape)
        flat = (Flatten(),) if len(shape) > 1 else ()
        return layer.with_chains((Sequential((*flat, *model.layers[-1:])),))
    try:
        Sequential((*before.layers, layer)).shapes(input_shape)
    except ShapeError:
        return layer.with_chains(tuple(Sequential() for _ in layer.chains))
    return layer


def _problem(model: Sequential, wider: Sequential, input_shape: Shape, path: LayerPath) -> str:
    layer = layer_at(wider, path)
    assert layer is not None
    try:
        Sequential((*line_to(wider, path).layers, layer)).shapes(input_shape)
    except ShapeError as error:
        return str(error)
    try:
        model.shapes(input_shape)
    except ShapeError:
        return ""  # it did not fit before either: this may be the mend
    try:
        wider.shapes(input_shape)
    except ShapeError as error:
        return str(error)
    return ""


def _hidden_activation(model: Sequential) -> ActivationFunction:
    """Return what most layers but the last apply."""
    activations = [getattr(layer, "activation", None) for layer in model.layers[:-1]]
    known = [a for a in activations if isinstance(a, ActivationFunction) and a != Linear()]
    return Counter(known).most_common(1)[0][0] if known else ReLU()


def _is_small(input_shape: Shape) -> bool:
    return len(input_shape) == 1 and input_shape[0] <= _FEW_INPUTS
