"""Pictures in files of their own, of which the classes are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from playground.data.dataset import Examples
from playground.data.image_set import Labels, Rows, brightness, check_size
from playground.data.images.decode import Bytes, Colour, Fit, Shape, decode, look
from playground.data.images.folder import PictureTree
from playground.data.progress import Progress
from playground.errors import DataError
from playground.language import Told, grouped, tr

_LOOKED_AT = 50
"""Pictures that tell whether there are colours."""
_NAMED = 3
_LONGEST_SIDE = 1024


@dataclass(frozen=True)
class PictureFiles:
    """Files of pictures, all made to one shape; those that cannot be read are left out."""

    name: str
    files: tuple[Path, ...]
    labels: Labels
    shape: Shape
    unreadable: list[tuple[Path, str]] = field(default_factory=list)
    """Those that were left out and what is wrong with them, filled while they are read."""

    @classmethod
    def of(cls, tree: PictureTree, part: str, shape: Shape) -> PictureFiles | None:
        """Return the pictures of a part; None if it has none."""
        classes = {name: number for number, name in enumerate(tree.classes)}
        found = [
            (file, classes[name])
            for name, files in tree.parts.get(part, {}).items()
            for file in files
        ]
        if not found:
            return None
        labels = np.array([label for _, label in found], np.int64)
        return cls(part, tuple(file for file, _ in found), labels, shape)

    def take(self, rows: list[Rows], progress: Progress) -> list[Examples]:
        """Read these pictures one by one."""
        height, width = self.shape.size
        pixel_shape = (height, width, 3) if self.shape.coloured else (height, width)
        total = sum(map(len, rows))
        check_size(self.name, total, pixel_shape)
        parts, done = [], 0
        for numbers in rows:
            pixels = np.empty((len(numbers), *pixel_shape), np.uint8)
            read = np.zeros(len(numbers), bool)
            for place, number in enumerate(numbers.tolist()):
                picture = self._read(self.files[number])
                if picture is not None:
                    pixels[place], read[place] = picture, True
                done += 1
                progress(done / total)
            sound = numbers[read]
            parts.append(Examples(brightness(pixels[read]), self.labels[sound], rows=sound))
        if self.unreadable and not any(map(len, parts)):
            raise DataError(
                tr("None of the pictures can be read. {0}").format(self.unreadable[0][1])
            )
        return parts

    def _read(self, file: Path) -> Bytes | None:
        try:
            picture = decode(file, self.shape)
        except DataError as error:
            self.unreadable.append((file, str(error)))
            return None
        if picture.shape[:2] != self.shape.size:
            height, width = picture.shape[:2]
            raise DataError(
                tr(
                    "{file} has {height} x {width} pixels, and {0} has {1} x {2}; choose a size, "
                    "and another fit than as they are."
                ).format(
                    self.files[0],
                    self.shape.size[0],
                    self.shape.size[1],
                    file=file,
                    height=height,
                    width=width,
                )
            )
        return picture


def shape_for(files: Sequence[Path], size: tuple[int, int], fit: Fit, colour: Colour) -> Shape:
    """Return what pictures are made to, after a look at some of them where that decides."""
    coloured = colour == "colour"
    if colour == "auto":
        some = files[:: max(1, len(files) // _LOOKED_AT)]
        coloured = any(_looked(file)[1] for file in some)
    if fit == "as_is":
        size = next((found for file in files if (found := _looked(file)[0])), (0, 0))
        if not 0 < max(size) <= _LONGEST_SIDE:
            raise DataError(
                tr(
                    "{0} has {1} x {2} pixels, too many to be used as they are (at most "
                    "{longest_side} along a side); choose another fit."
                ).format(
                    files[0],
                    grouped(size[0]),
                    grouped(size[1]),
                    longest_side=grouped(_LONGEST_SIDE),
                )
            )
    return Shape(size, fit, coloured)


def _looked(file: Path) -> tuple[tuple[int, int], bool]:
    try:
        return look(file)
    except DataError:
        return (0, 0), False  # told when its turn to be read comes


def notes_on(parts: Sequence[PictureFiles | None]) -> tuple[Told, ...]:
    """Return a sentence on the pictures that could not be read."""
    broken = [file for part in parts if part is not None for file, _ in part.unreadable]
    if not broken:
        return ()
    names = [f"{file.parent.name}/{file.name}" for file in broken[:_NAMED]]
    if len(broken) > _NAMED:
        names.append("...")
    return (
        lambda: tr("Pictures that cannot be read, left out ({0}): {1}.").format(
            grouped(len(broken)), ", ".join(names)
        ),
    )
