"""What is in a CSV file, for a dialog in which the target is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from playground.data.progress import Progress, unwatched
from playground.data.tables.columns import Column, ColumnKind, NumberColumn, Task, TextColumn
from playground.data.tables.table import Table, read_table
from playground.data.tables.text import AS_IT_LOOKS, DECIMALS, DELIMITERS, TextOptions, records

_TARGETS = ("target", "label", "class", "y", "species", "outcome", "diagnosis", "output")
"""What people call the column to predict."""
_PREVIEW = 20


@dataclass(frozen=True)
class CsvColumn:
    """What is known of one column. ``task`` is what predicting it would be, if it can be."""

    name: str
    kind: ColumnKind
    missing: int
    distinct: int
    task: Task | None
    problem: str
    """What keeps the column from being used, or ``""``."""


@dataclass(frozen=True)
class CsvSummary:
    """What is in a CSV file, how it was read, and a proposal of what to predict."""

    path: Path
    encoding: str
    delimiter: str
    """A choice of ``CsvFile.delimiter``; likewise ``decimal``."""
    decimal: str
    rows: int
    columns: tuple[CsvColumn, ...]
    target: str
    preview: tuple[tuple[str, ...], ...]
    """The first rows as they stand in the file."""


def describe(
    path: Path,
    options: TextOptions = AS_IT_LOOKS,
    progress: Progress = unwatched,
) -> CsvSummary:
    """Read a CSV file and say what is in it; raise ``DataError`` if it is no table."""
    table = read_table(path, options, progress)
    form = table.format
    columns = tuple(_described(table, column) for column in table.columns)
    lines = islice(records(table.path, form), form.has_header, form.has_header + _PREVIEW)
    return CsvSummary(
        table.path,
        form.encoding,
        _name(DELIMITERS, form.delimiter),
        _name(DECIMALS, form.decimal),
        table.rows,
        columns,
        _proposed(columns),
        tuple(tuple(cells) for _line, cells in lines),
    )


def _name(choices: dict[str, str], mark: str) -> str:
    return next((name for name, known in choices.items() if known == mark), mark)


def _described(table: Table, column: Column) -> CsvColumn:
    distinct = _distinct(column)
    usable = column.kind in (ColumnKind.NUMBER, ColumnKind.CATEGORY)
    return CsvColumn(
        column.name,
        column.kind,
        int(np.count_nonzero(column.missing)),
        distinct,
        column.task if usable and distinct > 1 and not column.fault else None,
        table.problem(column),
    )


def _distinct(column: Column) -> int:
    if isinstance(column, TextColumn):
        return len(column.levels)
    assert isinstance(column, NumberColumn)
    return len(np.unique(column.values[~column.missing]))


def _proposed(columns: tuple[CsvColumn, ...]) -> str:
    """Return the name of the column that is most likely to be predicted."""
    usable = [column.name for column in columns if column.task] or [columns[-1].name]
    return next((name for name in usable if name.strip().lower() in _TARGETS), usable[-1])
