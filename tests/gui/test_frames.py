"""The frame loop: which view gets its news when, and in pieces of what size."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QObject

from playground.gui.frames import FrameLoop
from playground.gui.session import Session
from playground.gui.views.base import View
from playground.training.presets import load_preset
from playground.training.snapshot import Status


class Pictures(View):
    """Writes down when each of its two pieces is drawn."""

    def __init__(self, drawn):
        super().__init__()
        self.drawn = drawn

    def pieces(self, snapshot):
        return partial(self.draw, "first"), partial(self.draw, "second")

    def show_snapshot(self, snapshot):
        for piece in self.pieces(snapshot):
            piece()

    def draw(self, piece):
        self.drawn.append((type(self).__name__, piece))


class Lively(Pictures):
    """One that follows the training closely."""

    lively = True


class Quiet(Pictures):
    """One that does not."""


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def loop(qtbot, drawn):
    parent = QObject()
    session = Session(parent)
    views = [Lively(drawn), Quiet(drawn)]
    for view in views:
        qtbot.addWidget(view)
        view.show()
    loop = FrameLoop(session, views, parent)
    loop._timer.stop()  # the tests are the clock
    session.open(replace(load_preset("circle-logistic"), epochs=1_000_000))  # outlasts any test
    qtbot.waitUntil(lambda: loop._tick() or session.project is not None)
    drawn.clear()
    yield loop
    loop.stop()
    session.close()


def train(loop, qtbot):
    """Start a training, and let the loop know of it."""
    session = loop._session
    session.play()
    qtbot.waitUntil(lambda: loop._tick() or session.status is Status.RUNNING)
    frame(loop)


def frame(loop):
    """Do one frame's work; return how many ticks it took."""
    ticks = 1
    loop._tick()
    while loop._pieces:
        loop._tick()
        ticks += 1
    return ticks


def test_at_rest_all_is_drawn_at_once(loop, drawn, qtbot):
    loop._session.play_batch()
    qtbot.waitUntil(lambda: loop._tick() or bool(drawn))
    assert sorted(drawn[:4]) == [
        ("Lively", "first"),
        ("Lively", "second"),
        ("Quiet", "first"),
        ("Quiet", "second"),
    ]
    assert not loop._pieces


def test_while_training_a_tick_draws_one_piece(loop, drawn, qtbot):
    train(loop, qtbot)
    counts = []

    def tick():
        before = len(drawn)
        loop._tick()
        counts.append(len(drawn) - before)
        return sum(counts) >= 6

    qtbot.waitUntil(tick)
    assert max(counts) == 1


def test_the_pieces_of_a_view_are_drawn_in_their_order(loop, drawn, qtbot):
    train(loop, qtbot)
    drawn.clear()
    qtbot.waitUntil(lambda: frame(loop) and bool(drawn))
    (name, first), (other, second) = drawn[:2]
    assert (name, first, second) == (other, "first", "second")


def test_lively_views_and_the_others_take_turns(loop, drawn, qtbot):
    train(loop, qtbot)
    frame(loop)
    drawn.clear()

    def draw_some():
        frame(loop)
        return len(drawn) >= 8

    qtbot.waitUntil(draw_some)
    names = [name for name, piece in drawn if piece == "first"]
    assert set(names) == {"Lively", "Quiet"}
