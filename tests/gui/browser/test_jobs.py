"""Work beside the window."""

import threading

import pytest
from PySide6.QtCore import QObject

from playground.gui.browser.jobs import Jobs


@pytest.fixture
def jobs(qtbot):
    parent = QObject()
    jobs = Jobs(parent)
    yield jobs
    jobs.forget_all()
    qtbot.waitUntil(lambda: jobs.idle)


def done(qtbot, jobs):
    qtbot.waitUntil(lambda: jobs.idle)


def test_results_come_in_the_thread_of_the_window(jobs, qtbot):
    threads = []

    def work():
        threads.append(threading.current_thread())
        yield 3

    jobs.ask("key", work, lambda result: threads.append((threading.current_thread(), result)))
    done(qtbot, jobs)
    assert threads[0] is not threading.main_thread()
    assert threads[1] == (threading.main_thread(), 3)


def test_none_is_not_a_result(jobs, qtbot):
    found = []
    jobs.ask("key", lambda: iter([None, 5, None]), found.append)
    done(qtbot, jobs)
    assert found == [5]


def test_of_a_key_only_the_newest_question_is_answered(jobs, qtbot):
    begun, found = threading.Event(), []

    def endless():
        while True:
            begun.set()
            yield None

    jobs.ask("key", endless, found.append)
    begun.wait(5)
    jobs.ask("key", lambda: iter(["new"]), found.append)
    done(qtbot, jobs)
    assert found == ["new"]


def test_a_quick_question_need_not_wait_for_a_long_one(jobs, qtbot):
    found = []

    def endless():
        while True:
            yield None

    jobs.ask("long", endless, found.append)
    jobs.ask("quick", lambda: iter(["quick"]), found.append)
    qtbot.waitUntil(lambda: found == ["quick"])


def test_what_goes_wrong_is_raised_where_it_is_seen(jobs, qtbot):
    def work():
        yield from ()
        raise ValueError("a bug")

    with qtbot.captureExceptions() as raised:
        jobs.ask("key", work, print)
        qtbot.waitUntil(lambda: bool(raised))
    assert str(raised[0][1]) == "a bug"


def test_the_thread_ends_when_nothing_is_left_to_do(jobs, qtbot):
    jobs.ask("key", lambda: iter([1]), lambda result: None)
    done(qtbot, jobs)
    qtbot.waitUntil(lambda: not any(t.name == "browser" for t in threading.enumerate()))
