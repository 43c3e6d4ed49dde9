"""How much memory a table takes, and whether it is there."""

from __future__ import annotations

from pathlib import Path

from playground.data.tables.decoding import Bytes
from playground.data.tables.header import Header
from playground.data.tables.sampling import RowSample
from playground.errors import DataError
from playground.language import grouped, tr

_CELL = 8 + 4  # bytes: as it stands in the file, and as an input of a network
_SHARE = 0.5  # of the free memory: a network and its snapshots want some, too


class TooManyRowsError(DataError):
    """The rows of a table need more memory than there is; ``fitting`` of them do not."""

    def __init__(self, message: str, fitting: int) -> None:
        super().__init__(message)
        self.fitting = fitting


def check_memory(path: Path, found: Bytes, header: Header, sample: RowSample, free: int) -> int:
    """Return a number of rows of which there will not be more to hold; ``free`` is in bytes.

    Raises ``TooManyRowsError`` if the rows to take need more memory than there is.
    """
    columns = len(header.names)
    # With n columns, a row has no fewer than n bytes.
    most = min(found.lines, found.size // columns + 1)
    likely = min(most, round(found.size / max(1.0, _row_bytes(header))))
    rows = min(likely, sample.most_rows) if sample.most_rows else likely
    available = _SHARE * free
    fitting = int(available / (columns * _CELL))
    if rows > fitting:
        raise TooManyRowsError(
            tr(
                "{name}: {rows} rows of {columns} columns need some {0} MB of memory, but {1} MB "
                "may be used. Take at most {2} rows of it, chosen at random, or fewer columns."
            ).format(
                grouped(rows * columns * _CELL / 2**20, ".0f"),
                grouped(available / 2**20, ".0f"),
                grouped(_rounded(fitting)),
                name=path.name,
                rows=grouped(rows),
                columns=grouped(columns),
            ),
            _rounded(fitting),
        )
    return min(most, 3 * sample.most_rows) if sample.most_rows else most


def _row_bytes(header: Header) -> float:
    """Return how many bytes a row has on average, as far as the first ones tell."""
    bytes_ = sum(len(cell) + 1 for cells in header.first for cell in cells)
    return bytes_ / max(1, len(header.first))


def _rounded(rows: int) -> int:
    """Return a number with two digits that count, no larger than this one."""
    step: int = 10 ** max(0, len(str(rows)) - 2)
    return int(rows // step * step)
