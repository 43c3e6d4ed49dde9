"""The strip at the bottom: words and numbers for every state of a run."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from playground.gui.look import theme
from playground.gui.status import status_strip
from playground.gui.status.status_strip import StatusStrip
from playground.training.snapshot import Divergence, Status
from playground.training.watch import Stop


@pytest.fixture
def strip(qtbot, qapp):
    theme.apply(qapp, dark=False)
    strip = StatusStrip()
    qtbot.addWidget(strip)
    strip.resize(1366, 32)
    strip.show()
    return strip


@pytest.fixture
def diverged(digits_snapshot):
    trouble = Divergence(214, 189, "The loss became NaN at step 214.", 0.3)
    return replace(digits_snapshot, status=Status.DIVERGED, divergence=trouble)


def visible_button(strip, text):
    buttons = strip.findChildren(QPushButton)
    return next((b for b in buttons if b.text() == text and b.isVisible()), None)


def banner_says(strip, text):
    return any(text in words.text() and words.isVisible() for words in strip.findChildren(QLabel))


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.RUNNING, "Training"),
        (Status.PAUSED, "Paused"),
        (Status.FINISHED, "Finished"),
    ],
)
def test_the_word_names_the_state(strip, digits_snapshot, status, word):
    strip.show_snapshot(replace(digits_snapshot, status=status))
    assert strip.text().startswith(word)


def test_before_the_first_step_it_is_ready(strip, digits_snapshot):
    strip.show_snapshot(replace(digits_snapshot, status=Status.PAUSED, step=0, epoch=0.0))
    assert strip.text().startswith("Ready")


@pytest.mark.parametrize(
    ("status", "epoch", "shown"),
    [
        (Status.RUNNING, 0.0, "Epoch 1 / 12"),
        (Status.RUNNING, 3.5, "Epoch 4 / 12"),
        (Status.PAUSED, 3.0, "Epoch 3 / 12"),
        (Status.FINISHED, 12.0, "Epoch 12 / 12"),
    ],
)
def test_the_epoch_under_way_is_counted(strip, digits_snapshot, status, epoch, shown):
    strip.show_snapshot(replace(digits_snapshot, status=status, epoch=epoch))
    assert shown in strip.text()


@pytest.mark.parametrize(
    ("fixture", "unit"),
    [("digits_snapshot", "images/s"), ("iris_snapshot", "rows/s"), ("spiral_snapshot", "points/s")],
)
def test_the_speed_is_in_the_units_of_the_data(strip, request, fixture, unit):
    snapshot = replace(request.getfixturevalue(fixture), status=Status.RUNNING, speed=12_480.0)
    strip.show_snapshot(snapshot)
    assert f"Speed 12,500 {unit}" in strip.text()


@pytest.mark.parametrize(("left", "shown"), [(6, "0:06"), (65, "1:05"), (3600 + 61, "1:01:01")])
def test_the_time_left_follows_from_the_speed(strip, digits_snapshot, left, shown):
    todo = 12 * len(digits_snapshot.dataset.train)
    running = replace(digits_snapshot, status=Status.RUNNING, epoch=0.0, speed=todo / left)
    strip.show_snapshot(running)
    assert f"Left {shown}" in strip.text()


def test_a_resting_run_has_no_speed(strip, digits_snapshot):
    strip.show_snapshot(replace(digits_snapshot, status=Status.PAUSED, speed=0.0))
    assert "Speed \u2013" in strip.text()


def test_the_validation_metric_is_the_latest(strip, spiral_snapshot):
    strip.show_snapshot(spiral_snapshot)
    accuracy = spiral_snapshot.curves.validation_metric[-1]
    assert f"Val. accuracy {accuracy:.1%}" in strip.text()


def test_the_seed_stands_at_the_right(strip, digits_snapshot):
    strip.show_snapshot(digits_snapshot)
    assert "Seed 42, CPU float32" in strip.text()


def test_a_divergence_grows_the_strip_to_a_banner(strip, digits_snapshot, diverged):
    strip.show_snapshot(digits_snapshot)
    low = strip.sizeHint().height()
    strip.show_snapshot(diverged)
    assert (low, strip.sizeHint().height()) == (32, 40)
    assert banner_says(strip, "The loss became NaN at step 214.")


def test_the_mend_carries_the_lower_learning_rate(qtbot, strip, diverged):
    strip.show_snapshot(diverged)
    mend = visible_button(strip, "Go back and use 0.3")
    with qtbot.waitSignal(strip.mend_requested) as mended:
        qtbot.mouseClick(mend, Qt.MouseButton.LeftButton)
    assert mended.args == [0.3]


def test_a_failure_says_its_error_and_offers_no_mend(strip, digits_snapshot):
    strip.show_snapshot(replace(digits_snapshot, status=Status.FAILED, error="Give it 10 units."))
    assert banner_says(strip, "Give it 10 units.")
    assert not any("Go back" in b.text() for b in strip.findChildren(QPushButton) if b.isVisible())


def close_banner(qtbot, strip):
    close = next(
        b
        for b in strip.findChildren(QPushButton)
        if b.accessibleName() == "Close this message" and b.isVisible()
    )
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)


def test_a_closed_banner_stays_closed_for_this_trouble(qtbot, strip, diverged):
    strip.show_snapshot(diverged)
    close_banner(qtbot, strip)
    strip.show_snapshot(diverged)
    assert not banner_says(strip, "The loss became NaN")
    assert strip.text().startswith("Diverged")


def test_the_next_trouble_opens_the_banner_again(qtbot, strip, digits_snapshot, diverged):
    strip.show_snapshot(diverged)
    close_banner(qtbot, strip)
    strip.show_snapshot(replace(digits_snapshot, status=Status.RUNNING))
    strip.show_snapshot(diverged)
    assert banner_says(strip, "The loss became NaN")


def test_loading_shows_what_and_how_much(strip, digits_snapshot):
    strip.show_snapshot(digits_snapshot)
    strip.show_loading("MNIST digits", 0.43)
    assert strip.text() == "Loading data, MNIST digits 43%"


def test_a_run_does_not_hide_the_loading(strip, digits_snapshot):
    strip.show_loading("MNIST digits", 0.43)
    strip.show_snapshot(digits_snapshot)
    assert strip.text().startswith("Loading data")
    strip.end_loading()
    assert "Epoch" in strip.text()


def test_loading_can_be_cancelled(qtbot, strip):
    strip.show_loading("MNIST digits", 0.43)
    with qtbot.waitSignal(strip.cancel_requested):
        qtbot.mouseClick(visible_button(strip, "Cancel"), Qt.MouseButton.LeftButton)
    strip.end_loading()
    assert visible_button(strip, "Cancel") is None


def test_a_message_goes_by_itself(qtbot, strip, digits_snapshot, monkeypatch):
    monkeypatch.setattr(status_strip, "MESSAGE_MS", 50)
    brief = StatusStrip()
    qtbot.addWidget(brief)
    brief.show_snapshot(digits_snapshot)
    brief.show_message("Saved net.nnproj")
    assert "Saved net.nnproj" in brief.text()
    qtbot.waitUntil(lambda: "Saved" not in brief.text())
    assert "Seed 42" in brief.text()


@pytest.mark.parametrize("width", [700, 960, 1366, 1920])
def test_numbers_keep_their_places(qtbot, strip, digits_snapshot, width):
    """The picture left of the changing number is the same, however long the number is."""
    strip.resize(width, 32)
    shown = []
    for speed in (9.0, 99_999.0):
        strip.show_snapshot(replace(digits_snapshot, status=Status.RUNNING, speed=speed))
        shown.append(strip.grab().toImage())
    tail = (width - 180, 0, 180, 32)
    assert shown[0].copy(*tail) == shown[1].copy(*tail)


def test_why_a_run_has_ended_is_said(strip, digits_snapshot):
    stop = Stop("Validation loss reached 0.1", 3)
    strip.show_snapshot(replace(digits_snapshot, status=Status.FINISHED, stop=stop))
    assert "Validation loss reached 0.1." in strip.text()


def test_only_annealing_shows_how_many_steps_are_accepted(strip, digits_snapshot):
    strip.show_snapshot(digits_snapshot)
    assert "Accepted" not in strip.text()
    accepted = np.array([1.0, 0.0, 0.0, 0.0])
    curves = replace(digits_snapshot.curves, accepted=accepted)
    strip.show_snapshot(replace(digits_snapshot, curves=curves))
    assert "Accepted 25%" in strip.text()


def test_more_epochs_done_than_asked_for_are_all_there_are(strip, digits_snapshot):
    asked = replace(digits_snapshot.project, epochs=6)
    strip.show_snapshot(replace(digits_snapshot, project=asked, epoch=9.0, status=Status.FINISHED))
    assert "Epoch 9 / 9" in strip.text()
