"""Which part of the plane is looked at."""

from __future__ import annotations

import math

import numpy as np

from playground.data.dataset import Dataset, Floats

Corner = tuple[float, float]
MARGIN = 0.08
"""Of the data's extent, around it."""
_LEAST, _STEP = 1.15, 0.25


def extent(dataset: Dataset) -> tuple[Corner, Corner]:
    """Return the lower left and the upper right corner of a plane that holds all points.

    Made and drawn points lie in a square about 0 that grows in steps, so that it stays where it
    is while points are added within it. Other axes of about the same length are made equally
    long, so that circles stay round.
    """
    points = every_point(dataset)
    if dataset.plane is not None:
        furthest = float(np.abs(points).max(initial=0.0))
        side = _LEAST if furthest <= _LEAST else _STEP * math.ceil(furthest / _STEP)
        return (-side, -side), (side, side)
    low, high = points.min(axis=0).astype(float), points.max(axis=0).astype(float)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, 1e-6)
    if half.max() < 1.5 * half.min():
        half[:] = half.max()
    half *= 1 + 2 * MARGIN
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return (left, bottom), (right, top)


def every_point(dataset: Dataset) -> Floats:
    """Return where the examples of all parts lie."""
    parts = (dataset.train, dataset.validation, dataset.test)
    return np.concatenate([dataset.points_of(part) for part in parts])


def plane_grid(low: Corner, high: Corner, side: int) -> Floats:
    """Return the points of a grid, ``(side * side, 2)``, row by row from the top."""
    points = np.empty((side, side, 2), np.float32)
    points[..., 0] = np.linspace(low[0], high[0], side)
    points[..., 1] = np.linspace(high[1], low[1], side)[:, None]
    return points.reshape(-1, 2)
