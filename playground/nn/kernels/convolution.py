"""The convolution, with the max-pooling behind it if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from playground.nn.arrays import Array, Shape
from playground.nn.kernels.activations import (
    BITS,
    activation_kernel,
    is_monotonic,
    spread_sign,
)
from playground.nn.kernels.base import Kernel, Site
from playground.nn.kernels.patches import Columns, Geometry, SharedPatches
from playground.nn.layers.base import Context, Layer
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.pooling import MaxPooling2D

MOST_PHASES = 9


class Convolution(Kernel):
    """Stands for a ``Conv2D``, or for one and the ``MaxPooling2D`` behind it.

    Bias and activation come after the pooling, on a quarter of the numbers: the largest sum gives
    the largest activation, for the functions that never fall.
    """

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        first, *others = layers
        if type(first) is not Conv2D or getattr(first, "groups", 1) != 1:
            return 0
        pools = others and type(others[0]) is MaxPooling2D and _fuses(first, others[0])
        return 2 if pools else 1

    def __init__(self, site: Site) -> None:
        layer = cast(Conv2D, site.layers[0])
        self._weights, self._gradients = site.weights[0], site.gradients[0]
        self._geometry = geometry = _geometry(site)
        rows, filters = geometry.rows, geometry.filters
        shared = not site.needs_dx and SharedPatches.fits(geometry)
        self._patches = SharedPatches(geometry) if shared else Columns(geometry)
        self._padded = site.zeros(site.size, *geometry.padded_shape)
        self._is_padded = geometry.margins != ((0, 0), (0, 0))
        self._bound: Array | None = None
        self._answers = site.empty(len(geometry.phases), rows, filters)
        self._pool = PhasePool(self._answers)
        self._bias = site.empty(*geometry.stops, filters)
        self._activation = activation_kernel(layer.activation)
        self._ones = np.ones(rows, site.dtype)
        self._input = InputGradient(site, geometry) if site.needs_dx else None

    def forward(self, x: Array, context: Context) -> Array:
        self._see(x)
        geometry = self._geometry
        self._patches.product(self._weights["kernel"].reshape(geometry.patch, -1), self._answers)
        z = self._pool.forward().reshape(geometry.size, *geometry.stops, geometry.filters)
        if "bias" in self._weights:
            np.copyto(self._bias, self._weights["bias"])  # long runs are added faster
            np.add(z, self._bias, out=z)
        self._y = self._activation.forward(z)
        return self._y

    def backward(self, dy: Array) -> Array:
        geometry = self._geometry
        dz = self._activation.backward(dy, self._y).reshape(geometry.rows, geometry.filters)
        if "bias" in self._gradients:
            np.dot(self._ones, dz, out=self._gradients["bias"])
        d_answers = self._pool.backward(dz)
        d_kernel = self._gradients["kernel"].reshape(geometry.patch, -1)
        self._patches.kernel_gradient(d_answers, d_kernel)
        if self._input is None:
            return dy
        return self._input.backward(d_answers, self._weights["kernel"])

    def _see(self, x: Array) -> None:
        """Let the patches show this input; a buffer that comes again is known already."""
        if self._is_padded:
            (top, _), (left, _) = self._geometry.margins
            height, width, _ = self._geometry.input_shape
            np.copyto(self._padded[:, top : top + height, left : left + width], x)
            x = self._padded
        if x is not self._bound:
            self._bound = x
            self._patches.bind(np.ascontiguousarray(x))


class PhasePool:
    """Keeps the largest of each stop's phases, the first of equal ones.

    Which one it was is told by the signs of differences: exact, and far cheaper than comparing.
    """

    def __init__(self, answers: Array) -> None:
        self._answers = answers
        self._differences = np.empty((len(answers) - 1, *answers.shape[1:]), answers.dtype)
        self._largest = np.empty(answers.shape[1:], answers.dtype)
        self._bits = BITS[answers.dtype.itemsize]

    def forward(self) -> Array:
        """Return the largest answers ``(rows, filters)``; the others are lost."""
        largest: Array = self._answers[0]
        for answer, difference in zip(self._answers[1:], self._differences, strict=True):
            np.subtract(largest, answer, out=difference)
            largest = np.maximum(largest, answer, out=self._largest)
        spread_sign(self._differences.view(self._bits))
        return largest

    def backward(self, dz: Array) -> Array:
        """Give each gradient to the phase that was largest: ``(phases, rows, filters)``."""
        if len(self._answers) == 1:
            alone: Array = dz[None]
            return alone
        rest, differences = dz, self._differences.view(self._bits)
        for number in range(len(self._answers) - 1, 0, -1):
            claimed = self._answers[number]
            bits = claimed.view(self._bits)
            np.bitwise_and(rest.view(self._bits), differences[number - 1], out=bits)
            rest = np.subtract(rest, claimed, out=self._answers[0])
        return self._answers


class InputGradient:
    """Brings the gradient from the answers back to the pixels.

    For every place in the kernel, one product gives what its pixel gets at all the stops; these
    go to the image shifted by that place, in runs as long as the memory allows.
    """

    def __init__(self, site: Site, geometry: Geometry) -> None:
        self._geometry = geometry
        size, channels = geometry.size, geometry.input_shape[2]
        (down, across), (rows, columns) = geometry.pool, geometry.stops
        self._stops = (down * rows, across * columns)
        self._d_stops = site.empty(size, *self._stops, geometry.filters)
        self._phases = [
            self._d_stops[:, row::down, column::across] for row, column in geometry.phases
        ]
        self._share = site.empty(size * self._stops[0] * self._stops[1], channels)
        self._dx = site.empty(size, *geometry.input_shape)
        self._padded = site.zeros(size, *geometry.padded_shape)
        self._targets = [
            self._target(row, column)
            for row in range(geometry.kernel_size[0])
            for column in range(geometry.kernel_size[1])
        ]

    def backward(self, d_answers: Array, kernel: Array) -> Array:
        """Return the gradient at the input, ``(size, *input_shape)``."""
        d_stops = self._in_order(d_answers)
        channels, filters = kernel.shape[2:]
        if len(self._targets) == 1 and self._padded.shape[1:3] == self._stops:
            np.dot(d_stops, kernel.reshape(channels, filters).T, out=self._share)
            return self._share.reshape(self._dx.shape)
        self._padded.fill(0)
        for place, target in zip(kernel.reshape(-1, channels, filters), self._targets, strict=True):
            np.dot(d_stops, place.T, out=self._share)
            target += self._share.reshape(target.shape)
        if self._padded.shape == self._dx.shape:
            return self._padded
        (top, _), (left, _) = self._geometry.margins
        height, width, _ = self._geometry.input_shape
        np.copyto(self._dx, self._padded[:, top : top + height, left : left + width])
        return self._dx

    def _in_order(self, d_answers: Array) -> Array:
        """Return the gradients by rows of the image again, ``(stops, filters)``."""
        if len(d_answers) == 1:
            return d_answers.reshape(-1, self._geometry.filters)
        for phase, d_phase in zip(self._phases, d_answers, strict=True):
            np.copyto(phase, d_phase.reshape(phase.shape))
        return self._d_stops.reshape(-1, self._geometry.filters)

    def _target(self, row: int, column: int) -> Array:
        """Return the pixels that one place of the kernel sees at all the stops."""
        (down, across), (rows, columns) = self._geometry.strides, self._stops
        top, left = row * self._geometry.dilation[0], column * self._geometry.dilation[1]
        image, line, pixel, number = self._padded.strides
        size, channels = len(self._padded), self._padded.shape[3]
        shape: Shape = (size, rows, columns, channels)
        strides: Shape = (image, down * line, across * pixel, number)
        if across == 1:
            shape, strides = (size, rows, columns * channels), (image, down * line, number)
        return np.ndarray(
            shape,
            self._padded.dtype,
            buffer=self._padded,
            offset=top * line + left * pixel,
            strides=strides,
        )


def _fuses(convolution: Conv2D, pooling: MaxPooling2D) -> bool:
    """Return whether the pooling's windows neither overlap nor leave the image."""
    return (
        pooling.pool_size == pooling.strides
        and pooling.padding == "valid"
        and pooling.pool_size[0] * pooling.pool_size[1] <= MOST_PHASES
        and is_monotonic(convolution.activation)
    )


def _geometry(site: Site) -> Geometry:
    layer = cast(Conv2D, site.layers[0])
    windows = layer.windows
    stops, pool = windows.output_shape(site.input_shape), (1, 1)
    if len(site.layers) == 2:
        pooling = cast(MaxPooling2D, site.layers[1])
        pool, stops = pooling.pool_size, pooling.windows.output_shape((*stops, layer.filters))
    return Geometry(
        size=site.size,
        dtype=site.dtype,
        input_shape=site.input_shape,
        kernel_size=layer.kernel_size,
        strides=layer.strides,
        dilation=getattr(layer, "dilation_rate", (1, 1)),
        margins=windows.margins(site.input_shape),
        pool=pool,
        stops=stops,
        filters=layer.filters,
    )
