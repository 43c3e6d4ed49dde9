"""The binary version of CIFAR-10: records of a label and 32 x 32 pixels of three colours.

A file holds 10,000 records of 1 + 3,072 bytes: the label, then all of red, of green and of blue,
each row by row (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from playground.data.array_stream import ArrayStream
from playground.data.dataset import Examples
from playground.data.files import listed, opened
from playground.data.image_set import Labels, Rows, brightness, check_size
from playground.data.images.parts import ImageParts
from playground.data.progress import Progress, part
from playground.errors import DataError
from playground.language import grouped, tr

SIDE, COLOURS = 32, 3
RECORD = 1 + SIDE * SIDE * COLOURS
_NAMES = "batches.meta.txt"
_USUAL = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
_MOST_RECORDS = 1_000_000
_LONGEST_NAMES = 10_000
_TEST = "test_batch.bin"
_NAME = re.compile(r"data_batch_\d+\.bin|test_batch\.bin")


@dataclass(frozen=True)
class CifarBatches:
    """Files of records, as one set."""

    name: str
    files: tuple[Path, ...]
    labels: Labels

    @classmethod
    def of(cls, files: tuple[Path, ...]) -> CifarBatches:
        """Read the labels of all files, after a look at their sizes."""
        labels = []
        for file in files:
            with _opened(file) as records:
                labels.append(records.read()[:, 0].astype(np.int64))
        return cls(files[0].name, files, np.concatenate(labels))

    def take(self, rows: list[Rows], progress: Progress) -> list[Examples]:
        """Read the images of these parts, a file after the other; no other image is held."""
        wanted = np.concatenate(rows)
        check_size(self.name, len(wanted), (SIDE, SIDE, COLOURS))
        pixels = np.empty((len(wanted), COLOURS, SIDE, SIDE), np.uint8)
        first = 0
        for number, file in enumerate(self.files):
            share = part(progress, number / len(self.files), (number + 1) / len(self.files))
            with _opened(file) as records:
                here = (wanted >= first) & (wanted < first + len(records))
                found = records.read_rows(wanted[here] - first, share)
                first += len(records)
            pixels[here] = found[:, 1:].reshape(-1, COLOURS, SIDE, SIDE)
        stops = np.cumsum([len(numbers) for numbers in rows])[:-1]
        return [
            Examples(brightness(images.transpose(0, 2, 3, 1)), self.labels[numbers], rows=numbers)
            for images, numbers in zip(np.split(pixels, stops), rows, strict=True)
        ]


@contextmanager
def _opened(file: Path) -> Iterator[ArrayStream]:
    """Open a file as an array of records, ``(n, RECORD)``."""
    with opened(file) as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        count, rest = divmod(size, RECORD)
        if rest or not 0 < count <= _MOST_RECORDS:
            raise DataError(
                tr(
                    "{name} must hold records of {record} bytes, a label and 32 x 32 x 3 pixels, "
                    "as CIFAR-10's binary version has. Received: {size} bytes. Get it again."
                ).format(name=file.name, record=grouped(RECORD), size=grouped(size))
            )
        yield ArrayStream(file.name, stream, (count, RECORD), np.dtype(np.uint8))


def is_cifar(path: Path) -> bool:
    """Return whether this is one of the files of CIFAR-10's binary version, or their folder."""
    return bool(_batches(path) if path.is_dir() else _NAME.fullmatch(path.name))


def cifar_set(path: Path) -> tuple[ImageParts, dict[int, str]]:
    """Return the set of which ``path`` is the folder or one of the files, and the names of labels.

    Without the file of names beside them they are CIFAR-10's.
    """
    folder = path if path.is_dir() else path.parent
    files = _batches(folder)
    training = tuple(file for file in files if file.name != _TEST)
    if not training:
        raise DataError(
            tr(
                "{folder}: there is no file data_batch_1.bin; needed are data_batch_1.bin to "
                "data_batch_5.bin and {test} of CIFAR-10's binary version."
            ).format(folder=folder, test=_TEST)
        )
    test = CifarBatches.of((folder / _TEST,)) if len(files) > len(training) else None
    return ImageParts(CifarBatches.of(training), test=test), _label_names(folder)


def _batches(folder: Path) -> list[Path]:
    return [file for file in listed(folder) if _NAME.fullmatch(file.name)]


def _label_names(folder: Path) -> dict[int, str]:
    path = folder / _NAMES
    if not path.is_file():
        return dict(enumerate(_USUAL))
    with opened(path) as file:
        lines = file.read(_LONGEST_NAMES).decode("utf-8", "replace").splitlines()
    return dict(enumerate(line.strip() for line in lines if line.strip()))
