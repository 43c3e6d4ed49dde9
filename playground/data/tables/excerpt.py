"""The lines of a file around an error, so that the user sees what is wrong."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from playground.data.tables.options import TextFormat
from playground.data.tables.records import csv_reader, opened_text
from playground.language import tr

_AROUND = 6
_LONGEST_LINE = 20_000


@dataclass(frozen=True)
class Place:
    """A line of a file, from 1, and the column in it, from 1, or 0 for all of the line."""

    line: int
    column: int = 0


@dataclass(frozen=True)
class Excerpt:
    """Some lines of a file, each cut into cells, with the place that is wrong."""

    place: Place
    first: int
    """The number of the first line shown, from 1."""
    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    """The cells of the first line of the file."""

    @property
    def wrong(self) -> str:
        """The cell that is wrong, if it is one cell and there is something in it."""
        row, at = self.place.line - self.first, self.place.column - 1
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[at].strip() if 0 <= at < len(cells) else ""


def place_in(message: str) -> Place | None:
    """Return the place that an error names in the language in force; None if it names none."""
    line, column = re.escape(tr("line")), re.escape(tr("column"))
    found = re.search(rf"\b{line} (\d+)(?:, {column} (\d+))?", message)
    return Place(int(found[1]), int(found[2] or 0)) if found else None


def excerpt(path: Path, text_format: TextFormat, place: Place) -> Excerpt:
    """Return the lines around a place, whatever is wrong with them."""
    first = max(1, place.line - _AROUND)
    with opened_text(path, text_format.encoding) as text:
        header = text.readline(_LONGEST_LINE)
    with opened_text(path, text_format.encoding) as text:
        lines = islice(text, first - 1, place.line + _AROUND)
        rows = tuple(tuple(_cells(line, text_format)) for line in lines)
    return Excerpt(place, first, rows, tuple(_cells(header, text_format)))


def _cells(line: str, text_format: TextFormat) -> list[str]:
    """Cut one line into cells; a quotation mark that is left open holds the rest of the line."""
    line = line[:_LONGEST_LINE].rstrip("\r\n").replace("\0", "\ufffd")
    try:
        return next(csv_reader([line], text_format), [])
    except csv.Error:
        return line.split(text_format.delimiter)
