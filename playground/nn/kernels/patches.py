"""What the kernels of a convolution see at every stop, one row each: the two ways to lay it out.

The stops come in *phases*: with max-pooling behind the convolution, first those that land in the
upper left corner of a pooling window, then those in the next corner, and so on. So the pooling
compares whole planes, and stops that no window covers are not computed at all.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.component import Pair
from playground.nn.arrays import Array, Shape

Items = np.ndarray[Any, np.dtype[np.void]]
MOST_SHARED = 64
"""Numbers in a patch that several phases share; with more, their products would be too sparse."""


@dataclass(frozen=True, eq=False)
class Geometry:
    """Where a convolution stops on its padded input, for a chunk of ``size`` images."""

    size: int
    dtype: np.dtype[Any]
    input_shape: Shape
    kernel_size: Pair
    strides: Pair
    dilation: Pair
    margins: tuple[Pair, Pair]
    """Padding above and below, left and right."""
    pool: Pair
    """Phases down and across; (1, 1) without pooling."""
    stops: Pair
    """Of each phase, down and across."""
    filters: int

    @property
    def padded_shape(self) -> Shape:
        """The shape of a padded image."""
        height, width, channels = self.input_shape
        return height + sum(self.margins[0]), width + sum(self.margins[1]), channels

    @property
    def phases(self) -> list[Pair]:
        """Each phase's place in the pooling window."""
        return list(itertools.product(range(self.pool[0]), range(self.pool[1])))

    @property
    def rows(self) -> int:
        """Stops of a phase on all the images of a chunk."""
        return self.size * self.stops[0] * self.stops[1]

    @property
    def patch(self) -> int:
        """Numbers that a kernel sees at a stop."""
        return self.kernel_size[0] * self.kernel_size[1] * self.input_shape[2]

    @property
    def shared(self) -> Pair:
        """Height and width of what the kernel sees in all phases of a stop."""
        (down, across), (rows, columns) = self.pool, self.kernel_size
        return (
            (down - 1) * self.strides[0] + (rows - 1) * self.dilation[0] + 1,
            (across - 1) * self.strides[1] + (columns - 1) * self.dilation[1] + 1,
        )

    def windows(self, padded: Array, place: Pair, window: Pair, dilation: Pair) -> Items:
        """Return a view of what windows at a phase's stops see, ``(size, *stops, height, ...)``.

        One item is a run of numbers that lie together in memory: a row of the window or, with
        dilation, a pixel of it. Items are copied faster than their numbers one by one.
        """
        image, row, column, number = padded.strides
        down, across = (s * p for s, p in zip(self.strides, self.pool, strict=True))
        run = number * self.input_shape[2] * (window[1] if dilation[1] == 1 else 1)
        shape = (self.size, *self.stops, *window)
        strides = (image, down * row, across * column, dilation[0] * row, dilation[1] * column)
        return np.ndarray(
            shape[: 4 if dilation[1] == 1 else 5],
            np.dtype((np.void, run)),
            buffer=padded,
            offset=place[0] * self.strides[0] * row + place[1] * self.strides[1] * column,
            strides=strides[: 4 if dilation[1] == 1 else 5],
        )


class Columns:
    """A matrix of patches for every phase: a single product for all."""

    def __init__(self, geometry: Geometry) -> None:
        self._geometry = geometry
        count = len(geometry.phases)
        self._is_input = (
            geometry.kernel_size == (1, 1) and geometry.strides == (1, 1) and count == 1
        )
        if not self._is_input:
            self._columns = np.empty((count, geometry.rows, geometry.patch), geometry.dtype)

    def bind(self, padded: Array) -> None:
        """Look at another input array."""
        geometry = self._geometry
        if self._is_input:
            self._columns = padded.reshape(1, geometry.rows, geometry.patch)
            return
        self._seen = [
            geometry.windows(padded, place, geometry.kernel_size, geometry.dilation)
            for place in geometry.phases
        ]
        self._laid_out = [
            columns.view(seen.dtype).reshape(seen.shape)
            for columns, seen in zip(self._columns, self._seen, strict=True)
        ]

    def product(self, kernel: Array, out: Array) -> None:
        """Fill ``out`` ``(phases, rows, filters)`` with the answers of ``(patch, filters)``."""
        if not self._is_input:
            for target, seen in zip(self._laid_out, self._seen, strict=True):
                np.copyto(target, seen)
        np.dot(self._flat(self._columns), kernel, out=self._flat(out))

    def kernel_gradient(self, d_answers: Array, out: Array) -> None:
        """Fill ``out`` ``(patch, filters)`` from the gradient at the answers."""
        np.dot(self._flat(self._columns).T, self._flat(d_answers), out=out)

    @staticmethod
    def _flat(array: Array) -> Array:
        return array.reshape(-1, array.shape[2])


class SharedPatches:
    """One matrix of larger patches for all phases, and kernels padded with zeros.

    Less to copy; for kernels of few numbers the wasted products cost less.
    """

    def __init__(self, geometry: Geometry) -> None:
        self._geometry = geometry
        height, width = geometry.shared
        channels, filters = geometry.input_shape[2], geometry.filters
        count = len(geometry.phases)
        self._patches = np.empty((geometry.rows, height * width * channels), geometry.dtype)
        self._kernels = np.zeros((count, *self._patches.shape[1:], filters), geometry.dtype)
        self._d_kernels = np.zeros_like(self._kernels)
        self._places = [self._inner(self._kernels, number) for number in range(count)]
        self._d_places = [self._inner(self._d_kernels, number) for number in range(count)]

    @staticmethod
    def fits(geometry: Geometry) -> bool:
        """Return whether this way is the faster one."""
        height, width = geometry.shared
        numbers = height * width * geometry.input_shape[2]
        return len(geometry.phases) > 1 and numbers <= MOST_SHARED

    def bind(self, padded: Array) -> None:
        """Look at another input array."""
        self._seen = self._geometry.windows(padded, (0, 0), self._geometry.shared, (1, 1))
        self._laid_out = self._patches.view(self._seen.dtype).reshape(self._seen.shape)

    def product(self, kernel: Array, out: Array) -> None:
        """Fill ``out`` ``(phases, rows, filters)`` with the answers of ``(patch, filters)``."""
        np.copyto(self._laid_out, self._seen)
        for place, spread, answers in zip(self._places, self._kernels, out, strict=True):
            np.copyto(place, kernel.reshape(place.shape))
            np.dot(self._patches, spread, out=answers)

    def kernel_gradient(self, d_answers: Array, out: Array) -> None:
        """Fill ``out`` ``(patch, filters)`` from the gradient at the answers."""
        for spread, d_phase in zip(self._d_kernels, d_answers, strict=True):
            np.dot(self._patches.T, d_phase, out=spread)
        first, *others = self._d_places
        total = out.reshape(first.shape)
        np.copyto(total, first)
        for other in others:
            total += other

    def _inner(self, kernels: Array, number: int) -> Array:
        """Return the part of a padded kernel where the kernel itself is."""
        geometry = self._geometry
        (row, column), (height, width) = geometry.phases[number], geometry.kernel_size
        (down, across), filters = geometry.dilation, geometry.filters
        kernel = kernels[number].reshape(*geometry.shared, geometry.input_shape[2], filters)
        top, left = row * geometry.strides[0], column * geometry.strides[1]
        inner: Array = kernel[
            top : top + (height - 1) * down + 1 : down,
            left : left + (width - 1) * across + 1 : across,
        ]
        return inner
