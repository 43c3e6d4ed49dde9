"""The types that the layers speak in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[np.floating[Any]]
"""float32 in a run, float64 in the gradient tests."""
Shape = tuple[int, ...]
"""The shape of one example, without the batch axis."""
Weights = dict[str, Array]
Backward = Callable[[Array], tuple[Array, Weights]]
"""Maps the loss gradient at a layer's output to those at its input and at its weights."""


def one_hot(targets: NDArray[Any], classes: int, dtype: DTypeLike = np.float32) -> Array:
    """Return class numbers ``(n,)`` as rows of shares ``(n, classes)``; rows are returned as is."""
    if targets.ndim == 2:
        return targets
    rows = np.zeros((len(targets), classes), dtype)
    rows[np.arange(len(targets)), targets] = 1
    return rows


def column_sums(x: Array) -> Array:
    """Return the sum over all axes but the last.

    Written as a product with ones, which is ten times as fast as adding up along the first axis.
    """
    rows = x.reshape(-1, x.shape[-1])
    return np.ones(len(rows), x.dtype) @ rows
