"""The weights between two columns: what each line stands for, and how all are drawn.

A line is a bundle of weights where a column shows less than it has, at most 14 anchors a side:

- between neurons a line is the weight itself, or the mean of its bundle times the square root of
  their number, which is the size of a typical one if they are independent;
- to a convolution it is the norm of its kernels (the root of their mean square); its colour is
  the sign of their sum, whether they brighten or darken;
- where nothing is learned, a grey line.

Sizes are seen beside Glorot's first weights (Glorot & Bengio 2010, eq. 16), so that narrow and
wide layers begin alike and a line that gets thick has learned something.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from playground.gui.look import theme
from playground.gui.network.columns import Form
from playground.gui.network.placed import Joint, Placed
from playground.nn.arrays import Array, Weights
from playground.nn.connections import ungrouped
from playground.nn.initializers import fans

_SATURATION = 1.4
_TYPICAL = 2.2
"""How many first deviations count as a weight of 1."""
_USUAL = 1.2
"""And how many of the usual size of these lines, once they have outgrown the first weights."""
_CROWD = 60
_LEVELS = 8
_WIDEST = 4.0
"""Pixels that a line takes at most beside its middle."""
MARGIN = 3.0
"""Between a column and the ends of its lines."""

Groups = tuple[tuple[int, ...], ...]
Anchors = list[tuple[float, tuple[int, ...]]]


@dataclass(frozen=True, eq=False)
class Bundles:
    """All lines between two columns, level but where they bend."""

    left: float
    right: float
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    values: NDArray[np.float64]
    """Mean weight, or for convolutions the norm with its sign; 0 where nothing is learned."""
    strengths: NDArray[np.float64]
    """From -1 to 1."""
    joined: NDArray[np.intp]
    """For each line, its places in the anchors of the two columns: ``(lines, 2)``."""
    learned: bool
    bend: tuple[float, float]
    """Between here the lines change their height."""

    @cached_property
    def levels(self) -> NDArray[np.intp]:
        """Which pen draws each line: from 1, the thinnest, to 8; negative for orange ones."""
        level = 1 + np.minimum((np.abs(self.strengths) * _LEVELS).astype(int), _LEVELS - 1)
        signed: NDArray[np.intp] = level * np.sign(self.strengths).astype(int)
        return signed

    @property
    def rect(self) -> QRectF:
        """Where they are drawn, the widest pen included."""
        heights = (*self.starts.tolist(), *self.ends.tolist())
        top, bottom = min(heights, default=0.0), max(heights, default=0.0)
        box = QRectF(self.left, top, self.right - self.left, bottom - top)
        return box.adjusted(-_WIDEST, -_WIDEST, _WIDEST, _WIDEST)

    def heights(self, x: float) -> NDArray[np.float64]:
        """Return how high each line is at ``x``."""
        first, last = self.bend
        share = min(max((x - first) / max(last - first, 1e-9), 0.0), 1.0)
        t = _TIMES[np.searchsorted(_ALONG, share)]
        rise: NDArray[np.float64] = self.starts + (self.ends - self.starts) * (3 - 2 * t) * t * t
        return rise


_T = np.linspace(0, 1, 129)
_ALONG = 1.5 * _T * (1 - _T) + _T**3  # of the cubic with both middle points at half the width
_TIMES = np.append(_T, 1.0)


def bundles(
    left: Placed,
    right: Placed,
    weights: Weights | None,
    units: tuple[int | None, int | None],
    joint: Joint | None = None,
) -> Bundles:
    """Return the lines between two columns.

    ``weights`` are the right one's, None if unknown. ``units`` are the selected units of the left
    and the right column: then only their own weights are drawn. ``joint`` says where the lines
    bend and which branch they end.
    """
    run = _run(left, right, joint)
    kernel = _kernel(left, right, weights)
    if kernel is None:
        branch = joint.branch if joint else None
        targets = right.anchors if branch is None else right.part(branch)
        return _plain(_spread(left, right), targets, run)
    sources, targets = _only(left.anchors, units[0]), _only(right.anchors, units[1])
    groups = tuple(a[1] for a in sources), tuple(a[1] for a in targets)
    values, sizes = _reduced(kernel, *groups)
    first = _TYPICAL * math.sqrt(2 / sum(fans(kernel.shape)))
    usual = _USUAL * float(np.sqrt(np.square(sizes).mean()))
    scale = _SATURATION * max(first, usual)
    strengths = np.sign(sizes) * np.tanh(np.abs(sizes) / scale)
    joined = np.indices(values.shape).reshape(2, -1).T
    places = [_places(left.anchors, sources), _places(right.anchors, targets)]
    return Bundles(
        *run[:2],
        np.array([a[0] for a in sources])[joined[:, 0]],
        np.array([a[0] for a in targets])[joined[:, 1]],
        values.ravel(),
        np.nan_to_num(strengths).ravel(),
        np.stack([places[0][joined[:, 0]], places[1][joined[:, 1]]], axis=1),
        learned=True,
        bend=run[2:],
    )


def _run(left: Placed, right: Placed, joint: Joint | None) -> tuple[float, float, float, float]:
    """Return where lines begin and end, and where between they bend."""
    first, last = left.rect.right() + MARGIN, right.rect.left() - MARGIN
    if joint is None:
        return first, last, first, last
    bend = max(joint.bend[0] + MARGIN, first), min(joint.bend[1] - MARGIN, last)
    return (first, last, *bend) if bend[0] < bend[1] else (first, last, first, last)


def _kernel(left: Placed, right: Placed, weights: Weights | None) -> Array | None:
    """Return the weights between all units of two columns; None if there are none such."""
    weights = weights or {}
    kernel = weights.get("kernel")
    if kernel is None and "depthwise_kernel" in weights and "pointwise_kernel" not in weights:
        kernel = weights["depthwise_kernel"]
        kernel = kernel.reshape(*kernel.shape[:2], 1, -1)  # each channel is a group of its own
    if kernel is None or not right.column.has_weights or kernel.ndim not in (2, 4):
        return None
    if kernel.ndim == 4:
        kernel = ungrouped(kernel, left.column.count)
    # a flattened image has one unit for each pixel, an image one for each channel
    fits = kernel.shape[-2:] == (left.column.count, right.column.count)
    return kernel if fits else None


def _spread(left: Placed, right: Placed) -> Anchors:
    """Return the anchors of ``left``; an image passes its pixels on along its whole side."""
    if left.column.form is not Form.IMAGE or right.column.form is not Form.STRIP:
        return left.anchors
    count = len(right.anchors)
    step = left.rect.height() / count
    return [(left.top + (i + 0.5) * step, ()) for i in range(count)]


def _only(anchors: Anchors, unit: int | None) -> Anchors:
    if unit is None:
        return anchors
    return [(y, (unit,)) for y, units in anchors if unit in units] or anchors


def _places(anchors: Anchors, chosen: Anchors) -> NDArray[np.intp]:
    heights = [y for y, _ in anchors]
    return np.array([heights.index(y) for y, _ in chosen], np.intp)


def _reduced(
    kernel: Array, sources: Groups, targets: Groups
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each pair of bundles its figure, and the size by which its line is drawn."""
    rows = _means(sources, kernel.shape[-2])
    means = _means(targets, kernel.shape[-1])
    used = np.flatnonzero(means.any(axis=0))
    if len(used) < kernel.shape[-1]:
        kernel, means = kernel[..., used], means[:, used]
    if kernel.ndim == 4:
        norms = np.sqrt(rows @ np.square(kernel).mean(axis=(0, 1)) @ means.T)
        signed = norms * np.sign(rows @ kernel.sum(axis=(0, 1)) @ means.T)
        return signed, signed
    mean = rows @ kernel @ means.T
    counts = np.outer([len(b) for b in sources], [len(b) for b in targets])
    return mean, mean * np.sqrt(counts)


