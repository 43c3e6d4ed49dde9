"""Folders of pictures, one for each class, perhaps within folders for training and test."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playground.data.dataset import part_name
from playground.data.files import listed
from playground.data.images.decode import SUFFIXES
from playground.data.progress import Progress
from playground.errors import DataError
from playground.language import Told, grouped, mark, tr, tr_declared

PARTS = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "test": "test",
    "testing": "test",
}
"""What folders of parts are called, in small letters, and the parts."""
MOST_FILES = 2_000_000
_DEEPEST = 3
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_NOT_PICTURES, _HIDDEN, _DEEPER, _LOOSE = (
    mark("files that are no pictures"),
    mark("hidden files"),
    mark("folders within those of the classes"),
    mark("pictures outside the folders of the classes"),
)


@dataclass
class PictureTree:
    """The pictures of each class of each part, and how many other things lie among them."""

    parts: dict[str, dict[str, list[Path]]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def classes(self) -> list[str]:
        """The classes of the training part that have pictures, in order."""
        return [name for name, files in self.parts["train"].items() if files]

    @property
    def notes(self) -> tuple[Told, ...]:
        """A sentence on what was left out, if anything was."""
        counts = dict(self.left_out)  # and not the tree, which is large

        def told() -> str:
            words = [f"{tr_declared(what)} ({grouped(count)})" for what, count in counts.items()]
            return tr("Left out: {0}.").format(", ".join(words))

        return (told,) if counts else ()


def find_pictures(folder: Path, progress: Progress) -> PictureTree:
    """Return the pictures in a folder of classes, or in one of parts with such folders.

    Raises ``DataError`` if there are no pictures or only one class.
    """
    tree = PictureTree()
    top = _top(folder)
    inner = _folders(top)
    named = {PARTS.get(one.name.lower()): one for one in inner}
    if "train" in named and None not in named and _folders(named["train"]):
        for part, place in named.items():
            tree.parts[str(part)] = _classes_in(place, tree, progress)
    else:
        tree.parts["train"] = _classes_in(top, tree, progress)
    _check(folder, tree)
    return tree


def _top(folder: Path) -> Path:
    """Return the folder in which something is to be chosen: some archives pack one in another."""
    for _ in range(_DEEPEST):
        inner = _folders(folder)
        if len(inner) != 1 or any(_is_picture(file) for file in listed(folder)):
            return folder
        if not _folders(inner[0]):
            return folder
        folder = inner[0]
    return folder


def _folders(folder: Path) -> list[Path]:
    return [one for one in listed(folder) if one.is_dir() and not one.name.startswith((".", "__"))]


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _classes_in(folder: Path, tree: PictureTree, progress: Progress) -> dict[str, list[Path]]:
    """Return the pictures of each class folder; whatever else there is, is counted."""
    for file in listed(folder):
        if not file.is_dir():
            _count(file, tree, among=_LOOSE)
    classes = {}
    for place in sorted(_folders(folder), key=_natural):
        progress(0.0)
        classes[place.name] = list(_pictures_in(place, tree))
        if sum(map(len, classes.values())) > MOST_FILES:
            raise DataError(
                tr(
                    "{folder}: there are more than {most_files} pictures; choose a part of them."
                ).format(folder=folder, most_files=grouped(MOST_FILES))
            )
    return classes


def _pictures_in(folder: Path, tree: PictureTree) -> Iterator[Path]:
    for file in listed(folder):
        if file.is_dir():
            tree.left_out[_DEEPER] += 1
        elif _is_picture(file):
            yield file
        else:
            _count(file, tree)


def _count(file: Path, tree: PictureTree, among: str = _NOT_PICTURES) -> None:
    hidden = file.name.startswith(".") or file.name.lower() in _LITTER
    kind = _HIDDEN if hidden else among if _is_picture(file) else _NOT_PICTURES
    tree.left_out[kind] += 1


def _natural(path: Path) -> tuple[tuple[int, str], ...]:
    """Return a key that puts class 10 after class 9."""
    words = re.split(r"(\d+)", path.name.lower())
    return tuple((int(word), "") if word.isdecimal() else (-1, word) for word in words)


def _check(folder: Path, tree: PictureTree) -> None:
    classes = tree.classes
    if not classes:
        raise DataError(
            tr("{folder}: there is no picture in a folder of a class; {layout}.").format(
                folder=folder, layout=_layout()
            )
        )
    if len(classes) < 2:
        raise DataError(
            tr(
                "{folder}: all pictures are of one class, {0!r}, and it takes two to learn "
                "anything; {layout}."
            ).format(classes[0], folder=folder, layout=_layout())
        )
    for part, found in tree.parts.items():
        for name, files in found.items():
            if files and name not in classes:
                raise DataError(
                    tr(
                        "{parent}: there are pictures for {part} of a class that is not among "
                        "those to train on; add some, or take this folder away. There are: {0}."
                    ).format(", ".join(classes[:20]), parent=files[0].parent, part=part_name(part))
                )


def _layout() -> str:
    return tr(
        "there must be a folder for each class with its PNG, JPEG, BMP or WebP pictures in it; "
        "these folders may be within folders train and test"
    )
