"""A network as the modules of a ``torch.nn.Sequential``, without torch.

Torch puts the channels first, so a kernel changes its axes, and the first ``Linear`` after a
``Flatten`` its rows. Padding that torch's layers lack becomes a module of its own, and so does
every activation. To teach it a new layer, add a function with ``@_modules.register``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import singledispatch

import numpy as np

from playground.errors import FileError
from playground.nn.activations import (
    ActivationFunction,
    Linear,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from playground.nn.arrays import Shape, Weights
from playground.nn.layers import Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.nested import Nested
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from playground.nn.model import ModelWeights, Sequential

_ACTIVATIONS: dict[type[ActivationFunction], str | None] = {
    Linear: None,
    ReLU: "nn.ReLU()",
    Sigmoid: "nn.Sigmoid()",
    Tanh: "nn.Tanh()",
    Softmax: "nn.Softmax(dim=1)",  # the channels of an image, the classes of a row
}


@dataclass(frozen=True, eq=False)
class TorchModule:
    """One entry of a ``torch.nn.Sequential``: how to construct it, and its state."""

    code: str
    state: Weights = field(default_factory=dict)


def torch_modules(
    model: Sequential, weights: ModelWeights, input_shape: Shape
) -> list[TorchModule]:
    """Return the modules in order; raise ``FileError`` for what torch has no module for."""
    modules: list[TorchModule] = []
    image: Shape | None = None  # what was flattened and not yet met a kernel
    for layer, own, shape in zip(model.layers, weights, model.shapes(input_shape), strict=False):
        if isinstance(layer, Flatten) and len(shape) == 3:
            image = shape
        if isinstance(layer, Dense) and image is not None:
            own = {**own, "kernel": _channels_first(own["kernel"], image)}
            image = None
        modules += _modules(layer, own, shape)
    if image is not None and min(image[0] * image[1], image[2]) > 1:
        raise FileError(
            "The network ends with a flattened image, which torch writes in another order; put a "
            "Dense layer at its end, or export as .npz."
        )
    return modules


def _channels_first(kernel: np.ndarray, image: Shape) -> np.ndarray:
    """Return a kernel's rows ordered as torch flattens: channel, row, column."""
    return kernel.reshape(*image, -1).transpose(2, 0, 1, 3).reshape(kernel.shape)


@singledispatch
def _modules(layer: Layer, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    raise FileError(f"There is no torch module for {type(layer).__name__}; export as .npz.")


@_modules.register
def _(layer: Nested, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    raise FileError(
        f"A torch.nn.Sequential cannot fork, as {type(layer).__name__} does; export as .npz."
    )


@_modules.register
def _(layer: Dense, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    state = {"weight": weights["kernel"].T, "bias": weights["bias"]}
    yield TorchModule(f"nn.Linear({shape[0]}, {layer.units})", state)
    yield from _activation(layer.activation)


@_modules.register
def _(layer: Conv2D, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    margins = layer.windows.margins(shape)
    if _even(margins):
        padding = (margins[0][0], margins[1][0])
    else:
        padding = (0, 0)
        yield TorchModule(f"nn.ZeroPad2d({_around(margins)})")
    yield TorchModule(
        f"nn.Conv2d({shape[2]}, {layer.filters}, {layer.kernel_size}, "
        f"stride={layer.strides}, padding={padding})",
        {"weight": weights["kernel"].transpose(3, 2, 0, 1), "bias": weights["bias"]},
    )
    yield from _activation(layer.activation)


@_modules.register
def _(layer: MaxPooling2D, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    margins = layer.windows.margins(shape)
    if margins != ((0, 0), (0, 0)):
        yield TorchModule(f'nn.ConstantPad2d({_around(margins)}, float("-inf"))')
    yield TorchModule(f"nn.MaxPool2d({layer.pool_size}, stride={layer.strides})")


@_modules.register
def _(layer: AveragePooling2D, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    (top, _), (left, _) = margins = layer.windows.margins(shape)
    if _even(margins):
        how = f"padding=({top}, {left}), count_include_pad=False"
    elif (top, left) == (0, 0):
        how = "ceil_mode=True, count_include_pad=False"  # hangs over at the bottom and right alone
    else:
        raise FileError(
            'torch cannot average windows that hang over unevenly (AveragePooling2D, "same"); '
            "choose another pool_size, or export as .npz."
        )
    yield TorchModule(f"nn.AvgPool2d({layer.pool_size}, stride={layer.strides}, {how})")


@_modules.register
def _(layer: Activation, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield from _activation(layer.activation)


@_modules.register
def _(layer: Dropout, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield TorchModule(f"nn.Dropout({layer.rate})")


@_modules.register
def _(layer: Flatten, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield TorchModule("nn.Flatten()")


def _activation(activation: ActivationFunction) -> Iterator[TorchModule]:
    try:
        code = _ACTIVATIONS[type(activation)]
    except KeyError:
        raise FileError(
            f"There is no torch module for {type(activation).__name__}; export as .npz."
        ) from None
    if code is not None:
        yield TorchModule(code)


Margins = tuple[tuple[int, int], tuple[int, int]]


def _even(margins: Margins) -> bool:
    (top, bottom), (left, right) = margins
    return top == bottom and left == right


def _around(margins: Margins) -> tuple[int, int, int, int]:
    """Return the padding in torch's order."""
    (top, bottom), (left, right) = margins
    return left, right, top, bottom