@lru_cache(128)
def _means(groups: Groups, count: int) -> NDArray[np.float32]:
    """Return the matrix ``(groups, count)`` that takes the mean of each group."""
    matrix = np.zeros((len(groups), count), np.float32)
    for row, group in zip(matrix, groups, strict=True):
        row[list(group)] = 1 / max(len(group), 1)
    return matrix


def _plain(sources: Anchors, targets: Anchors, run: tuple[float, float, float, float]) -> Bundles:
    """Return one line for each anchor of the side that has more."""
    most = max(len(sources), len(targets))
    first = np.arange(most) * len(sources) // most
    second = np.arange(most) * len(targets) // most
    nothing = np.zeros(most)
    return Bundles(
        *run[:2],
        np.array([a[0] for a in sources])[first],
        np.array([a[0] for a in targets])[second],
        nothing,
        nothing,
        np.stack([first, second], axis=1),
        learned=False,
        bend=run[2:],
    )


def draw(painter: QPainter, lines: Bundles, *, is_faded: bool, is_fast: bool) -> None:
    """Draw the lines, weak ones first, each pen once; ``is_faded`` for a run that has failed.

    ``is_fast`` lays thin lines side by side: Qt draws those ten times as fast as wide ones.
    """
    if not lines.learned:
        painter.strokePath(_path(lines, range(len(lines.starts))), _grey_pen())
        return
    levels = lines.levels.tolist()
    is_crowd = len(levels) > _CROWD
    for level in range(1, _LEVELS + 1):
        for name, wanted in (("neg", -level), ("pos", level)):
            chosen = [i for i, one in enumerate(levels) if one == wanted]
            if chosen:
                pen = _pen("border" if is_faded else name, (level - 0.5) / _LEVELS, is_crowd)
                path = _path(lines, chosen)
                (_stroke_thin if is_fast else QPainter.strokePath)(painter, path, pen)


def _stroke_thin(painter: QPainter, path: QPainterPath, pen: QPen) -> None:
    width = pen.widthF()
    strokes = math.ceil(width - 0.3)
    pen.setWidthF(min(width, 1.0))
    for stroke in range(strokes):
        offset = (stroke - (strokes - 1) / 2) * (width - 1) / max(strokes - 1, 1)
        painter.strokePath(path.translated(0, offset), pen)


def line_path(lines: Bundles, index: int) -> QPainterPath:
    """Return one line."""
    return _path(lines, [index])


def _path(lines: Bundles, chosen: list[int] | range) -> QPainterPath:
    path = QPainterPath()
    left, right, (first, last) = lines.left, lines.right, lines.bend
    middle = (first + last) / 2
    starts, ends = lines.starts.tolist(), lines.ends.tolist()
    for i in chosen:
        path.moveTo(left, starts[i])
        if first > left:
            path.lineTo(first, starts[i])
        path.cubicTo(middle, starts[i], middle, ends[i], last, ends[i])
        if last < right:
            path.lineTo(right, ends[i])
    return path


def _grey_pen() -> QPen:
    return theme.pen("border", 1, 150)


def _pen(name: str, strength: float, is_crowd: bool) -> QPen:
    alpha = (24 + 130 * strength**1.5) if is_crowd else (72 + 176 * strength**1.5)
    width = 0.6 + (1.6 if is_crowd else 4.2) * strength
    pen = theme.pen(name, width, int(alpha))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
