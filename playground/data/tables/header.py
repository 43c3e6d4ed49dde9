"""The names of the columns of a CSV file, and what their first cells hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from playground.data.tables.guess import SAMPLE
from playground.data.tables.numbers import is_plain_number
from playground.data.tables.options import TextFormat
from playground.data.tables.records import records
from playground.errors import DataError
from playground.language import grouped, tr

_MOST_COLUMNS = 10_000
_MOST_CELLS = 50_000  # that are looked at


@dataclass(frozen=True)
class Header:
    """What the columns are called, and the first rows below the names."""

    names: tuple[str, ...]
    first: tuple[list[str], ...]

    @classmethod
    def of(cls, path: Path, form: TextFormat) -> Header:
        """Read the beginning of a file; raise ``DataError`` if there is no table in it."""
        found = list(_first(path, form))
        if not found:
            raise DataError(
                tr("{name} is empty; choose a file with a row of names and values.").format(
                    name=path.name
                )
            )
        line, cells = found[0]
        place = tr("{name}, line {line}").format(name=path.name, line=line)
        if not 1 < len(cells) <= _MOST_COLUMNS:
            raise DataError(
                tr(
                    "{place}: there must be between 2 and {most_columns} columns. Received: {0}. "
                    "If it should be more, choose the delimiter that the file uses."
                ).format(grouped(len(cells)), place=place, most_columns=grouped(_MOST_COLUMNS))
            )
        if not form.has_header:
            # in English, whatever is spoken: projects name the columns
            names = [f"column {number}" for number in range(1, len(cells) + 1)]
            return cls(tuple(names), tuple(cells for _line, cells in found))
        if len(found) == 1:
            raise DataError(
                tr("{name} has a header but no rows; add rows, or choose another file.").format(
                    name=path.name
                )
            )
        return cls(_names(place, cells), tuple(cells for _line, cells in found[1:]))

    def texts(self, form: TextFormat) -> frozenset[int]:
        """Return the columns whose first cells are not all numbers, so that they will be texts."""
        missing = {"", *form.missing}
        return frozenset(
            at
            for at in range(len(self.names))
            if any(
                not is_plain_number(cells[at], form.decimal)
                for cells in self.first
                if at < len(cells) and cells[at].strip() not in missing
            )
        )


def _first(path: Path, form: TextFormat) -> Iterator[tuple[int, list[str]]]:
    """Yield the first records, fewer if they are long."""
    cells = 0
    for line, record in islice(records(path, form), SAMPLE):
        yield line, record
        cells += len(record)
        if cells > _MOST_CELLS:
            return


def _names(place: str, cells: list[str]) -> tuple[str, ...]:
    names = [cell.strip() or f"column {number}" for number, cell in enumerate(cells, 1)]
    first: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        if first.setdefault(name, number) != number:
            raise DataError(
                tr(
                    '{place}: columns {0} and {number} are both called "{name}"; give each column '
                    "a name of its own, or say that the file has no header."
                ).format(first[name], place=place, number=number, name=name)
            )
    return tuple(names)
