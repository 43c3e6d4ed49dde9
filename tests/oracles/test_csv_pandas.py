"""Tables in many dialects: what pandas reads when it is told the dialect, we read, too.

Also without being told: then the dialect must be found.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data.tables.columns import NumberColumn
from playground.data.tables.options import DELIMITERS
from playground.data.tables.table import read_table
from playground.data.tables.text import TextOptions, detect_format

pytestmark = pytest.mark.oracle

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
LETTERS = "abcXYZ àéö€ .:/()+=*_"
WORDS = st.text(st.sampled_from(LETTERS + ",;|\t\"'\n"), min_size=1, max_size=10)
NUMBERS = st.one_of(
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 4)),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32).filter(lambda v: abs(v) < 1e30),
)
MISSING = ("", "NA", "?", "n.d.")


@st.composite
def tables(draw):
    """Draw the cells of a table, column by column: numbers as such, texts as texts."""
    rows = draw(st.integers(3, 30))
    kinds = draw(st.lists(st.sampled_from((NUMBERS, WORDS)), min_size=2, max_size=5))
    holes = st.sampled_from((None,) + (1,) * 9)
    return [
        [draw(kind) if draw(holes) else draw(st.sampled_from(MISSING)) for _ in range(rows)]
        for kind in kinds
    ]


@st.composite
def dialects(draw):
    delimiter = draw(st.sampled_from(("comma", "semicolon", "tab", "bar")))
    return {
        "encoding": draw(st.sampled_from(ENCODINGS)),
        "delimiter": delimiter,
        "quote": draw(st.sampled_from(("double", "single"))),
        "decimal": "point" if delimiter == "comma" else draw(st.sampled_from(("point", "comma"))),
        "header": draw(st.sampled_from(("yes", "no"))),
        "line_end": draw(st.sampled_from(("\n", "\r\n", "\r"))),
        "quotes_all": draw(st.booleans()),
    }


def written(columns, dialect):
    """Return a table as the bytes of a file, and the marks of its dialect for pandas."""
    mark = DELIMITERS[dialect["delimiter"]]
    quote = {"double": '"', "single": "'"}[dialect["quote"]]
    point = {"point": ".", "comma": ","}[dialect["decimal"]]

    def cell(value):
        text = value if isinstance(value, str) else repr(value).replace(".", point)
        special = set(text) & {mark, quote, '"', "'", "\n", "\r", " ", "\t"}
        doubled = text.replace(quote, 2 * quote)
        return quote + doubled + quote if special or dialect["quotes_all"] else text

    lines = [mark.join(map(cell, row)) for row in zip(*columns, strict=True)]
    if dialect["header"] == "yes":
        lines.insert(0, mark.join(cell(f"name {at}") for at in range(len(columns))))
    text = dialect["line_end"].join([*lines, ""])
    return text.encode(dialect["encoding"]), mark, quote, point


def check(ours, theirs):
    """Compare column by column; blanks around a text are no part of it for us."""
    assert ours.rows == len(theirs)
    for column, name in zip(ours.columns, theirs, strict=True):
        if isinstance(column, NumberColumn):
            expected = pd.to_numeric(theirs[name], errors="coerce").to_numpy(float)
            np.testing.assert_array_equal(column.values, expected)
        else:
            cells = ["" if value is None else str(value).strip() for value in texts(theirs[name])]
            assert [column.cell(row) for row in range(ours.rows)] == [
                "" if cell in MISSING else cell for cell in cells
            ]


def texts(series):
    return series.astype(object).where(series.notna(), None)


@given(tables(), dialects())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=400,
)
def test_a_dialect_that_is_chosen(tmp_path, columns, dialect):
    data, mark, quote, point = written(columns, dialect)
    (tmp_path / "t.csv").write_bytes(data)
    encoding = {"utf-8-sig": "utf-8"}.get(dialect["encoding"], dialect["encoding"])
    chosen = {key: dialect[key] for key in ("delimiter", "quote", "decimal", "header")}
    wordy = [at for at, cells in enumerate(columns) if any(is_word(cell) for cell in cells)]
    theirs = pd.read_csv(
        tmp_path / "t.csv",
        sep=mark,
        quotechar=quote,
        decimal=point,
        encoding=dialect["encoding"],
        header=0 if dialect["header"] == "yes" else None,
        names=range(len(columns)),
        dtype=dict.fromkeys(wordy, str),
        keep_default_na=False,
        na_values=list(MISSING),
        skipinitialspace=True,
        skip_blank_lines=True,
    )
    options = TextOptions(encoding=encoding, missing=MISSING[1:], **chosen)
    names = [f"name {at}" if dialect["header"] == "yes" else f"column {at + 1}" for at in wordy]
    check(read_table(tmp_path / "t.csv", options, texts=names), theirs)


def is_word(cell):
    return isinstance(cell, str) and cell not in MISSING


@st.composite
def plain_tables(draw):
    """Draw a table of which a person could tell the dialect: decimals, and words."""
    rows = draw(st.integers(6, 20))
    decimals = st.integers(-9999, 9999).filter(lambda n: n % 10).map(lambda n: n / 100)
    names = st.text(st.sampled_from("abcdefghij"), min_size=2, max_size=6)
    phrases = st.lists(names, min_size=2, max_size=3).map(", ".join)
    kinds = [decimals, *draw(st.lists(st.sampled_from((names, phrases, decimals)), min_size=1))]
    return [[draw(kind) for _ in range(rows)] for kind in kinds]


@given(plain_tables(), dialects())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=400,
)
def test_a_dialect_that_is_found(tmp_path, columns, dialect):
    data, mark, quote, point = written(columns, dialect)
    (tmp_path / "t.csv").write_bytes(data)
    found = detect_format(tmp_path / "t.csv")
    assert (found.delimiter, found.decimal) == (mark, point)
    assert found.has_header == (dialect["header"] == "yes")
    table = read_table(tmp_path / "t.csv")
    assert [len(table.columns), table.rows] == [len(columns), len(columns[0])]
    for column, cells in zip(table.columns, columns, strict=True):
        if isinstance(cells[0], float):
            np.testing.assert_array_equal(column.values, cells)
        elif table.format.quote == quote:
            assert [column.cell(row) for row in range(table.rows)] == cells
