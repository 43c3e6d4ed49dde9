from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QPushButton

from playground.data.sources.csv_file import CsvFile
from playground.gui.look import theme
from playground.gui.pictures.predictions_table import SHARE
from playground.gui.selection import Selection
from playground.gui.views.predictions import PredictionsView
from playground.probes.activations import shown_examples
from playground.training.templates import project_for
from playground.training.trainer import Trainer


@pytest.fixture
def view(qtbot):
    view = PredictionsView()
    qtbot.addWidget(view)
    view.resize(1086, 180)
    view.selected.connect(view.show_selection)  # as the window does
    view.show()
    qtbot.waitExposed(view)
    return view


def answer(view, snapshot):
    """Do what the window does for a view until it asks nothing new."""
    asked = None
    while (probe := view.probe(snapshot)) != asked:
        asked = probe
        view.show_snapshot(snapshot)
        for result in probe.compute(snapshot):
            view.show_result(snapshot, result)


@pytest.fixture
def digits(view, digits_snapshot):
    answer(view, digits_snapshot)
    return view


@pytest.fixture
def iris(view, iris_snapshot):
    answer(view, iris_snapshot)
    return view


def grid(view):
    return view._grid


def text(view, row, column):
    model = view._table_view.model()
    return model.index(row, column).data(Qt.ItemDataRole.DisplayRole)


def test_pictures_of_the_validation_part_fill_the_page(digits):
    assert digits._heading.text() == "Validation examples"
    assert digits._page.rows.tolist() == list(range(grid(digits).capacity))


def test_the_heading_says_how_many_are_right(digits, digits_snapshot):
    truth = shown_examples(digits_snapshot.dataset).y[digits._page.rows]
    right = np.mean(digits._page.answers.argmax(axis=1) == truth)
    assert f"{100 * right:.1f}% right" in digits._detail.text()


def test_the_same_pictures_stay_while_training_goes_on(digits, digits_snapshot):
    rows = digits._page.rows
    answer(digits, replace(digits_snapshot, step=99, weights=digits_snapshot.first_weights))
    np.testing.assert_array_equal(digits._page.rows, rows)


def test_a_click_on_a_picture_selects_it(digits, qtbot):
    digits.show_selection(Selection(layer=(2,)))
    place = (grid(digits)._place(4) + QPointF(20, 20)).toPoint()
    with qtbot.waitSignal(digits.selected) as emitted:
        qtbot.mouseClick(grid(digits), Qt.MouseButton.LeftButton, pos=place)
    assert emitted.args == [Selection(layer=(2,), example=4)]


def test_arrow_keys_move_through_the_pictures(digits, qtbot):
    qtbot.keyClick(grid(digits), Qt.Key.Key_Right)
    qtbot.keyClick(grid(digits), Qt.Key.Key_Down)
    assert digits._selection.example == 1 + grid(digits)._columns
    assert "is" in grid(digits).accessibleDescription()


def test_the_next_page_goes_on_and_back_again(digits, digits_snapshot):
    count = grid(digits).capacity
    digits._next.click()
    answer(digits, digits_snapshot)
    assert digits._page.rows[0] == count
    digits._previous.click()
    answer(digits, digits_snapshot)
    assert digits._page.rows[0] == 0


def test_an_example_selected_elsewhere_is_brought_on_the_page(digits, digits_snapshot):
    digits.show_selection(Selection(example=70))
    answer(digits, digits_snapshot)
    assert 70 in digits._page.rows


def test_mistakes_alone_are_shown_on_demand(digits, digits_snapshot):
    digits._mistakes.click()
    answer(digits, digits_snapshot)
    page, examples = digits._page, shown_examples(digits_snapshot.dataset)
    assert len(page.rows)
    assert (page.answers.argmax(axis=1) != examples.y[page.rows]).all()


def test_a_network_without_mistakes_is_said_to_be_right(digits, digits_snapshot):
    dataset = digits_snapshot.dataset
    part = shown_examples(dataset)
    outputs = digits_snapshot.model.predict(digits_snapshot.weights, part.x)
    right = replace(dataset, validation=replace(part, y=outputs.argmax(axis=1)))
    digits._mistakes.click()
    answer(digits, replace(digits_snapshot, dataset=right))
    assert digits._empty.isVisible()


def test_the_pictures_follow_the_theme(digits, qapp):
    theme.apply(qapp, dark=False)
    light = digits.grab().toImage()
    theme.apply(qapp, dark=True)
    dark = digits.grab().toImage()
    theme.apply(qapp, dark=False)
    assert digits.grab().toImage() == light != dark


def test_a_table_shows_the_numbers_as_they_were_in_the_file(iris, iris_snapshot):
    dataset = iris_snapshot.dataset
    raw = dataset.scaling.invert(dataset.validation.x)
    shown = [[float(text(iris, row, column)) for column in range(4)] for row in range(5)]
    np.testing.assert_allclose(shown, raw[:5], atol=1e-4)


def test_a_table_shows_the_answer_beside_the_right_one(iris, iris_snapshot):
    classes, part = iris_snapshot.dataset.classes, iris_snapshot.dataset.validation
    outputs = iris_snapshot.model.predict(iris_snapshot.weights, part.x)
    for row in range(10):
        assert text(iris, row, 4) == classes[part.y[row]]
        predicted = int(outputs[row].argmax())
        sign = "" if predicted == part.y[row] else "✕  "
        assert text(iris, row, 5) == sign + classes[predicted]
        share = iris._table_view.model().index(row, 6).data(SHARE)
        assert share == pytest.approx(outputs[row].max(), rel=1e-5)


