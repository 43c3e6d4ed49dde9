"""The columns of a table as the user's plans, or their looks, want them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from playground.data.tables.columns import (
    LARGEST,
    Column,
    ColumnKind,
    DateColumn,
    NumberColumn,
    Numbers,
    TextColumn,
)
from playground.data.tables.dates import parse_dates
from playground.data.tables.plan import ColumnPlan, ColumnType
from playground.data.tables.table import Table
from playground.errors import DataError
from playground.language import tr

LEFT_OUT: tuple[ColumnType, ...] = ("text", "ignore", "id")
"""The types that are no inputs."""
_GUESSED: dict[ColumnKind, ColumnType] = {
    ColumnKind.NUMBER: "number",
    ColumnKind.CATEGORY: "category",
    ColumnKind.DATE: "date",
    ColumnKind.TEXT: "text",
    ColumnKind.COUNTER: "id",
    ColumnKind.EMPTY: "ignore",
}
_YES, _NO = ("true", "yes", "y", "t", "on", "vero", "sì", "si"), ("false", "no", "n", "f", "off")
_NUMBERS_OF_WORDS = {**dict.fromkeys(_YES, 1.0), **dict.fromkeys((*_NO, "falso"), 0.0)}


@dataclass(frozen=True, eq=False)
class Planned:
    """A column with what it holds by its plan; ``type`` is never ``"auto"``."""

    column: Column
    type: ColumnType
    plan: ColumnPlan

    @property
    def name(self) -> str:
        """The name of the column."""
        return self.column.name


def guessed_type(column: Column) -> ColumnType:
    """Return what a column seems to hold."""
    return _GUESSED[column.kind]


def read_as_text(plans: Iterable[ColumnPlan]) -> frozenset[str]:
    """Return the columns in which ``007`` is not the number 7."""
    return frozenset(plan.name for plan in plans if plan.type in ("category", "text", "date"))


def plan_columns(table: Table, plans: Sequence[ColumnPlan]) -> tuple[Planned, ...]:
    """Return all columns in the file's order, but those with a plan in the plans' among themselves.

    So a file with the same columns in another order gives the same inputs. Raises ``DataError`` if
    a column with a plan is not there or does not hold what the plan says.
    """
    columns = {column.name: column for column in table.columns}
    for plan in plans:
        if plan.name not in columns and plan.type not in LEFT_OUT:
            raise _not_there(table, plan, list(columns))
    wanted = {plan.name: plan for plan in plans if plan.name in columns}
    following = iter(wanted)
    names = [next(following) if name in wanted else name for name in columns]
    return tuple(
        plan_column(table, columns[name], wanted.get(name) or ColumnPlan(name)) for name in names
    )


def _not_there(table: Table, plan: ColumnPlan, names: list[str]) -> DataError:
    near = nearest(plan.name, names)
    text = (
        tr(
            '{file} has no column "{column}", which this data was set up with; the nearest is '
            "{near}. Give the column this name in the file, or open the file anew to choose what "
            "its columns are."
        )
        if near
        else tr(
            '{file} has no column "{column}", which this data was set up with. Give the column '
            "this name in the file, or open the file anew to choose what its columns are."
        )
    )
    return DataError(text.format(file=table.path.name, column=plan.name, near=near))


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the name that is most alike, in quotation marks, or ``""`` if none is."""
    known = {other.lower(): other for other in names}
    return next((f'"{known[m]}"' for m in get_close_matches(name.lower(), known, 1)), "")


