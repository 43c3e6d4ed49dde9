"""What the user has chosen for a file so far, and what comes of it. No widgets here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any

import numpy as np

from playground.data.sources.csv_file import CsvFile
from playground.data.tables.columns import Task
from playground.data.tables.plan import ColumnPlan, ColumnType
from playground.data.tables.planned import LEFT_OUT
from playground.data.tables.summary import CsvColumn, CsvSummary

MOST_CLASSES, MOST_INPUTS = 100, 10_000
_OPEN = ColumnPlan()


class Role(Enum):
    """What a column is to the network."""

    INPUT = "input"
    TARGET = "target"
    WEIGHT = "weight"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Draft:
    """A source that is being made, beside what is known of its file.

    Every choice is in ``source``; an edit returns another draft.
    """

    source: CsvFile
    summary: CsvSummary

    # Asking

    @cached_property
    def plans(self) -> Mapping[str, ColumnPlan]:
        """The plans by the names of their columns."""
        return {plan.name: plan for plan in self.source.columns}

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The columns to predict, as far as the file has them."""
        known = tuple(name for name in self.source.targets if name in self.summary.by_name)
        return known or (self.summary.target,)

    def plan(self, name: str) -> ColumnPlan:
        """Return what is planned for a column."""
        return self.plans.get(name, _OPEN)

    def column(self, name: str) -> CsvColumn:
        """Return what is known of a column."""
        return self.summary.by_name[name]

    def type(self, name: str) -> ColumnType:
        """Return what a column is read as."""
        return self.types[name]

    @cached_property
    def types(self) -> Mapping[str, ColumnType]:
        """What each column is read as."""
        types: dict[str, ColumnType] = {c.name: c.guess for c in self.summary.columns}
        planned = {plan.name: plan.type for plan in self.source.columns if plan.type != "auto"}
        return types | {name: planned[name] for name in planned if name in types}

    def role(self, name: str) -> Role:
        """Return what a column is to the network."""
        if name in self.targets:
            return Role.TARGET
        if name == self.source.weight_column:
            return Role.WEIGHT
        return Role.LEFT_OUT if self.types[name] in LEFT_OUT else Role.INPUT

    @cached_property
    def inputs(self) -> tuple[CsvColumn, ...]:
        """The columns that become inputs."""
        others = {*self.targets, self.source.weight_column}
        return tuple(
            column
            for column in self.summary.columns
            if self.types[column.name] not in LEFT_OUT and column.name not in others
        )

    @cached_property
    def stale(self) -> tuple[str, ...]:
        """The columns that are to be described anew, for their type is another now."""
        return tuple(
            column.name for column in self.summary.columns if self.types[column.name] != column.type
        )

    @cached_property
    def task(self) -> Task | None:
        """What is learnt; None if the target cannot be learnt."""
        tasks = self.possible_tasks
        if self.source.task != "auto":
            return self.source.task if self.source.task in tasks else None
        return self.found_task

    @property
    def found_task(self) -> Task | None:
        """What is learnt if the user says nothing of it."""
        if len(self.targets) > 1:
            return "regression" if "regression" in self.possible_tasks else None
        return self.summary.by_name[self.targets[0]].task

    @cached_property
    def possible_tasks(self) -> tuple[Task, ...]:
        """What can be learnt of the targets."""
        columns = [self.summary.by_name[name] for name in self.targets]
        if any(column.task is None for column in columns):
            return ()
        numbers = all(self.types[column.name] == "number" for column in columns)
        if len(columns) > 1:
            return ("regression",) if numbers else ()
        return ("classification", "regression") if numbers else ("classification",)

    # Choosing

    def planned(self, names: Iterable[str], **changes: Any) -> Draft:
        """Return the draft with something else planned for some columns."""
        plans = dict(self.plans)
        for name in names:
            plans[name] = _fitting(replace(self.plan(name), name=name, **changes))
        return self.chosen(columns=tuple(plans.values()))

    def chosen(self, **changes: Any) -> Draft:
        """Return the draft with other fields of the source."""
        return replace(self, source=replace(self.source, **changes))

    def as_input(self, names: Iterable[str]) -> Draft:
        """Return the draft in which columns are inputs, read as what fits."""
        freed = self._freed(names)
        hidden = [name for name in names if freed.type(name) in LEFT_OUT]
        plans = dict(freed.plans)
        for name in hidden:
            plans[name] = replace(freed.plan(name), name=name, type=self._usable_type(name))
        return freed.chosen(columns=tuple(plans.values()))

    def left_out(self, names: Iterable[str]) -> Draft:
        """Return the draft without some columns."""
        return self._freed(names).planned(names, type="ignore")

    def aimed_at(self, name: str) -> Draft:
        """Return the draft that predicts this column alone."""
        return self._aiming((name,))

    def aimed_at_all(self, names: tuple[str, ...]) -> Draft:
        """Return the draft that predicts all of these, if they are numbers; else the first."""
        return self._aiming(names if all(map(self._is_number, names)) else names[:1])

    def toggled(self, name: str) -> Draft:
        """Return the draft that predicts a column as well, or no more; one always stays."""
        if name not in self.targets:
            wanted = (*self.targets, name)
            return self._aiming(wanted if all(map(self._is_number, wanted)) else (name,))
        return self._aiming(tuple(one for one in self.targets if one != name) or self.targets)

    def weighted_by(self, name: str) -> Draft:
        """Return the draft in which a column, or none for ``""``, says how much rows count."""
        kept = tuple(target for target in self.targets if target != name)
        return self.chosen(weight_column=name, **({"targets": kept} if kept else {}))

    def _aiming(self, names: tuple[str, ...]) -> Draft:
        plans = dict(self.plans)
        for name in names:
            if self.type(name) in LEFT_OUT:
                plans[name] = replace(self.plan(name), name=name, type=self._usable_type(name))
        weight = "" if self.source.weight_column in names else self.source.weight_column
        aimed = self.chosen(targets=names, weight_column=weight, columns=tuple(plans.values()))
        return aimed if names == self.targets else aimed.chosen(task="auto")

    def _freed(self, names: Iterable[str]) -> Draft:
        """Return the draft in which columns are neither target nor weight; one target stays."""
        taken = set(names)
        kept = tuple(name for name in self.targets if name not in taken)
        weight = "" if self.source.weight_column in taken else self.source.weight_column
        return self.chosen(targets=kept or self._other_target(taken), weight_column=weight)

    def _other_target(self, taken: set[str]) -> tuple[str, ...]:
        """Return what to predict instead: the last column that can be."""
        columns = reversed(self.summary.columns)
        free = (c.name for c in columns if c.name not in taken and self._can_be_target(c))
        return (next(free, self.targets[0]),)

    def _can_be_target(self, column: CsvColumn) -> bool:
        return column.task is not None and self.role(column.name) is Role.INPUT

    def _usable_type(self, name: str) -> ColumnType:
        column = self.summary.by_name[name]
        if column.guess not in LEFT_OUT:
            return column.guess
        return "number" if column.spread else "category"

    def _is_number(self, name: str) -> bool:
        return self.types[name] == "number"

    # What comes of it

    def outlook(self) -> Outlook:
        """Return how many rows, inputs and classes there will be."""
        dropping = [
            *self.targets,
            *(c.name for c in self.inputs if c.missing and self.plan(c.name).missing == "drop"),
        ]
        dropped = np.zeros(self.summary.rows, bool)
        for name in dropping:
            if self.summary.by_name[name].missing:
                dropped |= self.summary.missing_in(name)
        target = self.summary.by_name[self.targets[0]]
        return Outlook(
            rows=self.summary.rows,
            used=self.summary.rows - int(np.count_nonzero(dropped)),
            without=tuple(name for name in dropping if self.summary.by_name[name].missing),
            inputs=sum(self.width(column) for column in self.inputs),
            classes=target.levels.distinct if self.task == "classification" else 0,
        )

    def parts(self, used: int) -> tuple[int, int, int]:
        """Return about how many rows are for training, validation and test."""
        validation = round(used * self.source.validation_split)
        test = round(used * self.source.test_split)
        return max(0, used - validation - test), validation, test

    def width(self, column: CsvColumn) -> int:
        """Return how many inputs a column becomes."""
        plan = self.plan(column.name)
        own = 1 if plan.missing == "category" else 0
        if self.types[column.name] != "category":
            return 1 + own
        return 1 if plan.encoding == "ordinal" else column.levels.distinct + own

    def finished(self) -> CsvFile:
        """Return the source with everything said that was found, so that nothing is guessed again.

        Another file with the same columns then loads in the same way.
        """
        plans = tuple(
            replace(self.plan(column.name), name=column.name, type=self.types[column.name])
            for column in self.summary.columns
        )
        task = self.task or self.source.task
        return replace(self.source, targets=self.targets, columns=plans, task=task)


def _fitting(plan: ColumnPlan) -> ColumnPlan:
    """Return the plan without what its new type has no use for: categories have no mean."""
    if plan.type == "category" and plan.missing in ("mean", "median"):
        return replace(plan, missing="auto")
    return plan


@dataclass(frozen=True)
class Outlook:
    """What a draft comes to. ``classes`` is 0 for numbers to predict."""

    rows: int
    used: int
    without: tuple[str, ...]
    """The columns for want of whose values rows are left out."""
    inputs: int
    classes: int
