"""What a table becomes by the plans for its columns."""

import numpy as np
import pytest

from playground.data.sources.csv_file import CsvFile
from playground.data.tables.plan import ColumnPlan
from playground.errors import ConfigError, DataError

SIZES = ("small", "large", "middle")
ROWS = [f"{i},{i % 7},{SIZES[i % 3]},{'yn'[i % 2]}" for i in range(60)]
TABLE = "n,grade,size,sold\n" + "\n".join(ROWS) + "\n"


@pytest.fixture
def load(tmp_path):
    """Write a table and load it with plans for some columns."""

    def load(text, *plans, **settings):
        (tmp_path / "t.csv").write_text(text, "utf-8")
        settings = {"scaling": "none", "target_scaling": "none", **settings}
        return CsvFile(path=tmp_path / "t.csv", columns=plans, **settings).load()

    return load


@pytest.fixture
def message(load):
    """Return what is said about a table that does not fit."""

    def message(text, *plans, **settings):
        with pytest.raises(DataError) as caught:
            load(text, *plans, **settings)
        return str(caught.value)

    return message


def column(dataset, name):
    """An input in all parts, by the row of the file."""
    at = dataset.features.index(name)
    parts = (dataset.train, dataset.validation, dataset.test)
    x = np.concatenate([part.x[:, at] for part in parts])
    return x[np.argsort(np.concatenate([part.rows for part in parts]))]


def with_cells(name, cells):
    """A table with one column and a number, and classes to predict."""
    rows = "".join(f"{cell},{i},{'ab'[i % 2]}\n" for i, cell in enumerate(cells))
    return f"{name},i,kind\n{rows}"


# Types


def test_numbers_may_be_categories(load):
    dataset = load(TABLE, ColumnPlan("grade", "category"))
    assert [f"grade={k}" for k in range(7)] == [n for n in dataset.features if "grade" in n]
    np.testing.assert_array_equal(column(dataset, "grade=3"), np.arange(60) % 7 == 3)


def test_categories_of_numbers_are_in_the_order_of_the_numbers(load):
    cells = [(1, 10, 9, 2.5)[i % 4] for i in range(40)]
    names = load(with_cells("x", cells), ColumnPlan("x", "category")).features[:4]
    assert names == ("x=1", "x=2.5", "x=9", "x=10")


@pytest.mark.parametrize("words", [("yes", "no"), ("True", "False"), ("SÌ", "No"), ("t", "f")])
def test_yes_and_no_may_be_1_and_0(load, words):
    cells = [words[i % 3 == 0] for i in range(40)]
    dataset = load(with_cells("x", cells), ColumnPlan("x", "number"))
    np.testing.assert_array_equal(column(dataset, "x"), np.arange(40) % 3 != 0)


def test_dates_become_days_since_the_first_training_date(load):
    days = np.datetime64("2024-02-20") + np.arange(40)
    dataset = load(with_cells("when", days))
    first = dataset.train.rows.min()
    np.testing.assert_array_equal(column(dataset, "when"), np.arange(40) - first)
    assert f"when counts days from {days[first]}." in dataset.notes


def test_dates_that_can_be_read_in_two_ways_are_told(load):
    cells = [f"{i % 9 + 1}/{i % 5 + 1}/2024" for i in range(40)]
    (note,) = load(with_cells("when", cells)).notes
    assert note.endswith("read with the day before the month.")


def test_days_may_be_written_as_numbers(load):
    cells = [f"202402{i % 28 + 1:02}" for i in range(40)]
    dataset = load(with_cells("when", cells), ColumnPlan("when", "date"))
    assert np.ptp(column(dataset, "when")) == 27


@pytest.mark.parametrize(
    ("type_", "note"),
    [
        ("text", "Left out: grade (as chosen)."),
        ("ignore", "Left out: grade (as chosen)."),
        ("id", "Left out: grade (as chosen)."),
    ],
)
def test_what_is_left_out_is_no_input(load, type_, note):
    dataset = load(TABLE, ColumnPlan("grade", type_))
    assert "grade" not in dataset.features
    assert dataset.notes == (note,)


