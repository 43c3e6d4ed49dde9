"""A whole CSV file, checked and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from playground.data.files import find
from playground.data.progress import Progress, part, unwatched
from playground.data.tables.columns import Column, column_from
from playground.data.tables.text import (
    AS_IT_LOOKS,
    TextFormat,
    TextOptions,
    detect_format,
    looks_like_data,
    opened_text,
    records,
)
from playground.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

_MOST_COLUMNS = 10_000


@dataclass(frozen=True)
class RowSample:
    """How many rows to take, chosen at random, of a file that has more; 0 for all of them."""

    most_rows: int = 0
    seed: int = 0


ALL_ROWS = RowSample()


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a CSV file."""

    path: Path
    format: TextFormat
    columns: tuple[Column, ...]
    rows: int

    def column(self, name: str) -> Column:
        """Return a column by its name, the last one for ``""``."""
        if not name:
            return self.columns[-1]
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(column.name for column in self.columns[:30])
        raise DataError(
            f'{self.path.name} has no column "{name}"; choose one of: '
            f"{known}{', ...' if len(self.columns) > 30 else ''}."
        )

    def problem(self, column: Column) -> str:
        """Return which cell, by line and column, makes the column unusable; ``""`` if none."""
        if not column.fault:
            return ""
        return f"{self.place(column, column.fault.row)}: {column.fault.message}"

    def place(self, column: Column, row: int) -> str:
        """Return where a cell stands in the file; ``row`` counts from 0."""
        file = records(self.path, self.format.encoding, self.format.delimiter)
        line, _cells = next(islice(file, row + 1, None))
        return f"{self.path.name}, line {line}, column {column.position} ({column.name})"

    def check(self, column: Column) -> None:
        """Raise ``DataError`` if a cell makes the column unusable."""
        if problem := self.problem(column):
            raise DataError(problem)


def read_table(
    path: Path,
    options: TextOptions = AS_IT_LOOKS,
    progress: Progress = unwatched,
    sample: RowSample = ALL_ROWS,
    texts: frozenset[str] = frozenset(),
) -> Table:
    """Read a CSV file; raise ``DataError`` with the line of what is wrong.

    The columns named in ``texts`` are read as texts even if they look like numbers.
    """
    path = find(path)
    text_format = detect_format(path, options, part(progress, 0, 0.1))
    names, rows = _scan(path, text_format, part(progress, 0.1, 0.4))
    frame = _frame(path, text_format, names, part(progress, 0.4, 0.9))
    if len(frame) != rows:
        raise DataError(
            f"{path.name}: its quotation marks can be read in two ways; save it again from a "
            "spreadsheet program."
        )
    columns = tuple(_columns(frame, text_format.decimal, part(progress, 0.9, 1)))
    return Table(path, text_format, columns, rows)


def _columns(frame: pd.DataFrame, decimal: str, progress: Progress) -> Iterator[Column]:
    names = list(frame.columns)
    for number, name in enumerate(names, 1):
        yield column_from(frame.pop(name), name, number, decimal)  # popped: each is held only once
        progress(number / len(names))


def _scan(path: Path, text_format: TextFormat, progress: Progress) -> tuple[list[str], int]:
    """Return the names of the columns and the number of rows, having counted every cell."""
    file = records(path, text_format.encoding, text_format.delimiter, progress)
    line, header = next(file, (1, []))
    if not header:
        raise DataError(f"{path.name} is empty; choose a file with a header line and rows below.")
    names = _names(path, line, header, text_format)
    rows = 0
    for line, cells in file:
        if len(cells) != len(names):
            raise DataError(
                f"{path.name}, line {line}: there {_values(len(cells))}, but the header names "
                f"{len(names)} columns; add what is missing, take away what is too much, or put "
                "quotation marks around a text that has the delimiter in it."
            )
        rows += 1
    if not rows:
        raise DataError(f"{path.name} has a header but no rows; add rows, or choose another file.")
    return names, rows


def _values(count: int) -> str:
    return "is 1 value" if count == 1 else f"are {count} values"


def _names(path: Path, line: int, header: list[str], text_format: TextFormat) -> list[str]:
    place = f"{path.name}, line {line}"
    if not 1 < len(header) <= _MOST_COLUMNS:
        raise DataError(
            f"{place}: there must be between 2 and {_MOST_COLUMNS:,} columns. Received: "
            f"{len(header):,}. If it should be more, choose the delimiter that the file uses."
        )
    if looks_like_data(header, text_format.decimal):
        raise DataError(
            f"{place}: the first line has values ({', '.join(header[:3])}, ...) where the names "
            "of the columns should be; put a line with the names above it."
        )
    names = [name.strip() or f"column {number}" for number, name in enumerate(header, 1)]
    first: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        if first.setdefault(name, number) != number:
            raise DataError(
                f'{place}: columns {first[name]} and {number} are both called "{name}"; give each '
                "column a name of its own."
            )
    return names


def _frame(
    path: Path, text_format: TextFormat, names: list[str], progress: Progress
) -> pd.DataFrame:
    import pandas as pd  # takes half a second, which only users of tables should wait

    with opened_text(path, text_format.encoding, progress) as text:
        try:
            return pd.read_csv(
                text,
                sep=text_format.delimiter,
                decimal=text_format.decimal,
                header=0,
                names=names,
                index_col=False,
                skipinitialspace=True,
                keep_default_na=False,
                na_values=["", *text_format.missing],
                low_memory=False,  # one type for the whole of a column
            )
        except pd.errors.ParserError as error:
            raise DataError(
                f"{path.name} cannot be read as a table ({error}); check the quotation marks."
            ) from error
