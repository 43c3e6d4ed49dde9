import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from playground.gui.look import theme
from playground.gui.views.curves import CurvesView
from playground.nn.metrics import AUC, R2Score, RootMeanSquaredError
from playground.training.history import Curves
from playground.training.snapshot import Divergence


@pytest.fixture
def view(qtbot):
    view = CurvesView()
    qtbot.addWidget(view)
    view.resize(288, 330)
    view.show()
    qtbot.waitExposed(view)
    return view


def curves(steps=1200, epochs=12):
    epoch = np.linspace(0, epochs, steps + 1)[1:]
    loss = 2 * np.exp(-epoch / 2) + 0.1
    checks = np.arange(epochs + 1.0)
    return Curves(epoch, loss, 1 - loss / 4, checks, 2 * np.exp(-checks / 3), 1 - checks / 20)


def measured(snapshot, curves, **changes):
    project = replace(snapshot.project, epochs=12)
    step, epoch = len(curves.epoch), float(curves.epoch[-1])
    return replace(snapshot, project=project, curves=curves, step=step, epoch=epoch, **changes)


@pytest.fixture
def snapshot(digits_snapshot):
    return measured(digits_snapshot, curves())


def plots(view):
    return view._loss.plot, view._metric.plot


def test_before_training_a_sentence_says_what_will_be_here(view, digits_snapshot):
    empty = replace(digits_snapshot, step=0, curves=Curves(*[np.zeros(0)] * 6))
    view.show_snapshot(empty)
    assert "Train" in view._loss.plot._nothing_yet


def test_a_long_run_is_drawn_with_two_points_a_pixel_at_most(view, digits_snapshot):
    view.show_snapshot(measured(digits_snapshot, curves(steps=100_000)))
    for plot in plots(view):
        for x, _ in plot.curves.values():
            assert len(x) <= 2 * plot.width()


def test_the_batches_stay_as_they_are_while_their_average_is_smooth(view, snapshot, rng):
    noisy = replace(snapshot.curves, loss=snapshot.curves.loss + rng.random(1200))
    view.show_snapshot(replace(snapshot, curves=noisy))
    lines = view._loss.plot.curves
    assert np.ptp(np.diff(lines["train"][1])) < np.ptp(np.diff(lines["batch"][1])) / 3


def test_the_smoothing_slider_changes_the_train_curve_alone(view, snapshot, rng):
    noisy = replace(snapshot.curves, loss=snapshot.curves.loss + rng.random(1200))
    view.show_snapshot(replace(snapshot, curves=noisy))
    before = dict(view._loss.plot.curves)
    view._smoothing.set_value(0.0)
    view._smoothing.value_changed.emit(0.0)
    after = view._loss.plot.curves
    assert not np.array_equal(before["train"][1], after["train"][1])
    np.testing.assert_array_equal(before["validation"][1], after["validation"][1])


def test_the_log_switch_draws_decimal_logarithms(view, snapshot):
    view.show_snapshot(snapshot)
    before = view._loss.plot.curves["validation"][1]
    view._log.click()
    np.testing.assert_allclose(view._loss.plot.curves["validation"][1], np.log10(before))


def test_a_loss_of_zero_has_no_place_on_a_log_scale(view, snapshot):
    loss = snapshot.curves.loss.copy()
    loss[500:] = 0
    view._log.setChecked(True)
    view.show_snapshot(replace(snapshot, curves=replace(snapshot.curves, loss=loss)))
    assert np.isfinite(view._loss.plot.curves["train"][1]).all()


def test_values_that_are_not_finite_are_left_out(view, snapshot):
    loss = snapshot.curves.loss.copy()
    loss[100], loss[-1] = np.nan, np.inf
    view.show_snapshot(replace(snapshot, curves=replace(snapshot.curves, loss=loss)))
    assert all(np.isfinite(y).all() for _, y in view._loss.plot.curves.values())


def test_the_axis_does_not_shrink_while_a_run_goes_on(view, snapshot):
    high = replace(snapshot.curves, loss=snapshot.curves.loss + 3)
    view.show_snapshot(replace(snapshot, curves=high))
    top = view._loss.plot._y.high
    view.show_snapshot(snapshot)
    assert view._loss.plot._y.high == top
    view.show_snapshot(replace(snapshot, run_id=snapshot.run_id + 1))
    assert view._loss.plot._y.high < top


def test_divergence_is_marked_and_does_not_squeeze_the_axis(view, snapshot):
    loss = snapshot.curves.loss.copy()
    loss[-3:] = 1e6
    view.show_snapshot(
        replace(
            snapshot,
            curves=replace(snapshot.curves, loss=loss),
            divergence=Divergence(1201, 1200, "The loss became NaN.", 0.1),
        )
    )
    assert view._loss.plot._mark == (snapshot.epoch, "Diverged, step 1,201")
    assert view._loss.plot._y.high < 10


def test_the_pointer_reads_both_charts_at_one_epoch(view, snapshot, qtbot):
    view.show_snapshot(snapshot)
    loss, metric = plots(view)
    qtbot.mouseMove(loss, QPoint(round(loss.area.center().x()), round(loss.area.center().y())))
    assert loss._reading.x == metric._reading.x == pytest.approx(6, abs=0.2)
    assert "validation 0.271" in loss._reading.words[1]
    assert "validation 70.0%" in metric._reading.words[1]


def test_arrow_keys_read_from_the_last_value_backwards(view, snapshot, qtbot):
    view.show_snapshot(snapshot)
    loss, _ = plots(view)
    qtbot.keyClick(loss, Qt.Key.Key_End)
    assert loss._reading.x == 12
    qtbot.keyClick(loss, Qt.Key.Key_Left)
    assert loss._reading.x < 12
    assert loss.accessibleDescription().startswith("epoch 11.88")
    qtbot.keyClick(loss, Qt.Key.Key_Escape)
    assert loss._reading is None


