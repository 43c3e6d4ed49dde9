"""Drawings join the images to train on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from playground.data.dataset import Dataset, Examples
from playground.data.images.drawing import Drawing
from playground.errors import DataError

FIRST_ROW = 10**9
"""The number of the first drawing as an example of its source: after those of any file."""


def with_drawings(dataset: Dataset, drawn: Sequence[Drawing]) -> Dataset:
    """Return the data with the drawings behind the examples to train on."""
    if not drawn:
        return dataset
    height, width, channels = dataset.input_shape
    for number, drawing in enumerate(drawn, 1):
        if drawing.label not in dataset.classes:
            raise DataError(
                f"Drawing {number} is of the class {drawing.label!r}, which {dataset.title} does "
                f"not have; remove it. There are: {', '.join(dataset.classes)}."
            )
        if (*drawing.size, 1) != dataset.input_shape:
            raise DataError(
                f"Drawing {number} has {drawing.size[0]} x {drawing.size[1]} grey pixels, and the "
                f"images have {height} x {width} x {channels}; remove it, or choose that size."
            )
    return replace(dataset, train=_joined(dataset, drawn))


def without_drawings(dataset: Dataset) -> Dataset:
    """Return the data without the drawings behind the examples to train on."""
    train = dataset.train
    count = int(np.searchsorted(train.rows >= FIRST_ROW, True))
    if count == len(train):
        return dataset
    weights = None if train.weights is None else train.weights[:count]
    kept = Examples(train.x[:count], train.y[:count], weights, train.rows[:count])
    return replace(dataset, train=kept)


def _joined(dataset: Dataset, drawn: Sequence[Drawing]) -> Examples:
    train = dataset.train
    images = np.stack([drawing.image() for drawing in drawn])[..., None]
    labels = np.array([dataset.classes.index(drawing.label) for drawing in drawn], np.int64)
    weights = train.weights
    if weights is not None:
        weights = np.concatenate([weights, np.ones(len(drawn), np.float32)])
    return Examples(
        np.concatenate([train.x, images]),
        np.concatenate([train.y, labels]),
        weights,
        np.concatenate([train.rows, FIRST_ROW + np.arange(len(drawn))]),
    )
