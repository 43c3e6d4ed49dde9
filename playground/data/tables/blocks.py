"""A CSV file in pieces of whole records, checked, ready for pandas."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from playground.data.files import opened
from playground.data.progress import Progress, unwatched
from playground.data.tables.options import TextFormat
from playground.data.tables.records import LONGEST_LINE, csv_reader, records
from playground.errors import DataError
from playground.language import tr, tr_n

PIECE = 1 << 20
"""Bytes: some 10 ms of work, so that Cancel is prompt, and little memory beside the table."""

_END = "\ue000 end of the piece"


@dataclass(frozen=True)
class Block:
    """Some whole records in UTF-8, each of as many cells as there are columns."""

    data: bytes
    rows: int
    is_plain: bool
    """Whether each line is a record, and each delimiter one between two cells."""

    def texts(self, form: TextFormat, rows: Sequence[int], column: int) -> list[str]:
        """Return the cells of some rows in one column, as they stand in the file."""
        text = self.data.decode()
        if self.is_plain:
            lines = text.split("\n")
            return [lines[row].split(form.delimiter)[column].strip() for row in rows]
        reader = csv_reader(io.StringIO(text, newline=""), form)
        records = [cells for cells in reader if not is_blank(cells)]
        return [records[row][column].strip() for row in rows]


def is_blank(cells: list[str]) -> bool:
    """Return whether a record is no more than a blank line."""
    return not cells or (len(cells) == 1 and not cells[0].strip())


def blocks(
    path: Path,
    form: TextFormat,
    columns: int,
    progress: Progress = unwatched,
    size: int = PIECE,
) -> Iterator[Block]:
    """Yield the rows of a file, without its header, in pieces of some ``size`` bytes.

    Raises ``DataError`` with the line of a row that has not as many cells as there are columns.
    """
    cutting = _Cutting(form, columns)
    try:
        for piece, final in _pieces(path, form.encoding, size, progress):
            if block := cutting.next(piece, final):
                yield block
    except UnevenError as error:
        raise fault(path, form, columns, progress) from error


class UnevenError(Exception):
    """Raised where records are not as they should be; ``fault`` finds out which and why."""


def fault(path: Path, form: TextFormat, columns: int, progress: Progress) -> DataError:
    """Return what is wrong with the first row that has not as many cells as there are columns."""
    for line, cells in records(path, form, lambda _share: progress(1.0)):
        if len(cells) != columns:
            return DataError(
                tr(
                    "{file}, line {line}: there {values}, but {header} {columns} columns; add "
                    "what is missing, take away what is too much, or put quotation marks around a "
                    "text that has the delimiter in it."
                ).format(
                    file=path.name,
                    line=line,
                    values=tr_n("is {0} value", "are {0} values", len(cells)).format(len(cells)),
                    header=tr("the header names") if form.has_header else tr("the first line has"),
                    columns=columns,
                )
            )
    return DataError(
        tr(
            "{name}: its quotation marks can be read in two ways; save it again from a "
            "spreadsheet program."
        ).format(name=path.name)
    )


def _pieces(
    path: Path, encoding: str, size: int, progress: Progress
) -> Iterator[tuple[bytes, bool]]:
    """Yield a file in UTF-8 without a mark, and whether this is the end: a line break."""
    with opened(path) as file:
        length = os.fstat(file.fileno()).st_size
        if encoding == "utf-8-sig":
            file.read(len(codecs.BOM_UTF8))
        as_it_is = encoding in ("utf-8", "utf-8-sig")
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        # No more than there was: a file to which somebody keeps writing has no end.
        while piece := file.read(min(size, length - file.tell())):
            progress(file.tell() / length)
            yield piece if as_it_is else decoder.decode(piece).encode(), False
        yield b"\n" if as_it_is else (decoder.decode(b"", True) + "\n").encode(), True


def _without_blank(lines: bytes) -> bytes:
    return re.sub(b"\n{2,}", b"\n", lines.lstrip(b"\n"))


class _Cutting:
    """Cuts a stream of bytes into blocks."""

    def __init__(self, form: TextFormat, columns: int) -> None:
        self._form = form
        self._columns = columns
        self._quote = form.quote.encode()
        self._ends = np.frombuffer((form.delimiter * (columns - 1) + "\n").encode(), np.uint8)
        self._header_to_come = form.has_header
        self._rest = b""  # begins with a record

    def next(self, piece: bytes, final: bool) -> Block | None:
        """Return the whole records there are now, if any."""
        data = self._rest + piece
        if len(self._rest) > LONGEST_LINE:
            raise UnevenError
        end = max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1
        self._rest = data[end:]
        data = data[:end]
        if not (self._quote and self._quote in data):
            lines = self._plain_lines(data)
            rows = self._rows(lines)
            if rows is None:
                rows = self._rows(lines := _without_blank(lines))
            if rows is not None:
                return self._plain_block(lines, rows)
        block, rest = self._quoted(data.decode("utf-8", "replace"))
        if rest and final:
            raise UnevenError
        self._rest = rest + self._rest
        return block

    def _plain_lines(self, data: bytes) -> bytes:
        """Return lines without a quotation mark as the check wants them."""
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if self._form.delimiter == " ":
            data = re.sub(b" {2,}", b" ", re.sub(b" *\n *", b"\n", data.lstrip(b" ")))
        return data

    def _rows(self, lines: bytes) -> int | None:
        """Return how many lines there are; None if one has not as many delimiters as it should."""
        characters = np.frombuffer(lines, np.uint8)
        is_end = (characters == self._ends[0]) | (characters == self._ends[-1])
        ends = np.compress(is_end, characters)
        if len(ends) % self._columns:
            return None
        rows = ends.reshape(-1, self._columns)
        return len(rows) if (rows == self._ends).all() else None

    def _plain_block(self, lines: bytes, rows: int) -> Block | None:
        if self._header_to_come and lines:
            lines, rows = lines[lines.index(b"\n") + 1 :], rows - 1
            self._header_to_come = False
        return Block(lines, rows, is_plain=True) if lines else None

    def _quoted(self, text: str) -> tuple[Block | None, bytes]:
        """Return the whole records in a text of whole lines, and the rest of it."""
        if self._form.delimiter == " ":
            text = re.sub(r" +(?=[\r\n])", "", text)
        lines = list(io.StringIO(text, newline=""))
        kept: list[str] = []
        end, rows = 0, 0
        try:
            reader = csv_reader(chain(lines, [_END]), self._form)
            for cells in reader:
                if cells[-1:] and cells[-1].endswith(_END):
                    break  # if there is more in it, it is a record that goes on behind the text
                begin, end = end, reader.line_num
                if is_blank(cells):
                    continue
                if len(cells) != self._columns:
                    raise UnevenError
                if self._header_to_come:
                    self._header_to_come = False
                    continue
                kept += lines[begin:end]
                rows += 1
        except csv.Error as error:
            raise UnevenError from error
        rest = "".join(lines[end:]).encode()
        return (Block("".join(kept).encode(), rows, is_plain=False) if rows else None), rest
