"""The thread that computes probes."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from playground.component import param
from playground.errors import DataError
from playground.nn.model import Sequential
from playground.probes.base import Probe
from playground.probes.runner import ProbeFailure, ProbeThread
from playground.training.snapshot import Status


@dataclass(frozen=True)
class Count(Probe, abstract=True):
    """Yield 1, 2, ... up to ``to``, working a while before each."""

    to: int = param(3, doc="The last number.")
    seconds: float = param(0.0, doc="Of work before each number.")

    def compute(self, snapshot) -> Iterator[int]:
        for number in range(1, self.to + 1):
            ended = time.monotonic() + self.seconds
            while time.monotonic() < ended:
                pass
            yield number


@dataclass(frozen=True)
class Broken(Probe, abstract=True):
    """Fail after the first result."""

    error: str = param("no such file", doc="What it says.")

    def compute(self, snapshot) -> Iterator[int]:
        yield 1
        raise DataError(self.error)


@dataclass(frozen=True, eq=False)
class Gate(Probe, abstract=True):
    """Yield 1, then wait until let through, and yield 2."""

    opened: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        pass

    def compute(self, snapshot) -> Iterator[int]:
        yield 1
        self.reached.set()
        assert self.opened.wait(10)
        yield 2
        yield 3


@pytest.fixture
def snapshot(iris_snapshot):
    """A snapshot of a run that rests."""
    return replace(iris_snapshot, status=Status.PAUSED)


@pytest.fixture
def training(iris_snapshot):
    """A snapshot of a run that trains."""
    return replace(iris_snapshot, status=Status.RUNNING)


@contextmanager
def running(thread):
    thread.start()
    try:
        yield thread
    finally:
        thread.stop()


@pytest.fixture
def probes():
    with running(ProbeThread()) as thread:
        yield thread


def answers_of(thread, count=1, timeout=10.0):
    """Return what is taken until ``count`` keys have their last answer, newest by key."""
    found = {}
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        found |= {key: (snapshot, result) for key, snapshot, result in thread.take()}
        if thread.idle and len(found) >= count:
            return found
        time.sleep(0.001)
    raise AssertionError(f"no answer in time, only {found}")


def wait_until(condition, timeout=10.0):
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_the_last_result_is_the_answer(probes, snapshot):
    probes.ask("a", Count(to=5), snapshot)
    assert answers_of(probes) == {"a": (snapshot, 5)}


def test_each_key_has_its_own_answer(probes, snapshot):
    probes.ask("a", Count(to=5), snapshot)
    probes.ask("b", Count(to=7), snapshot)
    found = answers_of(probes, count=2)
    assert {key: result for key, (_, result) in found.items()} == {"a": 5, "b": 7}


def test_a_quick_probe_does_not_wait_for_a_slow_one(probes, snapshot):
    gate = Gate()
    slow = Count(to=1000, seconds=0.005)
    probes.ask("slow", slow, snapshot)
    probes.ask("gate", gate, snapshot)
    gate.opened.set()
    assert gate.reached.wait(2)
    assert "slow" not in probes.durations
    probes.forget("slow")


def test_before_it_begins_the_newest_question_of_a_key_wins(snapshot):
    thread = ProbeThread()
    thread.ask("a", Count(to=5), snapshot)
    thread.ask("a", Count(to=9), snapshot)
    with running(thread):
        assert answers_of(thread) == {"a": (snapshot, 9)}


def test_a_newer_snapshot_lets_a_computation_finish(probes, snapshot):
    gate = Gate()
    newer = replace(snapshot, step=snapshot.step + 1)
    probes.ask("a", gate, snapshot)
    assert gate.reached.wait(10)
    probes.ask("a", gate, newer)
    probes.take()
    gate.opened.set()
    wait_until(lambda: "a" in probes.durations)  # the first has come to its end
    assert answers_of(probes)["a"] == (newer, 3)


@pytest.mark.parametrize("what", ["probe", "run", "network"])
def test_a_computation_that_nobody_wants_is_dropped(probes, snapshot, what):
    gate = Gate()
    other = {
        "probe": snapshot,
        "run": replace(snapshot, run_id=snapshot.run_id + 1),
        "network": replace(snapshot, project=replace(snapshot.project, model=Sequential())),
    }[what]
    probes.ask("a", gate, snapshot)
    assert gate.reached.wait(10)
    second = Count(to=4) if what == "probe" else Gate(opened=gate.opened)
    probes.ask("a", second, other)
    gate.opened.set()
    found = answers_of(probes)
    assert found["a"] == (other, 4 if what == "probe" else 3)


def test_an_answer_to_an_older_question_is_not_handed_out(probes, snapshot):
    probes.ask("a", Count(to=1), snapshot)
    wait_until(lambda: "a" in probes.durations)
    gate = Gate()
    probes.ask("a", gate, snapshot)
    results = [result for _, _, result in probes.take()]
    assert results in ([], [1])  # 1 is the gate's own
    gate.opened.set()
    assert answers_of(probes)["a"] == (snapshot, 3)


def test_a_forgotten_key_gives_no_answer(probes, snapshot):
    gate = Gate()
    probes.ask("a", gate, snapshot)
    assert gate.reached.wait(10)
    probes.forget("a")
    gate.opened.set()
    probes.ask("b", Count(), snapshot)
    assert set(answers_of(probes)) == {"b"}


def test_a_failure_is_an_answer_and_the_others_go_on(probes, snapshot):
    probes.ask("broken", Broken(), snapshot)
    assert answers_of(probes)["broken"] == (snapshot, ProbeFailure("no such file"))
    probes.ask("a", Count(to=2), snapshot)
    assert answers_of(probes)["a"] == (snapshot, 2)


def test_it_is_idle_only_when_all_has_been_taken(probes, snapshot):
    assert probes.idle
    probes.ask("a", Count(), snapshot)
    assert not probes.idle
    wait_until(lambda: "a" in probes.durations)
    assert not probes.idle
    probes.take()
    assert probes.idle


def test_it_stops_in_the_middle_of_a_computation(snapshot):
    thread = ProbeThread()
    thread.start()
    thread.ask("a", Count(to=1_000_000, seconds=0.005), snapshot)
    wait_until(lambda: thread.take())
    thread.stop()
    assert not thread.is_alive()


def test_it_stops_while_it_rests(training):
    thread = ProbeThread(duty=1e-6)
    thread.start()
    thread.ask("a", Count(to=100, seconds=0.01), training)  # now it would rest for hours
    wait_until(lambda: thread.take())
    thread.stop()
    assert not thread.is_alive()


def test_it_can_be_stopped_before_it_has_started():
    thread = ProbeThread()
    thread.stop()
    assert not thread.is_alive()


def test_while_training_it_works_a_small_part_of_the_time(training):
    with running(ProbeThread(duty=0.2)) as thread:
        started = time.monotonic()
        thread.ask("a", Count(to=6, seconds=0.01), training)
        answers_of(thread)
        waited = time.monotonic() - started
    assert waited > 4 * thread.durations["a"]  # the rest after the last result is not waited for


def test_two_keys_share_that_part(training):
    with running(ProbeThread(duty=0.2)) as thread:
        started = time.monotonic()
        thread.ask("a", Count(to=6, seconds=0.01), training)
        thread.ask("b", Count(to=6, seconds=0.01), training)
        answers_of(thread, count=2)
        waited = time.monotonic() - started
    assert waited > 3.5 * sum(thread.durations.values())


def test_when_training_pauses_it_wakes_up(snapshot, training):
    with running(ProbeThread(duty=1e-6)) as thread:
        thread.ask("a", Count(to=3, seconds=0.01), training)
        wait_until(lambda: thread.take())
        thread.ask("a", Count(to=3, seconds=0.01), snapshot)
        assert answers_of(thread)["a"] == (snapshot, 3)