def test_charts_stand_side_by_side_where_it_is_wide(view, snapshot, qtbot):
    view.show_snapshot(snapshot)
    loss, metric = view._cells
    assert loss.x() == metric.x()
    view.resize(660, 220)
    QApplication.processEvents()
    assert loss.y() == metric.y()
    view.resize(288, 330)
    QApplication.processEvents()
    assert loss.x() == metric.x()


def test_the_metric_of_a_regression_has_its_own_name_and_axis(view, iris_snapshot):
    errors = replace(curves(), metric=curves().metric * 400)
    view.show_snapshot(measured(iris_snapshot, errors, metric=RootMeanSquaredError()))
    assert view._metric.name.text() == "RMSE"
    assert view._metric.plot._y.high >= 390


def test_the_numbers_have_a_row_for_each_step(view, snapshot):
    view.show_snapshot(snapshot)
    rows = list(csv.DictReader(io.StringIO(view._menu.content("csv").decode())))
    assert len(rows) == 1201
    assert [row["epoch"] for row in rows if row["validation_loss"]] == [
        f"{epoch:.1f}" for epoch in range(13)
    ]
    assert float(rows[5]["loss"]) == snapshot.curves.loss[4]


def test_a_saved_drawing_names_the_curves(view, snapshot):
    view.show_snapshot(snapshot)
    assert "validation 0.037" in view._menu.content("svg").decode()


def test_the_curves_follow_the_theme(view, snapshot, qapp):
    theme.apply(qapp, dark=False)
    view.show_snapshot(snapshot)
    light = view.grab().toImage()
    theme.apply(qapp, dark=True)
    dark = view.grab().toImage()
    theme.apply(qapp, dark=False)
    assert view.grab().toImage() == light
    assert dark != light


# Which metric


def actions(view):
    view._metrics.aboutToShow.emit()
    return {action.text(): action for action in view._metrics.actions() if action.text()}


def edits_of(view):
    edits = []
    view.edited.connect(edits.append)
    return edits


def with_auc(snapshot):
    """A snapshot whose project measures AUC as well, unknown before epoch 6."""
    checks = np.arange(13.0)
    area = np.where(checks < 6, np.nan, checks / 20)
    project = replace(snapshot.project, metrics=(AUC(),))
    measured_so = replace(snapshot.curves, validation_metrics={"auc": area})
    return replace(snapshot, project=project, curves=measured_so)


def test_all_metrics_that_fit_are_offered(view, snapshot):
    view.show_snapshot(snapshot)
    offered = actions(view)
    assert offered["Accuracy"].isChecked()
    assert {"AUC", "F1", "Top-5 accuracy"} <= offered.keys()
    assert not {"RMSE", "R²", "Measure nothing else"} & offered.keys()


def test_choosing_another_metric_has_it_measured(view, snapshot):
    view.show_snapshot(snapshot)
    edits = edits_of(view)
    actions(view)["AUC"].trigger()
    assert edits == [{"metrics": (AUC(),)}]
    assert view._metric.name.text() == "Accuracy"  # until it is measured
    view.show_snapshot(with_auc(snapshot))
    assert view._metric.name.text() == "AUC"


def test_a_metric_that_is_measured_is_shown_without_an_edit(view, snapshot):
    view.show_snapshot(with_auc(snapshot))
    edits = edits_of(view)
    actions(view)["AUC"].trigger()
    assert edits == []
    x, y = view._metric.plot.curves["validation"]
    np.testing.assert_array_equal(x, np.arange(6.0, 13))
    np.testing.assert_array_equal(y, np.arange(6.0, 13) / 20)
    assert len(view._metric.plot.curves["train"][0]) == 0
    actions(view)["Accuracy"].trigger()
    assert len(view._metric.plot.curves["train"][0])


def test_a_metric_not_yet_measured_says_when_it_will_be(view, snapshot):
    early = with_auc(snapshot)
    nothing = {"auc": np.full(13, np.nan)}
    early = replace(early, curves=replace(early.curves, validation_metrics=nothing))
    view.show_snapshot(early)
    actions(view)["AUC"].trigger()
    assert "end of every epoch" in view._metric.plot._nothing_yet


def test_the_other_metrics_are_saved_in_columns_of_their_own(view, snapshot):
    view.show_snapshot(with_auc(snapshot))
    rows = list(csv.reader(io.StringIO(view._menu.content("csv").decode())))
    assert rows[0][-2:] == ["validation_metric", "validation_auc"]
    assert {len(row) for row in rows} == {7}
    measured_at_the_end = [row[-1] for row in rows[1:] if row[-1]]
    assert float(measured_at_the_end[-1]) == 12 / 20


def test_measuring_can_be_ended(view, snapshot):
    view.show_snapshot(with_auc(snapshot))
    edits = edits_of(view)
    actions(view)["Measure nothing else"].trigger()
    assert edits == [{"metrics": ()}]


def test_an_r2_below_0_has_its_place_and_one_far_below_does_not_spoil_the_axis(view, iris_snapshot):
    metric = R2Score()
    checks = np.arange(13.0)
    values = np.linspace(-40, 0.5, 13)
    project = replace(iris_snapshot.project, metrics=(metric,))
    shown = measured(
        replace(iris_snapshot, project=project),
        replace(curves(), validation_epoch=checks, validation_metrics={metric.key: values}),
        metric=RootMeanSquaredError(),
    )
    view.show_snapshot(shown)
    actions(view)["R²"].trigger()
    assert -2 < view._metric.plot._y.low <= -1
