"""What is to become of a column of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from playground.component import Component, param

ColumnType = Literal["auto", "number", "category", "date", "text", "ignore", "id"]
Encoding = Literal["one_hot", "ordinal"]
Missing = Literal["auto", "drop", "mean", "median", "most_frequent", "category"]
ColumnScaling = Literal["default", "none", "unit", "standard"]


@dataclass(frozen=True)
class ColumnPlan(Component):
    """How one column becomes inputs of the network, or the answer; all of it may be left open."""

    name: str = param("", doc="The column, by its name in the header.")
    type: ColumnType = param(
        "auto",
        doc="What it holds; auto: as it looks. Texts, row numbers (id) and ignored columns are no "
        "inputs.",
    )
    encoding: Encoding = param(
        "one_hot",
        doc="A category becomes one input for each of its values, or (ordinal) one input that "
        "counts them in order.",
    )
    missing: Missing = param(
        "auto",
        doc="What becomes of an empty cell: the row is left out, or the cell gets the mean, the "
        "median or the most frequent value of the training rows, or a category of its own; auto: "
        "the median of numbers and dates, the most frequent category.",
    )
    scaling: ColumnScaling = param(
        "default", doc="How its numbers are scaled; default: as those of the whole file."
    )


def with_plan(
    plans: Sequence[ColumnPlan], plan: ColumnPlan, names: Sequence[str]
) -> tuple[ColumnPlan, ...]:
    """Return the plans with one replaced or added; ``names`` are all columns, in order."""
    if any(other.name == plan.name for other in plans):
        return tuple(plan if other.name == plan.name else other for other in plans)
    later = set(names[names.index(plan.name) + 1 :])
    at = next((i for i, other in enumerate(plans) if other.name in later), len(plans))
    return (*plans[:at], plan, *plans[at:])
