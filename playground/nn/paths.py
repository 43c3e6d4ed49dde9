"""Where a layer lies in a network whose layers may hold chains of others, and what is there.

The chains of a layer all get the input of that layer. So what leads to any layer, however deep
it is nested, is a plain chain: ``line_to``.
"""

from __future__ import annotations

from collections.abc import Iterator

from playground.errors import ConfigError
from playground.language import tr
from playground.nn.arrays import Array, Shape, Weights
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.base import INFERENCE, Layer
from playground.nn.layers.nested import Nested
from playground.nn.model import ModelWeights, Sequential

LayerPath = tuple[int, ...]
"""``(3,)`` is the fourth layer, ``(3, 1, 0)`` the first in its second chain, and so on.

A chain has a path of even length: ``(3, 1)``, or ``()`` for the network itself. Where answers
are meant, ``()`` is the input. Sorted, paths stand in reading order.
"""


def path_text(path: LayerPath) -> str:
    """Return ``3/1/0``."""
    return "/".join(map(str, path))


def parse_path(text: str) -> LayerPath:
    """Return the path that ``path_text`` wrote; raise ``ConfigError`` if there is none such."""
    parts = text.split("/")
    if len(parts) % 2 == 0 or not all(part.isdecimal() for part in parts):
        raise ConfigError(
            tr(
                "A layer is named by its place, counted from 0, and within a branch by "
                "layer/branch/layer: 3 or 3/1/0. Received: {text!r}."
            ).format(text=text)
        )
    return tuple(int(part) for part in parts)


def walk(model: Sequential) -> Iterator[tuple[LayerPath, Layer]]:
    """Yield every layer in reading order, a layer before those in its chains."""
    for index, layer in enumerate(model.layers):
        yield (index,), layer
        for branch, chain in enumerate(layer.chains):
            for path, inner in walk(chain):
                yield (index, branch, *path), inner


def layer_at(model: Sequential, path: LayerPath | None) -> Layer | None:
    """Return the layer at a path; None if there is none."""
    if not path or len(path) % 2 == 0:
        return None
    chain = chain_at(model, path[:-1])
    return chain.layers[path[-1]] if chain and 0 <= path[-1] < len(chain.layers) else None


def chain_at(model: Sequential, path: LayerPath) -> Sequential | None:
    """Return the chain at a path of even length; None if there is none."""
    for index, branch in zip(path[::2], path[1::2], strict=True):
        if not (index < len(model.layers) and branch < len(model.layers[index].chains)):
            return None
        model = model.layers[index].chains[branch]
    return model


def is_output(model: Sequential, path: LayerPath) -> bool:
    """Return whether a layer ends the network, or a head of it that has a loss of its own."""
    if len(path) == 1:
        return path[0] == len(model.layers) - 1
    chain = chain_at(model, path[:-1])
    is_head = isinstance(layer_at(model, path[:-2]), AuxiliaryOutput)
    return is_head and chain is not None and path[-1] == len(chain.layers) - 1


def chain_weights(
    model: Sequential, weights: ModelWeights, path: LayerPath
) -> tuple[Sequential, ModelWeights]:
    """Return the chain at a path of even length and its own weights."""
    for index, branch in zip(path[::2], path[1::2], strict=True):
        layer = model.layers[index]
        assert isinstance(layer, Nested)
        model, weights = layer.chains[branch], layer.split(weights[index])[branch]
    return model, weights


def weights_at(model: Sequential, weights: ModelWeights, path: LayerPath) -> Weights:
    """Return the weights of the layer at a path, by the layer's own names for them."""
    return chain_weights(model, weights, path[:-1])[1][path[-1]]


def line_to(model: Sequential, path: LayerPath) -> Sequential:
    """Return all that an input goes through before it comes to the layer at a path."""
    layers: tuple[Layer, ...] = ()
    for depth in range(0, len(path), 2):
        chain = chain_at(model, path[:depth])
        layers += chain.layers[: path[depth]] if chain else ()
    return Sequential(layers)


def line_weights(model: Sequential, weights: ModelWeights, path: LayerPath) -> ModelWeights:
    """Return the weights of ``line_to``."""
    own: ModelWeights = ()
    for depth in range(0, len(path), 2):
        own += chain_weights(model, weights, path[:depth])[1][: path[depth]]
    return own


def shapes_at(model: Sequential, input_shape: Shape) -> dict[LayerPath, Shape]:
    """Return the shape that each layer gives, the input's by ``()``; raise ``ShapeError``."""
    shapes = model.shapes(input_shape)
    found: dict[LayerPath, Shape] = {(): input_shape}
    for index, layer in enumerate(model.layers):
        found[(index,)] = shapes[index + 1]
        for branch, chain in enumerate(layer.chains):
            inner = shapes_at(chain, shapes[index])
            found |= {(index, branch, *path): inner[path] for path in inner if path}
    return found


def activations_at(model: Sequential, weights: ModelWeights, x: Array) -> dict[LayerPath, Array]:
    """Return what each layer answers to a batch, and the batch itself by ``()``.

    Chains are computed once more for their own sake: meant for few examples.
    """
    found: dict[LayerPath, Array] = {(): x}
    for index, (layer, own) in enumerate(zip(model.layers, weights, strict=True)):
        for branch in range(len(layer.chains)):
            chain, of_chain = chain_weights(model, weights, (index, branch))
            inner = activations_at(chain, of_chain, x)
            found |= {(index, branch, *path): inner[path] for path in inner if path}
        x, _ = layer.forward(own, x, INFERENCE)
        found[(index,)] = x
    return found
