"""Shift, rotation, scale, shear and flip: where the pixels of an image go."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.augmentations.base import ImageAugmentation
from playground.data.augmentations.resampling import AffineMaps, FillMode, Matrices, Shape

Numbers = NDArray[np.float64]

_FILL: FillMode = "reflect"
_FILL_DOC = "What comes in from outside: the image mirrored at its edge, zeros, or the last pixel."


@dataclass(frozen=True)
class RandomTranslation(ImageAugmentation):
    """Shift up or down, left or right, as Keras's RandomTranslation.

    Each image by a distance drawn evenly up to ``factor`` times its height or width.
    """

    title = "Shift"

    height_factor: float = param(
        0.1, low=0.0, high=1.0, doc="Furthest shift up and down, as a share of the height."
    )
    width_factor: float = param(
        0.1, low=0.0, high=1.0, doc="Furthest shift left and right, as a share of the width."
    )
    fill_mode: FillMode = param(_FILL, doc=_FILL_DOC)

    def draw(self, rng: np.random.Generator, count: int, shape: Shape) -> AffineMaps:
        height, width = shape[:2]
        down = height * _even(rng, self.height_factor, count)
        right = width * _even(rng, self.width_factor, count)
        return AffineMaps(_matrices(count, x=(1, 0, -right), y=(0, 1, -down)), self.fill_mode)


@dataclass(frozen=True)
class RandomRotation(ImageAugmentation):
    """Turn around the middle, either way, as Keras's RandomRotation.

    Each image by an angle drawn evenly up to ``factor`` times a full turn.
    """

    title = "Rotation"

    factor: float = param(
        0.05, low=0.0, high=1.0, doc="Largest angle either way, in full turns: 0.05 is 18 degrees."
    )
    fill_mode: FillMode = param(_FILL, doc=_FILL_DOC)

    def draw(self, rng: np.random.Generator, count: int, shape: Shape) -> AffineMaps:
        angle = 2 * math.pi * _even(rng, self.factor, count)
        cos, sin = np.cos(angle), np.sin(angle)
        maps = _around_the_middle(shape, _matrices(count, x=(cos, -sin, 0), y=(sin, cos, 0)))
        return AffineMaps(maps, self.fill_mode)


@dataclass(frozen=True)
class RandomZoom(ImageAugmentation):
    """Make larger or smaller around the middle, as Keras's RandomZoom.

    What is shown of each image is drawn evenly from ``1 - factor`` to ``1 + factor`` of it: more
    than 1 makes it smaller.
    """

    title = "Scale"

    height_factor: float = param(
        0.1, low=0.0, high=0.95, doc="How much less or more of the height is shown, at most."
    )
    keep_ratio: bool = param(True, doc="Zoom height and width alike (Keras: width_factor=None).")
    width_factor: float = param(
        0.1,
        low=0.0,
        high=0.95,
        advanced=True,
        doc="How much less or more of the width is shown, at most, unless the ratio is kept.",
    )
    fill_mode: FillMode = param(_FILL, doc=_FILL_DOC)

    def draw(self, rng: np.random.Generator, count: int, shape: Shape) -> AffineMaps:
        down = 1 + _even(rng, self.height_factor, count)
        across = down if self.keep_ratio else 1 + _even(rng, self.width_factor, count)
        maps = _around_the_middle(shape, _matrices(count, x=(across, 0, 0), y=(0, down, 0)))
        return AffineMaps(maps, self.fill_mode)


@dataclass(frozen=True)
class RandomShear(ImageAugmentation):
    """Slant, as Keras's RandomShear: the upper left corner stays where it is.

    Each row is looked up as far to the side as it is down, times a share drawn evenly up to
    ``x_factor`` either way; likewise each column with ``y_factor``.
    """

    title = "Shear"

    x_factor: float = param(0.1, low=0.0, high=1.0, doc="Furthest slant of upright lines.")
    y_factor: float = param(0.0, low=0.0, high=1.0, doc="Furthest slant of level lines.")
    fill_mode: FillMode = param(_FILL, doc=_FILL_DOC)

    def draw(self, rng: np.random.Generator, count: int, shape: Shape) -> AffineMaps:
        x, y = (_even(rng, factor, count) for factor in (self.x_factor, self.y_factor))
        return AffineMaps(_matrices(count, x=(1, x, 0), y=(y, 1, 0)), self.fill_mode)


@dataclass(frozen=True)
class RandomFlip(ImageAugmentation):
    """Mirror every second image, by chance, as Keras's RandomFlip. Not for digits: 2 becomes 5."""

    title = "Flip"

    mode: Literal["horizontal_and_vertical", "horizontal", "vertical"] = param(
        "horizontal_and_vertical", doc="Left and right, top and bottom, or each by its own chance."
    )

    def draw(self, rng: np.random.Generator, count: int, shape: Shape) -> AffineMaps:
        across, down = (np.where(rng.random(count) < 0.5, -1.0, 1.0) for _ in range(2))
        x = across if self.mode != "vertical" else 1
        y = down if self.mode != "horizontal" else 1
        maps = _around_the_middle(shape, _matrices(count, x=(x, 0, 0), y=(0, y, 0)))
        return AffineMaps(maps, None)


def _even(rng: np.random.Generator, factor: float, count: int) -> Numbers:
    """Return numbers drawn evenly between ``-factor`` and ``factor``."""
    return factor * rng.uniform(-1, 1, count)


Row = tuple[Numbers | float, Numbers | float, Numbers | float]


def _matrices(count: int, x: Row, y: Row) -> Matrices:
    """Return matrices ``(count, 2, 3)`` from the coefficients that give x and y."""
    result = np.empty((count, 2, 3))
    for row, coefficients in enumerate((x, y)):
        for column, coefficient in enumerate(coefficients):
            result[:, row, column] = coefficient
    return result


def _around_the_middle(shape: Shape, matrices: Matrices) -> Matrices:
    """Return the matrices with the shift that leaves the middle of the image in its place."""
    height, width = shape[:2]
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    matrices[:, :, 2] = middle - matrices[:, :, :2] @ middle
    return matrices
