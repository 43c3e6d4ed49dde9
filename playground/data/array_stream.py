"""An array in a file, read row by row so that only the wanted rows are ever held."""

from __future__ import annotations

import gzip
import math
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from playground.data.progress import Progress, unwatched
from playground.errors import DataError
from playground.language import tr

CHUNK = 1 << 20
"""Bytes read between two reports of progress: a few milliseconds, so that Cancel is prompt."""
DAMAGED = (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error)
"""What unpacking raises."""


class Readable(Protocol):
    """A file, as it is or being unpacked."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""


@dataclass(frozen=True)
class ArrayStream:
    """The values of an array, whose header has been read and checked, waiting in a file.

    ``shape`` and ``dtype`` are what the header claims; each read holds the file to it, neither
    too short nor too long.
    """

    name: str
    file: Readable
    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]

    def __len__(self) -> int:
        return self.shape[0]

    def read(self, progress: Progress = unwatched) -> NDArray[np.generic]:
        """Return the whole array; memory is taken as values come, not as the header claims."""
        blocks = [block for _start, block in self._blocks(progress)]
        return np.concatenate(blocks) if blocks else np.empty(self.shape, self.dtype)

    def read_rows(
        self, rows: NDArray[np.intp], progress: Progress = unwatched
    ) -> NDArray[np.generic]:
        """Return these rows, in this order."""
        wanted = np.empty((len(rows), *self.shape[1:]), self.dtype)
        order = np.argsort(rows)
        ascending = rows[order]
        for start, block in self._blocks(progress):
            first, last = np.searchsorted(ascending, (start, start + len(block)))
            wanted[order[first:last]] = block[ascending[first:last] - start]
        return wanted

    def _blocks(self, progress: Progress) -> Iterator[tuple[int, NDArray[np.generic]]]:
        """Yield pieces of some ``CHUNK`` bytes with the number of their first row."""
        row_bytes = self.dtype.itemsize * math.prod(self.shape[1:])
        height = max(1, CHUNK // max(1, row_bytes))
        for start in range(0, len(self), height):
            count = min(height, len(self) - start)
            data = self._exactly(count * row_bytes)
            yield start, np.frombuffer(data, self.dtype).reshape(count, *self.shape[1:])
            progress((start + count) / len(self))
        if self._next(1):
            raise DataError(
                tr(
                    "{name}: there are more values than its header says ({0}); the file is "
                    "damaged, get it again."
                ).format(" x ".join(map(str, self.shape)), name=self.name)
            )

    def _exactly(self, count: int) -> bytes:
        parts = []
        missing = count
        while missing:
            piece = self._next(missing)
            if not piece:
                raise DataError(
                    tr(
                        "{name}: the file ends too early for the {0} values of its header; it was "
                        "cut off, get it again."
                    ).format(" x ".join(map(str, self.shape)), name=self.name)
                )
            parts.append(piece)
            missing -= len(piece)
        return b"".join(parts)

    def _next(self, count: int) -> bytes:
        try:
            return self.file.read(count)
        except DAMAGED as error:
            raise DataError(
                tr("{name}: the compressed data is damaged; get it again.").format(name=self.name)
            ) from error
