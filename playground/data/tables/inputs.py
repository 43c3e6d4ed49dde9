"""The columns of a table as the inputs of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.data.beside import beside
from playground.data.dataset import Floats, Scaling, ScalingMethod
from playground.data.progress import Progress, part, watched
from playground.data.tables.columns import Rows
from playground.data.tables.dates import iso
from playground.data.tables.encoding import (
    DateEncoder,
    Encoder,
    OneHotEncoder,
    encoder_for,
)
from playground.data.tables.plan import ColumnType, Missing
from playground.data.tables.planned import LEFT_OUT, Planned
from playground.errors import DataError

_MOST_INPUTS = 10_000
_BLOCK = 1 << 15
_VALUES = 1 << 18
_FEWEST = 512
"""Rows that are written at a time, and values; each piece of a column takes its while."""
_MOST_NAMED = 20
"""Columns that a note names."""
_REASONS: dict[ColumnType, str] = {
    "text": "texts that are nearly all different",
    "id": "it numbers the rows",
    "ignore": "nothing in it",
}
_CHOSEN = "as chosen"
_FILLED: dict[Missing, str] = {
    "median": "the median of the training rows",
    "mean": "the mean of the training rows",
    "most_frequent": "the most frequent value of the training rows",
    "category": "a category of their own",
}


@dataclass(frozen=True, eq=False)
class Inputs:
    """What the columns became.

    ``parts``: for training, validation and test an array ``(rows, inputs)``; ``names`` and
    ``scaling`` are of the inputs; ``notes`` say what was done to get there.
    """

    parts: tuple[Floats, ...]
    names: tuple[str, ...]
    scaling: Scaling
    notes: tuple[str, ...]


def inputs_from(
    file: str,
    columns: Sequence[Planned],
    parts: Sequence[Rows],
    method: ScalingMethod,
    progress: Progress,
) -> Inputs:
    """Turn the rows of each part, training first, into numbers.

    Levels, fillings and scales are those of the training rows alone. The columns are written
    straight into the arrays, some rows at a time, in several threads: nothing as large as they
    are is copied.
    """
    used = [column for column in columns if _is_input(column, parts[0])]
    if not used:
        raise DataError(
            f"{file}: no column has a value in the training rows, so there is nothing to learn "
            "from; add values or columns."
        )
    watch = part(progress, 0, 0.5)
    # one after the other: each takes some memory beside the table
    encoders = [encoder_for(column, parts[0], method) for column in watched(used, watch)]
    names = tuple(name for encoder in encoders for name in encoder.names)
    if len(names) > _MOST_INPUTS:
        widest, _ = max(zip(used, encoders, strict=True), key=lambda pair: len(pair[1].names))
        raise DataError(
            f"{file}: there are {len(names):,} inputs, more than {_MOST_INPUTS:,}; leave columns "
            f"out, or make {widest.name} ordinal."
        )
    arrays = tuple(np.empty((len(rows), len(names)), np.float32) for rows in parts)
    _write(encoders, parts, arrays, part(progress, 0.5, 1))
    scaling = Scaling.joined([encoder.scaling for encoder in encoders])
    return Inputs(arrays, names, scaling, _notes(columns, used, encoders, parts))


def _is_input(planned: Planned, train: Rows) -> bool:
    if planned.type in LEFT_OUT:
        return False
    missing = planned.column.missing
    return not missing.any() or not missing[train].all()


def _write(
    encoders: Sequence[Encoder],
    parts: Sequence[Rows],
    arrays: Sequence[Floats],
    progress: Progress,
) -> None:
    """Write the inputs of all rows, as many rows at a time as fit the processor's cache."""
    size = min(_BLOCK, max(_FEWEST, _VALUES // arrays[0].shape[1]))
    pieces = [
        (rows[at : at + size], x[at : at + size])
        for rows, x in zip(parts, arrays, strict=True)
        for at in range(0, len(rows), size)
    ]

    def write(piece: tuple[Rows, Floats]) -> None:
        rows, x = piece
        at = 0
        for encoder in encoders:
            end = at + len(encoder.names)
            encoder.write(rows, x[:, at:end])
            at = end

    for _written in beside(write, watched(pieces, progress)):
        pass


def _notes(
    columns: Sequence[Planned],
    used: Sequence[Planned],
    encoders: Sequence[Encoder],
    parts: Sequence[Rows],
) -> tuple[str, ...]:
    pairs = list(zip(used, encoders, strict=True))
    return (
        *_left_out(columns, used),
        *_filled(pairs, parts),
        *_unseen(pairs, parts),
        *_constant(pairs),
        *_dates(pairs),
    )


def _left_out(columns: Sequence[Planned], used: Sequence[Planned]) -> list[str]:
    known = {column.name for column in used}
    rest = [column for column in columns if column.name not in known]
    names = [f"{column.name} ({_reason(column)})" for column in rest]
    return [f"Left out: {listed(names)}."] if names else []


def _reason(planned: Planned) -> str:
    if planned.type not in LEFT_OUT:
        return "nothing in the training rows"
    return _CHOSEN if planned.plan.type in LEFT_OUT else _REASONS[planned.type]


def listed(names: Sequence[str]) -> str:
    """Return names with commas between them, the first few of many."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


Pairs = Sequence[tuple[Planned, Encoder]]


def _filled(pairs: Pairs, parts: Sequence[Rows]) -> list[str]:
    filled: dict[Missing, list[str]] = {}
    for planned, encoder in pairs:
        missing = planned.column.missing
        if not missing.any():
            continue
        count = sum(int(np.count_nonzero(missing[rows])) for rows in parts)
        if count:
            filled.setdefault(encoder.filled, []).append(f"{planned.name} ({count:,})")
    return [
        f"Missing values became {_FILLED[kind]}: {listed(names)}." for kind, names in filled.items()
    ]


def _unseen(pairs: Pairs, parts: Sequence[Rows]) -> list[str]:
    told: dict[bool, list[str]] = {}
    for planned, encoder in pairs:
        count = sum(encoder.unseen(rows) for rows in parts[1:])
        if count:
            one_hot = isinstance(encoder, OneHotEncoder)
            told.setdefault(one_hot, []).append(f"{planned.name} ({count:,})")
    what = {True: "all 0", False: "treated as missing"}
    return [
        f"Categories that no training row has are {what[one_hot]}: {listed(names)}."
        for one_hot, names in told.items()
    ]


def _constant(pairs: Pairs) -> list[str]:
    names = [planned.name for planned, encoder in pairs if encoder.is_constant]
    if not names:
        return []
    return [f"The same in all training rows, so nothing can be learnt from it: {listed(names)}."]


def _dates(pairs: Pairs) -> list[str]:
    dates = [(column, encoder) for column, encoder in pairs if isinstance(encoder, DateEncoder)]
    read = {True: ", read with the day before the month", False: ""}
    return [
        f"{planned.name} counts days from {iso(encoder.start)}{read[encoder.is_open]}."
        for planned, encoder in dates
    ]
