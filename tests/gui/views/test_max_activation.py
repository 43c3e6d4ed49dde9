"""The view of the images that units answer to most."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from playground.gui.forms.form import ComponentForm
from playground.gui.pictures.mosaic import Mosaic
from playground.gui.pictures.response_bars import ResponseBars
from playground.gui.selection import Selection
from playground.gui.views.max_activation import MaxActivationView
from playground.gui.widgets import EmptyState, Switch
from playground.probes.max_activation import MaxActivation
from playground.probes.runner import ProbeFailure, ProbeThread


@pytest.fixture
def view(qtbot):
    """The view at its size in a small window."""
    widget = MaxActivationView()
    qtbot.addWidget(widget)
    widget.resize(1118, 220)
    return widget


@pytest.fixture
def mosaic(view):
    return view.findChild(Mosaic)


def results_of(view, snapshot):
    """Return all that the view's probe finds, after few steps."""
    probe = view.probe(snapshot)
    assert isinstance(probe, MaxActivation)
    return list(probe.compute(snapshot))


def show(view, snapshot, selection=None):
    """Show a snapshot and the last result for it; return that result."""
    view.show_selection(selection or Selection())
    view.show_snapshot(snapshot)
    result = results_of(view, snapshot)[-1]
    view.show_result(snapshot, result)
    return result


def pixels(widget):
    """Return what a widget looks like, as bytes."""
    image = widget.grab().toImage()
    return bytes(image.constBits())


def texts(view):
    return [label.text() for label in view.findChildren(QLabel)]


def tool(view, name):
    return next(b for b in view.findChildren(QPushButton) if b.accessibleName() == name)


