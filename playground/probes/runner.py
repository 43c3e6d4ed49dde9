"""The thread that computes probes beside the training. No Qt here."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playground.errors import PlaygroundError
from playground.probes.base import Probe
from playground.training.right_of_way import RightOfWay, stand_back
from playground.training.snapshot import Snapshot, Status

DUTY = 0.1
"""Share of a processor that all probes together may use while training."""
_DONE = object()
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProbeFailure:
    """A probe's result when it could not be computed."""

    message: str


@dataclass(eq=False)
class _Job:
    """A question and how far its answer is."""

    key: str
    probe: Probe
    snapshot: Snapshot
    seconds: float = 0.0

    @cached_property
    def results(self) -> Iterator[Any]:
        """What is still to be computed."""
        return self.probe.compute(self.snapshot)

    def is_outdated_by(self, other: _Job) -> bool:
        """Whether nobody wants this answer any more; one that is only older may still finish."""
        old, new = self.snapshot, other.snapshot
        return (self.probe, old.run_id, old.model) != (other.probe, new.run_id, new.model)


class ProbeThread(threading.Thread):
    """Computes the newest question of each key, a step of each in turn.

    While the newest snapshot is one of a training run, every key rests after a step, long enough
    that all of them together use ``duty`` of a processor. So a quick probe need not wait for
    a slow one, and training keeps its speed. ``ask``, ``forget``, ``take`` and ``stop`` may be
    called from any thread.
    """

    def __init__(self, duty: float = DUTY, way: RightOfWay | None = None) -> None:
        super().__init__(name="probes")
        self._duty = duty
        self._way = way or RightOfWay()
        self._changed = threading.Condition()  # guards all of the following
        self._stopping = False
        self._training = False
        self._waiting: dict[str, _Job] = {}
        self._running: dict[str, _Job] = {}
        self._rested_at: dict[str, float] = {}
        self._found: dict[str, tuple[_Job, Any]] = {}
        self._durations: dict[str, float] = {}

    @property
    def idle(self) -> bool:
        """Whether every question has been answered and every answer taken."""
        with self._changed:
            return not (self._waiting or self._running or self._found)

    @property
    def durations(self) -> dict[str, float]:
        """Processor seconds that each key's last answer took."""
        with self._changed:
            return dict(self._durations)

    def ask(self, key: str, probe: Probe, snapshot: Snapshot) -> None:
        """Ask for a probe of a snapshot instead of what ``key`` asked for before."""
        job = _Job(key, probe, snapshot)
        with self._changed:
            self._training = snapshot.status is Status.RUNNING
            if not self._training:
                self._rested_at.clear()
            self._waiting[key] = job
            if key in self._found and self._found[key][0].is_outdated_by(job):
                del self._found[key]
            self._changed.notify()

    def forget(self, key: str) -> None:
        """Drop what ``key`` asked for, and answers of it that nobody has taken."""
        with self._changed:
            self._waiting.pop(key, None)
            self._running.pop(key, None)
            self._found.pop(key, None)

    def take(self) -> list[tuple[str, Snapshot, Any]]:
        """Return each key's newest result since the last call."""
        with self._changed:
            found, self._found = self._found, {}
        return [(key, job.snapshot, result) for key, (job, result) in found.items()]

    def stop(self) -> None:
        """End the thread after the current step of a computation, and wait for it."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self.ident is not None:
            self.join()

    def run(self) -> None:
        """Compute until stopped."""
        stand_back()
        while (job := self._next_job()) is not None:
            self._way.wait()
            self._advance(job)

    def _next_job(self) -> _Job | None:
        """Wait for the job whose turn is next and return it; None to stop."""
        with self._changed:
            while not self._stopping:
                self._start_waiting()
                job = min(self._running.values(), key=self._turn, default=None)
                wait = self._turn(job) - time.monotonic() if job else None
                if wait is not None and wait <= 0:
                    return job
                self._changed.wait(wait)
            return None

    def _start_waiting(self) -> None:
        for key, job in list(self._waiting.items()):
            running = self._running.get(key)
            if running is None or running.is_outdated_by(job):
                self._running[key] = self._waiting.pop(key)

    def _turn(self, job: _Job) -> float:
        return self._rested_at.get(job.key, 0.0)

    def _advance(self, job: _Job) -> None:
        """Compute one step and keep what it found."""
        started = time.thread_time()  # waiting for a core or a lock takes nothing from training
        result = _next_result(job)
        spent = time.thread_time() - started
        job.seconds += spent
        with self._changed:
            if self._running.get(job.key) is not job:
                return  # forgotten meanwhile
            self._rested_at[job.key] = time.monotonic() + self._rest(job.key, spent)
            if result is not _DONE:
                self._found[job.key] = (job, result)
            if result is _DONE or isinstance(result, ProbeFailure):
                self._durations[job.key] = job.seconds
                del self._running[job.key]

    def _rest(self, key: str, seconds: float) -> float:
        """Return how long a key must rest that has just computed for some seconds.

        Only keys that rest at this moment share the processor with it: a quick one rarely does.
        """
        if not self._training:
            return 0.0
        now = time.monotonic()
        resting = {other for other, until in self._rested_at.items() if until > now}
        return seconds * (len(resting | {key}) / self._duty - 1)


def _next_result(job: _Job) -> Any:
    """Return a job's next result, or ``_DONE``."""
    try:
        return next(job.results, _DONE)
    except Exception as error:  # it becomes the answer, and the other probes go on
        if not isinstance(error, PlaygroundError):
            log.exception("%s failed", type(job.probe).__name__, exc_info=error)
        return ProbeFailure(str(error) or type(error).__name__)
