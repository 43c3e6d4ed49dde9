"""Tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

Row = tuple[str, ...]


def print_table(rows: Iterable[Row], numbers_from: int = 99) -> None:
    """Print the rows in columns; from one column on they are aligned on the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if number >= numbers_from else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
