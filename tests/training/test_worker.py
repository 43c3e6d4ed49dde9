"""The thread protocol, without Qt."""

import threading
import time
from dataclasses import replace

import pytest

from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential
from playground.training.snapshot import Status
from playground.training.trainer import Trainer
from playground.training.worker import Mailbox, TrainingThread
from tests.training.test_trainer import DATASET, PROJECT


@pytest.fixture
def thread():
    thread = TrainingThread(Trainer(PROJECT, DATASET))
    thread.start()
    yield thread
    thread.stop()


def take_until(thread, wanted, timeout=5.0):
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        snapshot = thread.snapshots.take()
        if snapshot and wanted(snapshot):
            return snapshot
        time.sleep(0.001)
    raise TimeoutError


def test_mailbox_keeps_only_the_newest():
    box = Mailbox()
    box.put(1)
    box.put(2)
    assert (box.take(), box.take()) == (2, None)
    assert box.empty


def test_the_first_snapshot_comes_without_asking(thread):
    assert take_until(thread, lambda s: True).status is Status.PAUSED


def test_the_last_snapshot_is_the_end_of_the_run(thread):
    thread.post(Trainer.play)
    end = take_until(thread, lambda s: s.status is Status.FINISHED)
    assert len(end.curves.loss) == end.step == 32


def test_commands_are_obeyed_while_training(thread):
    thread.post(Trainer.apply, replace(PROJECT, epochs=100_000))
    thread.post(Trainer.play)
    take_until(thread, lambda s: s.status is Status.RUNNING and s.step > 2)
    thread.post(Trainer.pause)
    take_until(thread, lambda s: s.status is Status.PAUSED)


def test_a_misfit_fails_the_command_but_not_the_thread(thread):
    thread.post(Trainer.apply, replace(PROJECT, model=Sequential((Dense(units=5),))))
    failed = take_until(thread, lambda s: s.status is Status.FAILED)
    assert "give it 2" in failed.error
    thread.post(Trainer.apply, PROJECT)
    assert take_until(thread, lambda s: s.status is Status.PAUSED).error == ""


def test_a_bug_is_told_and_the_thread_lives_on(thread, caplog):
    def broken(trainer):
        raise KeyError("oops")

    thread.post(broken)
    assert "KeyError" in take_until(thread, lambda s: s.status is Status.FAILED).error
    assert "Training failed" in caplog.text
    thread.post(Trainer.reset)
    take_until(thread, lambda s: s.status is Status.PAUSED)


def test_questions_are_answered_between_batches(thread):
    thread.post(Trainer.play)
    assert thread.ask(Trainer.state).result(timeout=5).step <= 32


def test_a_question_that_fails_gives_its_error(thread):
    def broken(trainer):
        raise KeyError("oops")

    with pytest.raises(KeyError):
        thread.ask(broken).result(timeout=5)


def test_stopping_while_training_takes_less_than_a_second(thread):
    thread.post(Trainer.apply, replace(PROJECT, epochs=100_000))
    thread.post(Trainer.play)
    take_until(thread, lambda s: s.step > 2)
    started = time.monotonic()
    thread.stop()
    assert not thread.is_alive()
    assert time.monotonic() - started < 1
    assert thread not in threading.enumerate()
