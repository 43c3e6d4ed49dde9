"""The cells of a table, gathered block by block into one array for each column."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.tables.blocks import Block
from playground.data.tables.numbering import Numbering
from playground.data.tables.options import TextFormat
from playground.errors import DataError
from playground.language import tr

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Rows = NDArray[np.intp]

_LOOKED_AT = 200  # missing cells of a column and block, for their spelling
_MOST_LOOKED_AT = 10_000


@dataclass(frozen=True)
class NumberCells:
    """A column that holds nothing but numbers, NaN where there is none."""

    values: Floats


@dataclass(frozen=True)
class TextCells:
    """A column of any texts: ``levels`` without blanks around them, each row's number of one.

    A missing value has the number -1.
    """

    levels: list[str]
    codes: Codes


@dataclass(frozen=True)
class Parsed:
    """The cells of one block.

    ``numbers`` are those of the columns that are not read as texts ``(columns, rows)``, NaN in
    ``not_numbers``. By the number of the column: ``texts`` are the number of each row's text, or
    -1, and the texts; ``missing`` are some of the rows without a value.
    """

    numbers: Floats
    not_numbers: set[int]
    texts: dict[int, tuple[NDArray[Any], list[str]]]
    missing: dict[int, list[int]]


class Gathering:
    """Takes the chosen columns of a table, block after block.

    ``texts`` are the numbers of the columns that are read as texts. Any other that turns out not
    to be numbers is of no use, and named in ``not_numbers``.
    """

    def __init__(
        self, form: TextFormat, columns: int, chosen: Iterable[int], texts: Collection[int]
    ) -> None:
        self.not_numbers: set[int] = set()
        self.missing: set[str] = set()
        """The spellings of missing values that were seen."""
        self._form = form
        self._columns = columns
        self._chosen = sorted(chosen)
        self._texts = {at: _Texts() for at in self._chosen if at in texts}
        self._numbers = [at for at in self._chosen if at not in texts]
        self._values = _Growing(np.float64, len(self._numbers))
        self._looked_at = 0

    def reserve(self, rows: int) -> None:
        """Make room for so many rows; what is not used takes no memory."""
        for growing in self._arrays():
            growing.reserve(rows)

    def add(self, block: Block, parsed: Parsed, rows: Rows | None) -> None:
        """Take these rows of a block that has been parsed; None for all."""
        self.not_numbers |= parsed.not_numbers
        self._values.extend(parsed.numbers if rows is None else parsed.numbers[:, rows])
        for at, (codes, levels) in parsed.texts.items():
            self._texts[at].extend(levels, codes if rows is None else codes[rows])
        for at, missing in parsed.missing.items():
            if self._looked_at < _MOST_LOOKED_AT:
                self._looked_at += len(missing)
                self.missing.update({*block.texts(self._form, missing, at)} - {""})

    def keep(self, rows: Rows) -> None:
        """Give all other rows up."""
        for growing in self._arrays():
            growing.keep(rows)

    def take(self, at: int) -> NumberCells | TextCells:
        """Hand a column out."""
        if at in self._texts:
            texts = self._texts.pop(at)
            return TextCells(texts.numbering.texts, texts.codes.done()[0])
        return NumberCells(self._values.done()[bisect_left(self._numbers, at)])

    def _arrays(self) -> Iterator[_Growing]:
        yield self._values
        yield from (texts.codes for texts in self._texts.values())

    def parse(self, block: Block) -> Parsed:
        """Return the cells of a block; this may be done in any thread."""
        frame = self._frame(block)
        texts: dict[int, tuple[NDArray[Any], list[str]]] = {
            at: _numbered(frame[at]) for at in self._texts
        }
        types = zip(self._chosen, frame.dtypes.tolist(), strict=True)
        usable = [at for at, dtype in types if at not in texts and dtype.kind in "iuf"]
        values = frame if len(usable) == len(frame.columns) else frame[usable]
        numbers: Floats = values.to_numpy(np.float64).T
        if len(usable) < len(self._numbers):
            numbers, found = np.full((len(self._numbers), len(frame)), np.nan), numbers
            numbers[np.searchsorted(self._numbers, usable)] = found
        missing = {at: _some(codes < 0) for at, (codes, _levels) in texts.items()}
        missing |= {self._numbers[place]: rows for place, rows in _some_of_each(numbers)}
        not_numbers = set(self._numbers) - set(usable)
        return Parsed(
            numbers,
            not_numbers,
            texts,
            {at: rows for at, rows in missing.items() if rows and at not in not_numbers},
        )

    def _frame(self, block: Block) -> pd.DataFrame:
        import pandas as pd  # takes half a second, which only users of tables should wait

        form = self._form
        # pandas is slow with names that repeat
        header = (form.delimiter.join(map(str, range(self._columns))) + "\n").encode()
        try:
            frame = pd.read_csv(
                io.BytesIO(header + block.data),
                sep=form.delimiter,
                decimal=form.decimal,
                quotechar=form.quote or '"',
                quoting=csv.QUOTE_MINIMAL if form.quote else csv.QUOTE_NONE,
                header=0,
                names=list(range(self._columns)),
                usecols=self._chosen,
                index_col=False,
                dtype=dict.fromkeys(self._texts, str),  # as categories, 007 would become 7
                keep_default_na=False,
                na_values=["", *form.missing],
                skipinitialspace=True,
                low_memory=False,  # one type for the whole of a column
            )
        except pd.errors.ParserError as error:
            raise _ambiguous(error) from error
        if len(frame) != block.rows:
            raise _ambiguous()
        return frame


def _numbered(cells: pd.Series[Any]) -> tuple[NDArray[Any], list[str]]:
    """Return the number of each row's text, or -1, and the texts."""
    codes, levels = cells.factorize()
    texts: list[Any] = levels.tolist()  # one by one, pandas hands them out ten times as slowly
    return codes, texts


