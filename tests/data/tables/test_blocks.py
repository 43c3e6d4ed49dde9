import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data.tables.blocks import blocks
from playground.data.tables.options import TextFormat
from playground.errors import DataError

CELL = st.text(st.sampled_from("ab1è, ;\"\n\r'|"), max_size=6)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(*[CELL] * width), min_size=1, max_size=12)
)


def quoted(cell):
    """Return a cell as a file may have it: Python's writer leaves a lone carriage return bare."""
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set('",\n\r') else cell


def cut(path, columns, size, **form):
    """Return the cells of all blocks, as Python's own reader splits them."""
    form = {"encoding": "utf-8", "delimiter": ",", "decimal": ".", "has_header": False} | form
    found = list(blocks(path, TextFormat(**form), columns, size=size))
    cells = []
    for block in found:
        text = io.StringIO(block.data.decode(), newline="")
        rows = [row for row in csv.reader(text, delimiter=form["delimiter"]) if row]
        assert len(rows) == block.rows
        cells += rows
    return cells


@given(TABLES, st.integers(1, 40), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_blocks_are_cut_between_records(tmp_path, rows, size, line_end):
    lines = (",".join(map(quoted, row)) + line_end for row in rows)
    (tmp_path / "t.csv").write_bytes("".join(lines).encode())
    assert cut(tmp_path / "t.csv", len(rows[0]), size) == [list(row) for row in rows]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252", "shift_jis"])
def test_pieces_may_end_within_a_character(tmp_path, size, encoding):
    texts = ["ソA", "表,B"] if encoding == "shift_jis" else ["é€", "ü,B"]
    (tmp_path / "t.csv").write_bytes(f'x,y\n{texts[0]},1\n"{texts[1]}",2\n'.encode(encoding))
    cells = cut(tmp_path / "t.csv", 2, size, encoding=encoding, has_header=True)
    assert cells == [[texts[0], "1"], [texts[1], "2"]]


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_blank_lines_are_no_rows(tmp_path, size, line_end):
    lines = ["", "  ", "x,y", "", "1,2", "", "", "3,4", "\t", "", ""]
    (tmp_path / "t.csv").write_text(line_end.join(lines), newline="")
    assert cut(tmp_path / "t.csv", 2, size, has_header=True) == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_columns_that_spaces_align(tmp_path, size):
    (tmp_path / "t.txt").write_text("  x    y\n 1.5 2   \n10   20\n")
    cells = cut(tmp_path / "t.txt", 2, size, delimiter=" ", has_header=True)
    assert cells == [["1.5", "2"], ["10", "20"]]


def test_without_quotation_marks_each_line_is_a_record(tmp_path):
    (tmp_path / "t.csv").write_text('5" pipe,1\n"open,2\n')
    found = blocks(tmp_path / "t.csv", TextFormat("utf-8", ",", ".", "", False), 2)
    assert [(block.data, block.rows) for block in found] == [(b'5" pipe,1\n"open,2\n', 2)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,2\n3\n4,5,6\n", "line 2: there is 1 value, but the first line has 2 columns"),
        ("1,2\n3,4\n5,6,7\n8\n", "line 3: there are 3 values"),
        ('1,2\n"3\n",4\n\n5\n', "line 5: there is 1 value"),
        ('1,2\n3,"4\n5,6\n', "line 2: a quotation mark that is opened here is never closed"),
    ],
)
@pytest.mark.parametrize("size", [1, 5, 1000])
def test_a_row_that_is_not_like_the_others(tmp_path, text, words, size):
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(DataError, match=words):
        cut(tmp_path / "t.csv", 2, size)