def test_choosing_a_row_selects_the_example(iris, qtbot):
    with qtbot.waitSignal(iris.selected) as emitted:
        iris._table_view.selectRow(3)
    assert emitted.args[0].example == 3


def test_a_selection_from_elsewhere_moves_the_row_without_an_echo(iris, qtbot):
    with qtbot.assertNotEmitted(iris.selected):
        iris.show_selection(Selection(example=2))
    assert iris._table_view.currentIndex().row() == 2


def test_only_rows_in_sight_are_asked_of_the_network(iris, iris_snapshot):
    assert iris.probe(iris_snapshot).count <= 64


def test_a_table_of_numbers_shows_the_error(view, tmp_path, rng):
    path = tmp_path / "rooms.csv"
    rows = [f"{a},{b},{30 * a + b}" for a, b in rng.integers(1, 90, (60, 2))]
    path.write_text("\n".join(["rooms,area,price", *rows]))
    source = CsvFile(path=path, targets=["price"])
    dataset = source.load()
    snapshot = Trainer(project_for(source, dataset), dataset).snapshot()
    answer(view, snapshot)
    assert not view._mistakes.isVisible()
    truth = dataset.target_scaling.invert(dataset.validation.y)[0, 0]
    assert float(text(view, 0, 2)) == pytest.approx(truth, rel=1e-4)
    predicted = float(view._page.answers[0, 0])
    error = float(text(view, 0, 4).replace("−", "-").replace(",", ""))
    assert error == pytest.approx(predicted - truth, rel=1e-2, abs=1)
    assert "RMSE" in view._detail.text()


def test_a_table_of_several_numbers_shows_each_of_them(view, tmp_path, rng):
    path = tmp_path / "rooms.csv"
    rows = [f"{a},{b},{30 * a + b}" for a, b in rng.integers(1, 90, (60, 2))]
    path.write_text("\n".join(["rooms,area,price", *rows]))
    source = CsvFile(path=path, targets=["price", "rooms"])
    dataset = source.load()
    answer(view, Trainer(project_for(source, dataset), dataset).snapshot())
    headers = [view._table_view.model().headerData(i, Qt.Orientation.Horizontal) for i in range(7)]
    assert headers == ["area", "price", "predicted", "error", "rooms", "predicted", "error"]
    price, rooms = dataset.target_scaling.invert(dataset.validation.y)[0]
    assert float(text(view, 0, 1)) == pytest.approx(price, rel=1e-4)
    assert float(text(view, 0, 4)) == pytest.approx(rooms, rel=1e-4)
    predicted = float(view._page.answers[0, 1])
    assert float(text(view, 0, 5)) == pytest.approx(predicted, rel=1e-2)


def test_the_numbers_name_the_classes(iris, iris_snapshot):
    lines = iris._menu.content("csv").decode().splitlines()
    assert lines[0] == "example,truth," + ",".join(iris_snapshot.dataset.classes)
    assert len(lines) == 1 + len(iris._page.rows)


def star(view):
    return next(b for b in view.findChildren(QPushButton) if "(S)" in b.accessibleName())


def test_the_star_follows_the_selected_example(digits, digits_snapshot, qtbot):
    number = int(digits_snapshot.dataset.validation.rows[3])
    digits.show_selection(Selection(example=3))
    with qtbot.waitSignal(digits.edited) as edited:
        qtbot.mouseClick(star(digits), Qt.MouseButton.LeftButton)
    assert edited.args[0] == {"inspected": (number,)}


def test_it_says_when_the_example_is_followed_already(digits, digits_snapshot, qtbot):
    number = int(digits_snapshot.dataset.validation.rows[3])
    digits.show_selection(Selection(example=3))
    digits.show_project(replace(digits_snapshot.project, inspected=(number, 5)))
    assert "no longer" in star(digits).accessibleName()
    with qtbot.waitSignal(digits.edited) as edited:
        qtbot.keyClick(grid(digits), Qt.Key.Key_S)
    assert edited.args[0] == {"inspected": (5,)}


def test_followed_pictures_have_a_star(digits, digits_snapshot):
    before = grid(digits).grab().toImage()
    numbers = tuple(digits_snapshot.dataset.validation.rows[:2].tolist())
    digits.show_project(replace(digits_snapshot.project, inspected=numbers))
    assert grid(digits).grab().toImage() != before


def test_followed_rows_have_a_star(iris, iris_snapshot):
    number = int(iris_snapshot.dataset.validation.rows[1])
    plain = text(iris, 1, 0)
    iris.show_project(replace(iris_snapshot.project, inspected=(number,)))
    assert text(iris, 1, 0) == f"★ {plain}"
    assert "★" not in text(iris, 0, 0)


def test_a_right_click_is_about_the_example_under_it(digits, qtbot, monkeypatch):
    monkeypatch.setattr(digits._menu, "exec", lambda _place: None)
    place = grid(digits)._place(2).toPoint() + QPoint(10, 10)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, grid(digits).mapToGlobal(place)
    )
    with qtbot.waitSignal(digits.selected) as selected:
        digits.contextMenuEvent(event)
    assert selected.args[0].example == 2
    assert digits._menu.actions()[0].text().startswith("Follow this example")