def test_a_fault_in_a_column_that_is_left_out_does_not_matter(load):
    text = with_cells("x", [*range(39), "much"])
    assert load(text, ColumnPlan("x", "ignore")).features == ("i",)


def test_a_column_without_any_value_is_left_out_with_a_note(load):
    dataset = load(with_cells("x", [""] * 40), ColumnPlan("x", "number"))
    assert dataset.notes == ("Left out: x (nothing in it).",)


def test_a_column_without_a_value_for_training_is_left_out(load):
    row = rare(load(with_cells("x", [1] * 40)))
    dataset = load(with_cells("x", [5 if i == row else "" for i in range(40)]))
    assert dataset.features == ("i",)
    assert dataset.notes == ("Left out: x (nothing in the training rows).",)


def test_a_constant_column_stays_with_a_note(load):
    dataset = load(with_cells("x", [3] * 40))
    assert dataset.features == ("x", "i")
    assert "The same in all training rows, so nothing can be learnt from it: x." in dataset.notes


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        ("number", 'line 5, column 1 (x): "many" is no number, as this column should be; correct'),
        ("date", 'line 2, column 1 (x): "a few" is no date, as this column should be; correct'),
    ],
)
def test_a_cell_that_is_not_what_was_planned_is_named(message, type_, words):
    cells = ["a few" if type_ == "date" else "", "", "2", "many", "much", *range(35)]
    assert f"t.csv, {words}" in message(with_cells("x", cells), ColumnPlan("x", type_))


# Encodings


def test_ordinal_categories_are_counted_in_order(load):
    dataset = load(TABLE, ColumnPlan("size", "category", "ordinal"))
    numbers = [("large", "middle", "small").index(SIZES[i % 3]) for i in range(60)]
    np.testing.assert_array_equal(column(dataset, "size"), numbers)


def rare(dataset):
    """A row that is not for training, whatever its values are."""
    return int(dataset.test.rows[0])


def test_a_category_that_training_does_not_know_is_all_zeros(load):
    row = rare(load(TABLE))
    lines = ROWS.copy()
    lines[row] = f"{row},{row % 7},huge,{'yn'[row % 2]}"
    dataset = load("n,grade,size,sold\n" + "\n".join(lines))
    sizes = [column(dataset, f"size={size}") for size in sorted(SIZES)]
    assert "size=huge" not in dataset.features
    assert [values[row] for values in sizes] == [0, 0, 0]
    assert "Categories that no training row has are all 0: size (1)." in dataset.notes


def test_an_ordinal_category_that_training_does_not_know_is_as_a_missing_one(load):
    row = rare(load(TABLE))
    lines = ROWS.copy()
    lines[row] = f"{row},{row % 7},huge,{'yn'[row % 2]}"
    plan = ColumnPlan("size", "category", "ordinal", "category")
    dataset = load("n,grade,size,sold\n" + "\n".join(lines), plan)
    assert column(dataset, "size")[row] == 3
    assert "Categories that no training row has are treated as missing: size (1)." in dataset.notes


# Missing values

HOLES = with_cells("x", ["" if i % 5 == 4 else (i % 5) ** 2 for i in range(100)])
GAPS = np.arange(100) % 5 == 4


@pytest.mark.parametrize(("missing", "fill"), [("median", 2.5), ("mean", 3.5)])
def test_a_missing_number_becomes_what_is_planned(load, missing, fill):
    text = with_cells("x", ["" if gap else (0, 1, 4, 9)[i % 4] for i, gap in enumerate(GAPS)])
    dataset = load(text, ColumnPlan("x", "number", missing=missing))
    known = dataset.columns[0].values[dataset.train.rows]
    measure = {"median": np.nanmedian, "mean": np.nanmean}[missing]
    assert measure(known) == pytest.approx(fill, abs=1)
    np.testing.assert_allclose(column(dataset, "x")[GAPS], measure(known), rtol=1e-6)


def test_a_missing_number_may_be_the_most_frequent_one(load):
    text = with_cells("x", ["" if gap else (7, 1, 7)[i % 3] for i, gap in enumerate(GAPS)])
    dataset = load(text, ColumnPlan("x", "number", missing="most_frequent"))
    assert set(column(dataset, "x")[GAPS]) == {7}


