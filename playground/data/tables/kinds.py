"""What the cells of a column turn out to be: numbers, or texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playground.data.progress import Progress, unwatched
from playground.data.tables.columns import LARGEST, Column, Fault, NumberColumn, TextColumn
from playground.data.tables.gather import Floats, TextCells
from playground.data.tables.numbers import number
from playground.data.tables.options import TextFormat
from playground.language import tr

_MOST_SORTED = 10_000  # texts: to sort a million would hold all threads for a second
_FIRST = 1000  # texts that tell whether there are numbers among them
_STEP = 10_000


def number_column(name: str, position: int, values: Floats) -> NumberColumn:
    """Return a column of numbers; one that is too large to compute with is a fault."""
    huge = np.flatnonzero(np.abs(values) > LARGEST)
    fault = None
    if len(huge):
        fault = Fault(
            int(huge[0]), tr("the number is infinite or too large; correct it, or empty the cell.")
        )
    return NumberColumn(name, position, fault, values)


class Texts:
    """The different texts of a column, and which rows have which.

    ``missing`` are the spellings of missing values among them, which have the code -1.
    """

    def __init__(self, cells: TextCells, form: TextFormat, progress: Progress = unwatched) -> None:
        absent = {"", *form.missing}
        gone = [at for at, text in enumerate(_watched(cells.levels, progress)) if text in absent]
        self.missing = {cells.levels[at] for at in gone} - {""}
        kept = np.ones(len(cells.levels) + 1, bool)
        kept[[*gone, -1]] = False  # the last one is for cells that are empty
        places = np.where(kept, np.cumsum(kept) - 1, -1)
        self.levels = cells.levels
        if gone:
            self.levels = [text for text in cells.levels if text not in absent]
        self.codes = places[cells.codes]

    def column(self, name: str, position: int) -> TextColumn:
        """Return the column of these texts; in order, unless there are very many."""
        if len(self.levels) > _MOST_SORTED:
            return TextColumn(name, position, None, tuple(self.levels), self.codes)
        order = sorted(range(len(self.levels)), key=self.levels.__getitem__)
        places = np.empty(len(order) + 1, np.int64)
        places[order] = np.arange(len(order))
        places[-1] = -1
        levels = tuple(self.levels[at] for at in order)
        return TextColumn(name, position, None, levels, places[self.codes])

    def guessed(
        self, name: str, position: int, decimal: str, progress: Progress = unwatched
    ) -> Column:
        """Return the column as numbers if all texts are; if only most are, the others are a fault.

        Numbers with groups of digits are those that pandas takes for texts.
        """
        if not any(number(text, decimal) is not None for text in self.levels[:_FIRST]):
            return self.column(name, position) if self.levels else self._empty(name, position)
        found = (number(text, decimal) for text in _watched(self.levels, progress))
        values = np.array([*(np.nan if value is None else value for value in found), np.nan])
        numbers = values[self.codes]
        odd = np.isnan(numbers) & (self.codes >= 0)
        count = int(np.count_nonzero(odd))
        if not count:
            return number_column(name, position, numbers)
        column = self.column(name, position)
        mostly_numbers = 2 * count < int(np.count_nonzero(self.codes >= 0))
        return replace(column, fault=self._fault(odd)) if mostly_numbers else column

    def _empty(self, name: str, position: int) -> NumberColumn:
        return NumberColumn(name, position, None, np.full(len(self.codes), np.nan))

    def _fault(self, odd: NDArray[np.bool_]) -> Fault:
        row = int(odd.argmax())
        shown = " ".join(self.levels[self.codes[row]].split())[:40]
        return Fault(
            row,
            tr(
                '"{shown}" is not a number, and most of this column is numbers; correct it, or '
                "empty the cell if the value is unknown."
            ).format(shown=shown),
        )


def _watched(texts: Sequence[str], progress: Progress) -> Iterator[str]:
    for at, text in enumerate(texts):
        if at % _STEP == 0:
            progress(at / len(texts))
        yield text
