"""All the weights of a network as one flat vector, and back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.nn.arrays import Array, Weights
from playground.nn.model import ModelWeights


def arrays(weights: ModelWeights) -> Iterator[Array]:
    """Yield every array of a model, layer by layer, in the order of the flat vector."""
    for layer in weights:
        yield from layer.values()


def flatten(weights: ModelWeights) -> Array:
    """Return a new flat vector ``(parameters,)`` holding all the weights."""
    parts = [array.ravel() for array in arrays(weights)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def unflatten(flat: Array, like: ModelWeights) -> ModelWeights:
    """Return views of a flat vector with the names and shapes of ``like``."""
    start = 0
    model: list[Weights] = []
    for layer in like:
        views = {}
        for name, array in layer.items():
            views[name] = flat[start : start + array.size].reshape(array.shape)
            start += array.size
        model.append(views)
    return tuple(model)


def frozen_copy(flat: Array, like: ModelWeights) -> ModelWeights:
    """Return the same views on a read-only copy: one memory copy however many layers."""
    copy = flat.copy()
    copy.flags.writeable = False
    return unflatten(copy, like)
