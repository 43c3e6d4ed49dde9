"""The bytes of a text file: what encoding they are in, and whether they are text at all."""

from __future__ import annotations

import codecs
import io
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from playground.data.files import opened
from playground.data.progress import Progress, unwatched
from playground.data.tables.options import TextEncoding
from playground.errors import DataError
from playground.language import mark, tr, tr_declared

_PIECE = 1 << 20
_FEED = ord("\n")
_LOOK = 1 << 12  # bytes that tell whether a file is text
_BOMS = {  # in this order: the mark of UTF-32 begins with that of UTF-16
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SPREADSHEET = mark(
    "{name} is a spreadsheet, not text; open it in your spreadsheet program and save it as CSV."
)
_PACKED = mark("{name} is a packed file; unpack it, and choose the CSV file that was in it.")
_PICTURE = mark("{name} is a picture; to learn from pictures, choose the folder they are in.")
_NO_TEXT = mark("{name} is not a text file; choose a CSV file.")
_SIGNS = {
    b"PK\x03\x04": mark(
        "{name} is a packed file or a spreadsheet; unpack it, or save the spreadsheet as CSV."
    ),
    b"\xd0\xcf\x11\xe0": _SPREADSHEET,
    b"\x1f\x8b": _PACKED,
    b"BZh": _PACKED,
    b"\xfd7zXZ": _PACKED,
    b"7z\xbc\xaf": _PACKED,
    b"Rar!": _PACKED,
    b"(\xb5/\xfd": _PACKED,
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"%PDF": mark(
        "{name} is a PDF document; copy its table into a spreadsheet program and save it as CSV."
    ),
    b"SQLite format 3": mark("{name} is a database; export the table you want as CSV."),
    b"\x93NUMPY": _NO_TEXT,
    b"\x89HDF": _NO_TEXT,
    b"PAR1": _NO_TEXT,
}
_CONTROLS = bytes({*range(27)} - set(b"\t\n\v\f\r"))  # 28 to 31 separate fields


@dataclass(frozen=True)
class Bytes:
    """What a look at all bytes of a text file has told."""

    encoding: str
    lenient: bool
    """Whether bytes may be without a meaning: nobody chose this encoding."""
    size: int
    lines: int
    """No fewer than the lines of text there are."""


def scan(path: Path, chosen: TextEncoding = "auto", progress: Progress = unwatched) -> Bytes:
    """Look at all of a file; raise ``DataError`` if it is no text, or not in the chosen encoding.

    Found by itself are: what a byte order mark says, UTF-16 without one by its zeros, UTF-8 if
    all of it fits, else cp1252.
    """
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        look = _Look(path, file.read(_LOOK), chosen)
        file.seek(0)
        while piece := file.read(min(_PIECE, size - file.tell())):
            look.at(piece)
            progress(file.tell() / size)
        look.at(b"", final=True)
        return Bytes(look.encoding, look.lenient, file.tell(), look.lines)


def scan_beginning(path: Path, chosen: TextEncoding = "auto", most: int = _PIECE) -> Bytes:
    """Look at the first ``most`` bytes of a file in the same way."""
    with opened(path) as file:
        start = file.read(most)
        look = _Look(path, start[:_LOOK], chosen)
        look.at(start)
        return Bytes(look.encoding, look.lenient, len(start), look.lines)


class _Look:
    """The encoding of a file, as far as it has been looked at."""

    def __init__(self, path: Path, start: bytes, chosen: TextEncoding) -> None:
        _check_kind(path, start)
        self.encoding = _begun_as(start) if chosen == "auto" else _as_chosen(chosen, start)
        self.lenient = False
        self.lines = 1
        self._path = path
        self._may_change = chosen == "auto" and self.encoding == "utf-8"
        self._wide = _is_wide(self.encoding)
        self._decoder = codecs.getincrementaldecoder(self.encoding)()
        self._done = 0

    def at(self, piece: bytes, final: bool = False) -> None:
        """Look at the next piece."""
        self.lines += int(np.count_nonzero(np.frombuffer(piece, np.uint8) == _FEED))
        if b"\r" in piece:
            self.lines += piece.count(b"\r") - piece.count(b"\r\n")
        if not self._wide and b"\0" in piece:
            raise self._nul(self._done + piece.index(b"\0"))
        if not self.lenient:
            self._decode(piece, final)
        self._done += len(piece)

    def _decode(self, piece: bytes, final: bool) -> None:
        if not self._wide and piece.isascii() and not self._decoder.getstate()[0]:
            return  # the same in all encodings, and told ten times as fast
        try:
            self._decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            if not self._may_change:
                # What the decoder kept of the piece before is in front of this one.
                start = self._done + len(piece) - len(error.object) + error.start
                raise self._meaningless(start, error.object[error.start]) from error
            self.encoding, self.lenient = "cp1252", True

    def _nul(self, offset: int) -> DataError:
        return DataError(
            tr(
                "{0}: there is a NUL byte, which no text has; the file is damaged, or no text. "
                "Get it again, or choose another."
            ).format(self._place(offset))
        )

    def _meaningless(self, offset: int, byte: int) -> DataError:
        return DataError(
            tr(
                "{0}: the byte 0x{byte:02X} has no meaning in the encoding {encoding}; choose "
                "another encoding, or correct the file."
            ).format(self._place(offset), byte=byte, encoding=self.encoding)
        )

    def _place(self, offset: int) -> str:
        """Return the line and the character in it, both from 1, at which a byte stands."""
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        text = io.IncrementalNewlineDecoder(decoder, translate=True)
        line, column = 1, 1
        with opened(self._path) as file:
            while piece := file.read(min(_PIECE, offset - file.tell())):
                lines = text.decode(piece).split("\n")
                column = len(lines[-1]) + (column if len(lines) == 1 else 1)
                line += len(lines) - 1
        return tr("{name}, line {line}, character {column}").format(
            name=self._path.name, line=line, column=column
        )


def _check_kind(path: Path, start: bytes) -> None:
    for sign, what in _SIGNS.items():
        if start.startswith(sign):
            raise DataError(tr_declared(what).format(name=path.name))
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if not _is_wide(_begun_as(start)) and 20 * controls > len(start):
        raise DataError(tr_declared(_NO_TEXT).format(name=path.name))


def _begun_as(start: bytes) -> str:
    """Return the encoding that a file seems to have that begins so; UTF-8 if it is left open."""
    marked = (encoding for mark, encoding in _BOMS.items() if start.startswith(mark))
    return next(marked, _zeros(start) or "utf-8")


def _as_chosen(chosen: TextEncoding, start: bytes) -> str:
    """Return what Python calls an encoding, with or without a byte order mark."""
    begun = _begun_as(start)
    if chosen == "utf-16":
        return begun if begun.startswith("utf-16") else "utf-16-le"
    return "utf-8-sig" if chosen == "utf-8" and begun == "utf-8-sig" else chosen


def _is_wide(encoding: str) -> bool:
    return encoding.startswith(("utf-16", "utf-32"))


def _zeros(start: bytes) -> str:
    """Return the UTF-16 without a mark that the zeros of a text speak for; ``""`` if none."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if 4 * max(even, odd) < len(start) or 10 * min(even, odd) > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
