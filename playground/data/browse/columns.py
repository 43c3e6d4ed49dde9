"""Where the columns of a list of examples come from: the file, the inputs, or the answers."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.browse.series import CategorySeries, NumberSeries, Rows, Series, written
from playground.data.dataset import DataKind, Dataset, Examples, Scaling
from playground.data.tables.columns import Column, DateColumn, NumberColumn, TextColumn
from playground.language import tr


@dataclass(frozen=True, eq=False)
class Shelf(ABC):
    """A column that has not been fetched yet."""

    name: str
    is_answer: bool
    """Whether it is to be predicted."""

    @property
    @abstractmethod
    def is_number(self) -> bool:
        """Whether it holds numbers."""

    @abstractmethod
    def series(self, order: Rows, rows: Rows) -> Series:
        """Return the values of all examples.

        ``order`` sorts the examples of all parts, one after the other, by their source; ``rows``
        are their rows there.
        """

    @abstractmethod
    def text(self, part: int, place: int, row: int) -> str:
        """Return the value of one example as people write it."""


@dataclass(frozen=True, eq=False)
class FileShelf(Shelf):
    """A column of the file, as it was before anything was done to it."""

    column: Column

    @property
    def is_number(self) -> bool:
        return isinstance(self.column, NumberColumn)

    def series(self, order: Rows, rows: Rows) -> Series:
        if isinstance(self.column, NumberColumn):
            return NumberSeries(self.name, self.column.values[rows])
        assert isinstance(self.column, TextColumn)
        levels, codes = in_time(self.column)
        return CategorySeries(self.name, levels, codes[rows])

    def text(self, part: int, place: int, row: int) -> str:
        return self.column.cell(row)


@dataclass(frozen=True, eq=False)
class NumberShelf(Shelf):
    """A column of numbers of each part's array ``(n, columns)``, back in its own units."""

    arrays: tuple[NDArray[np.floating], ...]
    index: int
    scaling: Scaling | None

    @property
    def is_number(self) -> bool:
        return True

    def series(self, order: Rows, rows: Rows) -> Series:
        values = np.concatenate([array[:, self.index] for array in self.arrays])[order]
        return NumberSeries(self.name, self._unscaled(values.astype(np.float64)))

    def text(self, part: int, place: int, row: int) -> str:
        return written(float(self._unscaled(float(self.arrays[part][place, self.index]))))

    def _unscaled(self, values: Any) -> Any:
        """Return values in their own units, with the figures that float32 has."""
        if self.scaling is None:
            return values
        scale, offset = self.scaling.scale[self.index], self.scaling.offset[self.index]
        return rounded_to(values * scale + offset, max(abs(scale), abs(offset)))


@dataclass(frozen=True, eq=False)
class ClassShelf(Shelf):
    """The class of each example."""

    labels: tuple[NDArray[Any], ...]
    classes: tuple[str, ...]

    @property
    def is_number(self) -> bool:
        return False

    def series(self, order: Rows, rows: Rows) -> Series:
        return CategorySeries(self.name, self.classes, np.concatenate(self.labels)[order])

    def text(self, part: int, place: int, row: int) -> str:
        return self.classes[int(self.labels[part][place])]


def rounded_to(values: Any, size: float) -> Any:
    """Return numbers of about this size without the digits that float32 has made up."""
    return np.round(values, 5 - math.floor(math.log10(size))) if size > 0 else values


@dataclass(frozen=True, eq=False)
class TokenShelf(Shelf):
    """A place of a context: the words by their numbers, and one more for where a text begins."""

    arrays: tuple[NDArray[np.floating], ...]
    index: int
    levels: tuple[str, ...]

    @property
    def is_number(self) -> bool:
        return False

    def series(self, order: Rows, rows: Rows) -> Series:
        codes = np.concatenate([array[:, self.index] for array in self.arrays])[order]
        return CategorySeries(self.name, self.levels, codes.astype(np.int64))

    def text(self, part: int, place: int, row: int) -> str:
        return self.levels[int(self.arrays[part][place, self.index])]


def in_time(column: TextColumn) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return levels and codes of a column, dates in the order of time."""
    if not isinstance(column, DateColumn):
        return column.levels, column.codes
    order = np.argsort(column.days, kind="stable")
    places = np.append(np.argsort(order), -1)  # the last one for -1, a missing date
    return tuple(column.levels[n] for n in order.tolist()), places[column.codes]


def shelves_of(dataset: Dataset, split: tuple[Examples, ...]) -> tuple[Shelf, ...]:
    """Return the columns of a data set: those of its file, or else inputs and answers."""
    answers = {shelf.name: shelf for shelf in _answers(dataset, split)}
    if not dataset.columns:
        return (*_inputs(dataset, split), *answers.values())
    columns: list[Shelf] = []
    for column in dataset.columns:
        answer = answers.pop(column.name, None)
        file = FileShelf(column.name, answer is not None, column)
        columns.append(answer if isinstance(answer, ClassShelf) else file)
    return (*columns, *answers.values())


def _inputs(dataset: Dataset, split: tuple[Examples, ...]) -> tuple[Shelf, ...]:
    """Return the numbers that go into the network; none of the pixels of images."""
    if dataset.kind is DataKind.IMAGES:
        return ()
    count = math.prod(dataset.input_shape)
    flat = tuple(part.x.reshape(len(part), count) for part in split)
    if dataset.kind is DataKind.TEXT:
        levels = (*dataset.classes, "⊢")
        return tuple(
            TokenShelf(name, False, flat, index, levels)
            for index, name in enumerate(dataset.features)
        )
    names = dataset.features or tuple(f"x{number + 1}" for number in range(count))
    return tuple(
        NumberShelf(name, False, flat, index, dataset.scaling) for index, name in enumerate(names)
    )


def _answers(dataset: Dataset, split: tuple[Examples, ...]) -> tuple[Shelf, ...]:
    y = tuple(part.y for part in split)
    if dataset.is_classification:
        name = dataset.targets[0] if dataset.targets else tr("class")
        return (ClassShelf(name, True, y, dataset.classes),)
    return tuple(
        NumberShelf(name, True, y, index, dataset.target_scaling)
        for index, name in enumerate(dataset.targets)
    )
