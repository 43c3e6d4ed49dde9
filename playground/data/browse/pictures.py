"""What the images of a class have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.browse.catalogue import Catalogue
from playground.data.dataset import Floats

AT_ONCE = 512
"""Images taken into the sums in one step: some milliseconds."""


@dataclass(frozen=True, eq=False)
class ClassImages:
    """The mean and the standard deviation of each pixel, ``(classes, *image_shape)``.

    Over the training examples seen so far; the deviation divides by n. A class without examples
    has zeros.
    """

    means: Floats
    deviations: Floats
    counts: NDArray[np.int64]
    """Examples of each class, ``(classes,)``."""


def class_images(catalogue: Catalogue) -> Iterator[ClassImages | None]:
    """Yield None while summing up, then the images."""
    dataset = catalogue.dataset
    x, y, classes = dataset.train.x, dataset.train.y, len(dataset.classes)
    sums = np.zeros((classes, int(np.prod(x.shape[1:]))))
    squares, counts = np.zeros_like(sums), np.zeros(classes, np.int64)
    for start in range(0, len(x), AT_ONCE):
        some = x[start : start + AT_ONCE].reshape(-1, sums.shape[1]).astype(np.float64)
        labels = y[start : start + AT_ONCE]
        member = np.zeros((classes, len(some)))
        member[labels, np.arange(len(some))] = 1
        sums += member @ some
        squares += member @ np.square(some)
        counts += np.bincount(labels, minlength=classes)
        yield None
    n = np.maximum(counts, 1)[:, None]
    variances = np.maximum(squares / n - np.square(sums / n), 0)
    shape = (classes, *x.shape[1:])
    yield ClassImages(
        (sums / n).astype(np.float32).reshape(shape),
        np.sqrt(variances).astype(np.float32).reshape(shape),
        counts,
    )
