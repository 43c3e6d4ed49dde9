from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.data.images.drawing import Drawing
from playground.data.images.ink import mnist_image
from playground.data.sources.mnist import SmallDigits
from playground.data.sources.my_drawings import MyDrawings
from playground.gui.views.draw import DrawView
from playground.probes.runner import ProbeFailure
from playground.training.presets import load_preset
from playground.training.templates import project_for
from playground.training.trainer import Trainer


@pytest.fixture
def view(qtbot, digits_snapshot):
    view = DrawView()
    qtbot.addWidget(view)
    view.resize(1086, 220)
    view.show()
    qtbot.waitExposed(view)
    view.show_project(digits_snapshot.project)
    view.show_snapshot(digits_snapshot)
    return view


def draw_one(qtbot, view):
    """Draw an upright line, rather to the left."""
    canvas = view._canvas
    side = canvas.width()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(side // 4, side // 8))
    qtbot.mouseMove(canvas, QPoint(side // 4, side * 7 // 8))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(side // 4, side * 7 // 8))


def answer(view, snapshot):
    probe = view.probe(snapshot)
    for result in probe.compute(snapshot):
        view.show_result(snapshot, result)
    return result


def test_nothing_is_asked_of_an_empty_canvas(view, digits_snapshot):
    assert view.probe(digits_snapshot) is None
    assert not view._add.isEnabled()


def test_the_drawing_becomes_an_image_by_mnist_s_rule(qtbot, view, digits_snapshot):
    draw_one(qtbot, view)
    asked = view.probe(digits_snapshot).drawing.image()
    assert np.abs(asked - mnist_image(view._canvas.ink())).max() <= 0.5 / 255
    assert asked[:, 12:16].sum() > 0.9 * asked.sum()


def test_the_answer_is_that_of_the_network(qtbot, view, digits_snapshot):
    draw_one(qtbot, view)
    result = answer(view, digits_snapshot)
    image = view.probe(digits_snapshot).drawing.image()
    model = digits_snapshot.model
    outputs, _ = model.forward(digits_snapshot.weights, image[None, :, :, None])
    assert result.shares.tolist() == outputs[0].tolist()
    assert view._verdict.text().startswith(f"Taken for {int(outputs.argmax())}, ")
    assert view._bars.accessibleDescription().startswith(f"{int(outputs.argmax())} ")


def test_an_answer_to_an_older_drawing_is_not_shown(qtbot, view, digits_snapshot):
    draw_one(qtbot, view)
    [old] = view.probe(digits_snapshot).compute(digits_snapshot)
    view._canvas.clear()
    view.show_result(digits_snapshot, old)
    assert view._bars.accessibleDescription() == ""


def test_a_failure_changes_nothing(qtbot, view, digits_snapshot):
    draw_one(qtbot, view)
    answer(view, digits_snapshot)
    before = view._verdict.text()
    view.show_result(digits_snapshot, ProbeFailure("no"))
    assert view._verdict.text() == before


def test_a_drawing_joins_the_training_as_the_chosen_class(qtbot, view):
    draw_one(qtbot, view)
    image = view._question.drawing.image()
    view._class.setCurrentIndex(view._class.findData("1"))
    with qtbot.waitSignal(view.edited) as caught:
        qtbot.mouseClick(view._add, Qt.MouseButton.LeftButton)
    [drawing] = caught.args[0]["source"].drawn
    assert drawing.label == "1"
    assert np.array_equal(drawing.image(), image)
    assert view._canvas.is_empty


def test_it_says_how_many_drawings_there_are(qtbot, view, digits_snapshot):
    draw_one(qtbot, view)
    with qtbot.waitSignal(view.edited) as caught:
        view._add.click()
    view.show_project(replace(digits_snapshot.project, **caught.args[0]))
    assert view._count.text().startswith("1 of your drawings")


def test_small_images_get_a_small_drawing(qtbot, view):
    project = load_preset("digits-8x8")
    snapshot = Trainer(project, SmallDigits().load()).snapshot()
    view.show_project(project)
    view.show_snapshot(snapshot)
    draw_one(qtbot, view)
    asked = view.probe(snapshot).drawing
    assert asked.size == (8, 8)
    assert np.flatnonzero(asked.image().any(axis=1)).tolist() == list(range(8))
    assert answer(view, snapshot).shares.sum() == pytest.approx(1, abs=1e-5)


def test_points_cannot_be_drawn_here(view, spiral_snapshot):
    view.show_snapshot(spiral_snapshot)
    assert view._pages.currentWidget() is view._empty
    assert view.probe(spiral_snapshot) is None


def my_drawings(view, *labels):
    """Show a set of drawings in the view; return its project."""
    image = np.eye(28, dtype=np.float32)
    source = MyDrawings(drawn=tuple(Drawing.of(image, label) for label in labels))
    dataset = source.load()
    project = project_for(source, dataset)
    view.show_project(project)
    view.show_snapshot(Trainer(project, dataset).snapshot())
    return project


def test_the_first_drawing_of_a_set_of_one_s_own(qtbot, view):
    my_drawings(view)
    draw_one(qtbot, view)
    view._class.setCurrentIndex(1)
    with qtbot.waitSignal(view.edited) as caught:
        view._add.click()
    assert [one.label for one in caught.args[0]["source"].drawn] == ["square"]


def test_a_new_name_is_a_new_class(qtbot, view):
    my_drawings(view, "circle")
    draw_one(qtbot, view)
    view._class.setCurrentText("line")
    with qtbot.waitSignal(view.edited) as caught:
        view._add.click()
    source = caught.args[0]["source"]
    assert source.names == ("circle", "square", "triangle", "line")
    assert source.drawn[-1].label == "line"


def test_a_class_needs_a_name(qtbot, view):
    my_drawings(view)
    draw_one(qtbot, view)
    view._class.setCurrentText(" ")
    with qtbot.assertNotEmitted(view.edited):
        view._add.click()
    assert "names must be" in view._count.text()
    assert not view._canvas.is_empty


def test_drawings_of_digits_can_be_trained_on_alone(qtbot, view, digits_snapshot):
    image = np.eye(28, dtype=np.float32)
    drawn = tuple(Drawing.of(image, label) for label in "171")
    source = replace(digits_snapshot.project.source, drawn=drawn)
    view.show_project(replace(digits_snapshot.project, source=source))
    with qtbot.waitSignal(view.edited) as caught:
        view._alone.click()
    assert caught.args[0]["source"] == MyDrawings(names=("1", "7"), drawn=drawn)
