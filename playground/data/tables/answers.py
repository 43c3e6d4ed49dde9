"""The columns of a table that are to be predicted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Scaling, ScalingMethod
from playground.data.tables.columns import ColumnKind, NumberColumn, Rows, Task, TextColumn
from playground.data.tables.planned import Planned
from playground.data.tables.table import Table
from playground.errors import DataError
from playground.language import Told, grouped, tr

_MOST_CLASSES = 100
_FEWEST = 3  # rows of a class, for one in each part


@dataclass(frozen=True, eq=False)
class Answers:
    """What is to be predicted: the class of each row, or numbers.

    ``classes`` are empty for numbers; ``labels`` are the class numbers of the rows that are used,
    for numbers None.
    """

    columns: tuple[Planned, ...]
    classes: tuple[str, ...]
    labels: NDArray[np.int64] | None

    @property
    def targets(self) -> tuple[str, ...]:
        """The names of the columns to predict."""
        return tuple(column.name for column in self.columns)

    def scaling(self, train: Rows, method: ScalingMethod) -> Scaling | None:
        """Return the scaling of numbers, fitted to these rows of the table; None for as is."""
        if self.classes:
            return None
        fitted = []
        for planned in self.columns:
            own = planned.plan.scaling
            values = _numbers(planned)[train]
            fitted.append(Scaling.fitted(method if own == "default" else own, values[:, None]))
        scaling = Scaling.joined(fitted)
        return scaling if any(method != "none" for method in scaling.methods) else None

    def take(self, rows: Rows, places: Rows, scaling: Scaling | None) -> NDArray[Any]:
        """Return the answers of some rows of the table: ``(n,)`` labels or ``(n, targets)``.

        ``places`` are where they stand among the rows that are used.
        """
        if self.labels is not None:
            return self.labels[places]
        scaling = scaling or Scaling.none(len(self.columns))
        y = np.empty((len(rows), len(self.columns)), np.float32)
        for k, column in enumerate(self.columns):
            y[:, k] = (_numbers(column)[rows] - scaling.offset[k]) / scaling.scale[k]
        return y


def answers_from(
    table: Table, columns: Sequence[Planned], rows: Rows, task: Literal["auto"] | Task
) -> Answers:
    """Return what these columns say in these rows, all of which have a value in each column."""
    for planned in columns:
        if not len(rows) or planned.column.missing.all():
            raise DataError(
                tr("{0} is empty, so it cannot be learnt; choose another target.").format(
                    _place(table, planned)
                )
            )
    if len(columns) > 1 or _task(columns[0], task) == "regression":
        _check_numbers(table, columns, task)
        return Answers(tuple(columns), (), None)
    classes, labels = columns[0].column.classes(rows)
    _check_classes(table, columns[0], classes, len(rows))
    return Answers(tuple(columns), classes, labels)


def rare_classes(answers: Answers) -> tuple[Told, ...]:
    """Return a note on classes with too few rows to be in every part."""
    if answers.labels is None:
        return ()
    counts = np.bincount(answers.labels).tolist()
    pairs = zip(answers.classes, counts, strict=True)
    rare = [f"{name} ({count})" for name, count in pairs if count < _FEWEST]
    if not rare:
        return ()
    names = ", ".join(rare)
    return (lambda: tr("Too few rows to be in every part of the split: {0}.").format(names),)


def _place(table: Table, planned: Planned) -> str:
    return table.place_of(planned.column)


def _task(planned: Planned, task: Literal["auto"] | Task) -> Task:
    if task != "auto":
        return task
    return "classification" if planned.type == "category" else planned.column.task


def _numbers(planned: Planned) -> NDArray[np.float64]:
    assert isinstance(planned.column, NumberColumn)
    return planned.column.values


def _check_numbers(table: Table, columns: Sequence[Planned], task: Literal["auto"] | Task) -> None:
    if len(columns) > 1 and task == "classification":
        raise DataError(
            tr(
                "{name}: classes are learnt of one column only. Received: {0}. Choose one of "
                "them, or regression."
            ).format(", ".join(column.name for column in columns), name=table.path.name)
        )
    for planned in columns:
        if not isinstance(planned.column, NumberColumn):
            mend = tr("take it out") if len(columns) > 1 else tr("predict it as classes instead")
            raise DataError(
                tr("{0} has texts, not numbers; {mend}.").format(_place(table, planned), mend=mend)
            )


def _check_classes(table: Table, planned: Planned, classes: tuple[str, ...], rows: int) -> None:
    place = _place(table, planned)
    if len(classes) < 2:
        raise DataError(
            tr(
                "{place} has only one class, {0}; choose another target, or add rows of another "
                "class."
            ).format(classes[0], place=place)
        )
    column = planned.column
    texts = isinstance(column, TextColumn) and planned.plan.type in ("auto", "text")
    if (texts and column.kind is ColumnKind.TEXT) or len(classes) > _MOST_CLASSES:
        raise DataError(
            tr(
                "{place} has {0} different values in {rows} rows, too many to be classes; choose "
                "another target."
            ).format(grouped(len(classes)), place=place, rows=grouped(rows))
        )
