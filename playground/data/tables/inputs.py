"""The columns of a table as the inputs of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

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
from playground.language import Told, grouped, mark, tr, tr_declared

_MOST_INPUTS = 10_000
_BLOCK = 1 << 15
_VALUES = 1 << 18
_FEWEST = 512
"""Rows that are written at a time, and values; each piece of a column takes its while."""
_MOST_NAMED = 20
"""Columns that a note names."""
_REASONS: dict[ColumnType, str] = {
    "text": mark("texts that are nearly all different"),
    "id": mark("it numbers the rows"),
    "ignore": mark("nothing in it"),
}
_FILLED: dict[Missing, str] = {
    "median": mark("the median of the training rows"),
    "mean": mark("the mean of the training rows"),
    "most_frequent": mark("the most frequent value of the training rows"),
    "category": mark("a category of their own"),
}


@dataclass(frozen=True, eq=False)
class Inputs:
    """What the columns became.

    ``parts``: for training, validation and test an array ``(rows, inputs)``; ``names`` and
    ``scaling`` are of the inputs; ``told`` says what was done to get there.
    """

    parts: tuple[Floats, ...]
    names: tuple[str, ...]
    scaling: Scaling
    told: tuple[Told, ...]


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
        text = tr(
            "{file}: no column has a value in the training rows, so there is nothing to learn "
            "from; add values or columns."
        )
        raise DataError(text.format(file=file))
    watch = part(progress, 0, 0.5)
    # one after the other: each takes some memory beside the table
    encoders = [encoder_for(column, parts[0], method) for column in watched(used, watch)]
    names = tuple(name for encoder in encoders for name in encoder.names)
    if len(names) > _MOST_INPUTS:
        widest, _ = max(zip(used, encoders, strict=True), key=lambda pair: len(pair[1].names))
        raise _too_many(file, len(names), widest.name)
    arrays = tuple(np.empty((len(rows), len(names)), np.float32) for rows in parts)
    _write(encoders, parts, arrays, part(progress, 0.5, 1))
    scaling = Scaling.joined([encoder.scaling for encoder in encoders])
    return Inputs(arrays, names, scaling, _notes(columns, used, encoders, parts))


def _too_many(file: str, inputs: int, widest: str) -> DataError:
    text = tr(
        "{file}: there are {inputs} inputs, more than {most}; leave columns out, or make {widest} "
        "ordinal."
    )
    most = grouped(_MOST_INPUTS)
    return DataError(text.format(file=file, inputs=grouped(inputs), most=most, widest=widest))


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
) -> tuple[Told, ...]:
    pairs = list(zip(used, encoders, strict=True))
    return (
        *_left_out(columns, used),
        *_filled(pairs, parts),
        *_unseen(pairs, parts),
        *_constant(pairs),
        *_dates(pairs),
    )


def _left_out(columns: Sequence[Planned], used: Sequence[Planned]) -> list[Told]:
    known = {column.name for column in used}
    rest = [(one.name, one.type, one.plan.type) for one in columns if one.name not in known]

    def told() -> str:
        names = [f"{name} ({_reason(seen, chosen)})" for name, seen, chosen in rest]
        return tr("Left out: {0}.").format(listed(names))

    return [told] if rest else []


def _reason(seen: ColumnType, chosen: ColumnType) -> str:
    if seen not in LEFT_OUT:
        return tr("nothing in the training rows")
    return tr("as chosen") if chosen in LEFT_OUT else tr_declared(_REASONS[seen])


def listed(names: Sequence[str]) -> str:
    """Return names with commas between them, the first few of many."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (
        tr(" and {more} more").format(more=grouped(more)) if more > 0 else ""
    )


Pairs = Sequence[tuple[Planned, Encoder]]
Counts = list[tuple[str, int]]
"""Names of columns, and how often something happened in each."""


def _counted(counts: Counts) -> str:
    return listed([f"{name} ({grouped(count)})" for name, count in counts])


def _filled(pairs: Pairs, parts: Sequence[Rows]) -> list[Told]:
    filled: dict[Missing, Counts] = {}
    for planned, encoder in pairs:
        missing = planned.column.missing
        if not missing.any():
            continue
        count = sum(int(np.count_nonzero(missing[rows])) for rows in parts)
        if count:
            filled.setdefault(encoder.filled, []).append((planned.name, count))

    def told(kind: Missing, counts: Counts) -> str:
        return tr("Missing values became {0}: {1}.").format(
            tr_declared(_FILLED[kind]), _counted(counts)
        )

    return [partial(told, kind, counts) for kind, counts in filled.items()]


def _unseen(pairs: Pairs, parts: Sequence[Rows]) -> list[Told]:
    unseen: dict[bool, Counts] = {}
    for planned, encoder in pairs:
        count = sum(encoder.unseen(rows) for rows in parts[1:])
        if count:
            one_hot = isinstance(encoder, OneHotEncoder)
            unseen.setdefault(one_hot, []).append((planned.name, count))

    def told(one_hot: bool, counts: Counts) -> str:
        what = (
            tr("Categories that no training row has are all 0: {0}.")
            if one_hot
            else tr("Categories that no training row has are treated as missing: {0}.")
        )
        return what.format(_counted(counts))

    return [partial(told, one_hot, counts) for one_hot, counts in unseen.items()]


def _constant(pairs: Pairs) -> list[Told]:
    names = [planned.name for planned, encoder in pairs if encoder.is_constant]
    if not names:
        return []
    return [
        lambda: tr("The same in all training rows, so nothing can be learnt from it: {0}.").format(
            listed(names)
        )
    ]


def _dates(pairs: Pairs) -> list[Told]:
    def told(name: str, start: str, is_open: bool) -> str:
        what = (
            tr("{name} counts days from {start}, read with the day before the month.")
            if is_open
            else tr("{name} counts days from {start}.")
        )
        return what.format(name=name, start=start)

    return [
        partial(told, planned.name, iso(encoder.start), encoder.is_open)
        for planned, encoder in pairs
        if isinstance(encoder, DateEncoder)
    ]
