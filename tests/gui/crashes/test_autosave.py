"""What a window does is on the disk soon."""

import json
import threading
from dataclasses import replace

import numpy as np
import pytest

from playground.data.sources.points import Spiral
from playground.gui.crashes import autosave
from playground.gui.crashes.autosave import AutoSave
from playground.nn.parameters import flatten
from playground.training.presets import load_preset
from playground.training.snapshot import Status
from playground.training.storage import load_project

POINTS = replace(load_preset("spiral"), source=Spiral(samples=100), epochs=100_000)


@pytest.fixture
def keeper(session, run, qtbot, monkeypatch):
    monkeypatch.setattr(autosave, "LOOK_MS", 20)
    keeper = AutoSave(session, run)
    session.open(POINTS)
    qtbot.waitUntil(lambda: session.poll() is not None)
    return keeper


@pytest.fixture
def polled(session, qtbot):
    """Wait until something is so, while the session gets its news."""

    def wait(condition):
        def is_so():
            session.poll()
            return condition()

        qtbot.waitUntil(is_so, timeout=20_000)

    return wait


def test_a_project_is_kept_as_soon_as_it_is_open(keeper, run, polled):
    polled(run.about.exists)
    assert load_project(run.work).project == POINTS
    assert json.loads(run.about.read_text())["title"] == POINTS.title


def test_an_edit_is_kept(keeper, session, run, polled):
    polled(run.about.exists)
    session.edit(seed=77)
    polled(lambda: load_project(run.work).project.seed == 77)


def test_training_that_goes_on_is_kept_now_and_then(keeper, session, run, polled, monkeypatch):
    monkeypatch.setattr(autosave, "EVERY", 0.05)
    session.play()
    polled(lambda: run.work.exists() and (load_project(run.work).state.step > 0))
    first = load_project(run.work).state.step
    polled(lambda: load_project(run.work).state.step > first)


def test_training_that_has_ended_is_kept_at_once(keeper, session, run, polled):
    polled(run.about.exists)
    session.play_steps(3)
    polled(lambda: session.status is Status.PAUSED and session.step == 3)
    polled(lambda: load_project(run.work).state.step == 3)
    kept = flatten(load_project(run.work).state.weights)
    assert np.array_equal(kept, flatten(session.snapshot.weights))


def test_nothing_is_written_while_nothing_changes(keeper, run, qtbot, polled):
    polled(run.about.exists)
    before = run.work.stat().st_mtime_ns
    qtbot.wait(200)
    assert run.work.stat().st_mtime_ns == before


def test_no_copy_of_a_copy_is_kept(keeper, session, run, polled):
    polled(run.about.exists)
    session.edit(seed=77)
    polled(lambda: load_project(run.work).project.seed == 77)
    assert list(run.path.glob("*~")) == []


def test_of_a_giant_the_choices_are_kept(keeper, session, run, polled, monkeypatch):
    monkeypatch.setattr(autosave, "_LARGEST", 0)
    polled(run.about.exists)
    assert load_project(run.work).state is None


def test_it_can_be_kept_this_moment(keeper, session, run):
    keeper.keep_now()
    assert load_project(run.work).project == POINTS


def test_what_prevents_it_is_told_once(keeper, session, run, qtbot, polled):
    told = []
    keeper.failed.connect(told.append)
    polled(run.about.exists)
    run.work.unlink()
    run.work.mkdir()
    for seed in range(3):
        session.edit(seed=seed)
        keeper.keep_now()
    assert len(told) == 1
    assert "work.nnproj cannot be written" in told[0]
    run.work.rmdir()


def test_an_action_waits_for_the_next_success(keeper, session, run, polled):
    done = []
    keeper.after_next(lambda: done.append(run.work.exists()))
    polled(lambda: bool(done))
    assert done == [True]


def test_closing_ends_it(keeper, session, run, polled):
    polled(run.about.exists)
    session.edit(seed=77)
    session.close()
    assert "autosave" not in {thread.name for thread in threading.enumerate()}
