"""A CSV file record by record, each with the number of its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from playground.data.files import opened
from playground.data.progress import Progress, unwatched
from playground.data.tables.options import TextFormat
from playground.errors import DataError
from playground.language import grouped, tr

LONGEST_LINE = 1 << 24
"""Characters; a table of 10,000 columns has some 100,000."""

_CHUNK = 1 << 18
_END = "\ue000 end of the file"  # put behind the text: an open quotation mark swallows it


@contextmanager
def opened_text(
    path: Path, encoding: str, progress: Progress = unwatched, lenient: bool = True
) -> Iterator[TextIO]:
    """Open a file as text, telling the progress as it is read."""
    with opened(path) as file:
        watched = io.BufferedReader(_Watched(file, path.stat().st_size, progress), _CHUNK)
        errors = "replace" if lenient else "strict"
        yield io.TextIOWrapper(watched, encoding, errors=errors, newline="")


class _Watched(io.RawIOBase):
    def __init__(self, file: BinaryIO, size: int, progress: Progress) -> None:
        self._file = file
        self._size = max(1, size)
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._progress(min(1.0, self._file.tell() / self._size))
        return len(data)


def records(
    path: Path, form: TextFormat, progress: Progress = unwatched
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line where each record begins, from 1, and its cells.

    Blank lines are passed over.
    """
    with opened_text(path, form.encoding, progress) as text:
        reader = csv_reader(chain(_lines(path, text), [_END]), form)
        ended = 0
        try:
            for cells in reader:
                line, ended = ended + 1, reader.line_num
                if cells == [_END]:
                    return
                if cells and cells[-1].endswith(_END):
                    raise _unclosed(path, line)
                if len(cells) > 1 or any(cell.strip() for cell in cells):
                    yield line, cells
        except csv.Error as error:  # a cell is longer than csv.field_size_limit()
            raise _unclosed(path, ended + 1) from error


def csv_reader(lines: Iterable[str], form: TextFormat) -> Any:
    """Return Python's own reader of records, set to this format."""
    return csv.reader(
        lines,
        delimiter=form.delimiter,
        quotechar=form.quote or None,
        quoting=csv.QUOTE_MINIMAL if form.quote else csv.QUOTE_NONE,
        skipinitialspace=True,
    )


def _lines(path: Path, text: TextIO) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise DataError(
                tr(
                    "{name}, line {number}: the line goes on for more than {longest_line} "
                    "characters; end its rows with line breaks, or choose a CSV file."
                ).format(name=path.name, number=number, longest_line=grouped(LONGEST_LINE))
            )
        yield line


def _unclosed(path: Path, line: int) -> DataError:
    return DataError(
        tr(
            "{name}, line {line}: a quotation mark that is opened here is never closed; close it, "
            "take it out, or say that the file has no quotation marks."
        ).format(name=path.name, line=line)
    )
