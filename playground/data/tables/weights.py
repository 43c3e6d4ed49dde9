"""The column of a table that says how much each row counts."""

from __future__ import annotations

import numpy as np

from playground.data.dataset import Floats
from playground.data.tables.columns import NumberColumn, Rows
from playground.data.tables.planned import Planned
from playground.data.tables.table import Table
from playground.errors import DataError
from playground.language import tr


def row_weights(table: Table, planned: Planned, rows: Rows, train: Rows) -> Floats:
    """Return the weights of all rows of the table ``(rows,)``, of which ``rows`` are used.

    Raises ``DataError`` if one is missing or negative, or if all ``train`` rows have weight 0.
    """
    column = planned.column
    table.check(column)
    place = table.place_of(column)
    if not isinstance(column, NumberColumn):
        text = tr("{place} has texts; weights are numbers. Choose another weight column.")
        raise DataError(text.format(place=place))
    bad = np.flatnonzero(~(column.values[rows] >= 0))  # also those that are missing
    if len(bad):
        row = int(rows[bad[0]])
        raise DataError(_wrong(table.place(column, row), float(column.values[row])))
    if not column.values[train].any():
        text = tr(
            "{place}: all weights of the training rows are 0, so nothing would be learnt; make "
            "some larger, or choose another weight column."
        )
        raise DataError(text.format(place=place))
    return column.values.astype(np.float32)


def _wrong(place: str, weight: float) -> str:
    if weight < 0:
        return tr(
            "{place}: this weight is {weight:g}; weights must be 0 or more. Correct it, or choose "
            "another weight column."
        ).format(place=place, weight=weight)
    return tr(
        "{place}: this weight is missing; weights must be 0 or more. Correct it, or choose "
        "another weight column."
    ).format(place=place)
