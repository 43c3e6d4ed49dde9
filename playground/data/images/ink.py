"""How a drawing becomes an image such as those that a network was trained on.

MNIST's own rule (LeCun and others, http://yann.lecun.com/exdb/mnist): the ink is scaled to fit a
box of 20 x 20 pixels, keeping its shape, with the greys of anti-aliasing, and put into the image of
28 x 28 by its centre of mass. In all of MNIST that centre lies within half a pixel of row and
column 14, counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.component import Pair
from playground.data.dataset import Floats

_LOOKED_AT = 500
"""Images from which a rule is taken."""
_SEEN = 0.1
"""The brightness, or darkness, from which on a pixel of an image counts as ink."""


@dataclass(frozen=True)
class InkRule:
    """The size of the images, the longest side of their ink, and whether it is dark on white.

    ``centre`` is where its centre of mass is put, in rows and columns counted from 0; for None in
    the middle as MNIST has it, at half the size.
    """

    size: Pair = (28, 28)
    box: float = 20.0
    dark: bool = False
    centre: tuple[float, float] | None = None

    @classmethod
    def of(cls, images: Floats) -> InkRule:
        """Return the rule that grey images keep, ``(n, height, width, 1)``; without any, MNIST's.

        Their paper is what most of their edges are of.
        """
        height, width = images.shape[1:3]
        if not len(images):
            return cls((height, width), min(height, width) * 20 / 28)
        some = images[:_LOOKED_AT, :, :, 0]
        edges = np.concatenate([some[:, (0, -1)].ravel(), some[:, :, (0, -1)].ravel()])
        dark = bool(np.median(edges) > 0.5)
        ink = 1 - some if dark else some
        seen: NDArray[np.bool_] = ink > _SEEN
        tall, wide = (_extent(np.any(seen, axis=axis)) for axis in (2, 1))
        sides = np.maximum(tall, wide)
        box = float(np.median(sides)) or min(height, width)
        return cls((height, width), box, dark, _usual_centre(ink))


def _extent(lines: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return how far it is from the first line with ink to the last, ``(n,)``."""
    first, last = lines.argmax(axis=1), lines[:, ::-1].argmax(axis=1)
    return np.where(lines.any(axis=1), lines.shape[1] - first - last, 0)


def _usual_centre(ink: Floats) -> tuple[float, float] | None:
    """Return the centre of mass of all images together, to half a pixel; None without ink."""
    total = ink.sum(dtype=np.float64)
    if not total:
        return None
    row, column = (
        round(2 * float(ink.sum(axis=(0, 3 - axis), dtype=np.float64) @ np.arange(side)) / total)
        / 2
        for axis, side in zip((1, 2), ink.shape[1:], strict=True)
    )
    return row, column


def mnist_image(ink: Floats, rule: InkRule | None = None) -> Floats:
    """Return the image of a drawing ``(any height, any width)``, in which 1 is ink and 0 is none.

    By default that is MNIST's ``(28, 28)``. Where the centre of mass would push ink over an edge,
    the ink stays within.
    """
    rule = rule or InkRule()
    image = np.zeros(rule.size, np.float32)
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    if len(rows):
        cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        small = _fitted(cut, rule.box, rule.size)
        (top, left), (height, width) = _corner(small, rule), small.shape
        image[top : top + height, left : left + width] = small
    return 1 - image if rule.dark else image


def _fitted(ink: Floats, box: float, most: Pair) -> Floats:
    """Return the ink with its longer side as long as the box; each pixel is a mean over an area."""
    scale = box / max(ink.shape)
    height, width = (
        min(max(1, round(side * scale)), limit) for side, limit in zip(ink.shape, most, strict=True)
    )
    small = _means(ink.shape[0], height) @ ink @ _means(ink.shape[1], width).T
    fitted: Floats = np.clip(small, 0, 1).astype(np.float32)
    return fitted


def _means(count: int, wanted: int) -> Floats:
    """Return the weights ``(wanted, count)`` of the means that make fewer pixels of many."""
    edges = np.arange(wanted + 1) * count / wanted
    start = np.arange(count)
    shared = np.minimum(edges[1:, None], start + 1) - np.maximum(edges[:-1, None], start)
    means: Floats = (np.maximum(shared, 0) * wanted / count).astype(np.float32)
    return means


def _corner(ink: Floats, rule: InkRule) -> Pair:
    """Return where its upper left corner goes so that the centre of mass is where it belongs."""
    height, width = rule.size
    row, column = rule.centre or (height / 2, width / 2)
    return _begin(ink.sum(axis=1), height, row), _begin(ink.sum(axis=0), width, column)


def _begin(mass: Floats, frame: int, centre: float) -> int:
    """Return where the first of some lines goes, of which each has this mass."""
    middle = float(mass @ np.arange(len(mass)) / mass.sum())
    return min(max(0, round(centre - middle)), frame - len(mass))
