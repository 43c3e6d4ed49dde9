"""Which columns of a table are predicted, from which others, and which one weighs the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playground.data.tables.plan import ColumnPlan
from playground.data.tables.planned import LEFT_OUT, Planned, nearest, plan_columns
from playground.data.tables.table import Table
from playground.errors import DataError
from playground.language import tr


@dataclass(frozen=True, eq=False)
class Roles:
    """The columns of a table by what they are for; ``inputs`` has those that are left out, too."""

    targets: tuple[Planned, ...]
    inputs: tuple[Planned, ...]
    weights: Planned | None


def roles_in(
    table: Table, plans: Sequence[ColumnPlan], targets: Sequence[str], weights: str
) -> Roles:
    """Return what each column is for; no target stands for the last column of the file.

    Raises ``DataError`` if a column is not there or not fit for its role.
    """
    names = [column.name for column in table.columns]
    targets = list(dict.fromkeys(targets)) or names[-1:]
    for name in (*targets, *filter(None, [weights])):
        if name not in names:
            raise _unknown(table, name, names)
    if weights in targets:
        text = tr("{place} is what is to be predicted; choose another weight column.")
        raise DataError(text.format(place=table.place_of(table.column(weights))))
    columns = {planned.name: planned for planned in plan_columns(table, plans)}
    inputs = [column for name, column in columns.items() if name not in (*targets, weights)]
    answers = [columns[name] for name in targets]
    for planned in (*answers, *inputs):
        if planned.plan.type not in LEFT_OUT:
            table.check(planned.column)
    if all(planned.type in LEFT_OUT for planned in inputs):
        text = tr(
            "{file}: no column is left to learn {target} from; add a column of numbers or of few "
            "different texts."
        )
        raise DataError(text.format(file=table.path.name, target=targets[0]))
    return Roles(tuple(answers), tuple(inputs), columns[weights] if weights else None)


def _unknown(table: Table, name: str, names: list[str]) -> DataError:
    near = nearest(name, names)
    known = ", ".join(names[:30]) + (", ..." if len(names) > 30 else "")
    text = (
        tr('{file} has no column "{name}"; choose the nearest, {near}, or another one of: {known}.')
        if near
        else tr('{file} has no column "{name}"; choose one of: {known}.')
    )
    return DataError(text.format(file=table.path.name, name=name, near=near, known=known))
