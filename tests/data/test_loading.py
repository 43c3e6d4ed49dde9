import threading
from dataclasses import dataclass

import pytest

from playground.data.dataset import Dataset
from playground.data.loading import LoadingThread
from playground.data.sources import DataSource
from playground.data.sources.base import unwatched
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.points import Spiral
from playground.errors import DataError


@pytest.fixture
def source_class():
    """Return a maker of sources that load as told; they leave no trace in the registry."""
    known = dict(DataSource.registry)

    def make(load):
        @dataclass(frozen=True)
        class Odd(DataSource):
            title = "Odd"

            def load(self, progress=unwatched):
                return load(progress)

        return Odd

    yield make
    DataSource.registry.clear()
    DataSource.registry.update(known)


def finished(source):
    thread = LoadingThread(source)
    thread.start()
    thread.join()
    return thread


def test_the_outcome_is_the_dataset():
    thread = finished(Spiral())
    assert isinstance(thread.outcome(), Dataset)
    assert thread.progress == 1


def test_the_outcome_may_be_an_error():
    outcome = finished(CsvFile(path="nowhere.csv")).outcome()
    assert isinstance(outcome, DataError)


def test_there_is_no_outcome_yet_while_loading(source_class):
    began, go_on = threading.Event(), threading.Event()

    def load(progress):
        progress(0.5)
        began.set()
        go_on.wait()
        return Spiral().load()

    thread = LoadingThread(source_class(load)())
    thread.start()
    began.wait()
    assert (thread.outcome(), thread.progress) == (None, 0.5)
    go_on.set()
    thread.join()
    assert isinstance(thread.outcome(), Dataset)


def test_a_cancelled_loading_ends_without_outcome(source_class):
    began = threading.Event()

    def load(progress):
        while True:
            progress(0.1)
            began.set()

    thread = LoadingThread(source_class(load)())
    thread.start()
    began.wait()
    thread.cancel()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert thread.outcome() is None


@pytest.mark.parametrize("source", [MnistDigits(), CsvFile(path="datasets/iris/iris.csv")])
def test_real_sources_can_be_cancelled(source):
    thread = LoadingThread(source)
    thread.cancel()
    thread.start()
    thread.join()
    assert thread.outcome() is None


def test_too_little_memory_is_told_with_the_mend(source_class):
    def load(_progress):
        raise MemoryError

    outcome = finished(source_class(load)()).outcome()
    assert str(outcome) == "Odd: this does not fit in memory; choose fewer examples."


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_is_an_outcome_too(source_class):
    def load(_progress):
        raise ZeroDivisionError

    assert isinstance(finished(source_class(load)()).outcome(), ZeroDivisionError)


def test_the_program_waits_for_the_thread():
    assert not LoadingThread(Spiral()).daemon
