import pytest

from playground.data.tables.summary import describe
from playground.data.tables.text import TextOptions
from playground.resources import resource_path

ROWS = "".join(f"{i / 7};{'ab'[i % 2]};{'' if i % 5 else 'late'}\n" for i in range(20))


@pytest.fixture
def summary(tmp_path):
    def summary(text, **settings):
        (tmp_path / "t.csv").write_text(text, "utf-8")
        return describe(tmp_path / "t.csv", **settings)

    return summary


def test_iris_is_described():
    found = describe(resource_path("datasets", "iris", "iris.csv"))
    assert (found.rows, found.format.delimiter, found.format.decimal) == (150, ",", ".")
    assert [column.type for column in found.columns] == ["number"] * 4 + ["category"]
    assert found.preview[0].number == 2
    assert found.preview[0].cells == ("5.1", "3.5", "1.4", "0.2", "setosa")


def test_the_last_column_that_can_be_predicted_is_proposed(summary):
    assert summary("x;kind;when\n" + ROWS).target == "kind"


def test_a_column_that_is_called_target_is_proposed(summary):
    assert summary("Target;kind;when\n" + ROWS).target == "Target"


def test_missing_and_distinct_values_are_counted(summary):
    when = summary("x;kind;when\n" + ROWS).columns[2]
    assert (when.missing, when.levels.distinct) == (16, 1)


def test_a_bad_cell_is_told_without_refusing_the_table(summary):
    column = summary("x;kind;when\n" + ROWS + "much;a;late\n").columns[0]
    assert column.task is None
    assert column.problem.startswith('t.csv, line 22, column 1 (x): "much" is not a number')


def test_a_column_with_one_bad_cell_is_still_guessed_to_be_numbers(summary):
    assert summary("x;kind;when\n" + ROWS + "much;a;late\n").columns[0].guess == "number"


def test_as_a_category_a_bad_cell_is_a_value_like_others(summary):
    text = "x;kind;when\n" + ROWS + "much;a;late\n"
    column = summary(text, types={"x": "category"}).columns[0]
    assert (column.type, column.problem, column.levels.distinct) == ("category", "", 21)


def test_a_type_that_does_not_fit_says_where(summary):
    column = summary("x;kind;when\n" + ROWS, types={"kind": "number"}).columns[1]
    assert 't.csv, line 2, column 2 (kind): "a"' in column.problem
    assert column.guess == "category"


def test_a_column_that_is_left_out_has_no_problem(summary):
    text = "x;kind;when\n" + ROWS + "much;a;late\n"
    assert summary(text, types={"x": "ignore"}).columns[0].problem == ""


def test_a_column_is_described_anew_as_another_type(summary):
    found = summary("x;kind;when\n" + ROWS)
    anew = found.with_columns([found.described_as("x", "category")])
    assert anew.by_name["x"].type == "category"
    assert [c.name for c in anew.columns] == [c.name for c in found.columns]


def test_dates_are_spread_in_days(summary):
    rows = "".join(f"2024-01-{day:02d},{day % 2}\n" for day in range(1, 32))
    found = summary("when,y\n" + rows).columns[0]
    assert found.type == "date"
    assert found.spread.high - found.spread.low == 30


def test_rows_without_a_value_are_known(summary):
    found = summary("x;kind;when\n" + ROWS)
    assert found.missing_in("when").sum() == 16


def test_the_choices_of_how_to_read_are_followed(summary):
    found = summary("a|b\n1|2\n3|4\n", options=TextOptions(delimiter="bar"))
    assert [column.name for column in found.columns] == ["a", "b"]
