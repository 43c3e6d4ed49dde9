"""What a real training gave at some of its moments, for pictures that move.

``packaging/films.py`` trains the networks and writes these files.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.resources import resource_path

REACH = 1.15
"""How far the map of a plane goes up and down; it goes ``RATIO`` times as far to both sides."""
RATIO = 3
Film = Mapping[str, NDArray[Any]]


@cache
def film(name: str) -> Film:
    """Return what was kept of a training, by the name of its preset."""
    with np.load(resource_path("welcome", f"{name}.npz"), allow_pickle=False) as file:
        return dict(file)


def shares_at(frames: NDArray[np.uint8], moment: float) -> NDArray[np.float32]:
    """Return shares from 0 to 1, ``moment`` (0 to 1) through frames of bytes: ``frames[0].shape``.

    Between two frames they go over into each other.
    """
    return numbers_at(frames, moment) / np.float32(255)


def numbers_at(frames: NDArray[Any], moment: float) -> NDArray[np.float32]:
    """Return numbers ``moment`` (0 to 1) through frames, as ``shares_at`` does."""
    place = min(max(moment, 0.0), 1.0) * (len(frames) - 1)
    first = min(int(place), len(frames) - 2)
    share = np.float32(place - first)
    before, after = frames[first].astype(np.float32), frames[first + 1].astype(np.float32)
    mixed: NDArray[np.float32] = before + share * (after - before)
    return mixed


def frame_at(frames: NDArray[Any], moment: float) -> NDArray[Any]:
    """Return the frame that is nearest to ``moment``, as it is."""
    nearest: NDArray[Any] = frames[round(min(max(moment, 0.0), 1.0) * (len(frames) - 1))]
    return nearest