def plan_column(table: Table, column: Column, plan: ColumnPlan) -> Planned:
    """Return the column as what its plan says; raise ``DataError`` if it is not that."""
    if plan.type == "auto":
        kind = guessed_type(column)
        if column.fault is None and kind == "date":
            return Planned(_CONVERT["date"](table, column), kind, plan)
        return Planned(column, kind, plan)
    if plan.type in LEFT_OUT:
        return Planned(column, plan.type, plan)
    if column.kind is ColumnKind.EMPTY:
        return Planned(column, "ignore", plan)
    if (
        plan.type == "category"
        and plan.encoding == "one_hot"
        and plan.missing in ("mean", "median")
    ):
        raise DataError(
            tr(
                "{name}, column {position} ({column_name}): categories have no {missing}; choose "
                "most_frequent or category for its missing values."
            ).format(
                name=table.path.name,
                position=column.position,
                column_name=column.name,
                missing=plan.missing,
            )
        )
    return Planned(_CONVERT[plan.type](table, column), plan.type, plan)


def _as_numbers(table: Table, column: Column) -> NumberColumn:
    if isinstance(column, NumberColumn):
        return column
    assert isinstance(column, TextColumn)
    values = _values(table, column)
    if np.isnan(values).any():
        words = [_NUMBERS_OF_WORDS.get(level.lower(), np.nan) for level in column.levels]
        if np.isnan(words).any():
            raise _misfit(
                table, column, values, tr("number"), tr("choose category for this column")
            )
        values = np.array(words)
    numbers = np.append(values, np.nan)[column.codes]
    return NumberColumn(column.name, column.position, None, numbers)


def _values(table: Table, column: TextColumn) -> Numbers:
    """Return the levels as numbers, NaN for those that are none."""
    return np.array([_value(level, table.format.decimal) for level in column.levels], np.float64)


def _value(text: str, decimal: str) -> float:
    try:
        value = float(text.replace("_", "x").replace(decimal, "."))  # Python's 1_000 is no number
    except ValueError:
        return np.nan
    return value if abs(value) <= LARGEST else np.nan


def _as_categories(table: Table, column: Column) -> TextColumn:
    """Return categories in their natural order: by number if all are, else alphabetical."""
    if isinstance(column, NumberColumn):
        table.check(column)
        values, codes = np.unique(column.values, return_inverse=True)
        known = int(np.count_nonzero(~np.isnan(values)))
        levels = tuple(f"{value:.15g}" for value in values[:known].tolist())
        codes = np.where(codes < known, codes, -1)
        return TextColumn(column.name, column.position, None, levels, codes)
    assert isinstance(column, TextColumn)
    values = _values(table, column)
    if np.isnan(values).any() or not len(values):
        return TextColumn(column.name, column.position, None, column.levels, column.codes)
    order = np.argsort(values, kind="stable")
    places = np.append(np.argsort(order), -1)  # the last one is for missing values
    levels = tuple(column.levels[i] for i in order)
    return TextColumn(column.name, column.position, None, levels, places[column.codes])


def _as_dates(table: Table, column: Column) -> DateColumn:
    texts = column if isinstance(column, TextColumn) else _as_categories(table, column)
    dates = parse_dates([_with_dashes(level) for level in texts.levels])
    if np.isnan(dates.days).any():
        raise _misfit(table, texts, dates.days, tr("date"), tr("write dates as 2024-01-31"))
    where = (column.name, column.position, None)
    return DateColumn(*where, texts.levels, texts.codes, dates.days, dates.is_open)


def _with_dashes(text: str) -> str:
    """Return ``20240131`` as ``2024-01-31``."""
    plain = len(text) == 8 and text.isdecimal()
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if plain else text


_CONVERT: dict[ColumnType, Callable[[Table, Column], Column]] = {
    "number": _as_numbers,
    "category": _as_categories,
    "date": _as_dates,
}


def _misfit(table: Table, column: TextColumn, values: Numbers, wanted: str, mend: str) -> DataError:
    """Return the error for the first cell in the file whose level has no value."""
    row = int(np.flatnonzero(np.append(np.isnan(values), False)[column.codes])[0])
    shown = " ".join(column.cell(row).split())[:40]
    return DataError(
        tr(
            '{0}: "{shown}" is no {wanted}, as this column should be; correct it, empty the cell '
            "if the value is unknown, or {mend}."
        ).format(table.place(column, row), shown=shown, wanted=wanted, mend=mend)
    )
