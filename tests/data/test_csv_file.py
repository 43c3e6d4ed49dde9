import numpy as np
import pytest

from playground.data.dataset import DataKind
from playground.data.sources.csv_file import CsvFile
from playground.errors import DataError
from playground.resources import resource_path

ROWS = "".join(f"{i % 7},{i / 2},{'ab'[i % 2]}\n" for i in range(40))
TABLE = "size,weight,kind\n" + ROWS


@pytest.fixture
def load(tmp_path):
    """Write a table and load it."""

    def load(text, **settings):
        (tmp_path / "t.csv").write_text(text, "utf-8")
        return CsvFile(path=tmp_path / "t.csv", **settings).load()

    return load


@pytest.fixture
def message(load):
    """Return what is said about a bad table."""

    def message(text, **settings):
        with pytest.raises(DataError) as caught:
            load(text, **settings)
        return str(caught.value)

    return message


def raw(dataset):
    """All inputs in their own units."""
    parts = [part.x for part in (dataset.train, dataset.validation, dataset.test)]
    return dataset.scaling.invert(np.concatenate(parts))


# Iris, in the box


def test_iris_has_50_flowers_of_each_species():
    dataset = CsvFile(path=resource_path("datasets", "iris", "iris.csv")).load()
    parts = (dataset.train, dataset.validation, dataset.test)
    assert dataset.title == "iris.csv"
    assert dataset.classes == ("setosa", "versicolor", "virginica")
    assert [np.bincount(part.y).tolist() for part in parts] == [[30] * 3, [10] * 3, [10] * 3]


def test_iris_has_the_means_that_fisher_measured():
    dataset = CsvFile(path=resource_path("datasets", "iris", "iris.csv")).load()
    np.testing.assert_allclose(raw(dataset).mean(axis=0), [5.843, 3.057, 3.758, 1.199], atol=1e-3)


def test_a_relative_path_may_be_of_the_apps_own_resources():
    assert len(CsvFile(path="datasets/iris/iris.csv").load().train) == 90


def test_the_columns_of_the_file_stay_at_hand(load):
    dataset = load(TABLE)
    size, weight, kind = dataset.columns
    rows = dataset.test.rows
    np.testing.assert_array_equal(weight.values[rows], rows / 2)
    np.testing.assert_allclose(dataset.scaling.invert(dataset.test.x)[:, 0], size.values[rows])
    assert [kind.levels[code] for code in kind.codes[rows]] == ["ab"[row % 2] for row in rows]


# features


