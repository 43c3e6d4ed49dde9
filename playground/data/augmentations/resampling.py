"""Images moved, turned and stretched: every pixel is looked up at its place in the old image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Shape = tuple[int, ...]
Inputs = NDArray[np.floating[Any]]
FillMode = Literal["reflect", "constant", "nearest"]
"""What lies beyond the edge: the image mirrored there, zeros, or the outermost pixel."""
Matrices = NDArray[np.float64]

_AT_ONCE = 2**14
"""Pixels that are worked on together: what a step needs stays in the nearest caches."""
_BEFORE, _AFTER = 1, 2
"""Pixels added around an image, so that all four neighbours of a place beyond its edge exist."""


@dataclass(frozen=True, eq=False)
class AffineMaps:
    """Where the pixels of each new image come from.

    ``matrices``: ``(n, 2, 3)``; the pixel in column x and row y is looked up at
    ``matrix @ (x, y, 1)`` in the old image. ``fill_mode``: None where nothing comes from outside.
    """

    matrices: Matrices
    fill_mode: FillMode | None

    def joins(self, later: AffineMaps) -> bool:
        """Return whether this and a later map can be done in one."""
        return self.fill_mode == later.fill_mode or None in (self.fill_mode, later.fill_mode)

    def then(self, later: AffineMaps) -> AffineMaps:
        """Return this map followed by another: the last one says first where to look."""
        joined = self.matrices[:, :, :2] @ later.matrices
        joined[:, :, 2] += self.matrices[:, :, 2]
        return AffineMaps(joined, self.fill_mode or later.fill_mode)


def resample(x: Inputs, matrices: Matrices, fill_mode: FillMode | None) -> None:
    """Replace images ``(n, height, width, channels)`` by what the matrices make of them.

    Between pixels the value is interpolated linearly, in both directions.
    """
    pixels = x.shape[1] * x.shape[2]
    step = max(1, _AT_ONCE // pixels)
    for start in range(0, len(x), step):
        part = x[start : start + step]
        _look_up(part, matrices[start : start + step], fill_mode or "nearest")


def _look_up(x: Inputs, matrices: Matrices, fill_mode: FillMode) -> None:
    """Resample a few images in place."""
    n, height, width, channels = x.shape
    source = _bordered(x, fill_mode)
    down, across = source.shape[1:3]
    row, y = _whole_and_rest(_places(matrices[:, 1], height, width), height, fill_mode)
    column, rest = _whole_and_rest(_places(matrices[:, 0], height, width), width, fill_mode)
    row *= across  # in float32, which is exact for so few pixels and faster than int64
    row += column
    row += np.arange(0, n * down * across, down * across, dtype=np.float32)[:, None, None]
    corner = row.astype(np.intp)
    flat = source.reshape(-1) if channels == 1 else source.reshape(-1, channels)
    if channels > 1:
        y, rest = y[..., None], rest[..., None]
    upper = _between(flat, corner, rest)
    lower = _between(flat[across:], corner, rest)
    lower -= upper
    lower *= y
    lower += upper
    x[...] = lower.reshape(x.shape)


def _places(coefficients: Matrices, height: int, width: int) -> Inputs:
    """Return one coordinate of where each pixel is looked up, ``(n, height, width)``.

    It is that of the image with its border.
    """
    a, b, c = coefficients.astype(np.float32).T[:, :, None, None]
    columns = np.arange(width, dtype=np.float32)
    rows = np.arange(height, dtype=np.float32)[:, None]
    result: Inputs = a * columns + (b * rows + (c + _BEFORE))
    return result


def _bordered(x: Inputs, fill_mode: FillMode) -> Inputs:
    """Return the images with pixels around them: zeros, or the outermost ones again."""
    n, height, width, channels = x.shape
    wider = (n, height + _BEFORE + _AFTER, width + _BEFORE + _AFTER, channels)
    result = np.zeros(wider, x.dtype)
    result[:, _BEFORE:-_AFTER, _BEFORE:-_AFTER] = x
    if fill_mode != "constant":
        result[:, :_BEFORE] = result[:, [_BEFORE]]
        result[:, -_AFTER:] = result[:, [-_AFTER - 1]]
        result[:, :, :_BEFORE] = result[:, :, [_BEFORE]]
        result[:, :, -_AFTER:] = result[:, :, [-_AFTER - 1]]
    return result


def _whole_and_rest(places: Inputs, size: int, fill_mode: FillMode) -> tuple[Inputs, Inputs]:
    """Return the bordered pixel before each place, and how far beyond it the place is, 0 to 1."""
    if fill_mode == "reflect":
        _mirror(places, size)
    else:  # further out than a pixel there are only zeros, too
        out = 1 if fill_mode == "constant" else 0
        np.maximum(places, _BEFORE - out, out=places)
        np.minimum(places, _BEFORE + size - 1 + out, out=places)
    whole = np.floor(places)
    places -= whole
    return whole, places


def _mirror(places: Inputs, size: int) -> None:
    """Bring places back into the image, if it is mirrored at its edges again and again."""
    there_and_back = np.float32(2 * size)
    places -= _BEFORE - 0.5
    places -= there_and_back * np.floor(places / there_and_back)  # np.mod takes ten times as long
    np.minimum(places, there_and_back - places, out=places)
    places += _BEFORE - 0.5


def _between(flat: Inputs, before: NDArray[np.intp], rest: Inputs) -> Inputs:
    """Return values between neighbours in a row."""
    left = flat.take(before, axis=0, mode="clip")
    right = flat[1:].take(before, axis=0, mode="clip")
    right -= left
    right *= rest
    right += left
    return right
