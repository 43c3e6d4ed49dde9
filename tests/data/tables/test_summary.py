import pytest

from playground.data.tables.columns import ColumnKind
from playground.data.tables.summary import describe
from playground.resources import resource_path

ROWS = "".join(f"{i / 7};{'ab'[i % 2]};{'' if i % 5 else 'late'}\n" for i in range(20))


@pytest.fixture
def summary(tmp_path):
    def summary(text):
        (tmp_path / "t.csv").write_text(text, "utf-8")
        return describe(tmp_path / "t.csv")

    return summary


def test_iris_is_described():
    found = describe(resource_path("datasets", "iris", "iris.csv"))
    assert (found.rows, found.delimiter, found.decimal) == (150, "comma", "point")
    assert [column.kind for column in found.columns] == [ColumnKind.NUMBER] * 4 + [
        ColumnKind.CATEGORY
    ]
    assert found.preview[0] == ("5.1", "3.5", "1.4", "0.2", "setosa")


def test_the_last_column_that_can_be_predicted_is_proposed(summary):
    assert summary("x;kind;when\n" + ROWS).target == "kind"


def test_a_column_that_is_called_target_is_proposed(summary):
    assert summary("Target;kind;when\n" + ROWS).target == "Target"


def test_missing_and_distinct_values_are_counted(summary):
    when = summary("x;kind;when\n" + ROWS).columns[2]
    assert (when.missing, when.distinct) == (16, 1)


def test_a_bad_cell_is_told_without_refusing_the_table(summary):
    column = summary("x;kind;when\n" + ROWS + "much;a;late\n").columns[0]
    assert column.task is None
    assert column.problem.startswith('t.csv, line 22, column 1 (x): "much" is not a number')
