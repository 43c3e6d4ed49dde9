"""The files that make up a set of images in the IDX format, and what their labels mean."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import numpy as np

from playground.data.array_stream import ArrayStream
from playground.data.files import listed, opened
from playground.data.idx import open_idx
from playground.data.image_set import ImageSet, Labels
from playground.data.images.parts import ImageParts
from playground.errors import DataError
from playground.language import grouped, tr, tr_n

NAME = re.compile(
    r"(?P<set>.*?)(?P<part>train|t10k|test)-(?P<content>images|labels)[-.]idx[13][-.]ubyte(\.gz)?",
    re.IGNORECASE,
)
"""What the files of an MNIST-like set are called; some have the name of the set in front."""
_PARTS = ("train", "test")
_MOST_IMAGES = 10_000_000
_LONGEST_MAPPING = 100_000
_OTHER_NAMES = (("images", "labels"), ("image", "label"), ("idx3", "idx1"))


def idx_set(path: Path, *, turned: bool = False, white: int = 255) -> ImageParts:
    """Return the set of which ``path`` is the folder or one of the files."""
    pairs = [idx_pair(*files, turned=turned, white=white) for files in idx_files(path)]
    return ImageParts(pairs[0], test=pairs[1] if len(pairs) > 1 else None)


def idx_pair(images: Path, labels: Path, *, turned: bool = False, white: int = 255) -> ImageSet:
    """Return the images of one file with the labels of another."""
    numbers = read_labels(open_idx(labels, 1), open_idx(images, 3))
    return ImageSet(images.name, partial(open_idx, images, 3), numbers, turned, white)


def read_labels(
    opening: AbstractContextManager[ArrayStream], images: AbstractContextManager[ArrayStream]
) -> Labels:
    """Return the labels in a file, ``(n,)``, wherever its other dimensions are 1.

    That there are as many images is checked before any label is read.
    """
    with opening as stream:
        _check_labels(stream)
        with images as pixels:
            if len(pixels) != len(stream):
                raise DataError(
                    tr(
                        "{name}: there are {0} images but {1} labels; choose the labels that "
                        "belong to these images."
                    ).format(grouped(len(pixels)), grouped(len(stream)), name=pixels.name)
                )
        return stream.read().reshape(-1).astype(np.int64)


def _check_labels(stream: ArrayStream) -> None:
    if math.prod(stream.shape) != len(stream) or len(stream) > _MOST_IMAGES:
        text = tr(
            "{name} must hold one class number for each of at most {most} images. Received: "
            "{shape} values."
        )
        shape = " x ".join(map(str, stream.shape))
        raise DataError(text.format(name=stream.name, most=grouped(_MOST_IMAGES), shape=shape))
    if not len(stream):
        text = tr("{name}: there is no image in it; choose another file.")
        raise DataError(text.format(name=stream.name))


def is_idx_name(path: Path) -> bool:
    """Return whether a file is called as those of an MNIST-like set are."""
    return NAME.fullmatch(path.name) is not None


def idx_files(path: Path) -> list[tuple[Path, Path]]:
    """Return the files of the images and labels for training and, if there are any, for the test.

    ``path`` is their folder, or one of them.
    """
    folder, chosen = (path, None) if path.is_dir() else (path.parent, NAME.fullmatch(path.name))
    if not path.is_dir() and not chosen:
        raise DataError(
            tr("{path}: this is not one of {expected}, nor an .npz archive.").format(
                path=path, expected=_expected()
            )
        )
    found: dict[tuple[str, str], Path] = {}
    for file in listed(folder):
        match = NAME.fullmatch(file.name)
        if match and (chosen is None or match["set"] == chosen["set"]):
            found[_role(match)] = _only(found.get(_role(match)), file)
    for content in ("images", "labels"):
        if ("train", content) not in found:
            raise DataError(
                tr("{folder}: there is no file train-{content}; needed are {expected}.").format(
                    folder=folder, content=content, expected=_expected()
                )
            )
    pairs = [(found.get((part, "images")), found.get((part, "labels"))) for part in _PARTS]
    return [(images, labels) for images, labels in pairs if images and labels]


def _expected() -> str:
    return tr(
        "the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte "
        "and t10k-labels-idx1-ubyte (each may end in .gz)"
    )


def _role(match: re.Match[str]) -> tuple[str, str]:
    part = "train" if match["part"].lower() == "train" else "test"
    return part, match["content"].lower()


def _only(other: Path | None, file: Path) -> Path:
    """Return the file, unless another plays the same part under another name."""
    if other is not None and other.name.removesuffix(".gz") != file.name.removesuffix(".gz"):
        raise DataError(
            tr(
                "{parent}: {name} and {file_name} are both there; choose one of the files rather "
                "than the folder."
            ).format(parent=file.parent, name=other.name, file_name=file.name)
        )
    return other or file  # the unpacked file comes first in the folder


def labels_beside(images: Path) -> Path:
    """Return the file of labels that belongs to a file of images, whatever both are called.

    It has the name that goes with that of the images, or is the only one with as many labels.
    """
    with open_idx(images, 3) as stream:
        count = len(stream)
    for ours, theirs in _OTHER_NAMES:
        other = images.with_name(images.name.replace(ours, theirs))
        if ours in images.name and other != images and other.is_file():
            return other
    fitting = [file for file in listed(images.parent) if _label_count(file) == count]
    if len(fitting) != 1:
        some = tr_n("{0} file", "{0} files", len(fitting)).format(len(fitting))
        found = some if fitting else tr("no file")
        raise DataError(
            tr(
                "{images}: choose the file with its {count} labels in the IDX format. Beside it: "
                "{found} of so many."
            ).format(images=images, count=grouped(count), found=found)
        )
    return fitting[0]


def _label_count(file: Path) -> int | None:
    try:
        with open_idx(file, 1) as stream:
            return len(stream)
    except DataError:
        return None  # something else that lies in this folder


def is_turned(path: Path) -> bool:
    """Return whether images of this name are stored column by column, as EMNIST's are."""
    return "emnist" in path.name.lower()


def label_names(images: Path, labels: Labels) -> Mapping[int, str] | None:
    """Return the names of the labels, from EMNIST's ``...-mapping.txt`` beside the images.

    None if there is none: then a label is its own name.
    """
    match = NAME.fullmatch(images.name)
    prefixes = (match["set"], "") if match else ("",)
    for prefix in prefixes:
        mapping = images.with_name(f"{prefix}mapping.txt")
        if mapping.is_file():
            return _mapping(mapping)
    if match and "letters" in match["set"].lower() and set(np.unique(labels)) <= set(range(1, 27)):
        return {number: chr(ord("A") + number - 1) for number in range(1, 27)}
    return None


def _mapping(path: Path) -> dict[int, str]:
    """Return what a file says that has a label and the codes of its characters in each line."""
    with opened(path) as file:
        text = file.read(_LONGEST_MAPPING).decode("ascii", "replace")
    names = {}
    for line, words in enumerate((row.split() for row in text.splitlines()), 1):
        if not words:
            continue
        try:
            label, first, *_others = map(int, words)
            names[label] = chr(first)
        except (ValueError, OverflowError):
            raise DataError(
                tr(
                    "{path}, line {line}: there must be a label and the code of its character, "
                    "such as '0 48'. Received: {0!r}."
                ).format(" ".join(words)[:40], path=path, line=line)
            ) from None
    return names
