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
    place = tr("{name}, column {position} ({column_name})").format(
        name=table.path.name, position=column.position, column_name=column.name
    )
    if not isinstance(column, NumberColumn):
        raise DataError(
            tr("{place} has texts; weights are numbers. Choose another weight column.").format(
                place=place
            )
        )
    bad = np.flatnonzero(~(column.values[rows] >= 0))  # also those that are missing
    if len(bad):
        row = int(rows[bad[0]])
        what = (
            tr(
                "{place}: this weight is {weight:g}; weights must be 0 or more. Correct it, or "
                "choose another weight column."
            )
            if column.values[row] < 0
            else tr(
                "{place}: this weight is missing; weights must be 0 or more. Correct it, or "
                "choose another weight column."
            )
        )
        where = table.place(column, row)
        raise DataError(what.format(place=where, weight=column.values[row]))
    if not column.values[train].any():
        raise DataError(
            tr(
                "{place}: all weights of the training rows are 0, so nothing would be learnt; "
                "make some larger, or choose another weight column."
            ).format(place=place)
        )
    return column.values.astype(np.float32)
