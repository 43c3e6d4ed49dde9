"""Tables in text files, read by us and by others."""

import json
import subprocess
import sys
from pathlib import Path

from playground.data.tables.table import read_table
from playground.data.tables.text import TextOptions

NODE_MODULES = Path(sys.prefix) / "node_modules"
"""Where the set-up of the oracle environment puts the packages of npm."""


def package(name):
    """Return the folder of a package of npm."""
    folder = NODE_MODULES / name
    assert folder.is_dir(), f"npm has not installed {name}: install Node.js, then run run.py again"
    return folder


def papaparse_cases():
    """Return papaparse's own cases, those of its core and those of its settings."""
    script = Path(__file__).parent / "papaparse_cases.js"
    process = subprocess.run(
        ("node", script, package("papaparse")), capture_output=True, text=True, check=True
    )
    cases = json.loads(process.stdout)
    return [
        (f"{group} {number}: {case['description']}", case)
        for group, group_cases in cases.items()
        for number, case in enumerate(group_cases)
    ]


def our_cells(path, names=None, **options):
    """Return all cells of a file as texts, as we read them; ``""`` is missing.

    ``names`` are those of the columns, if there is a header.
    """
    header = "no" if names is None else "yes"
    options = {"header": header, "missing": ()} | options
    wanted = names or [f"column {number}" for number in range(1, 100)]
    table = read_table(path, TextOptions(**options), texts=frozenset(wanted))
    assert names is None or [column.name for column in table.columns] == names
    return [[column.cell(row) for column in table.columns] for row in range(table.rows)]


def stripped(rows):
    """Return cells without the blanks around them, which are no part of them for us."""
    return [[cell.strip() for cell in row] for row in rows]
