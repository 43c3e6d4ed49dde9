"""The column of a table that says how much each row counts."""

from __future__ import annotations

import numpy as np

from playground.data.dataset import Floats
from playground.data.tables.columns import NumberColumn, Rows
from playground.data.tables.planned import Planned
from playground.data.tables.table import Table
from playground.errors import DataError


def row_weights(table: Table, planned: Planned, rows: Rows, train: Rows) -> Floats:
    """Return the weights of all rows of the table ``(rows,)``, of which ``rows`` are used.

    Raises ``DataError`` if one is missing or negative, or if all ``train`` rows have weight 0.
    """
    column = planned.column
    table.check(column)
    place = f"{table.path.name}, column {column.position} ({column.name})"
    if not isinstance(column, NumberColumn):
        raise DataError(f"{place} has texts; weights are numbers. Choose another weight column.")
    bad = np.flatnonzero(~(column.values[rows] >= 0))  # also those that are missing
    if len(bad):
        row = int(rows[bad[0]])
        what = f"is {column.values[row]:g}" if column.values[row] < 0 else "is missing"
        raise DataError(
            f"{table.place(column, row)}: this weight {what}; weights must be 0 or more. Correct "
            "it, or choose another weight column."
        )
    if not column.values[train].any():
        raise DataError(
            f"{place}: all weights of the training rows are 0, so nothing would be learnt; make "
            "some larger, or choose another weight column."
        )
    return column.values.astype(np.float32)