def test_it_asks_for_the_first_layer_with_units(view, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    assert view.probe(digits_snapshot).path == (0,)


def test_it_asks_for_the_selected_layer(view, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    view.show_selection(Selection(layer=(6,), unit=3))
    assert view.probe(digits_snapshot).path == (6,)


def test_a_layer_without_units_is_passed_over(view, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    view.show_selection(Selection(layer=(2,)))
    view.show_selection(Selection(layer=(3,)))
    assert view.probe(digits_snapshot).path == (2,)


def test_every_unit_has_its_image(view, mosaic, digits_snapshot):
    show(view, digits_snapshot, Selection(layer=(6,), unit=7))
    assert mosaic.grid.count == 10
    assert mosaic.current == 7


def test_the_chosen_one_is_compared(view, digits_snapshot):
    result = show(view, digits_snapshot, Selection(layer=(6,), unit=7))
    bars = view.findChild(ResponseBars)
    assert bars.accessibleName() == "Class 7"
    said = bars.accessibleDescription()
    for responses in (result.responses, result.best_real_responses, result.noise_responses):
        assert f"{responses[7]:.3g}".replace("-", "\N{MINUS SIGN}") in said


def test_a_chosen_image_is_selected_everywhere(view, mosaic, digits_snapshot, qtbot):
    show(view, digits_snapshot, Selection(layer=(2,), unit=1, example=5))
    with qtbot.waitSignal(view.selected) as signal:
        mosaic.unit_selected.emit(4)
    assert signal.args == [Selection(layer=(2,), unit=4, example=5)]


def test_the_first_climb_is_watched_step_by_step(view, mosaic, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    first, *_ = results_of(view, digits_snapshot)
    view.show_result(digits_snapshot, first)
    assert mosaic.grid.count == 32
    assert "step 0 of 25" in texts(view)


def test_a_later_climb_of_the_run_replaces_the_images_at_its_end(view, mosaic, digits_snapshot):
    show(view, digits_snapshot)
    before = pixels(mosaic)
    newer = replace(digits_snapshot, weights=digits_snapshot.first_weights, step=0)
    first, *_, last = results_of(view, newer)
    view.show_result(newer, first)
    assert pixels(mosaic) == before
    view.show_result(newer, last)
    assert pixels(mosaic) != before


def test_another_run_is_shown_at_once(view, mosaic, digits_snapshot):
    show(view, digits_snapshot)
    before = pixels(mosaic)
    other = replace(digits_snapshot, run_id=digits_snapshot.run_id + 1)
    view.show_result(other, results_of(view, other)[0])
    assert pixels(mosaic) != before


def test_a_result_for_a_layer_left_meanwhile_is_not_shown(view, mosaic, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    old = results_of(view, digits_snapshot)[-1]
    view.show_selection(Selection(layer=(6,)))
    view.show_result(digits_snapshot, old)
    assert mosaic.grid.count == 0


def test_when_not_live_it_asks_for_nothing_more(view, digits_snapshot):
    show(view, digits_snapshot)
    view.findChild(Switch).click()
    assert view.probe(digits_snapshot) is None


def test_when_not_live_the_last_climb_still_ends(view, digits_snapshot):
    view.findChild(Switch).click()
    view.show_snapshot(digits_snapshot)
    assert view.probe(digits_snapshot) is not None


def test_when_not_live_another_layer_is_still_asked_for(view, digits_snapshot):
    show(view, digits_snapshot)
    view.findChild(Switch).click()
    view.show_selection(Selection(layer=(2,)))
    assert view.probe(digits_snapshot).path == (2,)


def test_they_can_be_found_again_from_other_noise(view, digits_snapshot):
    show(view, digits_snapshot)
    before = view.probe(digits_snapshot)
    tool(view, "Find them again, from other noise").click()
    assert view.probe(digits_snapshot) == replace(before, seed=before.seed + 1)


def test_the_settings_are_the_probes_fields(view, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    form = view.findChild(ComponentForm)
    shown = {"steps", "rate", "blur", "decay", "jitter", "seed"}
    assert {
        n for n in (*shown, "layer", "first", "count") if not form.editor(n).isHidden()
    } == shown
    form.changed.emit(replace(form.component(), steps=7, jitter=3))
    assert (view.probe(digits_snapshot).steps, view.probe(digits_snapshot).jitter) == (7, 3)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_settings_open_below_their_button(view, qtbot):
    view.show()
    tool(view, "Settings of the climb").click()
    assert view.findChild(ComponentForm).isVisible()
    view.findChild(ComponentForm).window().close()


def test_a_failure_is_told(view, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    view.show_result(digits_snapshot, ProbeFailure("out of memory"))
    assert "out of memory" in texts(view)


def test_a_table_has_no_images(view, iris_snapshot):
    view.show_snapshot(iris_snapshot)
    assert view.probe(iris_snapshot) is None
    assert "images" in view.findChild(EmptyState).accessibleName()


def test_a_smaller_network_is_followed(view, digits_snapshot):
    show(view, digits_snapshot, Selection(layer=(6,)))
    model = replace(digits_snapshot.model, layers=digits_snapshot.model.layers[:3])
    smaller = replace(
        digits_snapshot,
        project=replace(digits_snapshot.project, model=model),
        weights=digits_snapshot.weights[:3],
        run_id=digits_snapshot.run_id + 1,
    )
    assert view.probe(smaller).path in ((0,), (2,))


@pytest.mark.parametrize("width", [551, 1118, 1670])
def test_it_fits_the_width_it_gets(view, width, digits_snapshot):
    show(view, digits_snapshot)
    view.show()
    view.resize(width, 220)  # it was 1118 wide before
    assert view.width() == width


def test_with_the_probe_thread_the_images_arrive(view, mosaic, digits_snapshot, qtbot):
    view.show_snapshot(digits_snapshot)
    thread = ProbeThread(duty=1.0)
    thread.start()
    try:
        thread.ask("view", view.probe(digits_snapshot), digits_snapshot)

        def arrived():
            for _, snapshot, result in thread.take():
                view.show_result(snapshot, result)
            return thread.idle

        qtbot.waitUntil(arrived)
    finally:
        thread.stop()
    assert mosaic.grid.count == 32
