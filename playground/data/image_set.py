"""A part of a set of labelled images, every class alike."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.array_stream import ArrayStream
from playground.data.dataset import Examples, Floats
from playground.data.progress import Progress
from playground.errors import DataError
from playground.language import grouped, tr

Labels = NDArray[np.int64]
Rows = NDArray[np.intp]

_LONGEST_SIDE = 1024
_MOST_CHANNELS = 4
_MOST_CLASSES = 256
_MOST_VALUES = 2**29  # 2 GiB of float32


@dataclass(frozen=True)
class ImageSet:
    """Images still in their file, and the label of each.

    ``open_images`` opens the stream of pixels, ``(n, height, width)`` or ``(n, height, width,
    channels)``; it is called when the wanted rows are known. ``turned`` images are stored column
    by column. ``white`` is the value of the brightest pixel, which becomes 1.
    """

    name: str
    open_images: Callable[[], AbstractContextManager[ArrayStream]]
    labels: Labels
    turned: bool = False
    white: int = 255

    def take(self, rows: list[Rows], progress: Progress) -> list[Examples]:
        """Read the images of these parts in one pass; no other image is held."""
        with self.open_images() as stream:
            self._check(stream, sum(map(len, rows)))
            pixels = stream.read_rows(np.concatenate(rows), progress)
        stops = np.cumsum([len(part) for part in rows])
        if self.turned:
            pixels = pixels.swapaxes(1, 2)
        parts = np.split(pixels, stops[:-1])
        return [
            Examples(brightness(part, self.white), self.labels[numbers], rows=numbers)
            for part, numbers in zip(parts, rows, strict=True)
        ]

    def _check(self, stream: ArrayStream, count: int) -> None:
        if len(stream) != len(self.labels):
            raise DataError(
                tr(
                    "{name}: there are {0} images but {1} labels; choose the labels that belong "
                    "to these images."
                ).format(grouped(len(stream)), grouped(len(self.labels)), name=self.name)
            )
        height, width, channels = (*stream.shape[1:], 1)[:3] if len(stream.shape) > 2 else (0, 0, 0)
        fits = min(height, width) > 0 and max(height, width) <= _LONGEST_SIDE
        if not fits or len(stream.shape) > 4 or not 0 < channels <= _MOST_CHANNELS:
            raise DataError(
                tr(
                    "{name} must hold images of at most {longest_side} x {longest_side} pixels. "
                    "Received: {0} values."
                ).format(
                    " x ".join(map(str, stream.shape)), name=stream.name, longest_side=_LONGEST_SIDE
                )
            )
        if stream.dtype != np.uint8:
            raise DataError(
                tr("{name} must hold pixels from 0 to 255 (uint8). Received: {dtype}.").format(
                    name=stream.name, dtype=stream.dtype
                )
            )
        check_size(self.name, count, stream.shape[1:])


def check_size(name: str, count: int, shape: tuple[int, ...]) -> None:
    """Raise ``DataError`` if so many images do not fit in memory."""
    if count * math.prod(shape) > _MOST_VALUES:
        raise DataError(
            tr(
                "{name}: {count} images of this size need more than 2 GiB of memory; choose fewer "
                "examples."
            ).format(name=name, count=grouped(count))
        )


def brightness(pixels: NDArray[np.generic], white: int = 255) -> Floats:
    """Return pixels from 0 to 1, with an axis for the channels."""
    x: Floats = np.divide(pixels, np.float32(white), dtype=np.float32)
    return x[..., None] if x.ndim == 3 else x


def check_classes(name: str, classes: NDArray[np.int64]) -> None:
    """Raise ``DataError`` unless these are at least two classes, and not too many."""
    if len(classes) < 2:
        raise DataError(
            tr("{name}: all images have the same label; choose labels of two or more.").format(
                name=name
            )
        )
    if len(classes) > _MOST_CLASSES:
        raise DataError(
            tr(
                "{name}: {0} different labels are too many for classes (at most {most_classes}); "
                "choose a file of class numbers."
            ).format(grouped(len(classes)), name=name, most_classes=_MOST_CLASSES)
        )


def balanced_parts(
    labels: Labels, examples: int, shares: tuple[float, ...], seed: int
) -> list[Rows]:
    """Return the rows for training, then those of each further part, all class-balanced.

    A further part has ``share * examples`` rows. Training has ``examples``, or as many as the
    other parts leave. The training rows are the same whatever the shares, as far as there are
    enough, and those of fewer examples are among those of more. Raises ``DataError`` if nothing is
    left for training.
    """
    rng = np.random.default_rng(seed)
    classes = [rng.permutation(np.flatnonzero(labels == k)) for k in np.unique(labels)]
    examples = min(examples, len(labels))
    parts: list[Rows] = []
    for share in shares:  # from the end, training from the beginning
        quotas = _quotas([len(rows) for rows in classes], round(share * examples))
        split = [
            np.split(rows, [len(rows) - quota]) for rows, quota in zip(classes, quotas, strict=True)
        ]
        classes = [rest for rest, _taken in split]
        parts.append(_mixed([taken for _rest, taken in split], rng))
    counts = [len(rows) for rows in classes]
    if not any(counts):
        raise DataError(tr("Validation and test leave no image to train on; make them smaller."))
    quotas = _quotas(counts, min(examples, sum(counts)))
    training = [rows[:quota] for rows, quota in zip(classes, quotas, strict=True)]
    return [_mixed(training, np.random.default_rng(seed)), *parts]


def _mixed(classes: list[Rows], rng: np.random.Generator) -> Rows:
    return rng.permutation(np.concatenate(classes))


def _quotas(available: list[int], count: int) -> list[int]:
    """Share ``count`` out as evenly as the ``available`` numbers allow."""
    quotas = [0] * len(available)
    smallest_first = sorted(range(len(available)), key=lambda k: available[k])
    for done, k in enumerate(smallest_first):
        quotas[k] = min(available[k], count // (len(available) - done))
        count -= quotas[k]
    return quotas
