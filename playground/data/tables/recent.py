"""Tables that are still in use, so that another split or scaling of them needs no reading."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path
from weakref import ref

from playground.data.files import find
from playground.data.tables.columns import Column
from playground.data.tables.table import Table

_MOST = 4
_recent: OrderedDict[Hashable, tuple[Table, list[ref[Column]]]] = OrderedDict()
"""Tables without their columns, which whoever still has the data keeps alive."""


def recent_table(path: Path, how: Hashable, read: Callable[[], Table]) -> Table:
    """Return the table of a file that was read in this way and has not changed since, or read it.

    Only columns that a data set still holds are found again: nothing is kept for its own sake.
    """
    try:
        status = find(path).stat()
    except OSError:
        return read()  # which says what is wrong
    key = (path, status.st_mtime_ns, status.st_size, how)
    table = _found(key) or read()
    _recent[key] = replace(table, columns=()), [ref(column) for column in table.columns]
    _recent.move_to_end(key)
    while len(_recent) > _MOST:
        _recent.popitem(last=False)
    return table


def _found(key: Hashable) -> Table | None:
    bare, references = _recent.get(key, (None, []))
    columns = [reference() for reference in references]
    alive = tuple(column for column in columns if column is not None)
    return replace(bare, columns=alive) if bare and len(alive) == len(columns) else None
