"""What a kernel is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from playground.nn.arrays import Array, Shape, Weights
from playground.nn.layers.base import Context, Layer


@dataclass(frozen=True, eq=False)
class Site:
    """Where a kernel works: the layers it stands for, their weights and the size of a chunk."""

    layers: tuple[Layer, ...]
    weights: tuple[Weights, ...]
    """Views: their owner changes them between two chunks."""
    gradients: tuple[Weights, ...]
    """Views that ``backward`` fills, shaped like the weights."""
    input_shape: Shape
    size: int
    """Examples in a chunk."""
    dtype: np.dtype[Any]
    needs_dx: bool
    """Whether anybody before these layers wants the gradient at their input."""

    def empty(self, *shape: int) -> Array:
        """Return a new buffer."""
        return np.empty(shape, self.dtype)

    def zeros(self, *shape: int) -> Array:
        """Return a new buffer full of zeros."""
        return np.zeros(shape, self.dtype)


class Kernel(ABC):
    """Computes what some layers in a row define, for chunks of one size, in buffers of its own.

    An output or gradient is valid until the kernel is next called. An input must stay as it is
    from ``forward`` until after ``backward``. Subclasses that are
    not ``abstract`` are in ``registry`` once imported.
    """

    registry: ClassVar[list[type[Kernel]]] = []

    def __init_subclass__(cls, *, abstract: bool = False) -> None:
        super().__init_subclass__()
        if not abstract:
            cls.registry.append(cls)

    @classmethod
    @abstractmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        """Return how many of the layers, from the first on, it can stand for; 0 if none."""

    @abstractmethod
    def __init__(self, site: Site) -> None: ...

    @abstractmethod
    def forward(self, x: Array, context: Context) -> Array:
        """Return the outputs for a chunk ``(size, *input_shape)``."""

    @abstractmethod
    def backward(self, dy: Array) -> Array:
        """Fill the gradients and return that at the input, if the site needs it.

        ``dy`` is scratch space afterwards.
        """
