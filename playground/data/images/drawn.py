"""Drawings join the images to train on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from playground.data.dataset import Dataset, Examples
from playground.data.images.drawing import Drawing
from playground.errors import DataError
from playground.language import tr, tr_declared

FIRST_ROW = 10**9
"""The number of the first drawing as an example of its source: after those of any file."""


def with_drawings(dataset: Dataset, drawn: Sequence[Drawing]) -> Dataset:
    """Return the data with the drawings behind the examples to train on."""
    if not drawn:
        return dataset
    for number, drawing in enumerate(drawn, 1):
        _check(number, drawing, dataset)
    return replace(dataset, train=_joined(dataset, drawn))


def _check(number: int, drawing: Drawing, dataset: Dataset) -> None:
    if drawing.label not in dataset.classes:
        text = tr(
            "Drawing {number} is of the class {label!r}, which {title} does not have; remove it. "
            "There are: {classes}."
        )
        title, classes = tr_declared(dataset.title), ", ".join(dataset.classes)
        raise DataError(
            text.format(number=number, label=drawing.label, title=title, classes=classes)
        )
    if (*drawing.size, 1) != dataset.input_shape:
        text = tr(
            "Drawing {number} has {size} grey pixels, and the images have {shape}; remove it, or "
            "choose that size."
        )
        size, shape = (" x ".join(map(str, one)) for one in (drawing.size, dataset.input_shape))
        raise DataError(text.format(number=number, size=size, shape=shape))


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
