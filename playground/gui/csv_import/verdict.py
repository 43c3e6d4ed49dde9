"""Whether a draft can be learnt; if not, why, and what to do."""

from __future__ import annotations

from playground.gui.csv_import import words
from playground.gui.csv_import.draft import MOST_CLASSES, MOST_INPUTS, Draft, Outlook
from playground.language import grouped, tr

_TOO_FEW_PER_CLASS = 5


def problem(draft: Draft, outlook: Outlook) -> str:
    """Return why this cannot be loaded, ``""`` if it can."""
    return (
        _target_problem(draft, outlook)
        or _input_problem(draft, outlook)
        or _split_problem(draft, outlook)
    )


def warning(draft: Draft, outlook: Outlook) -> str:
    """Return what may surprise the user, ``""`` if nothing does."""
    if outlook.classes and outlook.used < _TOO_FEW_PER_CLASS * outlook.classes:
        words_ = tr("{0} classes in {1}: few of each to learn from")
        return words_.format(grouped(outlook.classes), words.rows(outlook.used))
    rarest = draft.column(draft.targets[0]).levels.rarest
    if outlook.classes and rarest < 3:
        return tr("The rarest class has {0}: too few for every part of the split").format(
            words.rows(rarest)
        )
    constant = [column.name for column in draft.inputs if column.levels.distinct == 1]
    if constant:
        return tr("{0} is the same in every row and tells the network nothing").format(
            _listed(constant)
        )
    return ""


def _target_problem(draft: Draft, outlook: Outlook) -> str:
    for name in draft.targets:
        column = draft.column(name)
        if column.problem:
            return column.problem
        if not column.levels.distinct:
            return tr("{0} has no values; predict another column").format(name)
        if column.levels.distinct == 1:
            return tr("{0} is the same in every row; predict another column").format(name)
    if draft.task is None:
        if len(draft.targets) > 1:
            return tr("Several columns can be predicted only if all are numbers")
        words_ = tr("{0} is read as “{1}”; only numbers and categories can be predicted")
        kind = words.type_names()[draft.type(draft.targets[0])]
        return words_.format(draft.targets[0], kind)
    if outlook.classes > MOST_CLASSES:
        words_ = tr("{0} has {1} different values, more than {2} classes; predict it as a number")
        return words_.format(draft.targets[0], grouped(outlook.classes), MOST_CLASSES)
    return ""


def _input_problem(draft: Draft, outlook: Outlook) -> str:
    for column in draft.inputs:
        if column.problem:
            return column.problem
    if not outlook.inputs:
        return tr("No column is left to learn from; make one an input")
    if outlook.inputs > MOST_INPUTS:
        words_ = tr("{0} inputs are more than {1}; leave columns out, or take them as ordinal")
        return words_.format(grouped(outlook.inputs), grouped(MOST_INPUTS))
    return ""


def _split_problem(draft: Draft, outlook: Outlook) -> str:
    source = draft.source
    if source.validation_split + source.test_split >= 1:
        return tr("Validation and test leave nothing to train on; make them smaller")
    if not outlook.used:
        return tr("No row is left: each lacks a value; fill missing values rather than drop rows")
    return ""


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
