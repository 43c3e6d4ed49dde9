"""The beginning of a long file, as a file of its own that is read in no time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playground.data.files import opened

LONG = 1 << 19
"""Bytes of a file that is not read as a whole while somebody waits."""
_TAKEN = 1 << 17
_WIDE = 1 << 20
_LINES = 20


@contextmanager
def beginning(path: Path) -> Iterator[Path]:
    """Write the first lines of a file to a file of the same name, which goes away again.

    What is wrong in them is so at the same line as in the whole.
    """
    with opened(path) as file:
        data = file.read(_TAKEN)
        while data.count(b"\n") < _LINES and len(data) < 8 * _WIDE and (more := file.read(_WIDE)):
            data += more  # a table of thousands of columns
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder, path.name)
        part.write_bytes(_whole_lines(data))
        yield part


def _whole_lines(data: bytes) -> bytes:
    """Cut after the last line that ends outside of quotation marks."""
    mark = b"\n\0" if data.startswith(b"\xff\xfe") else b"\n"
    end = len(data)
    while (end := data.rfind(mark, 0, end)) >= 0:
        if data.count(b'"', 0, end) % 2 == 0:
            return data[: end + len(mark)]
    return data
