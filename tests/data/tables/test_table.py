import csv

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data.tables.budget import check_memory
from playground.data.tables.columns import ColumnKind, TextColumn
from playground.data.tables.decoding import scan
from playground.data.tables.header import Header
from playground.data.tables.table import ALL_ROWS, RowSample, read_table
from playground.data.tables.text import TextOptions, format_of
from playground.errors import DataError

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
        (["0", "1"] * 20_000 + ["0.5", ""], "regression"),
        (["0", "1", ""] * 20_000, "classification"),
        ([str(i // 2000) for i in range(50_000)], "regression"),
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


@pytest.fixture
def table(tmp_path):
    """Write a file and read it."""

    def table(text, sample=ALL_ROWS, texts=(), encoding="utf-8", **options):
        (tmp_path / "t.csv").write_bytes(text.encode(encoding))
        path = tmp_path / "t.csv"
        return read_table(path, TextOptions(**options), sample=sample, texts=texts)

    return table


LONG = "".join(f"{i},{i / 4},{'ab'[i % 2]}\n" for i in range(5000))


# How it is written


def test_numbers_with_groups_of_digits_are_numbers(table):
    found = table("a;b\n1.234,5;x\n12;y\n1.000.000;z\n").columns[0]
    assert found.values.tolist() == [1234.5, 12, 1_000_000]


def test_single_quotation_marks(table):
    found = table("a,b\n'x, y',1\n'z',2\n")
    assert found.columns[0].levels == ("x, y", "z")


def test_a_chosen_quotation_mark(table):
    found = table("a,b\n'x,1\n'z,2\n", quote="none")
    assert found.columns[0].levels == ("'x", "'z")


def test_a_header_that_is_said_to_be_none(table):
    found = table("a,b\nc,d\n", header="no")
    assert [column.name for column in found.columns] == ["column 1", "column 2"]
    assert found.rows == 2
    assert "columns are named by their numbers" in found.told[0]()


def test_a_header_of_numbers_that_is_said_to_be_one(table):
    found = table("5,3\n1,2\n", header="yes")
    assert [column.name for column in found.columns] == ["5", "3"]
    assert found.told == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "utf-16-be"])
def test_every_encoding_gives_the_same_texts(table, encoding):
    found = table("città;n\nForlì;1\nSan Donà;2\n", encoding=encoding)
    assert found.columns[0].name == "città"
    assert found.columns[0].levels == ("Forlì", "San Donà")


# Missing values


def test_the_usual_spellings_of_missing_values_are_known_and_told(table):
    found = table("a,b\n1,x\nNA,?\n ,\n2, n.d. \n3,z\n")
    assert np.isnan(found.columns[0].values).tolist() == [False, True, True, False, False]
    assert found.columns[1].missing.tolist() == [False, True, True, True, False]
    assert found.missing == ("?", "NA", "n.d.")


def test_other_spellings_can_be_chosen(table):
    found = table("a,b\n1,x\n-99,NA\n", missing=("-99",))
    assert np.isnan(found.columns[0].values).tolist() == [False, True]
    assert found.columns[1].levels == ("NA", "x")
    assert found.missing == ("-99",)


# What a column is, whatever comes first


@pytest.mark.parametrize("odd", ["007", "1.50", "True"])
def test_texts_stay_as_they_are_written(table, odd):
    found = table(f"a,b\n{odd},1\nx,2\n").columns[0]
    assert found.levels == tuple(sorted([odd, "x"]))


def test_blanks_around_texts_and_missing_values_do_not_count(table):
    found = table("a,b\nred,1\n red ,2\nNA ,3\nblue,4\n ? ,5\n  ,6\nblue ,7\n").columns[0]
    assert [found.cell(row) for row in range(7)] == ["red", "red", "", "blue", "", "", "blue"]
    assert found.levels == ("blue", "red")


def test_a_column_that_is_texts_only_far_below_keeps_all_of_them(table):
    found = table("a,b,c\n" + LONG + "later,1,a\n" * 6000).columns[0]
    assert isinstance(found, TextColumn)
    assert found.levels[found.codes[0]] == "0"
    assert found.levels[found.codes[5000]] == "later"


def test_a_column_can_be_asked_for_as_texts(table):
    found = table("code,b\n007,1\n08,2\n", texts=["code"]).columns[0]
    assert found.levels == ("007", "08")
    assert found.fault is None


def test_very_many_texts_come_in_the_order_of_the_file(table):
    found = table("a,b\n" + "".join(f"n{i},1\n" for i in range(20_000, 0, -1))).columns[0]
    assert found.levels[:2] == ("n20000", "n19999")


# Some of the rows


def test_a_sample_knows_its_rows(table):
    found = table("a,b,c\n" + LONG, RowSample(100, seed=3))
    assert found.rows == 100
    assert found.columns[0].values.tolist() == found.numbers.tolist()
    assert found.columns[1].values.tolist() == [i / 4 for i in found.numbers]
    assert found.columns[2].levels[found.columns[2].codes[7]] == "ab"[found.numbers[7] % 2]
    assert [note() for note in found.told] == ["100 of 5,000 rows, chosen at random."]


def test_the_seed_chooses_the_sample(table):
    numbers = [table("a,b,c\n" + LONG, RowSample(10, seed)).numbers.tolist() for seed in (1, 1, 2)]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_file_of_no_more_rows_is_read_whole(table):
    found = table("a,b,c\n" + LONG, RowSample(5000))
    assert (found.rows, found.numbers, found.told) == (5000, None, ())


def test_a_sample_places_its_cells_in_the_file(table):
    found = table("a,b,c\n" + LONG, RowSample(100))
    row = found.numbers[50]
    assert found.place(found.columns[0], 50) == f"t.csv, line {row + 2}, column 1 (a)"


# While it is read


def test_a_file_that_changes_while_it_is_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b,c\n" + LONG)

    def grow(share):
        if share > 0.05:
            with path.open("a") as file:
                file.write("1,2\n")

    with pytest.raises(DataError, match=r"t\.csv was changed by another program while it was"):
        read_table(path, progress=grow)


def test_a_file_that_is_removed_while_it_is_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b,c\n" + LONG)
    with pytest.raises(DataError, match=r"t\.csv was removed while it was being read"):
        read_table(path, progress=lambda _share: path.unlink(missing_ok=True))


def test_the_progress_rises_also_if_a_column_is_read_again(tmp_path):
    (tmp_path / "t.csv").write_text("a,b,c\n" + LONG + "x,1,a\n")
    shares = []
    read_table(tmp_path / "t.csv", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1


# Too much


def test_a_table_that_does_not_fit_is_refused_with_the_figures(tmp_path):
    (tmp_path / "t.csv").write_text("a,b,c\n" + LONG)
    with pytest.raises(
        DataError,
        match=r"t\.csv: 5,\d\d\d rows of 3 columns need some 0 MB of memory, but 0 MB may be "
        r"used\. Take at most 1,300 rows of it, chosen at random",
    ):
        checked(tmp_path / "t.csv", RowSample(), free=100_000)


def test_a_sample_that_fits_is_taken(tmp_path):
    (tmp_path / "t.csv").write_text("a,b,c\n" + LONG)
    assert checked(tmp_path / "t.csv", RowSample(1300), free=100_000) >= 1300


def checked(path, sample, free):
    found = scan(path)
    header = Header.of(path, format_of(path, found, TextOptions()))
    return check_memory(path, found, header, sample, free)


def test_a_line_that_is_too_long(table):
    with pytest.raises(DataError, match=r"t\.csv, line 2: the line goes on for more than 16,777"):
        table("a,b\n1," + "x" * (1 << 24))


def test_too_many_columns(table):
    with pytest.raises(DataError, match=r"between 2 and 10,000 columns\. Received: 10,001"):
        table(",".join(f"c{i}" for i in range(10_001)) + "\n")


def test_very_many_columns(table):
    names, row = (",".join(f"{mark}{i}" for i in range(10_000)) for mark in ("c", "1"))
    found = table(f"{names}\n{row}\n{row}\n")
    assert len(found.columns) == 10_000
    assert found.columns[-1].values.tolist() == [19999, 19999]
