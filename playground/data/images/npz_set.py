"""Sets of images in one ``.npz``, as Keras and MedMNIST give them away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playground.data.image_set import ImageSet
from playground.data.images.idx_set import read_labels
from playground.data.images.parts import ImageParts
from playground.data.npz import NpzFile, open_npz
from playground.errors import DataError
from playground.language import tr

_ARRAYS = {
    "train": (("x_train", "y_train"), ("train_images", "train_labels")),
    "validation": (("x_val", "y_val"), ("val_images", "val_labels")),
    "test": (("x_test", "y_test"), ("test_images", "test_labels")),
}
"""What the arrays of each part may be called."""


@contextmanager
def open_npz_set(path: Path) -> Iterator[ImageParts]:
    """Open an archive whose images are read while it is open."""
    with open_npz(path) as arrays:
        train, validation, test = (_part(arrays, part) for part in _ARRAYS)
        if train is None:
            raise DataError(
                tr(
                    "{name} must hold the arrays x_train and y_train, and may hold x_test and "
                    "y_test, as Keras's mnist.npz does; save it with these names."
                ).format(name=path.name)
            )
        yield ImageParts(train, validation, test)


def _part(arrays: NpzFile, part: str) -> ImageSet | None:
    for images, labels in _ARRAYS[part]:
        if images in arrays and labels in arrays:
            name = f"{arrays.name} ({part})"
            numbers = read_labels(arrays.open(labels), arrays.open(images))
            return ImageSet(name, partial(arrays.open, images), numbers)
    return None
