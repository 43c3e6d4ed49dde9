"""A few examples that are followed all through the training, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from playground.component import Kind, parameters
from playground.data.dataset import Dataset, Examples
from playground.data.sources import DataSource
from playground.errors import ConfigError
from playground.language import grouped, tr

Part = Literal["train", "validation", "test"]
Numbers = tuple[int, ...]
"""Examples by their number in the source: ``Examples.rows``."""

MOST = 64
"""Examples that can be followed: what the eye can take in, and what costs training nothing."""
EACH, _SPREAD = 5, 10
"""Examples of each class; of numbers to predict, from the smallest to the largest."""


def checked(numbers: Numbers) -> Numbers:
    """Return the numbers, each once; raise ``ConfigError`` if there are too many."""
    once = tuple(dict.fromkeys(numbers))
    if len(once) > MOST:
        raise ConfigError(
            tr(
                "At most {most} examples can be followed; take others out first. Received: {0}."
            ).format(grouped(len(once)), most=MOST)
        )
    return once


def toggled(inspected: Numbers, number: int) -> Numbers:
    """Return the set with an example more, or without it if it was there."""
    if number in inspected:
        return tuple(other for other in inspected if other != number)
    return (*inspected, number)


def same_examples(first: DataSource, second: DataSource) -> bool:
    """Return whether a number means the same example in both: one kind of source, the same files.

    How many examples there are and how they are split may differ.
    """
    return type(first) is type(second) and all(
        getattr(first, parameter.name) == getattr(second, parameter.name)
        for parameter in parameters(type(first))
        if parameter.kind is Kind.PATH
    )


@dataclass(frozen=True, eq=False)
class Followed:
    """The examples of an inspection set that the data has, in the order of the set."""

    numbers: Numbers
    parts: tuple[Part, ...]
    """Which part each is in at present."""
    places: tuple[int, ...]
    """Its place in that part."""
    examples: Examples


def followed(dataset: Dataset, inspected: Numbers) -> Followed:
    """Find examples by their numbers; those that the data does not have are left out."""
    found: dict[int, tuple[Part, int]] = {}
    for part in get_args(Part) if inspected else ():
        rows = getattr(dataset, part).rows
        for place in np.flatnonzero(np.isin(rows, inspected)).tolist():
            found.setdefault(int(rows[place]), (part, place))
    known = {number: found[number] for number in inspected if number in found}
    empty: NDArray[np.intp] = np.arange(0)
    taken = [
        getattr(dataset, part).take(np.array([place], np.intp)) for part, place in known.values()
    ] or [dataset.train.take(empty)]
    return Followed(
        tuple(known),
        tuple(part for part, _ in known.values()),
        tuple(place for _, place in known.values()),
        Examples(
            np.concatenate([one.x for one in taken]),
            np.concatenate([one.y for one in taken]),
            rows=np.concatenate([one.rows for one in taken]),
        ),
    )


def sample(dataset: Dataset, part: Part, seed: int) -> Numbers:
    """Return five examples of each class of a part, drawn by ``seed``, class after class.

    With so many classes that five each would be too many, there are fewer of each. Of numbers to
    predict there are ten, evenly from the smallest to the largest.
    """
    examples: Examples = getattr(dataset, part)
    if not len(examples):
        return ()
    if not dataset.is_classification:
        order = np.argsort(examples.y[:, 0], kind="stable")
        ranks = np.linspace(0, len(order) - 1, min(_SPREAD, len(order))).round().astype(int)
        return _numbers(examples, order[ranks].tolist())
    rng = np.random.default_rng(seed)
    classes = np.unique(examples.y)[:MOST]
    each = max(1, min(EACH, MOST // len(classes)))
    rows: list[int] = []
    for number in classes:
        members = np.flatnonzero(examples.y == number)
        rows += sorted(rng.permutation(members)[:each].tolist())
    return _numbers(examples, rows)


def _numbers(examples: Examples, rows: Sequence[int]) -> Numbers:
    return tuple(examples.rows[list(rows)].tolist())
