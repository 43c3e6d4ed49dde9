"""The thread that trains: commands in, the newest snapshot out. No Qt here."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Concatenate, Generic, ParamSpec, TypeVar

from playground.errors import PlaygroundError
from playground.language import tr
from playground.training.right_of_way import RightOfWay, stand_back
from playground.training.snapshot import Snapshot, Status
from playground.training.trainer import Trainer

T = TypeVar("T")
P = ParamSpec("P")
Command = Callable[[Trainer], None]
LONG_STEP = 0.005
REST_EVERY, REST = 0.004, 0.0002
"""Seconds."""
log = logging.getLogger(__name__)


class Mailbox(Generic[T]):
    """Holds the newest value only: putting replaces it, taking empties it."""

    def __init__(self) -> None:
        self._slot: deque[T] = deque(maxlen=1)  # its append and pop are atomic

    @property
    def empty(self) -> bool:
        """Whether the reader has taken the last value."""
        return not self._slot

    def put(self, value: T) -> None:
        """Replace whatever is inside."""
        self._slot.append(value)

    def take(self) -> T | None:
        """Return the value and leave the box empty, or return None."""
        try:
            return self._slot.pop()
        except IndexError:
            return None


class TrainingThread(threading.Thread):
    """Runs a trainer. An empty mailbox asks for a snapshot, so a slow reader costs nothing."""

    def __init__(self, trainer: Trainer, way: RightOfWay | None = None) -> None:
        super().__init__(name="training")
        self.snapshots: Mailbox[Snapshot] = Mailbox()
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._stopping = threading.Event()
        self._trainer = trainer
        self._way = way or RightOfWay()
        self._step_seconds = 0.0
        self._rested_at = 0.0

    def post(
        self, command: Callable[Concatenate[Trainer, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Call a ``Trainer`` method in this thread, between two batches."""
        self._commands.put(lambda trainer: command(trainer, *args, **kwargs))

    def ask(self, question: Callable[[Trainer], T]) -> Future[T]:
        """Call a reading ``Trainer`` method between two batches; its answer comes in the future."""
        answer: Future[T] = Future()

        def put_answer(trainer: Trainer) -> None:
            try:
                answer.set_result(question(trainer))
            except Exception as error:  # noqa: BLE001  it belongs to whoever asked
                answer.set_exception(error)

        self._commands.put(put_answer)
        return answer

    def request_stop(self) -> None:
        """Let the thread end after the current batch, dropping commands that still wait."""
        self._stopping.set()
        self._commands.put(Trainer.pause)

    def stop(self) -> None:
        """End the thread and wait for it."""
        self.request_stop()
        self.join()

    def run(self) -> None:
        """Train, obey and publish until stopped."""
        stand_back()
        self.snapshots.put(self._trainer.snapshot())
        while not self._stopping.is_set():
            try:
                self._turn(self._trainer)
            except Exception as error:  # noqa: BLE001  the run fails, the program goes on
                self._fail(error)

    def _turn(self, trainer: Trainer) -> None:
        """Do what waits, or train one step."""
        if trainer.status is Status.RUNNING and self._commands.empty():
            self._step(trainer)
            news = trainer.status is not Status.RUNNING
        else:
            self._commands.get()(trainer)
            news = True
        if news or self.snapshots.empty:
            self.snapshots.put(trainer.snapshot())

    def _step(self, trainer: Trainer) -> None:
        """Train one step, letting the window in before it.

        A long step needs not: its large products run without the interpreter's lock.
        """
        if self._step_seconds < LONG_STEP:
            self._let_in()
        started = time.thread_time()  # what it waits for the lock does not count
        trainer.train_step()
        self._step_seconds = time.thread_time() - started

    def _let_in(self) -> None:
        """Wait while the window is awake, and let go of the lock now and then.

        Asked to hand it over in the middle of many small NumPy calls, Python may take a third of
        a second; the window would stumble.
        """
        self._way.wait()
        if time.perf_counter() - self._rested_at > REST_EVERY:
            time.sleep(REST)
            self._rested_at = time.perf_counter()

    def _fail(self, error: Exception) -> None:
        """Publish why the last command or step did nothing."""
        text = str(error)
        if not isinstance(error, PlaygroundError):
            log.exception("Training failed", exc_info=error)
            text = tr("Something went wrong inside: {name}: {error}").format(
                name=type(error).__name__, error=error
            )
        self._trainer.fail(text)
        self.snapshots.put(self._trainer.snapshot())
