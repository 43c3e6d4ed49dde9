"""The container of a project file: a zip of named byte strings, read as if a stranger made it.

Entries are stored, never compressed: what is read can be no larger than the file itself.
"""

from __future__ import annotations

import io
import itertools
import json
import math
import os
import re
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray

from playground.errors import FileError
from playground.language import tr

F = TypeVar("F", bound=np.floating[Any])
LARGEST_FILE = 2**31 - 1
"""Bytes; also what a zip without its 64-bit extension holds."""
_MOST_ENTRIES = 4096
_LARGEST_JSON = 2**23  # a table of 10,000 columns, each with a plan, is some 3 MB
_DEEPEST_JSON = 64
_LONGEST_NUMBER = 18
_BEGINNING = struct.Struct("<4s5H3L2H")  # of an entry
_END = struct.Struct("<4s4H2LH")  # of the archive: 22 bytes
_LOCATOR_64 = b"PK\x06\x07"
_NPY = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '(<f[48])', 'fortran_order': False, "
    rb"'shape': \((|\d{1,9},|\d{1,9}(?:, \d{1,9}){1,7})\), \} *\n",
    re.DOTALL,
)


def write_archive(entries: Mapping[str, bytes]) -> bytes:
    """Return the file that holds the entries; equal entries give equal files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # dated 1980, on every machine
    return file.getvalue()


def read_archive(path: Path, names: re.Pattern[str]) -> dict[str, bytes]:
    """Return all entries; raise ``FileError`` if anything about the file is not as written here.

    ``names`` is what the whole name of every entry must match.
    """
    if not path.is_file():
        raise FileError(tr("there is no such file; check its name and folder."))
    with path.open("rb") as file:
        _check_end(file)
        try:
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
                _check_entries(entries, archive.start_dir, names)
                return {entry.filename: archive.read(entry) for entry in entries}
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
            raise FileError(tr("it is damaged ({error}).").format(error=error)) from error


def _check_end(file: BinaryIO) -> None:
    """Look at the last 22 bytes, before ``zipfile`` makes an object of every entry."""
    size = file.seek(0, os.SEEK_END)
    if size > LARGEST_FILE:
        raise FileError(tr("it is larger than 2 GB, which no project is."))
    if size < _END.size:
        raise FileError(tr("it is cut off, or no project at all."))
    file.seek(max(size - _END.size - 20, 0))
    tail = file.read()
    signature, *_, count, directory, _offset, comment = _END.unpack(tail[-_END.size :])
    if signature != b"PK\x05\x06" or comment:
        raise FileError(tr("it is cut off, or no project at all."))
    if _LOCATOR_64 in tail[:20] or count > _MOST_ENTRIES or directory > _MOST_ENTRIES * 256:
        raise FileError(tr("it has more parts than a project can have."))


def _check_entries(entries: list[zipfile.ZipInfo], end: int, names: re.Pattern[str]) -> None:
    for entry in entries:
        if not names.fullmatch(entry.filename):
            raise FileError(
                tr("it has a part that projects do not have: {0!r}.").format(entry.filename[:80])
            )
        plain = entry.compress_type == zipfile.ZIP_STORED and not entry.flag_bits & 1
        if not plain or entry.file_size != entry.compress_size:
            raise FileError(
                tr("its part {filename} is packed; projects are stored unpacked.").format(
                    filename=entry.filename
                )
            )
    if len({entry.filename for entry in entries}) != len(entries):
        raise FileError(tr("it has the same part twice."))
    entries = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [entry.header_offset for entry in entries] + [end]
    for entry, (start, next_start) in zip(entries, itertools.pairwise(starts), strict=True):
        length = _BEGINNING.size + len(entry.filename) + entry.file_size
        if start < 0 or start + length > next_start:
            raise FileError(tr("its parts overlap."))


def dump_json(value: Any) -> bytes:
    """Return the value as text that people can read and compare; ``FileError`` if it is long."""
    text = (json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
    if len(text) > _LARGEST_JSON:
        raise FileError(
            tr("The project's description would be larger than 8 MB; leave columns out.")
        )
    return text


def parse_json(content: bytes) -> Any:
    """Return the value of a small JSON text; raise ``FileError`` if it is not one."""
    if len(content) > _LARGEST_JSON:
        raise FileError(tr("its description is larger than 8 MB."))
    try:
        text = content.decode()
        if _depth(text) > _DEEPEST_JSON:
            raise FileError(tr("its description is nested too deeply."))
        value = json.loads(text, parse_constant=_refuse, parse_int=_short_integer)
        json.dumps(value, ensure_ascii=False).encode()  # finds halves of characters
    except ValueError as error:
        raise FileError(
            tr("its description is not valid ({error}).").format(error=error)
        ) from error
    return value


def _depth(text: str) -> int:
    """Return how deep lists and objects nest: the parser recurses, so it must not see too many."""
    outside_strings = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    steps = (1 if mark in "[{" else -1 for mark in re.findall(r"[\[{\]}]", outside_strings))
    return max(itertools.accumulate(steps), default=0)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not a number")


def _short_integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def dump_array(array: NDArray[np.floating[Any]]) -> bytes:
    """Return a float32 or float64 array as the bytes of an ``.npy`` file, little-endian."""
    array = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(array.shape)
    header = f"{{'descr': '{array.dtype.str}', 'fortran_order': False, 'shape': {array.shape}, }}"
    padded = header + " " * (-(len(header) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(padded)) + padded.encode() + array.tobytes()


def parse_array(content: bytes, kind: type[F]) -> NDArray[F]:
    """Return the read-only array of ``dump_array``; raise ``FileError`` for any other bytes.

    The general reader evaluates a header as Python; a pattern has less to go wrong.
    """
    header, dtype = _NPY.match(content), np.dtype(kind).newbyteorder("<")
    if not header or header.end() != 10 + int.from_bytes(content[8:10], "little"):
        raise FileError(tr("one of its arrays is not as the playground writes them."))
    if header[1].decode() != dtype.str:
        raise FileError(
            tr("one of its arrays is not {name}. Received: {0!r}.").format(
                header[1], name=kind.__name__
            )
        )
    shape = tuple(int(side) for side in re.findall(rb"\d+", header[2]))
    if math.prod(shape) * dtype.itemsize != len(content) - header.end():
        raise FileError(tr("one of its arrays is cut off or has too much."))
    values = np.frombuffer(content, dtype, offset=header.end()).astype(kind)
    values.flags.writeable = False
    return values.reshape(shape)
