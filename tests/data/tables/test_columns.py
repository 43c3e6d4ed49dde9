import numpy as np

from playground.data.tables.columns import NumberColumn, TextColumn

TRAIN = np.arange(3)
ALL = np.arange(6)


def test_the_median_is_that_of_the_training_rows():
    column = NumberColumn("x", 1, None, np.array([1, 2, 9, 500, 500, np.nan]))
    _names, values = column.inputs(ALL, TRAIN)
    assert values[:, 0].tolist() == [1, 2, 9, 500, 500, 2]


def test_the_most_frequent_text_is_that_of_the_training_rows():
    column = TextColumn("x", 1, None, ("a", "b"), np.array([1, 0, 1, 0, 0, -1]))
    names, values = column.inputs(ALL, TRAIN)
    assert names == ("x=a", "x=b")
    assert values[5].tolist() == [0, 1]


def test_a_column_that_training_knows_nothing_of_is_0():
    column = NumberColumn("x", 1, None, np.array([np.nan, np.nan, np.nan, 1, 2, 3]))
    assert column.inputs(TRAIN, TRAIN)[1].tolist() == [[0], [0], [0]]


def test_class_numbers_leave_no_gap():
    column = TextColumn("x", 1, None, ("a", "b", "c"), np.array([2, 0, 2, 1]))
    classes, numbers = column.classes(np.array([0, 1, 2]))
    assert (classes, numbers.tolist()) == (("a", "c"), [1, 0, 1])


def test_whole_numbers_are_named_without_decimals():
    column = NumberColumn("x", 1, None, np.array([10.0, -1.0, 0.5]))
    assert column.classes(TRAIN)[0] == ("-1", "0.5", "10")
