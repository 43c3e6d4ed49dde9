"""All the weights of a network as one flat vector, and back."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.model import ModelWeights, Sequential


def arrays(weights: ModelWeights) -> Iterator[Array]:
    """Yield every array of a model, layer by layer."""
    for layer in weights:
        yield from layer.values()


def flatten(weights: ModelWeights) -> Array:
    """Return a new vector ``(numbers,)`` holding all the weights, layer by layer."""
    parts = [array.ravel() for array in arrays(weights)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


Signature = tuple[tuple[str, int, Shape], ...]
"""Path, place and shape of every weight."""


class Layout:
    """Where each weight lies in a network's flat vector: first the trained ones, then the rest.

    ``size`` numbers in all; the first ``trained`` of them have a gradient.
    """

    def __init__(self, model: Sequential, weights: ModelWeights) -> None:
        self._places: list[dict[str, tuple[slice, Shape]]] = [
            dict.fromkeys(own, (slice(0), ())) for own in weights
        ]
        self._names = model.names()
        self.size = self.trained = 0
        for measured in (False, True):
            for layer, own, places in zip(model.layers, weights, self._places, strict=True):
                for name, array in own.items():
                    if (name in layer.statistics()) is measured:
                        end = self.size + math.prod(array.shape)
                        places[name] = slice(self.size, end), array.shape
                        self.size = end
            self.trained = self.trained if measured else self.size

    @property
    def signature(self) -> Signature:
        """What two layouts share exactly if the same vector means the same to both."""
        return tuple(
            (f"{layer}/{name}", place.start, shape)
            for layer, places in zip(self._names, self._places, strict=True)
            for name, (place, shape) in places.items()
        )

    def flatten(self, weights: ModelWeights) -> Array:
        """Return a new flat vector holding the weights, in their own precision."""
        first = next(arrays(weights), np.zeros(0, np.float32))
        flat = np.empty(self.size, first.dtype)
        for view, array in zip(arrays(self.views(flat)), arrays(weights), strict=True):
            view[...] = array
        return flat

    def views(self, flat: Array) -> ModelWeights:
        """Return the weights as views of a flat vector."""
        return tuple(
            {name: flat[place].reshape(shape) for name, (place, shape) in places.items()}
            for places in self._places
        )

    def frozen_copy(self, flat: Array) -> ModelWeights:
        """Return the same views on a read-only copy: one memory copy however many layers."""
        copy = flat.copy()
        copy.flags.writeable = False
        return self.views(copy)
