"""A whole CSV file, checked and read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from playground.data.files import find, unchanged
from playground.data.memory import free_memory
from playground.data.progress import Progress, part, unwatched
from playground.data.tables.budget import check_memory
from playground.data.tables.columns import Column
from playground.data.tables.decoding import scan
from playground.data.tables.header import Header
from playground.data.tables.options import AS_IT_LOOKS, TextFormat, TextOptions
from playground.data.tables.reading import Reading
from playground.data.tables.records import records
from playground.data.tables.sampling import ALL_ROWS, Rows, RowSample
from playground.data.tables.text import format_of
from playground.errors import DataError
from playground.language import Told, grouped, tr

__all__ = ["ALL_ROWS", "RowSample", "Table", "read_table"]


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a CSV file, or of some of its rows."""

    path: Path
    format: TextFormat
    columns: tuple[Column, ...]
    rows: int
    rows_in_file: int = 0
    numbers: Rows | None = None
    """Which rows of the file these are, from 0; None if they are all of them."""
    missing: tuple[str, ...] = field(default=())
    """How missing values are written in the file, as far as was looked at; not the empty cell."""

    @property
    def told(self) -> tuple[Told, ...]:
        """What the user should know of how the file was read."""
        notes: list[Told] = []
        rows, rows_in_file = self.rows, self.rows_in_file  # and not the table, which is large
        if self.numbers is not None:
            notes.append(
                lambda: tr("{rows} of {rows_in_file} rows, chosen at random.").format(
                    rows=grouped(rows), rows_in_file=grouped(rows_in_file)
                )
            )
        if not self.format.has_header:
            notes.append(
                lambda: tr("The first line has values: the columns are named by their numbers.")
            )
        return tuple(notes)

    def column(self, name: str) -> Column:
        """Return a column by its name, the last one for ``""``."""
        if not name:
            return self.columns[-1]
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(column.name for column in self.columns[:30])
        raise DataError(
            tr('{file} has no column "{name}"; choose one of: {known}.').format(
                file=self.path.name,
                name=name,
                known=known + (", ..." if len(self.columns) > 30 else ""),
            )
        )

    def problem(self, column: Column) -> str:
        """Return which cell, by line and column, makes the column unusable; ``""`` if none."""
        if not column.fault:
            return ""
        return f"{self.place(column, column.fault.row)}: {column.fault.message}"

    def place_of(self, column: Column) -> str:
        """Return where a column stands in the file."""
        text = tr("{file}, column {position} ({column})")
        return text.format(file=self.path.name, position=column.position, column=column.name)

    def place(self, column: Column, row: int) -> str:
        """Return where a cell stands in the file; ``row`` counts from 0."""
        record = int(row if self.numbers is None else self.numbers[row]) + self.format.has_header
        line, _cells = next(islice(records(self.path, self.format), record, None))
        return tr("{name}, line {line}, column {position} ({column_name})").format(
            name=self.path.name, line=line, position=column.position, column_name=column.name
        )

    def check(self, column: Column) -> None:
        """Raise ``DataError`` if a cell makes the column unusable."""
        if problem := self.problem(column):
            raise DataError(problem)


def read_table(
    path: Path,
    options: TextOptions = AS_IT_LOOKS,
    progress: Progress = unwatched,
    sample: RowSample = ALL_ROWS,
    texts: Collection[str] = (),
) -> Table:
    """Read a CSV file; raise ``DataError`` with the line of what is wrong.

    The columns named in ``texts`` are read as texts even if they look like numbers.
    """
    path = find(path)
    with unchanged(path):
        found = scan(path, options.encoding, part(progress, 0, 0.1))
        form = format_of(path, found, options)
        header = Header.of(path, form)
        most = check_memory(path, found, header, sample, free_memory())
        reading = Reading(path, form, header, sample, frozenset(texts))
        columns = reading.columns(most, part(progress, 0.1, 1))
    return Table(
        path,
        form,
        columns,
        reading.rows,
        reading.rows_in_file,
        reading.numbers,
        tuple(sorted(reading.missing)),
    )
