"""The cases of csv-spectrum: the quirks that CSV files in the wild have."""

import json

import pytest

from playground.data.tables.text import TextOptions, detect_format
from tests.oracles.tables import our_cells, package, stripped

pytestmark = pytest.mark.oracle

CASES = (
    *("comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates"),
    *("newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8"),
)


def test_no_case_is_left_out():
    folder = package("csv-spectrum") / "csvs"
    assert sorted(file.stem for file in folder.glob("*.csv")) == sorted(CASES)


@pytest.mark.parametrize("name", CASES)
def test_every_cell_is_read(name):
    folder = package("csv-spectrum")
    file = folder / "csvs" / f"{name}.csv"
    rows = json.loads((folder / "json" / f"{name}.json").read_text("utf-8"))
    rows = rows if isinstance(rows, list) else [rows]
    if name == "location_coordinates":  # the phone number is not that of the CSV file
        rows[0]["Contact Phone Number"] = "2095257564"
    names = list(rows[0])
    expected = stripped([row[name] for name in names] for row in rows)
    assert our_cells(file, names) == expected


@pytest.mark.parametrize("name", CASES)
def test_the_header_is_found(name):
    file = package("csv-spectrum") / "csvs" / f"{name}.csv"
    found = detect_format(file, TextOptions())
    assert (found.delimiter, found.quote, found.has_header) == (",", '"', True)
