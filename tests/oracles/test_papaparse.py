"""The cases in which papaparse tests its parser, cell by cell.

What is no table for us must be refused, not read otherwise: rows of different lengths, a single
column, an open quotation mark, two columns of one name. Blanks around a cell are no part of it,
and blank lines are no rows.
"""

import pytest

from playground.errors import PlaygroundError
from tests.oracles.tables import NODE_MODULES, our_cells, papaparse_cases, stripped

pytestmark = pytest.mark.oracle

SETTINGS = {"delimiter", "header", "newline", "quoteChar", "skipEmptyLines", "fastMode"}
"""Those that we have, too, or that make no difference to us."""

NOT_OURS = {
    "comments": "lines of comments are no part of our dialects",
    "dynamicTyping": "types are those of whole columns",
    "escapeChar": "a quotation mark is doubled, nothing else escapes it",
    "preview": "what a preview shows is the dialog's",
    "skipFirstNLines": "there are no lines above the header",
    "transform": "JavaScript",
    "transformHeader": "JavaScript",
}
OTHERWISE = {
    "Quoted field with whitespace around quotes": "blanks before a quotation mark are passed over",
    "Quoted field has invalid trailing quote after delimiter with a valid closer": "as Python, "
    "pandas and spreadsheets do: a mark closes what it opened",
    "Quoted field has invalid trailing quote after delimiter": "likewise",
    "Quoted field has invalid trailing quote before delimiter": "likewise",
    "Quoted field has invalid trailing quote after new line": "likewise",
    "Mixed slash n and slash r should choose first as precident": "each of them ends a line",
    "Bad delimiter (\\n)": "a delimiter is one character, and no line break",
    "Multi-character delimiter": "likewise",
    "Multi-character delimiter (length 2) with quoted field": "likewise",
    "Callback delimiter": "likewise",
    "Parsing with skipEmptyLines set to 'greedy'": "a row of empty cells is a row",
    "Parsing with skipEmptyLines set to 'greedy' with quotes and delimiters as content": "likewise",
}
OTHER_QUOTES = "Using reserved regex character"  # . and | as quotation marks

CASES = papaparse_cases() if NODE_MODULES.is_dir() else []


def is_ours(case):
    config = case.get("config") or {}
    return (
        set(config) <= SETTINGS
        and case["description"] not in OTHERWISE
        and not case["description"].startswith(OTHER_QUOTES)
    )


OURS = [pytest.param(case, id=name) for name, case in CASES if is_ours(case)]


def test_most_cases_are_ours():
    assert len(CASES) > 150
    assert len(OURS) >= 90


def test_every_case_left_out_has_its_reason():
    left_out = {case["description"] for _name, case in CASES if not is_ours(case)}
    because = {
        case["description"] for _name, case in CASES if set(case.get("config") or {}) & {*NOT_OURS}
    }
    others = {text for text in left_out if text.startswith(OTHER_QUOTES)}
    assert left_out == because | set(OTHERWISE) | others


def table_of(case):
    """Return names, or None, and rows of what papaparse expects; None if that is no table."""
    rows = case["expected"]["data"]
    errors = {error["code"] for error in case["expected"]["errors"]} - {"UndetectableDelimiter"}
    header = (case.get("config") or {}).get("header")
    if not rows or errors:
        return None
    names = None
    if isinstance(rows[0], dict):
        names, rows = list(rows[0]), [list(row.values()) for row in rows]
    elif header:  # its core parser leaves the header among the rows, with repeated names changed
        return None
    rows = [row for row in rows if len(row) > 1 or row[0].strip()]
    widths = {len(row) for row in rows}
    return None if len(widths) != 1 or widths == {1} else (names, rows)


@pytest.mark.parametrize("case", OURS)
def test_a_table_is_read_cell_by_cell_and_anything_else_is_refused(case, tmp_path):
    (tmp_path / "t.csv").write_bytes(case["input"].encode())
    config = case.get("config") or {}
    chosen = {"delimiter": config.get("delimiter", "auto")}
    chosen["quote"] = {"'": "single"}.get(config.get("quoteChar"), "auto")
    expected = table_of(case)
    if expected is None:
        with pytest.raises(PlaygroundError, match=r"\.$"):
            our_cells(tmp_path / "t.csv", header="auto", **chosen)
    else:
        names, rows = expected
        assert our_cells(tmp_path / "t.csv", names, **chosen) == stripped(rows)
