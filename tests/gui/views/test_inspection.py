"""The inspection view: a card for each example that is followed."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from playground.data.sources.curves import Sine
from playground.data.sources.text import TextSample
from playground.gui.look import theme
from playground.gui.selection import Selection
from playground.gui.views.inspection import InspectionView
from playground.gui.widgets import EmptyState, Segments
from playground.probes.activations import example_at
from playground.training.inspection import sample
from playground.training.snapshot import Status
from playground.training.templates import project_for
from playground.training.trainer import Trainer


def trained(project, dataset, epochs=3):
    trainer = Trainer(replace(project, epochs=epochs), dataset)
    trainer.play()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    return trainer.snapshot()


@pytest.fixture(scope="module")
def iris_followed(iris_snapshot):
    """Iris after three epochs with five of each class and one training example followed."""
    dataset = iris_snapshot.dataset
    numbers = (*sample(dataset, "validation", 1), int(dataset.train.rows[0]))
    return trained(replace(iris_snapshot.project, inspected=numbers), dataset)


@pytest.fixture
def view(qtbot, qapp):
    theme.apply(qapp, dark=False)
    view = InspectionView()
    qtbot.addWidget(view)
    view.resize(1000, 240)
    view.show()
    return view


def shown(view, snapshot):
    """Show a snapshot as the window does, its answers too."""
    view.show_project(snapshot.project)
    view.show_snapshot(snapshot)
    probe = view.probe(snapshot)
    if probe:
        for result in probe.compute(snapshot):
            view.show_result(snapshot, result)
    return view


@pytest.fixture
def iris(view, iris_followed):
    return shown(view, iris_followed)


def button(view, name):
    return next(b for b in view.findChildren(QPushButton) if b.accessibleName() == name)


def cards(view):
    return view._grid.cards


def inspected_by(qtbot, view, act):
    with qtbot.waitSignal(view.edited) as edited:
        act()
    return edited.args[0]["inspected"]


def test_without_any_it_says_how_to_pick_some(qtbot, view, iris_snapshot):
    shown(view, iris_snapshot)
    assert view.findChild(EmptyState).isVisible()
    draw = next(b for b in view.findChild(EmptyState).findChildren(QPushButton) if b.isVisible())
    assert draw.text() == "Five per class"
    numbers = inspected_by(qtbot, view, lambda: qtbot.mouseClick(draw, Qt.MouseButton.LeftButton))
    assert len(numbers) == 15
    assert set(numbers) <= set(iris_snapshot.dataset.validation.rows.tolist())


def test_nothing_is_asked_while_nothing_is_followed(view, iris_snapshot):
    assert shown(view, iris_snapshot).probe(iris_snapshot) is None


def test_every_example_has_a_card_as_it_was_picked(iris, iris_followed):
    assert tuple(card.number for card in cards(iris)) == iris_followed.project.inspected
    assert [card.part for card in cards(iris)] == ["validation"] * 15 + ["train"]


def test_a_card_has_the_past_and_the_present(iris, iris_followed):
    card = cards(iris)[0]
    traces = iris_followed.curves.traces
    np.testing.assert_array_equal(card.trace[:-1], traces.answers[card.number])
    assert card.trace[-1] == pytest.approx(card.trace[-2], abs=1e-5)  # the epoch has just ended
    assert len(card.trace) == 5


def test_right_and_wrong_are_told_in_words(iris, iris_followed):
    dataset = iris_followed.dataset
    for card in cards(iris):
        part = getattr(dataset, card.part)
        outputs, _ = iris_followed.model.forward(iris_followed.weights, part.x[[card.place]])
        best, right = dataset.classes[outputs.argmax()], dataset.classes[part.y[card.place]]
        assert card.verdict.wrong == (best != right)
        wrong = f"✕ {best}, is {right}"
        assert card.verdict.words == (wrong if best != right else f"✓ {best}")


def test_the_heading_counts_them(iris):
    right = sum(not card.verdict.wrong for card in cards(iris))
    assert iris._detail.text() == f"16 followed · {right} of 16 right"


def test_the_worst_come_first_if_wanted(qtbot, iris):
    segment = iris.findChild(Segments).segment("worst")
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    last = [card.trace[-1] for card in cards(iris)]
    assert last == sorted(last)


def test_or_those_that_changed_most(qtbot, iris):
    segment = iris.findChild(Segments).segment("changed")
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    changes = [np.ptp(card.trace) for card in cards(iris)]
    assert changes == sorted(changes, reverse=True)


def click(qtbot, view, at):
    place = view._grid.place(at).center().toPoint()
    qtbot.mouseClick(view._grid, Qt.MouseButton.LeftButton, pos=place)


def test_a_click_selects_the_example_everywhere(qtbot, iris, iris_followed):
    iris.show_selection(Selection(layer=(1,), unit=2))
    with qtbot.waitSignal(iris.selected) as selected:
        click(qtbot, iris, 4)
    (chosen,) = selected.args
    assert (chosen.layer, chosen.unit) == ((1,), 2)
    assert iris_followed.dataset.validation.rows[chosen.example] == cards(iris)[4].number


def test_one_of_the_training_part_is_selected_as_well(qtbot, iris, iris_followed):
    with qtbot.waitSignal(iris.selected) as selected:
        iris._choose(cards(iris)[-1].number)
    part, row = example_at(iris_followed.dataset, selected.args[0].example)
    assert part is iris_followed.dataset.train
    assert part.rows[row] == cards(iris)[-1].number


def test_the_selected_example_is_framed_and_described(iris):
    iris.show_selection(Selection(example=cards(iris)[2].place))
    words = iris._grid.accessibleDescription()
    assert f"Example {cards(iris)[2].number + 1}" in words
    assert cards(iris)[2].verdict.words in words


def test_arrow_keys_go_from_card_to_card_and_delete_takes_one_out(qtbot, iris):
    click(qtbot, iris, 0)
    qtbot.keyClick(iris._grid, Qt.Key.Key_Right)
    numbers = inspected_by(qtbot, iris, lambda: qtbot.keyClick(iris._grid, Qt.Key.Key_Delete))
    assert cards(iris)[1].number not in numbers
    assert len(numbers) == 15


def test_all_may_be_let_go(qtbot, iris):
    assert inspected_by(qtbot, iris, button(iris, "Clear").click) == ()


def test_others_may_be_drawn_from_any_part(qtbot, iris, iris_followed):
    actions = iris.parts_menu().actions()
    assert [action.text() for action in actions] == [
        "From training",
        "From validation",
        "From the test part",
    ]
    numbers = inspected_by(qtbot, iris, actions[2].trigger)
    assert set(numbers) <= set(iris_followed.dataset.test.rows.tolist())
    assert numbers != inspected_by(qtbot, iris, actions[2].trigger)


def test_the_cards_are_there_before_the_answers(view, iris_followed):
    """While it trains, the answers may take a while."""
    view.show_project(iris_followed.project)
    view.show_snapshot(iris_followed)
    assert len(cards(view)) == 16
    assert {card.verdict.figure for card in cards(view)} == {"…"}
    assert np.isfinite(cards(view)[0].trace[:-1]).all()
    assert "0 of 0 right" in view._detail.text()
    assert not view.grab().isNull()


def test_a_new_run_has_not_answered_yet(iris, iris_followed):
    iris.show_snapshot(replace(iris_followed, run_id=iris_followed.run_id + 1))
    assert {card.verdict.figure for card in cards(iris)} == {"…"}


def test_the_first_answers_are_shown_before_the_last(view, iris_followed):
    view.show_project(iris_followed.project)
    view.show_snapshot(iris_followed)
    (full,) = view.probe(iris_followed).compute(iris_followed)
    view.show_result(iris_followed, replace(full, answers=full.answers[:5], finished=False))
    known = [card.verdict.figure != "…" for card in cards(view)]
    assert known == [True] * 5 + [False] * 11


def test_one_that_was_taken_out_goes_at_once(iris, iris_followed):
    project = iris_followed.project
    iris.show_project(replace(project, inspected=project.inspected[1:]))
    assert [card.number for card in cards(iris)] == list(project.inspected[1:])


def test_what_the_data_does_not_have_is_counted(view, iris_followed):
    project = replace(iris_followed.project, inspected=(*iris_followed.project.inspected, 10**6))
    shown(view, replace(iris_followed, project=project))
    assert "1 not in the data" in view._detail.text()


def test_digits_are_seen(view, digits_snapshot):
    numbers = sample(digits_snapshot.dataset, "train", 0)
    project = replace(digits_snapshot.project, inspected=numbers)
    shown(view, replace(digits_snapshot, project=project))
    assert len(cards(view)) == 50
    first = cards(view)[0]
    np.testing.assert_array_equal(first.image, digits_snapshot.dataset.train.x[first.place])
    assert np.isnan(first.trace[:-1]).all()  # they were not followed until now
    assert not view.grab().isNull()


def test_a_text_s_card_shows_what_came_before(view):
    source = TextSample()
    dataset = source.load()
    project = replace(project_for(source, dataset), inspected=sample(dataset, "train", 0))
    shown(view, Trainer(project, dataset).snapshot())
    contexts = [card.values[0][0] for card in cards(view)]
    assert all(contexts)
    assert any(" " in context for context in contexts)
    assert not view.grab().isNull()


def test_of_numbers_a_card_tells_how_far_off_they_are(view):
    source = Sine(samples=80)
    dataset = source.load()
    project = replace(project_for(source, dataset), inspected=sample(dataset, "validation", 0))
    snapshot = trained(project, dataset)
    shown(view, snapshot)
    assert len(cards(view)) == 10
    for card in cards(view):
        truth = float(dataset.validation.y[card.place, 0])
        assert card.verdict.truth == pytest.approx(truth)
        assert not card.verdict.wrong
        assert float(card.verdict.figure.replace("−", "-")) == pytest.approx(
            card.trace[-1] - truth, abs=0.01
        )
    assert not view.grab().isNull()


def test_the_traces_are_exported(iris):
    header, first, *_ = iris._table()
    assert header == ("example", "part", "answer", *(f"epoch {e}" for e in (0, 1, 2, 3, 3)))
    assert first[0] == cards(iris)[0].number + 1
    assert first[3:] == tuple(cards(iris)[0].trace)


def test_hover_tells_all_about_a_card(iris):
    assert iris._grid._card_at(QPoint(20, 20).toPointF()) == 0
    assert "valid" in iris._grid._words(cards(iris)[0])


def test_a_row_s_card_has_its_number_and_its_cells_as_in_the_file(view, flowers):
    project = replace(flowers.project, inspected=(8, 3))
    shown(view, replace(flowers, project=project))
    known = [card.values for card in cards(view)]
    assert known[0][:2] == (("row", "9"), ("petal", "8.5"))
    assert known[1][:2] == (("row", "4"), ("petal", "3.5"))
