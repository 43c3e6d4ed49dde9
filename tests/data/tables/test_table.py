import csv

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data.tables.columns import ColumnKind, TextColumn
from playground.data.tables.table import read_table
from playground.data.tables.text import TextOptions

PLAIN = st.text(st.characters(codec="utf-8", categories=("L", "P", "S", "Zs")), max_size=12)


@pytest.fixture
def column(tmp_path):
    """Write one column of cells beside another and read it."""

    def column(cells):
        rows = "".join(f"{cell};1\n" for cell in cells)
        (tmp_path / "t.csv").write_text(f"it;other\n{rows}", "utf-8")
        return read_table(tmp_path / "t.csv", TextOptions(delimiter="semicolon")).columns[0]

    return column


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2.5", "-3e2", ""], ColumnKind.NUMBER),
        (["NA", "?", "", "nan"], ColumnKind.EMPTY),
        (["red", "blue"] * 10, ColumnKind.CATEGORY),
        (["True", "False", ""] * 5, ColumnKind.CATEGORY),
        ([f"row {i}" for i in range(20)], ColumnKind.TEXT),
        ([f"2024-01-{i:02}" for i in range(1, 20)], ColumnKind.DATE),
    ],
)
def test_a_column_is_what_it_holds(column, cells, kind):
    assert column(cells).kind is kind


@pytest.mark.parametrize(
    ("cells", "task"),
    [
        (["yes", "no"] * 5, "classification"),
        (["0", "1"] * 5, "classification"),
        ([str(i % 10) for i in range(60)], "classification"),
        ([str(i) for i in range(60)], "regression"),
        (["0.5", "1.5"] * 30, "regression"),
    ],
)
def test_the_task_follows_from_the_values(column, cells, task):
    assert column(cells).task == task


def test_decimal_commas_are_read(column):
    assert column(["1,5", "2,25", "-0,5"]).values.tolist() == [1.5, 2.25, -0.5]


def test_a_text_among_decimal_commas_is_a_fault(column):
    assert column(["1,5", "2,25", "viele", "0,5"]).fault.row == 2


def test_missing_texts_have_no_level(column):
    found = column(["b", "", "a", "b"])
    assert isinstance(found, TextColumn)
    assert (found.levels, found.codes.tolist()) == (("a", "b"), [1, -1, 0, 1])


@given(
    st.lists(st.tuples(st.floats(-1e6, 1e6).map(lambda v: round(v, 3)), PLAIN), min_size=1),
    st.sampled_from([",", ";", "\t"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_the_csv_module_writes_is_read_back(tmp_path, rows, delimiter):
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([("number", "text"), *rows])
    table = read_table(tmp_path / "t.csv", TextOptions(delimiter=delimiter, decimal="point"))
    np.testing.assert_allclose(table.columns[0].values, [number for number, _ in rows])
