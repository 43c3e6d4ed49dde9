"""Long curves made short enough to draw: at most two points for each column of pixels."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Points = tuple[Numbers, Numbers]
"""The x and the y of a curve, both ``(n,)``."""
_BLOCK, _CHUNK = 64, 8192
_SETTLED = math.log(1e-17)


def envelope(x: Numbers, y: Numbers, columns: int) -> Points:
    """Return the lowest and the highest ``y`` of each of ``columns`` equal parts of the x axis.

    ``x`` must not fall. A curve that is short enough comes back as it is.
    """
    if len(x) <= 2 * columns:
        return x, y
    starts = _starts(x, columns)
    extremes = np.empty(2 * len(starts))
    np.minimum.reduceat(y, starts, out=extremes[::2])
    np.maximum.reduceat(y, starts, out=extremes[1::2])
    return np.repeat(x[starts], 2), extremes


def thinned(x: Numbers, y: Numbers, columns: int) -> Points:
    """Return the mean of each of ``columns`` equal parts of the x axis, and the very last point.

    ``x`` must not fall. A curve that is short enough comes back as it is.
    """
    if len(x) <= 2 * columns:
        return x, y
    starts = _starts(x, columns)
    counts = np.diff(starts, append=len(x))
    means = np.add.reduceat(y, starts) / counts
    middles = np.add.reduceat(x, starts) / counts
    return np.append(middles, x[-1]), np.append(means, y[-1])


def smoothed(y: Numbers, weight: float) -> Numbers:
    """Return the exponential moving average: each value is ``weight`` times the one before it.

    The first values are averages of what there is: divided by ``1 - weight ** n``, as Adam's
    moments (Kingma & Ba 2015, section 3).
    """
    if not weight or not len(y):
        return y
    averages = np.empty(len(y))
    step = np.arange(_BLOCK)
    within = np.tril(weight ** np.maximum(step[:, None] - step, 0)) * (1 - weight)
    last = 0.0
    for start in range(0, len(y), _CHUNK):
        chunk = _filtered(y[start : start + _CHUNK], within, weight, last)
        averages[start : start + _CHUNK] = chunk
        last = float(chunk[-1])
    early = averages[: math.ceil(_SETTLED / math.log(weight))]  # later the divisor is 1
    early /= 1 - weight ** np.arange(1.0, len(early) + 1)
    return averages


def _filtered(y: Numbers, within: Numbers, weight: float, last: float) -> Numbers:
    """Return the average that goes on from ``last``, without its division.

    ``within`` filters each block by itself, and then every block takes over from the one before:
    a plain loop over 100,000 values would take 10 ms.
    """
    blocks = np.zeros((-(-len(y) // _BLOCK), _BLOCK))
    blocks.ravel()[: len(y)] = y
    filtered = blocks @ within.T
    fade = weight**_BLOCK
    ends = accumulate(filtered[:-1, -1].tolist(), lambda old, end: fade * old + end, initial=last)
    filtered += np.outer(np.fromiter(ends, float), weight ** np.arange(1.0, _BLOCK + 1))
    result: Numbers = filtered.ravel()[: len(y)]
    return result


def _starts(x: Numbers, columns: int) -> NDArray[np.intp]:
    """Return where each part of the x axis that holds any point begins."""
    starts = np.searchsorted(x, np.linspace(x[0], x[-1], columns + 1)[:-1])
    return starts[np.diff(starts, prepend=-1) > 0]
