"""What the network answers all over the plane: how probable each class is, or which number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset
from playground.nn.arrays import Array
from playground.probes.base import Probe
from playground.probes.extent import Corner, extent, plane_grid
from playground.probes.predictions import class_probabilities
from playground.training.snapshot import Snapshot

_COARSE = 25
_QUICK = 20_000_000  # multiplications that need no coarse map before
_AT_ONCE = 4_000_000  # multiplications in one step: some milliseconds


@dataclass(frozen=True, eq=False)
class ClassMap:
    """The plane from ``low`` to ``high``, as the network sees it.

    ``probabilities`` are ``(side, side, classes)``, the greatest second input in the first row.
    ``boundary`` are the lines ``(n, 2, 2)`` from (x, y) to (x, y) where the most probable class
    changes, as shares of the width and of the height, from the upper left corner.
    """

    low: Corner
    high: Corner
    probabilities: Array
    boundary: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ValueMap:
    """The plane from ``low`` to ``high``, with the number that the network predicts there.

    ``values`` are ``(side, side)`` in the units of the data, the greatest second input in the
    first row. ``boundary`` are lines as in ``ClassMap``: where the number is halfway between the
    ends of ``span``, the least and the greatest number that the colours tell apart.
    """

    low: Corner
    high: Corner
    values: Array
    span: tuple[float, float]
    boundary: NDArray[np.float64]


PlaneMap = ClassMap | ValueMap


@dataclass(frozen=True)
class DecisionMap(Probe):
    """Answer with a ``ClassMap`` or a ``ValueMap``: for a large network a coarse one first."""

    resolution: int = param(100, low=8, high=400, doc="Points along each side of the map.")

    def compute(self, snapshot: Snapshot) -> Iterator[PlaneMap]:
        per_point = max(1, snapshot.model.multiply_adds(snapshot.input_shape))
        low, high = extent(snapshot.dataset)
        at_once = self.resolution**2
        coarse = None
        if per_point * self.resolution**2 > _QUICK:
            points = plane_grid(low, high, _COARSE)
            coarse = _map(snapshot.dataset, low, high, _answers(snapshot, points))
            at_once = max(64, _AT_ONCE // per_point)
            yield coarse
        points, outputs = plane_grid(low, high, self.resolution), list[Array]()
        for start in range(0, len(points), at_once):
            if coarse and outputs:
                yield coarse  # nothing better yet, but a chance to stop
            part = points[start : start + at_once]
            outputs.append(_answers(snapshot, part))
        yield _map(snapshot.dataset, low, high, np.concatenate(outputs))


def _answers(snapshot: Snapshot, points: Array) -> Array:
    inputs = snapshot.dataset.inputs_at(points)
    outputs, _ = snapshot.model.forward(snapshot.weights, inputs)
    return snapshot.project.loss.answers(outputs)


def value_span(dataset: Dataset) -> tuple[float, float]:
    """Return the numbers that get the strongest colours; about 0 if there are both signs."""
    parts = (dataset.train, dataset.validation, dataset.test)
    y = np.concatenate([part.y[:, :1] for part in parts])
    if dataset.target_scaling is not None:
        y = dataset.target_scaling.invert(y)
    low, high = float(y.min()), float(y.max())
    if low < 0 < high:
        high = max(high, -low)
        low = -high
    return (low, high) if low < high else (low - 1, low + 1)


def boundary_lines(field: Array) -> NDArray[np.float64]:
    """Return where a field of numbers ``(rows, columns)`` changes its sign: marching squares.

    Lines ``(n, 2, 2)`` as in ``ClassMap.boundary``; the first row of the field lies at 0.
    """
    above = field > 0
    count = np.sum([above[:-1, :-1], above[:-1, 1:], above[1:, :-1], above[1:, 1:]], axis=0)
    row, column = np.nonzero((count > 0) & (count < 4))
    a, b = field[row, column], field[row, column + 1]
    c, d = field[row + 1, column], field[row + 1, column + 1]
    pairs = ((a, b), (a, c), (b, d), (c, d))
    crossed = np.stack([(start > 0) != (end > 0) for start, end in pairs], axis=1)
    crossings = _crossings(row, column, *(_zero(start, end) for start, end in pairs))
    first, last = crossed.argmax(axis=1), 3 - crossed[:, ::-1].argmax(axis=1)
    saddle = crossed.all(axis=1)
    along = (a + b + c + d > 0) == (a > 0)  # the middle belongs to the upper left corner
    last[saddle] = np.where(along, 2, 1)[saddle]
    each, rest = np.arange(len(crossings)), np.flatnonzero(saddle)
    other = np.where(along, 1, 2)[rest]
    lines = np.concatenate(
        [
            np.stack([crossings[each, first], crossings[each, last]], axis=1),
            np.stack([crossings[rest, other], crossings[rest, 3]], axis=1),
        ]
    )
    result: NDArray[np.float64] = lines / (field.shape[1] - 1, field.shape[0] - 1)
    return result


def _crossings(
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    upper: NDArray[np.float64],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    lower: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return where a line may leave each square: ``(squares, 4 sides, x and y)``."""
    x = np.stack([column + upper, column, column + 1, column + lower], axis=1)
    y = np.stack([row, row + left, row + right, row + 1], axis=1)
    return np.stack([x, y], axis=2)


def _zero(start: Array, end: Array) -> NDArray[np.float64]:
    """Return which share of the way from one value to the other is 0, if it is on the way."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share: NDArray[np.float64] = np.clip(start / (start - end), 0, 1)
    return share


def _map(dataset: Dataset, low: Corner, high: Corner, outputs: Array) -> PlaneMap:
    side = math.isqrt(len(outputs))
    if dataset.is_classification:
        probabilities = class_probabilities(outputs).reshape(side, side, -1)
        return ClassMap(low, high, probabilities, _boundary(probabilities))
    scaling, span = dataset.target_scaling, value_span(dataset)
    values = (outputs if scaling is None else scaling.invert(outputs)).reshape(side, side)
    return ValueMap(low, high, values, span, boundary_lines(values - sum(span) / 2))


def _boundary(probabilities: Array) -> NDArray[np.float64]:
    classes = probabilities.shape[-1]
    if classes == 2:
        return boundary_lines(probabilities[..., 1] - probabilities[..., 0])
    lines = [np.zeros((0, 2, 2))]
    for number in np.unique(probabilities.argmax(axis=-1)):
        others = np.delete(probabilities, number, axis=-1).max(axis=-1)
        lines.append(boundary_lines(probabilities[..., number] - others))
    return np.concatenate(lines)
