"""Pictures in files, decoded by Pillow without trusting them.

Pillow is imported when the first picture is read: nothing else here needs it.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.component import Pair
from playground.data.files import opened
from playground.errors import DataError
from playground.language import grouped, tr

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

FORMATS = ("PNG", "JPEG", "BMP", "WEBP")
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp"})
MOST_PIXELS = 64_000_000
"""Of one picture; Pillow holds up to four bytes of each while it is decoded."""
MOST_BYTES = 256_000_000
Fit = Literal["pad", "crop", "stretch", "as_is"]
Colour = Literal["auto", "grey", "colour"]
Bytes = NDArray[np.uint8]
_DAMAGED = (
    OSError,  # among them Pillow's own: truncated, or of no known format
    SyntaxError,  # a PNG whose parts are broken
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for files that are no sound picture."""


@dataclass(frozen=True)
class Shape:
    """What every picture is made to: a size, unless it stays as it is, grey or of three colours."""

    size: Pair
    fit: Fit
    coloured: bool


def decode(path: Path, shape: Shape) -> Bytes:
    """Return a picture as ``(height, width)`` or ``(height, width, 3)``.

    It is turned as its camera says; what is transparent becomes white; of several pictures in a
    file it is the first. Raises ``DataError`` naming the file.
    """
    with opened(path) as file:
        try:
            with _open(file) as picture:
                _check(path, picture)
                if shape.fit != "as_is":  # a JPEG is decoded no larger than it is needed
                    picture.draft(None, (2 * shape.size[1], 2 * shape.size[0]))
                return _fitted(_plain(picture, coloured=shape.coloured), shape)
        except _DAMAGED as error:
            raise _unreadable(path, error) from error


def look(path: Path) -> tuple[Pair, bool]:
    """Return a picture's height and width, and whether it has colours; its pixels are not read."""
    with opened(path) as file:
        try:
            with _open(file) as picture:
                _check(path, picture)
                width, height = picture.size
                turned = picture.getexif().get(_ORIENTATION, 1) >= _FIRST_TURNED
                coloured = picture.mode not in _GREY_MODES and not _is_grey_palette(picture)
                return (width, height) if turned else (height, width), coloured
        except _DAMAGED as error:
            raise _unreadable(path, error) from error


_ORIENTATION, _FIRST_TURNED = 0x0112, 5
"""EXIF's tag, and its first value that swaps height and width."""
_GREY_MODES = frozenset({"1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L", "F"})


def _open(file: Any) -> Picture:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # it would only warn; ``_check`` refuses
    return Image.open(file, formats=FORMATS)


def _check(path: Path, picture: Picture) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or path.stat().st_size > MOST_BYTES:
        raise DataError(
            tr(
                "{path}: {width} x {height} pixels are too many (at most {most_pixels}); make it "
                "smaller."
            ).format(
                path=path,
                width=grouped(width),
                height=grouped(height),
                most_pixels=grouped(MOST_PIXELS),
            )
        )


def _unreadable(path: Path, error: BaseException) -> DataError:
    if isinstance(error, OSError) and error.errno is not None:
        raise error  # what the system says, not Pillow: ``opened`` puts it into words
    return DataError(
        tr("{path} is not a sound PNG, JPEG, BMP or WebP picture; get it again.").format(path=path)
    )


def _is_grey_palette(picture: Picture) -> bool:
    if picture.mode != "P" or picture.palette is None:
        return False
    red, green, blue = (
        np.frombuffer(bytes(picture.getpalette("RGB") or ()), np.uint8).reshape(-1, 3).T
    )
    return bool((red == green).all() and (green == blue).all())


def _plain(picture: Picture, *, coloured: bool) -> Picture:
    """Return the picture upright, opaque, with eight bits a pixel or, ``coloured``, three times."""
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith(("I", "F")):  # Pillow would cut 16 bits off at 255
        values = np.asarray(picture, np.float64) / 257
        picture = Image.fromarray(np.rint(np.clip(values, 0, 255)).astype(np.uint8))
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    return picture.convert("RGB" if coloured else "L")


def _fitted(picture: Picture, shape: Shape) -> Bytes:
    """Return the pixels, of the wanted size."""
    from PIL import Image, ImageOps

    size, smooth = shape.size[::-1], Image.Resampling.LANCZOS
    if shape.fit == "stretch":
        picture = picture.resize(size, smooth)
    elif shape.fit == "crop":
        picture = ImageOps.fit(picture, size, smooth)
    elif shape.fit == "pad":
        paper = _paper(picture)
        picture = ImageOps.pad(picture, size, smooth, color=paper)
    return np.asarray(picture, np.uint8)


def _paper(picture: Picture) -> tuple[int, ...] | int:
    """Return the colour that most of the edges are of: what is added there is not seen."""
    pixels = np.asarray(picture, np.uint8)
    sides = (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])
    middle = np.median(np.concatenate(sides), axis=0).astype(int).tolist()
    return tuple(middle) if isinstance(middle, list) else int(middle)
