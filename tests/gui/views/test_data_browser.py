"""The data browser, as the window uses it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from playground.data.browse.catalogue import Part
from playground.data.browse.filters import Filter, Order, Range
from playground.gui.browser.fields import Field
from playground.gui.selection import Selection
from playground.gui.views.data_browser import DataBrowserView
from playground.probes.activations import example_at, example_number
from playground.training.snapshot import Status


@pytest.fixture
def view(qtbot):
    view = DataBrowserView()
    qtbot.addWidget(view)
    view.resize(1100, 560)
    view.selected.connect(view.show_selection)  # as the window does
    view.edited.connect(lambda changes: view.changes.append(changes))
    view.changes = []
    view.show()
    qtbot.waitExposed(view)
    yield view
    view._jobs.forget_all()
    idle(qtbot, view)


def idle(qtbot, view):
    qtbot.waitUntil(lambda: view._jobs.idle, timeout=10_000)


def answer(qtbot, view, snapshot):
    """Do what the window does for a view, until it has told all."""
    view.show_project(snapshot.project)
    view.show_snapshot(snapshot)
    idle(qtbot, view)
    *_, last = view.probe(snapshot).compute(snapshot)
    view.show_result(snapshot, last)
    idle(qtbot, view)


@pytest.fixture
def iris(view, qtbot, iris_snapshot):
    answer(qtbot, view, iris_snapshot)
    return view


@pytest.fixture
def digits(view, qtbot, digits_snapshot):
    answer(qtbot, view, digits_snapshot)
    return view


def positions(view):
    return view._shown.positions.tolist()


def filter_by(qtbot, view, wanted):
    view._bar.set_filter(wanted)
    idle(qtbot, view)


def test_all_examples_of_all_parts_are_there(iris):
    assert positions(iris) == list(range(150))
    assert iris._pages.currentWidget() is iris._table
    assert iris._bar._count.text() == "150 examples"


def test_images_are_shown_as_pictures(digits, digits_snapshot):
    assert digits._pages.currentWidget() is digits._grid
    assert len(positions(digits)) == sum(
        len(part)
        for part in (
            digits_snapshot.dataset.train,
            digits_snapshot.dataset.validation,
            digits_snapshot.dataset.test,
        )
    )


def test_the_step_of_the_answers_is_told(iris, iris_snapshot):
    assert iris._news.text() == f"Answers of step {iris_snapshot.step}"


def test_numbers_are_predicted_in_their_units(view, qtbot, prices):
    answer(qtbot, view, prices)
    fields = view._table.examples.fields
    assert [field.kind for field in fields] == [
        "star",
        "row",
        "data",
        "data",
        "answer",
        "loss",
        "part",
    ]
    shown = view._shown
    column = fields.index(Field("answer"))
    said = view._table.examples.text(0, column)
    assert float(said.replace(",", "")) == pytest.approx(shown.answers.numbers[0, 0], rel=0.01)


def test_nothing_is_asked_before_the_data_is_there(iris_snapshot, qtbot, view):
    assert view.probe(iris_snapshot) is None


def test_the_search_finds_rows(iris, qtbot):
    qtbot.keyClicks(iris._bar._search, "petal_length_cm < 1.3")
    qtbot.keyClick(iris._bar._search, Qt.Key.Key_Return)
    idle(qtbot, iris)
    assert [iris._shown.catalogue.text(p, 2) for p in positions(iris)] == ["1.1", "1.2", "1", "1.2"]
    assert iris._bar._count.text() == "4 of 150"


def test_typing_alone_is_enough(iris, qtbot):
    qtbot.keyClicks(iris._bar._search, "virginica")
    qtbot.waitUntil(lambda: len(positions(iris)) == 50)


def test_chips_choose_parts_and_classes(iris, qtbot):
    qtbot.mouseClick(iris._bar._parts[Part.TEST], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(iris._bar._classes[1], Qt.MouseButton.LeftButton)
    idle(qtbot, iris)
    catalogue = iris._shown.catalogue
    assert set(catalogue.parts[positions(iris)]) == {Part.TEST}
    assert set(catalogue.labels[positions(iris)]) == {1}


def test_clear_filters_shows_all_again(iris, qtbot):
    filter_by(qtbot, iris, Filter(text="virginica", parts=frozenset({0})))
    qtbot.mouseClick(iris._bar._clear, Qt.MouseButton.LeftButton)
    idle(qtbot, iris)
    assert len(positions(iris)) == 150
    assert iris._bar._search.text() == ""
    assert not iris._bar._clear.isVisible()


def test_where_nothing_passes_the_mend_is_offered(iris, qtbot):
    filter_by(qtbot, iris, Filter(text="a flower nobody knows"))
    assert iris._pages.currentWidget() is iris._empty
    iris._empty._button.click()
    idle(qtbot, iris)
    assert iris._pages.currentWidget() is iris._table


def test_wrong_answers_are_found(digits, qtbot):
    qtbot.mouseClick(digits._bar._wrong, Qt.MouseButton.LeftButton)
    idle(qtbot, digits)
    assert positions(digits) == np.flatnonzero(digits._shown.answers.right == 0).tolist()


def test_newer_answers_change_what_is_wrong(digits, digits_snapshot, qtbot):
    filter_by(qtbot, digits, Filter(verdict="wrong"))
    before = positions(digits)
    weights, status = digits_snapshot.first_weights, Status.PAUSED
    answer(qtbot, digits, replace(digits_snapshot, step=99, weights=weights, status=status))
    assert positions(digits) != before
    assert digits._news.text() == "Answers of step 99"


def test_answers_do_not_jump_while_the_network_trains(iris, iris_snapshot, qtbot):
    for status, told in ((Status.RUNNING, iris_snapshot.step), (Status.PAUSED, 99)):
        newer = replace(iris_snapshot, step=99, status=status)
        answer(qtbot, iris, newer)
        assert iris._shown.answers.step == told


def test_a_complete_answer_is_not_given_up_for_the_beginning_of_a_newer_one(
    digits, digits_snapshot, qtbot
):
    newer = replace(digits_snapshot, step=99)
    first = next(digits.probe(newer).compute(newer))
    assert not first.complete
    digits.show_result(newer, first)
    idle(qtbot, digits)
    assert digits._shown.answers.complete


def test_images_are_sorted_by_their_loss(digits, qtbot):
    digits._image_tools._keys.set_choice("loss")
    digits._image_tools._down.click()
    idle(qtbot, digits)
    losses = digits._shown.answers.losses[positions(digits)]
    assert (np.diff(losses) <= 0).all()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_heading_sorts_the_table(iris, qtbot, number):
    header = iris._table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(2 + number) + 20, 8)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    idle(qtbot, iris)
    assert (np.diff(iris._shown.catalogue.series(number).keys[positions(iris)]) >= 0).all()


@pytest.mark.parametrize("part", list(Part))
def test_the_chosen_example_is_that_of_the_whole_window(iris, iris_snapshot, part):
    position = iris._shown.catalogue.position_of(part, 3)
    iris._table.chosen.emit(position)
    dataset = iris_snapshot.dataset
    examples = (dataset.train, dataset.validation, dataset.test)[part]
    number = example_number(dataset, examples, 3)
    assert iris._selection == Selection(example=number)


def test_an_example_chosen_elsewhere_is_shown(iris, iris_snapshot):
    iris.show_selection(Selection(example=12))
    catalogue = iris._shown.catalogue
    examples, place = example_at(iris_snapshot.dataset, 12)
    assert catalogue.rows[iris._position] == examples.rows[place]
    assert iris._side.example._heading.text() == f"Row {examples.rows[place] + 1}"


def test_a_star_puts_the_example_into_the_inspection_set(iris, qtbot):
    iris._table.chosen.emit(20)
    qtbot.mouseClick(iris._side.example._star, Qt.MouseButton.LeftButton)
    assert iris.changes == [{"inspected": (20,)}]


def test_the_inspection_set_can_be_shown_alone(iris, iris_snapshot, qtbot):
    iris.show_project(replace(iris_snapshot.project, inspected=(7, 90)))
    filter_by(qtbot, iris, Filter(inspected=True))
    assert positions(iris) == [7, 90]
    iris.show_project(replace(iris_snapshot.project, inspected=(7,)))
    idle(qtbot, iris)
    assert positions(iris) == [7]


def test_a_bar_of_a_histogram_filters(iris, qtbot):
    iris._side.turn_to("column")
    idle(qtbot, iris)
    chart = iris._side.column._chart
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(6, 40))
    idle(qtbot, iris)
    (limits,) = iris._bar.filter.ranges
    values = iris._shown.catalogue.series(0).keys
    assert (
        positions(iris) == np.flatnonzero((values >= limits.low) & (values <= limits.high)).tolist()
    )
    assert 0 < len(positions(iris)) < 150


def test_a_range_is_taken_back_by_its_chip(iris, qtbot):
    filter_by(qtbot, iris, Filter(ranges=(Range(0, 5, 6),)))
    (chip,) = iris._bar._ranges.values()
    assert chip.text().startswith("sepal_length_cm 5.00 – 6.00")
    chip.click()
    idle(qtbot, iris)
    assert len(positions(iris)) == 150


def test_the_column_that_is_clicked_is_summed_up(iris, qtbot):
    iris._side.turn_to("column")
    iris._table.column_chosen.emit(Field("data", 2))
    idle(qtbot, iris)
    assert iris._side.column._heading.text() == "petal_length_cm"


def test_losses_are_summed_up_like_a_column(iris, qtbot):
    iris._side.turn_to("column")
    iris._table.column_chosen.emit(Field("loss"))
    idle(qtbot, iris)
    assert iris._side.column._shown.figures.mean == pytest.approx(iris._shown.answers.losses.mean())


def test_texts_are_counted_and_a_click_on_one_filters(view, qtbot, flowers):
    answer(qtbot, view, flowers)
    view._side.turn_to("column")
    view._table.column_chosen.emit(Field("data", 2))
    idle(qtbot, view)
    bars = view._side.column._levels
    assert {bar.label for bar in bars._bars} == {"old", "new"}
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    idle(qtbot, view)
    assert {view._shown.catalogue.text(p, 2) for p in positions(view)} == {bars._bars[0].label}


def test_classes_are_counted_by_part_and_a_click_on_one_filters(iris, qtbot, iris_snapshot):
    iris._side.turn_to("classes")
    idle(qtbot, iris)
    bars = iris._side.classes._bars
    train = np.bincount(iris_snapshot.dataset.train.y)
    assert [bar.values[0] for bar in bars._bars] == train.tolist()
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    idle(qtbot, iris)
    assert iris._bar.filter.classes == {1}


def test_every_class_has_its_mean_image(digits, qtbot):
    digits._side.turn_to("classes")
    idle(qtbot, digits)
    assert len(digits._side.classes._pictures._images) == 10


def test_a_mark_of_the_scatter_selects_its_example(iris, qtbot):
    iris._side.turn_to("pairs")
    idle(qtbot, iris)
    scatter = iris._side.pairs._scatter
    place = scatter._places(scatter._pairs)[33]
    qtbot.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=QPoint(*map(round, place)))
    chosen = iris._shown.catalogue
    near = [chosen.text(iris._position, n) for n in iris._side.pairs.columns]
    assert near == [chosen.text(33, n) for n in iris._side.pairs.columns]


def test_the_scatter_shows_what_passes_the_filter(iris, qtbot):
    iris._side.turn_to("pairs")
    filter_by(qtbot, iris, Filter(classes=frozenset({2})))
    assert set(iris._side.pairs._scatter._pairs.classes) == {2}
    assert iris._side.pairs._detail.text() == "50 examples"


def test_the_strongest_column_comes_first_and_a_click_shows_it(iris, qtbot):
    iris._side.turn_to("target")
    idle(qtbot, iris)
    bars = iris._side.target._bars
    assert bars._bars[0].label == "petal_length_cm"
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert iris._table.current_field() == Field("data", 2)


def test_images_have_no_pairs(digits):
    assert not digits._side._tabs["pairs"].isVisible()
    assert not digits._side._tabs["target"].isVisible()


def test_selected_rows_are_copied_with_their_headings(iris, qtbot):
    iris._table.selectRow(0)
    iris.copy()
    idle(qtbot, iris)
    heading, row, end = QGuiApplication.clipboard().text().split("\n")
    assert heading.split("\t")[:3] == ["row", "sepal_length_cm", "sepal_width_cm"]
    assert row.split("\t")[:6] == ["1", "5.1", "3.5", "1.4", "0.2", "setosa"]
    assert end == ""


def test_slash_goes_to_the_search(iris, qtbot):
    iris.activateWindow()
    qtbot.waitUntil(iris.isActiveWindow)
    iris._table.setFocus()
    qtbot.keyClick(iris._table, Qt.Key.Key_Slash)
    qtbot.waitUntil(lambda: iris._bar._search.hasFocus())


def test_other_data_starts_anew(iris, qtbot, digits_snapshot):
    filter_by(qtbot, iris, Filter(text="virginica"))
    answer(qtbot, iris, digits_snapshot)
    assert iris._bar.filter == Filter()
    assert iris._order == Order()
    assert iris._pages.currentWidget() is iris._grid


def test_answers_of_data_that_is_gone_are_dropped(iris, qtbot, iris_snapshot, digits_snapshot):
    *_, late = iris.probe(iris_snapshot).compute(iris_snapshot)
    iris.show_snapshot(digits_snapshot)
    iris.show_result(iris_snapshot, late)
    idle(qtbot, iris)
    assert iris._shown.answers is None
