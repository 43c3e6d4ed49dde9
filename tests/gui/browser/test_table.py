"""The table of examples."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.data.browse.answers import Answers
from playground.data.browse.catalogue import Catalogue
from playground.data.browse.filters import Order
from playground.data.dataset import Dataset, Examples
from playground.gui.browser.fields import Field, fields_of
from playground.gui.browser.table import ExampleTable


@pytest.fixture
def table(qtbot, shown):
    table = ExampleTable("Examples")
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show_examples(shown, None)
    table.show()
    qtbot.waitExposed(table)
    return table


def text(table, row, column):
    return table.model().index(row, column).data(Qt.ItemDataRole.DisplayRole)


def titles(table):
    model = table.model()
    header = Qt.Orientation.Horizontal
    return [
        model.headerData(n, header, Qt.ItemDataRole.DisplayRole) for n in range(model.columnCount())
    ]


def column_of(table, kind, index=0):
    return table.examples.fields.index(Field(kind, index))


def press(table, qtbot, row, column):
    place = table.visualRect(table.model().index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_columns_are_those_of_the_file_and_what_the_network_says(table):
    assert titles(table) == [
        "★",
        "row ↑",
        "petal",
        "leaf",
        "note",
        "species (target)",
        "predicted",
        "confidence",
        "loss",
        "part",
    ]


def test_among_many_columns_the_answers_come_first(rng):
    x = rng.normal(size=(9, 20)).astype(np.float32)
    whole = Examples(x, np.arange(9) % 2)
    empty = whole.take(np.arange(0))
    names = tuple(f"x{n}" for n in range(20))
    dataset = Dataset("wide", whole, empty, empty, classes=("no", "yes"), features=names)
    kinds = [field.kind for field in fields_of(Catalogue(dataset))[:8]]
    assert kinds == ["star", "row", "data", "answer", "confidence", "loss", "part", "data"]


def test_cells_read_as_in_the_file(table):
    assert [text(table, 1, n) for n in range(1, 6)] == ["2", "1.5", "", "old", "tulip"]


def test_what_is_not_known_yet_is_empty(table):
    assert text(table, 0, column_of(table, "loss")) == ""


def test_answers_are_told_where_they_are_known(table, shown):
    count = len(shown.catalogue)
    losses = np.full(count, np.nan)
    losses[0] = 0.25
    answers = Answers(
        1,
        1,
        losses,
        np.zeros(count, np.int32),
        np.full(count, 0.75),
        np.ones(count, np.int8),
    )
    table.show_examples(replace(shown, answers=answers), None)
    assert text(table, 0, column_of(table, "answer")) == "rose"
    assert text(table, 0, column_of(table, "confidence")) == "75.0%"
    assert text(table, 0, column_of(table, "loss")) == "0.250"
    assert text(table, 1, column_of(table, "loss")) == ""


def test_other_rows_are_shown_after_a_filter(table, shown):
    table.show_examples(replace(shown, positions=np.array([5, 3])), None)
    assert table.model().rowCount() == 2
    assert text(table, 1, 1) == "4"


def test_a_click_on_a_row_chooses_its_example(table, qtbot, shown):
    table.show_examples(replace(shown, positions=np.array([9, 7, 5])), None)
    with qtbot.waitSignal(table.chosen) as chosen:
        press(table, qtbot, 1, 2)
    assert chosen.args == [7]


def test_a_click_on_another_column_chooses_it(table, qtbot):
    press(table, qtbot, 1, 2)
    with qtbot.waitSignal(table.column_chosen) as chosen:
        press(table, qtbot, 1, 3)
    assert chosen.args == [Field("data", 1)]


def test_a_click_on_a_heading_sorts_and_again_turns_the_order(table, qtbot, shown):
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(2) + 20, 8)
    with qtbot.waitSignal(table.sorting) as first:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert first.args == [Order(0)]
    table.show_examples(replace(shown, order=Order(0)), None)
    assert titles(table)[2] == "petal ↑"
    with qtbot.waitSignal(table.sorting) as second:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert second.args == [Order(0, descending=True)]


def test_alt_and_an_arrow_sort_by_the_column_of_the_cell(table, qtbot):
    press(table, qtbot, 1, 3)
    with qtbot.waitSignal(table.sorting) as wanted:
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert wanted.args == [Order(1, descending=True)]


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_a_star_is_turned_by_mouse_and_key(table, qtbot, by):
    press(table, qtbot, 4, 2)
    with qtbot.waitSignal(table.starred) as starred:
        if by == "mouse":
            press(table, qtbot, 4, 0)
        else:
            qtbot.keyClick(table, Qt.Key.Key_Space)
    assert starred.args[0].tolist() == [4]


def test_the_selected_example_stays_selected_when_it_is_sorted_elsewhere(table, shown):
    table.show_examples(replace(shown, positions=np.array([9, 7, 5])), 7)
    assert table.currentIndex().row() == 1
    table.show_examples(replace(shown, positions=np.array([7, 9, 5])), 7)
    assert table.currentIndex().row() == 0
    assert table.chosen_positions().tolist() == [7]


def test_an_example_that_is_not_shown_is_not_selected(table, shown):
    table.show_examples(replace(shown, positions=np.array([9, 7, 5])), 8)
    assert not table.currentIndex().isValid()


def test_showing_an_example_does_not_choose_it(table, qtbot):
    with qtbot.assertNotEmitted(table.chosen):
        table.show_current(40)
    assert table.currentIndex().row() == 40
    assert table.visualRect(table.currentIndex()).isValid()


def test_all_selected_rows_are_told_from_top_to_bottom(table, shown):
    table.show_examples(replace(shown, positions=np.array([9, 7, 5])), None)
    table.selectAll()
    assert table.chosen_positions().tolist() == [9, 7, 5]


def test_a_column_is_brought_into_sight(table):
    table.resize(300, 300)
    table.show_column(Field("part"))
    place = table.visualRect(table.model().index(0, column_of(table, "part")))
    assert table.viewport().rect().contains(place.center())


def test_a_missing_cell_looks_unlike_an_empty_one(table):
    image = table.viewport().grab().toImage()
    ratio = image.devicePixelRatio()

    def colour(row, column):
        box = table.visualRect(table.model().index(row, column))
        return image.pixelColor(int((box.left() + 4) * ratio), int((box.top() + 5) * ratio))

    assert text(table, 1, 3) == ""
    assert colour(1, 3) != colour(0, 3)


def test_a_million_rows_are_only_counted(qtbot, shown):
    table = ExampleTable("Examples")
    qtbot.addWidget(table)
    positions = np.tile(np.arange(len(shown.catalogue)), 20_000)[:1_000_000]
    table.show_examples(replace(shown, positions=positions), None)
    table.selectAll()
    assert len(table.chosen_positions()) == 1_000_000
