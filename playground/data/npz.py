"""Archives of arrays as ``numpy.savez`` writes them, read without trusting them."""

from __future__ import annotations

import struct
import tokenize
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

import numpy as np

from playground.data.array_stream import DAMAGED, ArrayStream
from playground.data.files import opened
from playground.errors import DataError
from playground.language import tr

_MOST_ENTRIES = 100
_LOCAL_HEADER = struct.Struct("<26x2H")  # ends with the lengths of the name and of the extra field
_LONGEST_NPY_HEADER = 2_000
_INTEGERS = ["|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8"]


class NpzFile:
    """The arrays of whole numbers in an ``.npz``, by name; open it with ``open_npz``."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name = name
        self._archive = archive

    def __contains__(self, array: str) -> bool:
        return f"{array}.npy" in self._archive.namelist()

    @contextmanager
    def open(self, array: str) -> Iterator[ArrayStream]:
        """Open one array and check its header: no pickled objects, nothing but whole numbers."""
        name = tr("{array} in {name}").format(array=array, name=self.name)
        try:
            with self._archive.open(f"{array}.npy") as file:
                yield ArrayStream(name, file, *_header(name, file))
        except (*DAMAGED, NotImplementedError, UnicodeDecodeError) as error:
            raise DataError(
                tr("{name}: the compressed data is damaged; get it again.").format(name=name)
            ) from error


def _header(name: str, file: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Return the shape and the type of the array that begins here."""
    try:
        version = np.lib.format.read_magic(file)
        if version != (1, 0):
            raise ValueError(f"npy version {version}")
        shape, columns_first, dtype = np.lib.format.read_array_header_1_0(
            file, max_header_size=_LONGEST_NPY_HEADER
        )
    except (ValueError, SyntaxError, tokenize.TokenError) as error:
        raise DataError(
            tr("{name} is not a plain NumPy array; save it again.").format(name=name)
        ) from error
    if dtype.str not in _INTEGERS:
        raise DataError(
            tr(
                "{name} must hold whole numbers (pixels 0 to 255 as uint8). Received: {dtype}. "
                "Save it with .astype('uint8')."
            ).format(name=name, dtype=dtype)
        )
    if columns_first or not shape:
        raise DataError(
            tr("{name} must be stored row by row; save it with numpy.ascontiguousarray.").format(
                name=name
            )
        )
    return shape, dtype


@contextmanager
def open_npz(path: Path) -> Iterator[NpzFile]:
    """Open an archive after a look at its directory, so that no zip bomb is unpacked."""
    with opened(path) as file:
        try:
            archive = zipfile.ZipFile(file)
            _check(archive, file)
        except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error) as error:
            raise DataError(
                tr("{name} is not a sound .npz archive; get it again.").format(name=path.name)
            ) from error
        with archive:
            yield NpzFile(path.name, archive)


def _check(archive: zipfile.ZipFile, file: BinaryIO) -> None:
    """Raise ``BadZipFile`` for what no honest archive has: entries that overlap or are hidden."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    if len(entries) > _MOST_ENTRIES or len({entry.filename for entry in entries}) < len(entries):
        raise zipfile.BadZipFile("too many entries, or two of one name")
    ends = [entry.header_offset for entry in entries[1:]] + [archive.start_dir]
    for entry, end in zip(entries, ends, strict=True):
        if entry.flag_bits & 1 or entry.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            raise zipfile.BadZipFile("encrypted, or packed in an unusual way")
        file.seek(entry.header_offset)
        name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        if entry.header_offset + _LOCAL_HEADER.size + name + extra + entry.compress_size > end:
            raise zipfile.BadZipFile("overlapping entries")