def test_missing_numbers_may_have_an_input_of_their_own(load):
    dataset = load(HOLES, ColumnPlan("x", "number", missing="category"), scaling="standard")
    assert dataset.features == ("x", "x=(missing)", "i")
    np.testing.assert_array_equal(column(dataset, "x=(missing)"), GAPS)
    assert "Missing values became a category of their own: x (20)." in dataset.notes


def test_missing_categories_may_be_a_category(load):
    text = with_cells("x", ["" if gap else "uv"[i % 2] for i, gap in enumerate(GAPS)])
    dataset = load(text, ColumnPlan("x", "category", missing="category"))
    assert dataset.features == ("x=u", "x=v", "x=(missing)", "i")
    np.testing.assert_array_equal(column(dataset, "x=(missing)"), GAPS)


def test_rows_with_missing_values_may_be_dropped(load):
    dataset = load(HOLES, ColumnPlan("x", "number", missing="drop"))
    rows = np.concatenate([p.rows for p in (dataset.train, dataset.validation, dataset.test)])
    np.testing.assert_array_equal(np.sort(rows), np.flatnonzero(~GAPS))
    assert dataset.notes == ("Left out: 20 rows without a value of x.",)


def test_dropping_every_row_is_refused(message):
    text = "x,y,kind\n" + "".join(
        f"{i if i % 2 else ''},{'' if i % 2 else i},{'ab'[i % 3 > 0]}\n" for i in range(40)
    )
    plans = [ColumnPlan(name, "number", missing="drop") for name in "xy"]
    assert "every row lacks a value of x or y; fill missing" in message(text, *plans)


@pytest.mark.parametrize("missing", ["mean", "median"])
def test_categories_have_no_mean(message, missing):
    plan = ColumnPlan("size", "category", missing=missing)
    assert f"column 3 (size): categories have no {missing}; choose" in message(TABLE, plan)


# Scaling


def test_a_column_may_have_a_scaling_of_its_own(load):
    dataset = load(TABLE, ColumnPlan("grade", scaling="unit"), scaling="standard")
    at = dataset.features.index("grade")
    assert (dataset.scaling.offset[at], dataset.scaling.scale[at]) == (0, 6)
    methods = dict(zip(dataset.features, dataset.scaling.methods, strict=True))
    assert (methods["n"], methods["grade"], methods["size=small"]) == ("standard", "unit", "none")


def test_from_0_to_1_is_measured_on_the_training_rows(load):
    x = load(TABLE, scaling="unit").train.x
    assert (x.min(axis=0) == 0).all()
    assert (x.max(axis=0) == 1).all()


def test_ordinal_categories_are_scaled_as_numbers(load):
    dataset = load(TABLE, ColumnPlan("size", "category", "ordinal"), scaling="unit")
    assert set(column(dataset, "size")) == {0, 0.5, 1}


# Targets


