"""Images of handwritten digits: the MNIST database in the box, and files of the user's."""

from __future__ import annotations

import math
import re
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ClassVar

import numpy as np

from playground.component import param
from playground.data.array_stream import ArrayStream
from playground.data.dataset import Dataset
from playground.data.files import find, listed
from playground.data.idx import open_idx
from playground.data.image_set import ImageSet, Labels, balanced_parts, check_classes
from playground.data.npz import open_npz
from playground.data.progress import Progress, part, unwatched
from playground.data.sources.base import DataSource
from playground.errors import DataError

_NAME = re.compile(
    r"(?P<set>.*?)(?P<part>train|t10k|test)-(?P<content>images|labels)[-.]idx[13][-.]ubyte(\.gz)?",
    re.IGNORECASE,
)
"""What the files of an MNIST-like set are called; some have the name of the set in front."""

_PARTS = ("train", "test")
_MOST_IMAGES = 10_000_000
_EXPECTED = (
    "the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and "
    "t10k-labels-idx1-ubyte (each may end in .gz)"
)


@dataclass(frozen=True)
class DigitSource(DataSource, abstract=True):
    """Images with class numbers, of which a class-balanced part is taken."""

    examples: int = param(
        10_000,
        low=100,
        high=60_000,
        log=True,
        doc="Training images, the same number of every class. Fewer train faster.",
    )
    validation_split: float = param(
        0.1, low=0.0, high=0.8, doc="Images for validation, as a share of the training images."
    )


@dataclass(frozen=True)
class MnistDigits(DigitSource):
    """The MNIST database of handwritten digits (LeCun, Cortes): 28 x 28 pixels, ten classes."""

    title: ClassVar[str] = "MNIST digits"

    def load(self, progress: Progress = unwatched) -> Dataset:
        return _load_idx(self, self.title, find(Path("datasets", "mnist")), 0.0, progress)


@dataclass(frozen=True)
class ImageFiles(DigitSource):
    """MNIST-like files of the user's: IDX, gzipped or not, or Keras's ``mnist.npz``."""

    title: ClassVar[str] = "Image files"

    path: Path = param(
        Path(), doc="A folder with the four IDX files, one of these files, or an mnist.npz."
    )
    test_split: float = param(
        0.2,
        low=0.0,
        high=0.8,
        doc="Share of the images for the last test, where there are no files for it.",
    )

    def load(self, progress: Progress = unwatched) -> Dataset:
        path = find(self.path)
        if path.suffix.lower() == ".npz":
            return _load_npz(self, path, self.test_split, progress)
        folder = path if path.is_dir() else path.parent
        return _load_idx(self, folder.resolve().name, path, self.test_split, progress)


def _load_idx(
    source: DigitSource, title: str, path: Path, test_split: float, progress: Progress
) -> Dataset:
    files = _idx_files(path)
    sets = [
        ImageSet(images.name, partial(open_idx, images, 3), _labels(open_idx(labels, 1)))
        for images, labels in files
    ]
    return _dataset(source, title, sets, test_split, progress)


def _load_npz(source: DigitSource, path: Path, test_split: float, progress: Progress) -> Dataset:
    with open_npz(path) as arrays:
        if "x_train" not in arrays or "y_train" not in arrays:
            raise DataError(
                f"{path.name} must hold the arrays x_train and y_train, and may hold x_test and "
                "y_test, as Keras's mnist.npz does; save it with these names."
            )
        parts = ["train", "test"] if "x_test" in arrays and "y_test" in arrays else ["train"]
        sets = [
            ImageSet(
                f"{path.name} ({name})",
                partial(arrays.open, f"x_{name}"),
                _labels(arrays.open(f"y_{name}")),
            )
            for name in parts
        ]
        return _dataset(source, path.name, sets, test_split, progress)


def _labels(opening: AbstractContextManager[ArrayStream]) -> Labels:
    with opening as stream:
        if math.prod(stream.shape) != len(stream) or len(stream) > _MOST_IMAGES:
            raise DataError(
                f"{stream.name} must hold one class number for each of at most {_MOST_IMAGES:,} "
                f"images. Received: {' x '.join(map(str, stream.shape))} values."
            )
        if not len(stream):
            raise DataError(f"{stream.name}: there is no image in it; choose another file.")
        return stream.read().reshape(-1).astype(np.int64)


def _dataset(
    source: DigitSource, title: str, sets: list[ImageSet], test_split: float, progress: Progress
) -> Dataset:
    classes, labels = np.unique(np.concatenate([s.labels for s in sets]), return_inverse=True)
    check_classes(title, classes)
    numbers = np.split(labels.astype(np.int64), [len(sets[0].labels)])
    firsts = (0, len(numbers[0]))
    train, *rest = [
        replace(s, labels=part, first=first)
        for s, part, first in zip(sets, numbers, firsts, strict=False)
    ]
    shares = (source.validation_split,) if rest else (source.validation_split, test_split)
    rows = balanced_parts(train.labels, source.examples, shares, source.seed)
    parts = train.take(rows, part(progress, 0, 0.9 if rest else 1))
    for test in rest:
        parts += test.take([np.arange(len(test.labels))], part(progress, 0.9, 1))
    training, validation, last = parts
    if training.input_shape != last.input_shape:
        raise DataError(
            f"{title}: the images for training and test differ in size; choose files that belong "
            f"together. Received: {training.input_shape} and {last.input_shape}."
        )
    return Dataset(title, training, validation, last, classes=tuple(map(str, classes.tolist())))


def _idx_files(path: Path) -> list[tuple[Path, Path]]:
    """Return the files of the images and labels for training and, if there are any, for the test.

    ``path`` is their folder, or one of them.
    """
    folder, chosen = (path, None) if path.is_dir() else (path.parent, _NAME.fullmatch(path.name))
    if not path.is_dir() and not chosen:
        raise DataError(f"{path}: this is not one of {_EXPECTED}, nor an .npz archive.")
    found: dict[tuple[str, str], Path] = {}
    for file in listed(folder):
        match = _NAME.fullmatch(file.name)
        if match and (chosen is None or match["set"] == chosen["set"]):
            found[_role(match)] = _only(found.get(_role(match)), file)
    for content in ("images", "labels"):
        if ("train", content) not in found:
            raise DataError(f"{folder}: there is no file train-{content}; needed are {_EXPECTED}.")
    pairs = [(found.get((part, "images")), found.get((part, "labels"))) for part in _PARTS]
    return [(images, labels) for images, labels in pairs if images and labels]


def _role(match: re.Match[str]) -> tuple[str, str]:
    part = "train" if match["part"].lower() == "train" else "test"
    return part, match["content"].lower()


def _only(other: Path | None, file: Path) -> Path:
    """Return the file, unless another plays the same part under another name."""
    if other is not None and other.name.removesuffix(".gz") != file.name.removesuffix(".gz"):
        raise DataError(
            f"{file.parent}: {other.name} and {file.name} are both there; choose one of the files "
            "rather than the folder."
        )
    return other or file  # the unpacked file comes first in the folder
