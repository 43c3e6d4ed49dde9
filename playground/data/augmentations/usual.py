"""Sets of augmentations that are a good beginning, by what they are for."""

from __future__ import annotations

from playground.data.augmentations.base import Augmentation
from playground.data.augmentations.moving import (
    RandomFlip,
    RandomRotation,
    RandomTranslation,
    RandomZoom,
)
from playground.data.augmentations.random_noise import RandomNoise
from playground.data.augmentations.resampling import FillMode
from playground.data.dataset import DataKind, Dataset

_EMPTY: FillMode = "constant"  # paper goes on beyond the edge

DIGITS: tuple[Augmentation, ...] = (
    RandomTranslation(fill_mode=_EMPTY),
    RandomRotation(factor=0.03, fill_mode=_EMPTY),
    RandomZoom(fill_mode=_EMPTY),
)
"""Written a little elsewhere, a little slanted, larger or smaller; never mirrored."""
PHOTOS: tuple[Augmentation, ...] = (
    RandomFlip(mode="horizontal"),
    RandomTranslation(),
    RandomZoom(),
)
"""What it shows may look the other way, and be nearer or further."""
NUMBERS: tuple[Augmentation, ...] = (RandomNoise(stddev=0.05),)


def usual_sets(dataset: Dataset) -> dict[str, tuple[Augmentation, ...]]:
    """Return what is usual for such inputs, by its English name, the likeliest first."""
    if dataset.kind is DataKind.TEXT:
        return {}
    if dataset.kind is not DataKind.IMAGES:
        return {"numbers": NUMBERS}
    sets = {"digits": DIGITS, "photos": PHOTOS}
    return sets if dataset.input_shape[-1] == 1 else dict(reversed(sets.items()))