def test_several_numbers_are_predicted_at_once(load):
    dataset = load(TABLE, targets=["grade", "n"], target_scaling="standard")
    assert dataset.targets == ("grade", "n")
    assert not {"grade", "n"} & set(dataset.features)
    np.testing.assert_allclose(dataset.train.y.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(dataset.train.y.std(axis=0), 1, rtol=1e-5)
    values = dataset.target_scaling.invert(dataset.test.y)
    expected = np.stack([dataset.test.rows % 7, dataset.test.rows], axis=1)
    np.testing.assert_allclose(values, expected, atol=1e-4)


def test_each_target_may_have_a_scaling_of_its_own(load):
    plan = ColumnPlan("grade", scaling="unit")
    dataset = load(TABLE, plan, targets=["n", "grade"], target_scaling="standard")
    assert dataset.target_scaling.methods == ("standard", "unit")


def test_a_row_without_one_of_several_answers_is_left_out(load):
    dataset = load(TABLE + "60,,small,y\n,3,large,n\n", targets=["n", "grade"])
    assert "Left out: 2 rows without a value of n or grade." in dataset.notes


def test_several_targets_must_be_numbers(message):
    words = message(TABLE, targets=["n", "size"])
    assert words == "t.csv, column 3 (size) has texts, not numbers; take it out."


def test_classes_are_of_one_column(message):
    words = message(TABLE, targets=["size", "sold"], task="classification")
    assert "classes are learnt of one column only. Received: size, sold." in words


def test_a_category_to_predict_is_classes(load):
    text = "x,i\n" + "".join(f"{i % 3 / 2},{i}\n" for i in range(60))
    assert load(text, targets=["x"]).classes == ()
    assert load(text, ColumnPlan("x", "category"), targets=["x"]).classes == ("0.0", "0.5", "1.0")


def test_a_rare_class_is_in_every_part_if_it_has_three_rows(load):
    rows = "".join(f"{i},{'a' if i % 20 else 'b'}\n" for i in range(60))
    dataset = load("x,kind\n" + rows)
    parts = (dataset.train, dataset.validation, dataset.test)
    assert [np.count_nonzero(part.y) for part in parts] == [1, 1, 1]
    assert dataset.notes == ()


def test_a_class_of_one_row_is_for_training_with_a_note(load):
    rows = "".join(f"{i},{'ab'[i % 2]}\n" for i in range(60))
    dataset = load("x,kind\n" + rows + "60,c\n", validation_split=0.4, test_split=0.4)
    assert np.count_nonzero(dataset.train.y == 2) == 1
    assert dataset.notes == ("Too few rows to be in every part of the split: c (1).",)


def test_the_same_target_twice_is_one(load):
    assert load(TABLE, targets=["n", "n"]).targets == ("n",)


# Remembered


def plans():
    return [
        ColumnPlan("n", "number"),
        ColumnPlan("grade", "category", "ordinal"),
        ColumnPlan("size", "category"),
        ColumnPlan("sold", "category"),
    ]


def test_another_order_of_the_columns_changes_nothing(load):
    swapped = "size,sold,n,grade\n" + "".join(
        f"{size},{sold},{n},{grade}\n" for n, grade, size, sold in (r.split(",") for r in ROWS)
    )
    first, second = (load(text, *plans(), targets=["sold"]) for text in (TABLE, swapped))
    assert (
        first.features
        == second.features
        == ("n", "grade", "size=large", "size=middle", "size=small")
    )
    np.testing.assert_array_equal(first.train.x, second.train.x)


def test_a_planned_column_that_is_gone_is_named_with_the_nearest(message):
    words = message(TABLE.replace("grade", "Grades"), *plans())
    assert words.startswith(
        't.csv has no column "grade", which this data was set up with; the nearest is "Grades".'
    )


def test_a_column_that_was_left_out_may_be_gone(load):
    assert load(TABLE, ColumnPlan("comment", "ignore")).features[0] == "n"


def test_an_unknown_target_is_told_with_the_nearest(message):
    assert 'no column "sald"; choose the nearest, "sold", or' in message(TABLE, targets=["sald"])


def test_too_many_inputs_are_refused_with_the_widest_column(message):
    text = "id,code,kind\n" + "".join(f"{i},c{i % 8000},{'ab'[i % 2]}\n" for i in range(24_000))
    words = message(text, ColumnPlan("code", "category"), ColumnPlan("id", "category"))
    assert "more than 10,000; leave columns out, or make id ordinal" in words


def test_two_plans_for_one_column_are_refused():
    with pytest.raises(ConfigError, match="two plans for the column x"):
        CsvFile(columns=(ColumnPlan("x"), ColumnPlan("y"), ColumnPlan("x")))


def test_leading_zeros_stay_where_numbers_are_categories(load):
    cells = [("007", "7", "010")[i % 3] for i in range(60)]
    names = load(with_cells("x", cells), ColumnPlan("x", "category")).features[:3]
    assert sorted(names) == ["x=007", "x=010", "x=7"]


def test_a_note_names_some_of_many_columns(load):
    names = ",".join(f"c{n}" for n in range(50))
    rows = "".join(f"{',' * 49}{i},{'ab'[i % 2]}\n" for i in range(40))
    (note,) = load(f"{names},kind\n{rows}").notes
    assert note.endswith("c19 (nothing in it) and 29 more.")
