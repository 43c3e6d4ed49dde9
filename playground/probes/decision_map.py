"""How probable the network finds each class, all over the plane."""

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
from playground.probes.predictions import class_probabilities
from playground.training.snapshot import Snapshot

Corner = tuple[float, float]
MARGIN = 0.08
"""Of the data's extent, around it."""
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


@dataclass(frozen=True)
class DecisionMap(Probe):
    """Answer with ``ClassMap``: for a large network a coarse one first."""

    resolution: int = param(100, low=8, high=400, doc="Points along each side of the map.")

    def compute(self, snapshot: Snapshot) -> Iterator[ClassMap]:
        per_point = max(1, snapshot.model.multiply_adds(snapshot.input_shape))
        low, high = extent(snapshot.dataset)
        at_once = self.resolution**2
        coarse = None
        if per_point * self.resolution**2 > _QUICK:
            points = _plane(low, high, _COARSE)
            coarse = _class_map(low, high, _answers(snapshot, points))
            at_once = max(64, _AT_ONCE // per_point)
            yield coarse
        points, outputs = _plane(low, high, self.resolution), list[Array]()
        for start in range(0, len(points), at_once):
            if coarse and outputs:
                yield coarse  # nothing better yet, but a chance to stop
            part = points[start : start + at_once]
            outputs.append(_answers(snapshot, part))
        yield _class_map(low, high, np.concatenate(outputs))


def _answers(snapshot: Snapshot, points: Array) -> Array:
    outputs, _ = snapshot.model.forward(snapshot.weights, points)
    return snapshot.project.loss.answers(outputs)


def extent(dataset: Dataset) -> tuple[Corner, Corner]:
    """Return the lower left and the upper right corner of a plane that holds all points.

    Axes of about the same length are made equally long, so that circles stay round.
    """
    parts = (dataset.train, dataset.validation, dataset.test)
    x = np.concatenate([part.x for part in parts])
    low, high = x.min(axis=0).astype(float), x.max(axis=0).astype(float)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, 1e-6)
    if half.max() < 1.5 * half.min():
        half[:] = half.max()
    half *= 1 + 2 * MARGIN
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return (left, bottom), (right, top)


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


def _plane(low: Corner, high: Corner, side: int) -> Array:
    """Return the points of a grid, ``(side * side, 2)``, row by row from the top."""
    points = np.empty((side, side, 2), np.float32)
    points[..., 0] = np.linspace(low[0], high[0], side)
    points[..., 1] = np.linspace(high[1], low[1], side)[:, None]
    return points.reshape(-1, 2)


def _class_map(low: Corner, high: Corner, outputs: Array) -> ClassMap:
    side = math.isqrt(len(outputs))
    probabilities = class_probabilities(outputs).reshape(side, side, -1)
    return ClassMap(low, high, probabilities, _boundary(probabilities))


def _boundary(probabilities: Array) -> NDArray[np.float64]:
    classes = probabilities.shape[-1]
    if classes == 2:
        return boundary_lines(probabilities[..., 1] - probabilities[..., 0])
    lines = [np.zeros((0, 2, 2))]
    for number in np.unique(probabilities.argmax(axis=-1)):
        others = np.delete(probabilities, number, axis=-1).max(axis=-1)
        lines.append(boundary_lines(probabilities[..., number] - others))
    return np.concatenate(lines)
