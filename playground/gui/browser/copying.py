"""Rows as text: for the clipboard, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playground.data.browse.series import Rows
from playground.gui.browser.fields import Field
from playground.gui.browser.state import Shown
from playground.language import tr

_AT_ONCE = 20_000
"""Cells written between two looks at whether they are still wanted."""
MOST_COPIED = 1_000_000
"""Cells that go to the clipboard at most."""


def as_text(shown: Shown, fields: tuple[Field, ...], positions: Rows) -> Iterator[str | None]:
    """Yield None while at work, then rows with their headings, with tabs between the cells.

    Only the first ``most_rows`` of them.
    """
    text = io.StringIO(newline="")
    some = positions[: most_rows(fields)]
    for _ in _written(text, shown, fields, some, "\t"):
        yield None
    yield text.getvalue()


def most_rows(fields: tuple[Field, ...]) -> int:
    """Return how many rows go to the clipboard at most."""
    return max(1, MOST_COPIED // len(fields))


@dataclass(frozen=True)
class Written:
    """What became of a file."""

    path: Path
    problem: str = ""
    """Why it could not be written, and what to do."""


def to_file(path: Path, shown: Shown, fields: tuple[Field, ...]) -> Iterator[Written | None]:
    """Yield None while at work on a CSV file with all shown rows, then what became of it."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", newline="", encoding="utf-8") as file:
            for _ in _written(file, shown, fields, shown.positions, ","):
                yield None
        beside.replace(path)
        yield Written(path)
    except OSError as error:
        problem = tr("{0} cannot be written: {1}. Choose another folder or name.")
        problem = problem.format(path, error.strerror)
        yield Written(path, problem)
    finally:
        beside.unlink(missing_ok=True)


def _written(
    file: io.TextIOBase, shown: Shown, fields: tuple[Field, ...], positions: Rows, delimiter: str
) -> Iterator[None]:
    """Write the rows, some a step."""
    data = tuple(field for field in fields if field.kind != "star")
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    writer.writerow([field.name(shown.catalogue) for field in data])
    step = max(1, _AT_ONCE // len(data))
    for start in range(0, len(positions), step):
        for position in positions[start : start + step].tolist():
            writer.writerow([field.text(shown, position).replace("−", "-") for field in data])
        yield
