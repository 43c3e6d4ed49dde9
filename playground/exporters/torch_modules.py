"""A network as the modules of a ``torch.nn.Sequential``, without torch.

Torch puts the channels of an image first, so a kernel changes its axes, and what follows a
``Flatten`` its rows; sequences keep their order. Padding that torch's layers lack becomes a module
of its own, and so does every activation. To teach it a new layer, add a function with
``@_modules.register``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.errors import FileError
from playground.language import tr
from playground.nn.activations import (
    ELU,
    GELU,
    SELU,
    ActivationFunction,
    HardSigmoid,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from playground.nn.arrays import Array, Shape, Weights
from playground.nn.layers import Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.depthwise_conv2d import DepthwiseConv2D
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.embedding import Embedding
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.gaussian_noise import GaussianNoise
from playground.nn.layers.global_pooling import GlobalAveragePooling2D, GlobalMaxPooling2D
from playground.nn.layers.layer_normalization import LayerNormalization
from playground.nn.layers.nested import Nested
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from playground.nn.layers.separable_conv2d import SeparableConv2D
from playground.nn.layers.standardising import Standardising
from playground.nn.model import ModelWeights, Sequential
from playground.nn.windows import Windows

State = dict[str, NDArray[Any]]

_ACTIVATIONS: dict[type[ActivationFunction], Callable[[Any, int], str]] = {
    ReLU: lambda f, axis: "nn.ReLU()",
    LeakyReLU: lambda f, axis: f"nn.LeakyReLU({f.negative_slope})",
    ELU: lambda f, axis: f"nn.ELU({f.alpha})",
    SELU: lambda f, axis: "nn.SELU()",
    GELU: lambda f, axis: f'nn.GELU(approximate="{"tanh" if f.approximate else "none"}")',
    SiLU: lambda f, axis: "nn.SiLU()",
    Sigmoid: lambda f, axis: "nn.Sigmoid()",
    HardSigmoid: lambda f, axis: "nn.Hardsigmoid()",
    Tanh: lambda f, axis: "nn.Tanh()",
    Softplus: lambda f, axis: "nn.Softplus()",
    Softmax: lambda f, axis: f"nn.Softmax(dim={axis})",
}
"""The constructor of each, from the function and the axis of its channels."""


@dataclass(frozen=True, eq=False)
class TorchModule:
    """One entry of a ``torch.nn.Sequential``: how to construct it, and its state."""

    code: str
    state: State = field(default_factory=dict)


def torch_modules(
    model: Sequential, weights: ModelWeights, input_shape: Shape
) -> list[TorchModule]:
    """Return the modules in order; raise ``FileError`` for what torch has no module for."""
    modules: list[TorchModule] = []
    image: Shape | None = None  # what was flattened and not yet met a Dense
    for layer, own, shape in zip(model.layers, weights, model.shapes(input_shape), strict=False):
        if isinstance(layer, Flatten) and len(shape) == 3:
            image = shape
        if image is not None:
            own = _channels_first(layer, own, image)
            image = None if isinstance(layer, Dense) else image
        modules += _modules(layer, own, shape)
    if image is not None and min(image[0] * image[1], image[2]) > 1:
        raise FileError(
            tr(
                "The network ends with a flattened image, which torch writes in another order; "
                "put a Dense layer at its end, or export as .npz."
            )
        )
    return modules


def _channels_first(layer: Layer, weights: Weights, image: Shape) -> Weights:
    """Return weights whose rows are ordered as torch flattens: channel, row, column."""

    def turned(array: Array) -> Array:
        return array.reshape(*image, -1).transpose(2, 0, 1, 3).reshape(array.shape)

    if isinstance(layer, Dense):
        return {**weights, "kernel": turned(weights["kernel"])}
    if isinstance(layer, Standardising):
        return {name: turned(array) for name, array in weights.items()}
    return weights


@singledispatch
def _modules(layer: Layer, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    raise FileError(
        tr("There is no torch module for {name}; export as .npz.").format(name=type(layer).__name__)
    )


@_modules.register
def _(layer: Nested, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    raise FileError(
        tr("A torch.nn.Sequential cannot fork, as {name} does; export as .npz.").format(
            name=type(layer).__name__
        )
    )


@_modules.register
def _(layer: Dense, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    sizes = f"{shape[-1]}, {layer.units}"
    code = f"nn.Linear({sizes})" if layer.use_bias else f"nn.Linear({sizes}, bias=False)"
    yield TorchModule(code, _state(weights["kernel"].T, weights))
    yield from _activation(layer.activation, shape)


@_modules.register
def _(layer: Conv2D, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    state = _state(weights["kernel"].transpose(3, 2, 0, 1), weights)
    yield from _convolution(layer.windows, shape, layer.groups, state)
    yield from _activation(layer.activation, shape)


@_modules.register
def _(layer: DepthwiseConv2D, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    state = _state(_each_channel_alone(weights["depthwise_kernel"]), weights)
    yield from _convolution(layer.windows, shape, shape[2], state)
    yield from _activation(layer.activation, shape)


@_modules.register
def _(layer: SeparableConv2D, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    state = {"weight": _each_channel_alone(weights["depthwise_kernel"])}
    yield from _convolution(layer.windows, shape, shape[2], state)
    state = _state(weights["pointwise_kernel"].transpose(3, 2, 0, 1), weights)
    one = Windows("", (1, 1), (1, 1), "valid")
    yield from _convolution(one, (1, 1, state["weight"].shape[1]), 1, state)
    yield from _activation(layer.activation, shape)


def _state(kernel: Array, weights: Weights) -> State:
    return {"weight": kernel} | ({"bias": weights["bias"]} if "bias" in weights else {})


def _each_channel_alone(kernel: Array) -> Array:
    """Return a depthwise kernel as that of a convolution with a group for each channel."""
    height, width, channels, multiplier = kernel.shape
    return kernel.transpose(2, 3, 0, 1).reshape(channels * multiplier, 1, height, width)


def _convolution(
    windows: Windows, shape: Shape, groups: int, state: State
) -> Iterator[TorchModule]:
    margins = windows.margins(shape)
    if _even(margins):
        padding = (margins[0][0], margins[1][0])
    else:
        padding = (0, 0)
        yield TorchModule(f"nn.ZeroPad2d({_around(margins)})")
    options = {"stride": windows.strides, "padding": padding}
    options |= {"dilation": windows.dilation} if windows.dilation != (1, 1) else {}
    sizes = f"{shape[2]}, {len(state['weight'])}, {windows.size}"
    how = "".join(f", {name}={value}" for name, value in options.items())
    how += f", groups={groups}" if groups > 1 else ""
    how += "" if "bias" in state else ", bias=False"
    yield TorchModule(f"nn.Conv2d({sizes}{how})", state)


@_modules.register
def _(layer: BatchNormalization, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    if len(shape) == 2:
        raise FileError(
            tr("torch normalises a batch of sequences in another order; export as .npz.")
        )
    name = "BatchNorm2d" if len(shape) == 3 else "BatchNorm1d"
    state = {
        **_gamma_and_beta(layer, weights),
        "running_mean": weights["moving_mean"],
        "running_var": weights["moving_variance"],
        "num_batches_tracked": np.array(0, np.int64),
    }
    how = f"eps={layer.epsilon}, momentum={1 - layer.momentum:.6g}, affine={'weight' in state}"
    yield TorchModule(f"nn.{name}({shape[-1]}, {how})", state)


@_modules.register
def _(layer: LayerNormalization, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    if len(shape) == 3:
        raise FileError(tr("torch cannot normalise the channels of every pixel; export as .npz."))
    state = _gamma_and_beta(layer, weights)
    how = f"eps={layer.epsilon}, elementwise_affine={bool(state)}"
    yield TorchModule(f"nn.LayerNorm({shape[-1]}, {how})", state)


def _gamma_and_beta(layer: Standardising, weights: Weights) -> State:
    """Return both, though only one be learned, as torch has it, or neither."""
    if not weights.keys() & {"gamma", "beta"}:
        return {}
    some = weights["gamma"] if layer.scale else weights["beta"]
    return {
        "weight": weights.get("gamma", np.ones_like(some)),
        "bias": weights.get("beta", np.zeros_like(some)),
    }


@_modules.register
def _(layer: Embedding, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    code = f"nn.Embedding({layer.input_dim}, {layer.output_dim})"
    yield TorchModule(code, {"weight": weights["embeddings"]})


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
            tr(
                'torch cannot average windows that hang over unevenly (AveragePooling2D, "same"); '
                "choose another pool_size, or export as .npz."
            )
        )
    yield TorchModule(f"nn.AvgPool2d({layer.pool_size}, stride={layer.strides}, {how})")


@_modules.register
def _(layer: GlobalAveragePooling2D, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield TorchModule("nn.AdaptiveAvgPool2d(1)")
    if not layer.keepdims:
        yield TorchModule("nn.Flatten()")


@_modules.register
def _(layer: GlobalMaxPooling2D, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield TorchModule("nn.AdaptiveMaxPool2d(1)")
    if not layer.keepdims:
        yield TorchModule("nn.Flatten()")


@_modules.register
def _(layer: Activation, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield from _activation(layer.activation, shape)


@_modules.register
def _(layer: Dropout, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield TorchModule(f"nn.Dropout({layer.rate})")


@_modules.register
def _(layer: GaussianNoise, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield TorchModule("nn.Identity()")  # as it is in use


@_modules.register
def _(layer: Flatten, weights: Weights, shape: Shape) -> Iterator[TorchModule]:
    yield TorchModule("nn.Flatten()")


def _activation(activation: ActivationFunction, shape: Shape) -> Iterator[TorchModule]:
    if isinstance(activation, Linear):
        return
    if type(activation) not in _ACTIVATIONS:
        raise FileError(
            tr("There is no torch module for {name}; export as .npz.").format(
                name=type(activation).__name__
            )
        )
    axis = 2 if len(shape) == 2 else 1  # in torch, where the channels of an image come first
    yield TorchModule(_ACTIVATIONS[type(activation)](activation, axis))


Margins = tuple[tuple[int, int], tuple[int, int]]


def _even(margins: Margins) -> bool:
    (top, bottom), (left, right) = margins
    return top == bottom and left == right


def _around(margins: Margins) -> tuple[int, int, int, int]:
    """Return the padding in torch's order."""
    (top, bottom), (left, right) = margins
    return left, right, top, bottom
