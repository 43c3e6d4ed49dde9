"""The columns of a table as the inputs of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.data.dataset import Floats, Scaling
from playground.data.progress import Progress
from playground.data.tables.columns import Column, ColumnKind, Rows
from playground.data.tables.table import Table
from playground.errors import DataError

_MOST_INPUTS = 10_000
_REASONS = {
    ColumnKind.TEXT: "texts that are nearly all different",
    ColumnKind.COUNTER: "it numbers the rows",
    ColumnKind.EMPTY: "nothing in it",
}
_FILLED = {
    ColumnKind.NUMBER: "the median of the training rows",
    ColumnKind.CATEGORY: "the most frequent value of the training rows",
}


@dataclass(frozen=True, eq=False)
class Inputs:
    """``x`` as ``(rows, inputs)``, the name of each input, and what was done to get there."""

    x: Floats
    names: tuple[str, ...]
    scaling: Scaling
    notes: tuple[str, ...]


def inputs_from(
    table: Table,
    answers: Sequence[Column],
    rows: Rows,
    train: Rows,
    standardize: bool,
    progress: Progress,
) -> Inputs:
    """Turn these rows of all columns but ``answers``, the target first, into numbers.

    Categories become one input for each value, 0 or 1. Medians, most frequent values, means and
    deviations are those of the ``train`` rows alone.
    """
    columns = [column for column in table.columns if column not in answers]
    for column in columns:
        table.check(column)
    used = [column for column in columns if column.kind in _FILLED]
    if not used:
        raise DataError(
            f"{table.path.name}: no column is left to learn {answers[0].name} from; add a column "
            "of numbers or of few different texts."
        )
    names: list[str] = []
    blocks: list[Floats] = []
    scalings: list[Scaling] = []
    for done, column in enumerate(used, 1):
        block_names, values = column.inputs(rows, train)
        scalings.append(_scaling(column, train, len(block_names), standardize))
        blocks.append(scalings[-1].apply(values))
        names += block_names
        if len(names) > _MOST_INPUTS:
            raise DataError(
                f"{table.path.name}: there are more than {_MOST_INPUTS:,} inputs; take columns out."
            )
        progress(done / len(used))
    x = np.concatenate(blocks, axis=1)
    return Inputs(x, tuple(names), Scaling.joined(scalings), _notes(columns, rows))


def _scaling(column: Column, train: Rows, inputs: int, standardize: bool) -> Scaling:
    if standardize and column.kind is ColumnKind.NUMBER:
        return Scaling.standardizing(column.inputs(train, train)[1])
    return Scaling.none(inputs)


def _notes(columns: Sequence[Column], rows: Rows) -> tuple[str, ...]:
    notes = []
    left_out = [f"{c.name} ({_REASONS[c.kind]})" for c in columns if c.kind in _REASONS]
    if left_out:
        notes.append(f"Left out: {', '.join(left_out)}.")
    for kind, filling in _FILLED.items():
        counts = {c.name: int(c.missing[rows].sum()) for c in columns if c.kind is kind}
        filled = [f"{name} ({count})" for name, count in counts.items() if count]
        if filled:
            notes.append(f"Missing values became {filling}: {', '.join(filled)}.")
    return tuple(notes)
