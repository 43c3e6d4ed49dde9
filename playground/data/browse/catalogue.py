"""All examples of a data set in one list, whichever part they belong to."""

from __future__ import annotations

from collections import OrderedDict
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.browse.answers import Answers
from playground.data.browse.columns import Shelf, shelves_of
from playground.data.browse.series import Rows, Series
from playground.data.dataset import DataKind, Dataset, Floats

KEPT = 12
"""Columns whose values are kept at hand: of a million rows 8 MB each."""


class Part(IntEnum):
    """What an example is for."""

    TRAINING = 0
    VALIDATION = 1
    TEST = 2


class Catalogue:
    """The examples of a data set in the order of their source; a *position* counts them from 0.

    ``parts`` ``(n,)`` says which ``Part`` each belongs to, ``places`` ``(n,)`` where it stands
    there, ``rows`` ``(n,)`` where in its source. May be read by several threads.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.split = (dataset.train, dataset.validation, dataset.test)
        sizes = [len(part) for part in self.split]
        rows = np.concatenate([part.rows for part in self.split])
        self._order: Rows = np.argsort(rows, kind="stable")
        self.rows: Rows = rows[self._order]
        self.parts: NDArray[np.int8] = np.repeat(np.arange(3, dtype=np.int8), sizes)[self._order]
        self.places: Rows = np.concatenate([np.arange(size) for size in sizes])[self._order]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self.columns: tuple[Shelf, ...] = shelves_of(dataset, self.split)
        self._kept: OrderedDict[int, Series] = OrderedDict()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_images(self) -> bool:
        """Whether the examples are pictures."""
        return self.dataset.kind is DataKind.IMAGES

    @cached_property
    def labels(self) -> NDArray[np.int64] | None:
        """The class number of each example; None for regression."""
        if not self.dataset.is_classification:
            return None
        labels: NDArray[np.int64] = np.concatenate([part.y for part in self.split])[self._order]
        return labels

    @property
    def order(self) -> tuple[Rows, Rows]:
        """What a column is fetched by: see ``Shelf.series``."""
        return self._order, self.rows

    @cached_property
    def _positions(self) -> Rows:
        """Where each example of the parts, one after the other, stands in this list."""
        positions = np.empty(len(self), np.intp)
        positions[self._order] = np.arange(len(self))
        return positions

    def position_of(self, part: Part, place: int) -> int:
        """Return where an example of a part stands."""
        return int(self._positions[self._starts[part] + place])

    def series(self, number: int) -> Series:
        """Return the values of a column."""
        known = self._kept.get(number)
        if known is None:
            known = self.columns[number].series(*self.order)
            self._kept[number] = known
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known

    def text(self, position: int, number: int) -> str:
        """Return one cell as people write it, without fetching its column."""
        part, place = int(self.parts[position]), int(self.places[position])
        return self.columns[number].text(part, place, int(self.rows[position]))

    def picture(self, position: int) -> Floats:
        """Return the input of one example."""
        (found,) = self.pictures(np.array([position]))
        return np.asarray(found)

    def pictures(self, positions: Rows) -> Floats:
        """Return the inputs of some examples, ``(k, *input_shape)``."""
        found = np.empty((len(positions), *self.dataset.input_shape), np.float32)
        parts, places = self.parts[positions], self.places[positions]
        for number, part in enumerate(self.split):
            mine = parts == number
            if mine.any():
                found[mine] = part.x[places[mine]]
        return found

    def sorted(self, answers: Answers) -> Answers:
        """Return answers to training, validation and test examples in the order of this list."""

        def ordered(values: NDArray[Any] | None) -> Any:
            return None if values is None else values[self._order]

        return Answers(
            answers.step,
            answers.known,
            ordered(answers.losses),
            ordered(answers.classes),
            ordered(answers.confidences),
            ordered(answers.right),
            ordered(answers.numbers),
        )
