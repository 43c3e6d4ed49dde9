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
from playground.nn.layers import Layer
from playground.nn.model import Sequential

_FEW_INPUTS = 32


@dataclass(frozen=True)
class Choice:
    """A layer that could be put in somewhere, and what speaks against it."""

    layer: Layer
    model: Sequential
    """The network with it."""
    problem: str = ""


def choices(model: Sequential, input_shape: Shape, position: int) -> list[Choice]:
    """Return every kind of layer, with sensible settings, put in before layer ``position``."""
    found = []
    for name in sorted(Layer.registry):
        layer = default_layer(Layer.registry[name], model, input_shape, position)
        wider = Sequential((*model.layers[:position], layer, *model.layers[position:]))
        found.append(Choice(layer, wider, _problem(model, wider, input_shape, position)))
    return found


def default_layer(cls: type[Layer], model: Sequential, input_shape: Shape, position: int) -> Layer:
    """Return a layer of this kind as the network around it suggests: its sizes, its activation."""
    fields = {p.name: p for p in parameters(cls)}
    settings: dict[str, Any] = {}
    if "activation" in fields:
        settings["activation"] = _hidden_activation(model)
    for name, usual in (("units", 8 if _is_small(input_shape) else 64), ("filters", 16)):
        if name in fields:
            before = [getattr(layer, name, None) for layer in model.layers[:position]]
            settings[name] = next((size for size in reversed(before) if size), usual)
    return cls(**settings)


def without(model: Sequential, position: int) -> Sequential:
    """Return the network without one of its layers."""
    return Sequential((*model.layers[:position], *model.layers[position + 1 :]))


def resized(model: Sequential, position: int, direction: int) -> Sequential:
    """Return the network with one layer a step larger or smaller; the same at the bounds.

    Small layers change by one, large ones by an eighth or so.
    """
    layer = model.layers[position]
    name = size_field(layer)
    if name is None:
        return model
    bounds = next(p for p in parameters(type(layer)) if p.name == name)
    size: int = getattr(layer, name)
    step = max(1, 2 ** ((size - (direction < 0)).bit_length() - 4))
    low, high = bounds.low or 1, bounds.high or size + step
    other = int(min(max(size + direction * step, low), high))
    changed = dataclasses.replace(layer, **{name: other})
    return Sequential((*model.layers[:position], changed, *model.layers[position + 1 :]))


def _problem(model: Sequential, wider: Sequential, input_shape: Shape, position: int) -> str:
    try:
        Sequential(wider.layers[: position + 1]).shapes(input_shape)
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
