"""What is said by itself to those who do not see the window."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible

from playground.gui.look.appearance import apply_theme
from playground.gui.status.announcer import CALM_SECONDS, Announcer
from playground.gui.status.status_strip import StatusStrip
from playground.nn.optimizers import SGD
from playground.training.snapshot import Status
from playground.training.trainer import Trainer


@pytest.fixture
def listening():
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


class Listener:
    """Follows a run as the window does, at times that the test chooses."""

    def __init__(self, qtbot):
        apply_theme("light")
        self.heard = []
        self.time = 0.0
        self.strip = StatusStrip()
        qtbot.addWidget(self.strip)
        self.announcer = Announcer(
            self.strip, lambda text, urgent: self.heard.append((text, urgent)), lambda: self.time
        )

    def see(self, snapshot, **changes):
        shown = replace(snapshot, **changes)
        self.strip.show_snapshot(shown)
        self.announcer.follow(shown)


@pytest.fixture
def listener(qtbot):
    return Listener(qtbot)


def test_a_start_and_an_end_are_told(listener, listening, spiral_snapshot):
    listener.see(spiral_snapshot, status=Status.RUNNING)
    listener.see(spiral_snapshot, status=Status.FINISHED)
    assert [text.split(",")[0] for text, _ in listener.heard] == ["Training", "Finished"]


def test_the_same_again_is_not_told_again(listener, listening, spiral_snapshot):
    for _ in range(5):
        listener.see(spiral_snapshot, status=Status.RUNNING)
    assert len(listener.heard) == 1


def test_of_fast_epochs_only_one_in_ten_seconds_is_told(listener, listening, spiral_snapshot):
    listener.see(spiral_snapshot, status=Status.RUNNING, epoch=0.0)
    for tenth in range(1, 301):
        listener.time = tenth / 10
        listener.see(spiral_snapshot, status=Status.RUNNING, epoch=float(tenth))
    assert len(listener.heard) == 1 + int(30 / CALM_SECONDS)
    assert listener.heard[1][0].startswith("Epoch 100 of 600 done, ")


def test_trouble_is_told_at_once_with_its_cause(listener, listening, spiral_snapshot):
    listener.see(spiral_snapshot, status=Status.RUNNING)
    listener.see(spiral_snapshot, status=Status.FAILED, error="The disk is full.")
    assert listener.heard[-1] == ("Failed. The disk is full.", True)


def test_nothing_is_told_while_nobody_listens(listener, spiral_snapshot):
    QAccessible.setActive(False)
    listener.see(spiral_snapshot, status=Status.RUNNING)
    listener.announcer.tell("Saved")
    assert listener.heard == []


def test_a_real_divergence_is_told(listener, listening, prices):
    wild = replace(prices.project, optimizer=SGD(learning_rate=100.0))
    trainer = Trainer(wild, prices.dataset)
    trainer.play()
    for _ in range(200):
        trainer.train_step()
        if trainer.snapshot().status is Status.DIVERGED:
            break
    listener.see(trainer.snapshot())
    (text, urgent), *_ = listener.heard
    assert urgent
    assert text.startswith("Diverged. ")
