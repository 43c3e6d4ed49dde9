"""The IDX format, in which the MNIST database is given away.

Big-endian: two zero bytes, the type of the values, the number of dimensions, each dimension as
four bytes, then the values.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from playground.data.array_stream import DAMAGED, ArrayStream, Readable
from playground.data.files import opened
from playground.errors import DataError
from playground.language import tr

_GZIP = b"\x1f\x8b"
_UNSIGNED_BYTE = 0x08


@contextmanager
def open_idx(path: Path, dimensions: int) -> Iterator[ArrayStream]:
    """Open an IDX file of bytes, gzipped or not, and check its header.

    ``dimensions`` is 3 for images ``(n, height, width)`` and 1 for labels ``(n,)``.
    """
    with opened(path) as file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        values: Readable = gzip.GzipFile(fileobj=file) if packed else file
        yield ArrayStream(path.name, values, _shape(values, path, dimensions), np.dtype(np.uint8))


def _shape(file: Readable, path: Path, dimensions: int) -> tuple[int, ...]:
    size = 4 + 4 * dimensions
    try:
        header = file.read(size)
    except DAMAGED as error:
        raise DataError(
            tr("{name}: the compressed data is damaged; get it again.").format(name=path.name)
        ) from error
    expected = bytes((0, 0, _UNSIGNED_BYTE, dimensions))
    if header[:4] != expected[: len(header)] or not header:
        what = tr("images") if dimensions == 3 else tr("labels")
        raise DataError(
            tr(
                "{name} is not an IDX file of {what}: it should begin with {0}. Received: {1}. "
                "Choose the file again, or download it again."
            ).format(
                expected.hex(" "),
                header[:4].hex(" ") or tr("an empty file"),
                name=path.name,
                what=what,
            )
        )
    if len(header) < size:
        raise DataError(
            tr("{name}: the file ends within its header; get it again.").format(name=path.name)
        )
    return struct.unpack(f">{dimensions}I", header[4:])