def test_statistics_are_those_of_the_training_rows_only(load):
    train = load(TABLE).train
    np.testing.assert_allclose(train.x.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(train.x.std(axis=0), 1, rtol=1e-6)


def test_every_part_is_scaled_alike(load):
    assert sorted(raw(load(TABLE))[:, 1].round(4).tolist()) == [i / 2 for i in range(40)]


def test_without_standardize_the_numbers_stay(load):
    dataset = load(TABLE, scaling="none")
    assert dataset.scaling is None
    assert dataset.train.x[:, 0].max() == 6


def test_texts_become_one_input_for_each_value(load):
    dataset = load(TABLE, targets=["weight"])
    assert dataset.features == ("size", "kind=a", "kind=b")
    assert set(map(tuple, dataset.train.x[:, 1:].tolist())) == {(0, 1), (1, 0)}


def test_texts_that_are_all_different_are_left_out_with_a_note(load):
    rows = "".join(f"name {i},{i % 3},{'ab'[i % 2]}\n" for i in range(40))
    dataset = load("who,x,kind\n" + rows)
    assert dataset.features == ("x",)
    assert dataset.notes == ("Left out: who (texts that are nearly all different).",)


def test_the_index_that_pandas_writes_is_left_out_with_a_note(load):
    dataset = load(",x,kind\n" + "".join(f"{i},{i % 3},{'ab'[i % 2]}\n" for i in range(40)))
    assert dataset.features == ("x",)
    assert dataset.notes == ("Left out: column 1 (it numbers the rows).",)


def test_a_missing_number_becomes_the_median_with_a_note(load):
    rows = "".join(f"{5 if i % 4 else ''},{i},{'ab'[i % 2]}\n" for i in range(40))
    dataset = load("x,i,kind\n" + rows, scaling="none")
    assert set(dataset.train.x[:, 0].tolist()) == {5}
    assert dataset.notes[0] == "Missing values became the median of the training rows: x (10)."


def test_a_missing_text_becomes_the_most_frequent_one(load):
    rows = "".join(f"{'xyx'[i % 3]},{i}\n" for i in range(60)) + ",1\n" * 6
    dataset = load("letter,y\n" + rows, task="regression")
    assert dataset.features == ("letter=x", "letter=y")
    assert (dataset.train.x.sum(axis=1) == 1).all()
    assert "the most frequent value of the training rows: letter (6)" in dataset.notes[0]


# the target


def test_the_last_column_is_the_target(load):
    dataset = load(TABLE)
    assert (dataset.features, dataset.classes) == (("size", "weight"), ("a", "b"))


def test_numbers_are_predicted_as_numbers_in_a_scale_of_their_own(load):
    dataset = load(TABLE, targets=["weight"])
    assert not dataset.is_classification
    assert dataset.targets == ("weight",)
    np.testing.assert_allclose(dataset.train.y.mean(), 0, atol=1e-6)
    parts = np.concatenate([p.y for p in (dataset.train, dataset.validation, dataset.test)])
    values = dataset.target_scaling.invert(parts)[:, 0]
    assert sorted(values.round(4).tolist()) == [i / 2 for i in range(40)]


def test_the_target_may_stay_as_it_is(load):
    dataset = load(TABLE, targets=["weight"], target_scaling="none")
    assert dataset.target_scaling is None
    assert dataset.train.y.max() > 10


def test_few_whole_numbers_are_classes(load):
    assert load(TABLE, targets=["size"]).classes == tuple("0123456")


def test_whole_numbers_can_be_predicted_as_numbers(load):
    assert load(TABLE, targets=["size"], task="regression").targets == ("size",)


def test_rows_without_an_answer_are_left_out_with_a_note(load):
    dataset = load(TABLE + "1,2,\n" * 3)
    assert sum(map(len, (dataset.train, dataset.validation, dataset.test))) == 40
    assert dataset.notes == ("Left out: 3 rows without a value of kind.",)


def test_one_number_to_one_number_is_a_curve(load):
    assert load("x,y\n" + "".join(f"{i},{i / 3}\n" for i in range(30))).kind is DataKind.CURVE


def test_the_same_seed_gives_the_same_split(load):
    first, again, other = (load(TABLE, seed=seed).train.x for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_progress_rises_to_1(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    shares = []
    CsvFile(path=tmp_path / "t.csv").load(shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1


# what can be wrong


def test_no_such_file():
    with pytest.raises(DataError, match=r"nowhere\.csv: there is no such file"):
        CsvFile(path="nowhere.csv").load()


def test_a_folder(tmp_path):
    with pytest.raises(DataError, match="is a folder; choose a file in it"):
        CsvFile(path=tmp_path).load()


@pytest.mark.parametrize("text", ["", "\n\n", "  \n"])
def test_an_empty_file(message, text):
    assert message(text).startswith("t.csv is empty")


def test_a_header_only(message):
    assert "has a header but no rows" in message("a,b,c\n")


def test_without_a_header_columns_are_named_by_their_numbers(load):
    dataset = load(ROWS)
    assert (dataset.features, dataset.classes) == (("column 1", "column 2"), ("a", "b"))
    assert sum(map(len, (dataset.train, dataset.validation, dataset.test))) == 40
    assert dataset.notes == ("The first line has values: the columns are named by their numbers.",)


def test_years_may_be_names(load):
    years = "2019,2020,2021\n" + "".join(f"{i % 7},{i / 3},{i / 7}\n" for i in range(40))
    assert load(years).features == ("2019", "2020")


@pytest.mark.parametrize(("row", "words"), [("1,2", "are 2 values"), ("1,2,3,4", "are 4 values")])
def test_a_ragged_row(message, row, words):
    text = message(TABLE + row + "\n")
    assert text.startswith(f"t.csv, line 42: there {words}, but the header names 3 columns")


def test_lines_are_counted_as_an_editor_does(message):
    rows = '1,2,"two\nlines"\n\n' + ROWS
    assert message("size,weight,kind\n" + rows + "1\n").startswith("t.csv, line 45: there is 1")


def test_a_text_among_numbers(message):
    text = message('size,weight,kind\n1,2,"a\na"\n\n3,heavy,b\n' + ROWS)
    assert text.startswith('t.csv, line 5, column 2 (weight): "heavy" is not a number')
    assert "correct it, or empty the cell" in text


def test_an_infinite_number(message):
    assert "t.csv, line 42, column 1 (size): the number is infinite" in message(TABLE + "inf,1,a\n")


def test_infinite_numbers_of_rows(message):
    assert "column 1 (id): the number is infinite" in message("id,kind\ninf,a\ninf,b\n3,a\n")


def test_a_number_beyond_single_precision(message):
    assert "line 42, column 2 (weight)" in message(TABLE + "1,1e300,a\n")


def test_an_unknown_target(message):
    text = message(TABLE, targets=["colour"])
    assert text == 't.csv has no column "colour"; choose one of: size, weight, kind.'


def test_only_one_class(message):
    assert "has only one class, a" in message("x,kind\n" + "".join(f"{i},a\n" for i in range(30)))


def test_no_answers_at_all(message):
    assert "column 2 (y) is empty" in message("x,y\n" + "1,\n" * 30)


def test_texts_cannot_be_predicted_as_numbers(message):
    assert "has texts, not numbers" in message(TABLE, task="regression")


def test_too_many_classes(message):
    rows = "".join(f"{i},name {i}\n" for i in range(40))
    assert "40 different values in 40 rows, too many to be classes" in message("x,who\n" + rows)


def test_too_few_rows_to_split(message):
    assert "3 rows with an answer are too few" in message("x,kind\n1,a\n2,b\n3,a\n")


def test_nothing_to_learn_from(message):
    rows = "".join(f"name {i},{'ab'[i % 2]}\n" for i in range(40))
    assert "no column is left to learn kind from" in message("who,kind\n" + rows)


def test_one_column(message):
    assert "choose the delimiter" in message("x\n1\n2\n")


def test_two_columns_of_one_name(message):
    assert 'columns 1 and 2 are both called "x"' in message("x,x,kind\n" + ROWS)


def test_shares_that_leave_nothing(message):
    assert "leave nothing to train on" in message(TABLE, validation_split=0.6, test_split=0.6)


@pytest.mark.parametrize("rows", ["", ROWS * 100, ROWS * 1000])
def test_an_open_quotation_mark(message, rows):
    text = message(TABLE + '1,2,"a\n' + rows)
    assert text.startswith("t.csv, line 42: a quotation mark that is opened here is never closed")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,2\0\n", "is not a text file"),
        (b"PK\x03\x04rest", "is a packed file or a spreadsheet"),
        (b"\xd0\xcf\x11\xe0rest", "is a spreadsheet"),
    ],
)
def test_a_file_that_is_no_text(tmp_path, data, words):
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(DataError, match=words):
        CsvFile(path=tmp_path / "t.csv").load()


# Weights of the rows

WEIGHED = "size,importance,kind\n" + "".join(f"{i},{i % 3},{'ab'[i % 2]}\n" for i in range(30))


def test_the_weight_column_is_no_input(load):
    dataset = load(WEIGHED, weight_column="importance", scaling="none")
    assert dataset.features == ("size",)
    for part in (dataset.train, dataset.validation, dataset.test):
        np.testing.assert_array_equal(part.weights, part.x[:, 0] % 3)


def test_without_a_weight_column_there_are_no_weights(load):
    assert load(WEIGHED).train.weights is None


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("kind", "is what is to be predicted"),
        ("name", "has texts; weights are numbers"),
        ("minus", r"line 3, column 3 (minus): this weight is -1; weights must be 0 or more"),
        ("hole", r"line 4, column 4 (hole): this weight is missing"),
        ("zero", "all weights of the training rows are 0"),
        ("none", 'has no column "none"'),
    ],
)
def test_weights_that_are_none(message, column, words):
    lines = [
        f"{i},n{i % 3},{-1 if i == 1 else 1},{'' if i == 2 else i},0,{'ab'[i % 2]}"
        for i in range(30)
    ]
    text = "size,name,minus,hole,zero,kind\n" + "\n".join(lines) + "\n"
    assert words in message(text, weight_column=column)
