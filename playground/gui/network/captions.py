"""The words of the picture: short names, shapes, counts and spoken descriptions."""

from __future__ import annotations

from playground.component import parameters
from playground.language import grouped, mark, tr, tr_declared
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Shape
from playground.nn.edits import can_branch
from playground.nn.layers import Layer
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, layer_at

_SHORT = {
    "MaxPooling2D": "MaxPool",
    "AveragePooling2D": "AvgPool",
    "BatchNormalization": "BatchNorm",
    "LayerNormalization": "LayerNorm",
    "GlobalAveragePooling2D": "GlobalAvgPool",
    "GlobalMaxPooling2D": "GlobalMaxPool",
    "Concatenate": "Concat",
    "AuxiliaryOutput": mark("Aux output"),
}
_WRITTEN = {"Sigmoid": "sigmoid", "Tanh": "tanh", "Softmax": "softmax", "Linear": "linear"}
MINUS, TIMES, DASH = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}", "\N{EN DASH}"
INTO = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
SIZE_FIELDS = ("units", "filters")
"""What the steppers of a layer change."""


def number(value: float, digits: int = 3) -> str:
    """Return a number for a chip, with three digits that matter and a true minus sign."""
    return f"{value:.{digits}g}".replace("-", MINUS)


def signed(value: float) -> str:
    """Return a weight with its sign and two or, if small, four places."""
    places = 2 if abs(value) >= 0.1 else 4
    return f"{value:+.{places}f}".replace("-", MINUS)


def size_field(layer: Layer) -> str | None:
    """Return the field that says how many units the layer has; None if it has none."""
    names = {p.name for p in parameters(type(layer))}
    return next((name for name in SIZE_FIELDS if name in names), None)


def stepper_texts(layer: Layer) -> tuple[str, str]:
    """Return what a layer's steppers do, with a place for its name."""
    if can_branch(layer):
        return tr("{0}: fewer branches"), tr("{0}: more branches")
    if size_field(layer) == "filters":
        return tr("{0}: fewer filters"), tr("{0}: more filters")
    return tr("{0}: fewer units"), tr("{0}: more units")


def layer_name(layer: Layer) -> str:
    """Return the name above a column: ``Conv2D 32``, ``MaxPool``, ``ReLU``."""
    kind = type(layer).__name__
    field = size_field(layer)
    if field:
        return f"{kind} {getattr(layer, field)}"
    if kind == "Activation":
        return type(getattr(layer, "activation", layer)).__name__
    return tr_declared(_SHORT.get(kind, kind))


def path_numbers(path: LayerPath) -> str:
    """Return where a layer lies in short, counted from 1: ``4 > 2 > 1``."""
    return INTO.join(str(place + 1) for place in path)


def path_words(model: Sequential, path: LayerPath) -> str:
    """Return where a layer lies: ``Layer 4 > branch 2 > Conv2D 16``; ``Layer 4`` if not nested."""
    parts = [tr("Layer {0}").format(path[0] + 1)]
    for depth in range(1, len(path) - 1, 2):
        branch = tr("branch {0}").format(path[depth] + 1)
        inner = layer_at(model, path[: depth + 2])
        parts += [branch, layer_name(inner) if inner else str(path[depth + 1] + 1)]
    return INTO.join(parts)


def activation_name(layer: Layer) -> str:
    """Return ``tanh`` for a layer that applies one; nothing for a linear one."""
    activation = getattr(layer, "activation", None)
    if not isinstance(activation, ActivationFunction) or isinstance(activation, Linear):
        return ""
    return _WRITTEN.get(type(activation).__name__, type(activation).__name__)


def shape_text(shape: Shape, layer: Layer | None = None) -> str:
    """Return the first line below a column: ``24 x 24 x 32`` or ``8, tanh``."""
    text = f" {TIMES} ".join(grouped(side) for side in shape)
    activation = activation_name(layer) if layer and len(shape) == 1 else ""
    return f"{text}, {activation}" if activation else text


def params_text(layer: Layer, weights: int) -> str:
    """Return the second line below a column: ``832 params``, or a dropout's rate."""
    rate, share = getattr(layer, "rate", None), getattr(layer, "loss_weight", None)
    if rate is not None:
        return tr("rate {0:g}").format(rate)
    if share is not None:
        return tr("loss weight {0:g}").format(share)
    return tr("{0} params").format(grouped(weights))


def shown_text(shown: int, count: int) -> str:
    """Return what a column hides: ``half shown``, ``12 of 128 shown``, or nothing."""
    if shown >= count:
        return ""
    if 2 * shown == count:
        return tr("half shown")
    return tr("{0} of {1} shown").format(shown, grouped(count))