def _some(mask: NDArray[np.bool_]) -> list[int]:
    rows: list[int] = np.flatnonzero(mask)[:_LOOKED_AT].tolist()
    return rows


def _some_of_each(values: Floats) -> Iterator[tuple[int, list[int]]]:
    """Yield some rows of each column that has no value there."""
    empty = np.isnan(values)
    for place in np.flatnonzero(empty.any(axis=1)).tolist():
        yield place, _some(empty[place])


class _Texts:
    """The texts of one column, each different one held once."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self.codes = _Growing(np.int32, 1)

    def extend(self, texts: list[str], codes: NDArray[Any]) -> None:
        """Put rows at the end, each with the number of its text among these, or -1."""
        numbers = [*self.numbering.numbers(map(str.strip, texts)), -1]
        self.codes.extend(np.array(numbers, np.int32)[codes])


class _Growing:
    """An array ``(columns, rows)`` to which rows are added."""

    def __init__(self, dtype: type[np.generic], columns: int) -> None:
        self._array: NDArray[Any] = np.empty((columns, 0), dtype)
        self._size = 0

    def reserve(self, size: int) -> None:
        if size > self._array.shape[1]:
            array = np.empty((len(self._array), size), self._array.dtype)
            array[:, : self._size] = self.done()
            self._array = array

    def extend(self, values: NDArray[Any]) -> None:
        end = self._size + values.shape[-1]
        if end > self._array.shape[1]:
            self.reserve(max(end, 2 * self._array.shape[1]))
        self._array[:, self._size : end] = values
        self._size = end

    def keep(self, rows: Rows) -> None:
        self._array[:, : len(rows)] = self._array[:, rows]
        self._size = len(rows)

    def done(self) -> NDArray[Any]:
        return self._array[:, : self._size]


def _ambiguous(error: Exception | None = None) -> DataError:
    return DataError(
        tr(
            "The quotation marks of this file can be read in two ways{0}; save it again from a "
            "spreadsheet program, or choose how values are quoted."
        ).format(f" ({error})" if error else "")
    )
