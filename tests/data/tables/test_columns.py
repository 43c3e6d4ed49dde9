import numpy as np

from playground.data.tables.columns import NumberColumn, TextColumn


def test_class_numbers_leave_no_gap():
    column = TextColumn("x", 1, None, ("a", "b", "c"), np.array([2, 0, 2, 1]))
    classes, numbers = column.classes(np.array([0, 1, 2]))
    assert (classes, numbers.tolist()) == (("a", "c"), [1, 0, 1])


def test_whole_numbers_are_named_without_decimals():
    column = NumberColumn("x", 1, None, np.array([10.0, -1.0, 0.5]))
    assert column.classes(np.arange(3))[0] == ("-1", "0.5", "10")


def test_cells_are_told_as_text():
    assert NumberColumn("x", 1, None, np.array([2.0, np.nan])).cell(0) == "2"
    assert NumberColumn("x", 1, None, np.array([2.0, np.nan])).cell(1) == ""
    assert TextColumn("x", 1, None, ("a", "b"), np.array([1, -1])).cell(0) == "b"
    assert TextColumn("x", 1, None, ("a", "b"), np.array([1, -1])).cell(1) == ""
