"""Small dense layers in a row: where a call costs more than the numbers in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from typing import Any, cast

import numpy as np
from numpy.lib.stride_tricks import as_strided

from playground.nn.activations import ActivationFunction, Linear, ReLU, Sigmoid, Tanh
from playground.nn.arrays import Array, Shape, Weights
from playground.nn.kernels.base import Kernel, Site
from playground.nn.layers.base import Context, Layer
from playground.nn.layers.dense import Dense

WIDEST = 64
"""Units; with more, the products take longer than the calls."""
Tape = list[Callable[[], Any]]


class DenseChain(Kernel):
    """Stands for two or more narrow ``Dense`` layers, the hidden ones of one activation.

    Arrays are ``(features, chunk)``. The activations of a layer stand above a row of ones, and a
    bias lies right behind its kernel in memory: so ``bias + kernel.T @ x`` is one product, and so
    are both gradients. All activations are rows of one array, all slopes of another. Every pass
    is a tape of calls, made once.
    """

    @classmethod
    def match(cls, layers: Sequence[Layer], input_shape: Shape) -> int:
        if input_shape[1:] or input_shape[0] > WIDEST:
            return 0
        chain = list(takewhile(_is_narrow, layers))
        for end in range(len(chain), 1, -1):
            hidden = {layer.output_activation for layer in chain[: end - 1]}
            if len(hidden) == 1:
                return end
        return 0

    def __init__(self, site: Site) -> None:
        self._site = site
        chain = cast("tuple[Dense, ...]", site.layers)
        self._widths = [site.input_shape[0], *(layer.units for layer in chain)]
        rows = sum(self._widths) + len(self._widths)
        ends = np.cumsum([width + 1 for width in self._widths])
        self._rows = [
            slice(end - width - 1, end - 1) for end, width in zip(ends, self._widths, strict=True)
        ]
        self._with_ones = [slice(rows.start, rows.stop + 1) for rows in self._rows]
        self._y = np.ones((rows, site.size), site.dtype)
        self._slopes = np.ones_like(self._y)
        self._d = np.zeros_like(self._y)
        self._inputs, self._outputs = self._y[self._rows[0]], self._y[self._rows[-1]]
        self._d_inputs, self._d_outputs = self._d[self._rows[0]], self._d[self._rows[-1]]
        self._forward = self._forward_tape(chain)
        self._backward = [*self._slope_tape(chain), *self._backward_tape(chain)]

    def forward(self, x: Array, context: Context) -> Array:
        np.copyto(self._inputs, x.T)
        for call in self._forward:
            call()
        return self._outputs.T

    def backward(self, dy: Array) -> Array:
        np.copyto(self._d_outputs, dy.T)
        for call in self._backward:
            call()
        return self._d_inputs.T

    def _forward_tape(self, chain: tuple[Dense, ...]) -> Tape:
        tape: Tape = []
        for number, layer in enumerate(chain):
            matrix = _joined(self._site.weights[number])
            below, above = self._with_ones[number], self._rows[number + 1]
            tape.append(partial(matrix.T.dot, self._y[below], self._y[above]))
            tape += _calls(layer.activation, self._y[above])
        return tape

    def _slope_tape(self, chain: tuple[Dense, ...]) -> Tape:
        """Return what computes the slopes of all layers, of the hidden ones at once."""
        hidden, last = chain[0].activation, chain[-1].activation
        begin, end = self._rows[1].start, self._rows[-1].stop
        if hidden == last:
            return _slope_calls(hidden, self._y[begin:end], self._slopes[begin:end])
        middle, outputs = self._rows[-1].start, self._rows[-1]
        return [
            *_slope_calls(hidden, self._y[begin:middle], self._slopes[begin:middle]),
            *_slope_calls(last, self._y[outputs], self._slopes[outputs]),
        ]

    def _backward_tape(self, chain: tuple[Dense, ...]) -> Tape:
        tape: Tape = []
        for number, layer in reversed(list(enumerate(chain))):
            below, above = self._rows[number], self._rows[number + 1]
            d = self._d[above]
            if layer.activation != Linear():
                tape.append(partial(np.multiply, d, self._slopes[above], d))
            gradient = _joined(self._site.gradients[number])
            tape.append(partial(self._y[self._with_ones[number]].dot, d.T, gradient))
            if number or self._site.needs_dx:
                kernel = self._site.weights[number]["kernel"]
                tape.append(partial(kernel.dot, d, self._d[below]))
        return tape


def _calls(activation: ActivationFunction, z: Array) -> Tape:
    """Return the calls that apply a function in place; numbers as arrays, which are faster."""
    zeros, halves = np.zeros_like(z), np.full_like(z, 0.5)
    calls: dict[ActivationFunction, Tape] = {
        Linear(): [],
        ReLU(): [partial(np.maximum, z, zeros, out=z)],
        Tanh(): [partial(np.tanh, z, z)],
        Sigmoid(): [
            partial(np.multiply, z, halves, z),
            partial(np.tanh, z, z),
            partial(np.multiply, z, halves, z),
            partial(np.add, z, halves, z),
        ],
    }
    return calls[activation]


def _slope_calls(activation: ActivationFunction, y: Array, slope: Array) -> Tape:
    """Return the calls that compute the slopes from the outputs; those of ``Linear`` stay 1."""
    ones = np.ones_like(slope)
    calls: dict[ActivationFunction, Tape] = {
        Linear(): [],
        ReLU(): [partial(np.sign, y, slope)],
        Tanh(): [partial(np.multiply, y, y, slope), partial(np.subtract, ones, slope, slope)],
        Sigmoid(): [partial(np.subtract, ones, y, slope), partial(np.multiply, slope, y, slope)],
    }
    return calls[activation]


def _is_narrow(layer: Layer) -> bool:
    return (
        type(layer) is Dense
        and layer.units <= WIDEST
        and getattr(layer, "use_bias", True)
        and layer.activation in (Linear(), ReLU(), Tanh(), Sigmoid())
    )


def _joined(weights: Weights) -> Array:
    """Return kernel and bias as the one matrix ``(inputs + 1, units)`` that they are in memory."""
    kernel, bias = weights["kernel"], weights["bias"]
    distance = bias.__array_interface__["data"][0] - kernel.__array_interface__["data"][0]
    if distance != kernel.nbytes:
        raise ValueError("The bias does not lie right behind its kernel.")
    inputs, units = kernel.shape
    return as_strided(kernel, (inputs + 1, units), kernel.strides)
