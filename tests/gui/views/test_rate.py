"""The learning rate, past and planned."""

from dataclasses import replace

import numpy as np
import pytest

from playground.gui.look import theme
from playground.gui.views.rate import RateView
from playground.nn.optimizers.simulated_annealing import SimulatedAnnealing
from playground.nn.schedules import CosineDecay, ReduceLROnPlateau
from playground.training.presets import load_preset
from tests.conftest import trained


@pytest.fixture
def view(qtbot, qapp):
    theme.apply(qapp, dark=False)
    view = RateView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view


def spiral(**changes):
    return trained(replace(load_preset("spiral"), **changes), 30)


def test_the_plan_goes_on_where_the_past_ends(view):
    view.show_snapshot(spiral(schedule=CosineDecay(), epochs=20))
    past, plan = view._rate.curves["rate"], view._rate.curves["plan"]
    assert plan[0][0] == pytest.approx(past[0][-1])
    assert plan[1][0] == pytest.approx(past[1][-1], rel=0.02)
    assert (np.diff(plan[1]) < 0).all()
    assert plan[1][-1] == pytest.approx(0)


def test_a_reduction_so_far_holds_for_the_plan(view):
    snapshot = spiral(schedule=ReduceLROnPlateau())
    view.show_snapshot(replace(snapshot, rate=snapshot.rate / 10))
    assert view._rate.curves["plan"][1][-1] == pytest.approx(snapshot.rate / 10)


def test_only_annealing_has_accepted_steps(view):
    view.show_snapshot(spiral())
    assert not view._accepted.isVisible()
    view.show_snapshot(spiral(optimizer=SimulatedAnnealing()))
    assert view._accepted.isVisible()
    assert (view._accepted.curves["accepted"][1] >= 0).all()


def test_pointing_says_the_rate(view):
    view.show_snapshot(spiral(schedule=CosineDecay(), epochs=20))
    view._rate.pointed.emit(20.0)
    assert view._rate._reading.words == ("epoch 20.00", "0")


def test_the_numbers_have_a_row_for_each_step(view):
    view.show_snapshot(spiral(optimizer=SimulatedAnnealing()))
    header, *rows = view._table()
    assert header == ("epoch", "step", "rate", "accepted")
    assert [row[1] for row in rows] == list(range(1, 31))
    assert {row[3] for row in rows} <= {0.0, 1.0}
