"""What is in a CSV file, for a dialog in which the user says what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playground.data.progress import Progress, part, unwatched
from playground.data.tables.columns import Column, Task
from playground.data.tables.facts import Levels, Spread, levels_of, spread_of
from playground.data.tables.plan import ColumnPlan, ColumnType
from playground.data.tables.planned import LEFT_OUT, guessed_type, plan_column
from playground.data.tables.table import ALL_ROWS, RowSample, Table, read_table
from playground.data.tables.text import AS_IT_LOOKS, TextFormat, TextOptions, records
from playground.errors import DataError

_TARGETS = ("target", "label", "class", "y", "species", "outcome", "diagnosis", "output")
"""What people call the column to predict."""
_PREVIEW = 100


@dataclass(frozen=True, eq=False)
class CsvColumn:
    """What is known of one column, read as ``type``. ``position`` counts from 1."""

    name: str
    position: int
    guess: ColumnType
    """The type it is read as if nothing else is planned."""
    type: ColumnType
    missing: int
    levels: Levels
    spread: Spread | None
    task: Task | None
    """What predicting it would be; None if it cannot be predicted."""
    problem: str
    """What keeps the column from being used, with its place, or ``""``."""


@dataclass(frozen=True)
class Line:
    """One record as it stands in the file, and the number of its first line."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CsvSummary:
    """What is in a CSV file, how it was read, and a proposal of what to predict."""

    path: Path
    format: TextFormat
    rows: int
    columns: tuple[CsvColumn, ...]
    target: str
    preview: tuple[Line, ...]
    """The first rows."""
    table: Table = field(repr=False)
    whole: bool = True
    """Whether this is all of the file rather than its beginning."""

    @cached_property
    def by_name(self) -> Mapping[str, CsvColumn]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    def with_columns(self, columns: Iterable[CsvColumn]) -> CsvSummary:
        """Return the summary with some columns described anew."""
        anew = {column.name: column for column in columns}
        return replace(self, columns=tuple(anew.get(c.name, c) for c in self.columns))

    def described_as(self, name: str, wanted: ColumnType) -> CsvColumn:
        """Describe a column read as another type."""
        return described(self.table, self.table.columns[self.by_name[name].position - 1], wanted)

    def missing_in(self, name: str) -> NDArray[np.bool_]:
        """Return which rows have no value in a column."""
        return self.table.columns[self.by_name[name].position - 1].missing


def describe(
    path: Path,
    options: TextOptions = AS_IT_LOOKS,
    types: Mapping[str, ColumnType] | None = None,
    progress: Progress = unwatched,
    sample: RowSample = ALL_ROWS,
) -> CsvSummary:
    """Read a CSV file and say what is in it; raise ``DataError`` if it is no table.

    ``types`` are those that columns are read as; the others are read as they look.
    """
    table = read_table(path, options, part(progress, 0, 0.8), sample)
    watch = part(progress, 0.8, 1)
    columns = []
    for number, column in enumerate(table.columns, 1):
        columns.append(described(table, column, (types or {}).get(column.name, "auto")))
        watch(number / len(table.columns))
    return CsvSummary(
        table.path,
        table.format,
        table.rows,
        tuple(columns),
        _proposed(columns),
        _first_lines(table),
        table,
    )


def described(table: Table, column: Column, wanted: ColumnType = "auto") -> CsvColumn:
    """Describe one column of a table, read as another type if one is wanted."""
    guess = _guess(column)
    kind = guess if wanted == "auto" else wanted
    problem = ""
    if kind not in LEFT_OUT:
        try:
            column = plan_column(table, column, ColumnPlan(column.name, type=kind)).column
            problem = table.problem(column)
        except DataError as error:
            problem = table.problem(column) or str(error)
    levels = levels_of(column)
    return CsvColumn(
        column.name,
        column.position,
        guess,
        kind,
        int(np.count_nonzero(column.missing)),
        levels,
        spread_of(column),
        None if problem or levels.distinct < 2 else _task(column, kind),
        problem,
    )


def _guess(column: Column) -> ColumnType:
    """Return what a column looks like: numbers, too, if a few cells are something else."""
    return "number" if column.fault else guessed_type(column)


def _task(column: Column, kind: ColumnType) -> Task | None:
    return {"number": column.task, "category": "classification"}.get(kind)


def _first_lines(table: Table) -> tuple[Line, ...]:
    start = int(table.format.has_header)
    file = records(table.path, table.format)
    return tuple(Line(line, tuple(cells)) for line, cells in islice(file, start, start + _PREVIEW))


def _proposed(columns: list[CsvColumn]) -> str:
    """Return the name of the column that is most likely to be predicted."""
    usable = [column.name for column in columns if column.task] or [columns[-1].name]
    return next((name for name in usable if name.strip().lower() in _TARGETS), usable[-1])
