"""The types that the layers speak in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
"""float32 in a run, float64 in the gradient tests."""
Shape = tuple[int, ...]
"""The shape of one example, without the batch axis."""
Weights = dict[str, Array]
Backward = Callable[[Array], tuple[Array, Weights]]
"""Maps the loss gradient at a layer's output to those at its input and at its weights."""
