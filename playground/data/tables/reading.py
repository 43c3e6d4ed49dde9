"""Reading the columns of a CSV file whose format is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from playground.data.beside import beside
from playground.data.progress import Progress, part
from playground.data.tables.blocks import PIECE, blocks
from playground.data.tables.columns import Column
from playground.data.tables.gather import Gathering, NumberCells
from playground.data.tables.header import Header
from playground.data.tables.kinds import Texts, number_column
from playground.data.tables.options import TextFormat
from playground.data.tables.sampling import RowChoice, Rows, RowSample
from playground.errors import DataError
from playground.language import tr

_ROW = 600  # bytes of a piece for each column: pandas takes its time for every column of a piece


class Reading:
    """One reading of a file; what it found out is there when it is done.

    Columns that look like texts from the beginning are read as such; those that turn out to be
    texts only later are read in a second pass.
    """

    def __init__(
        self,
        path: Path,
        form: TextFormat,
        header: Header,
        sample: RowSample,
        texts: Collection[str],
    ) -> None:
        self.rows = 0
        self.rows_in_file = 0
        self.numbers: Rows | None = None
        self.missing: set[str] = set()
        self._path = path
        self._form = form
        self._names = header.names
        self._sample = sample
        self._wanted = {at for at, name in enumerate(header.names) if name in texts}
        self._texts = self._wanted | header.texts(form)

    def columns(self, most: int, progress: Progress) -> tuple[Column, ...]:
        """Read all columns; ``most`` is a number of rows there are not more of."""
        everything = range(len(self._names))
        first = self._gather(everything, self._texts, most, part(progress, 0, 0.85))
        again = first.not_numbers
        second = self._gather(again, again, most, part(progress, 0.85, 0.93)) if again else first
        self.missing |= first.missing
        progress_of_columns = part(progress, 0.93, 1)
        columns = []
        for at in everything:
            step = part(progress_of_columns, at / len(everything), (at + 1) / len(everything))
            columns.append(self._column(second if at in again else first, at, step))
            step(1.0)
        return tuple(columns)

    def _gather(
        self, columns: Iterable[int], texts: Collection[int], most: int, progress: Progress
    ) -> Gathering:
        width = len(self._names)
        choice = RowChoice(self._sample)
        gathering = Gathering(self._form, width, columns, texts)
        gathering.reserve(most)
        pieces = blocks(self._path, self._form, width, progress, max(PIECE, _ROW * width))
        for block, parsed in beside(gathering.parse, pieces):
            gathering.add(block, parsed, choice.next(block.rows))
            if (kept := choice.spare()) is not None:
                gathering.keep(kept)
        if not choice.seen:
            raise DataError(
                tr("{name} has a header but no rows; add rows, or choose another file.").format(
                    name=self._path.name
                )
            )
        if (kept := choice.spare(final=True)) is not None:
            gathering.keep(kept)
        is_part = 0 < len(choice.numbers) < choice.seen
        self.numbers = choice.numbers if is_part else None
        self.rows_in_file = choice.seen
        self.rows = len(choice.numbers) if is_part else choice.seen
        return gathering

    def _column(self, gathering: Gathering, at: int, progress: Progress) -> Column:
        name, position = self._names[at], at + 1
        cells = gathering.take(at)
        if isinstance(cells, NumberCells):
            return number_column(name, position, cells.values)
        texts = Texts(cells, self._form, part(progress, 0, 0.5))
        self.missing |= texts.missing
        if at in self._wanted:
            return texts.column(name, position)
        return texts.guessed(name, position, self._form.decimal, part(progress, 0.5, 1))
