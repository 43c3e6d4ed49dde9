"""Work on the data that would keep the window waiting."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

from playground.training.right_of_way import stand_back

POLL_MS = 10
T = TypeVar("T")
Work = Callable[[], Iterator[T | None]]
"""What yields results, each better than the one before, and None where it may be dropped."""


@dataclass(eq=False)
class _Job:
    key: str
    results: Iterator[Any]
    receive: Callable[[Any], None]


class Jobs(QObject):
    """Computes in a thread that lives as long as there is work; the window gets the results.

    Of each key only the newest question is answered, and all keys take turns.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = _Bench()
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._deliver)

    @property
    def idle(self) -> bool:
        """Whether every question has been answered and every answer delivered."""
        return self._bench.idle

    def ask(self, key: str, work: Work[T], receive: Callable[[T], None]) -> None:
        """Compute something, instead of what ``key`` asked for before."""
        self._bench.ask(_Job(key, iter(work()), receive))
        self._timer.start()

    def forget_all(self) -> None:
        """Drop all questions."""
        self._bench.forget_all()

    @Slot()
    def _deliver(self) -> None:
        if self.idle:
            self._timer.stop()
        for job, result in self._bench.take():
            if isinstance(result, Exception):
                raise result
            job.receive(result)


class _Bench:
    """The questions and answers that both threads see. No Qt here."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, _Job] = {}
        self._found: dict[str, tuple[_Job, Any]] = {}
        self._turns: deque[str] = deque()
        self._busy = False

    @property
    def idle(self) -> bool:
        with self._lock:
            return not (self._busy or self._found)

    def ask(self, job: _Job) -> None:
        with self._lock:
            self._jobs[job.key] = job
            self._found.pop(job.key, None)
            if job.key not in self._turns:
                self._turns.appendleft(job.key)
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._run, name="browser").start()

    def forget_all(self) -> None:
        with self._lock:
            self._jobs.clear()
            self._found.clear()

    def take(self) -> list[tuple[_Job, Any]]:
        with self._lock:
            found, self._found = self._found, {}
        return list(found.values())

    def _run(self) -> None:
        stand_back()
        while (job := self._next()) is not None:
            try:
                result = next(job.results, _DONE)
            except Exception as error:  # noqa: BLE001  it is raised in the window's thread
                result = error
            self._keep(job, result)

    def _next(self) -> _Job | None:
        with self._lock:
            while self._turns:
                key = self._turns.popleft()
                if key in self._jobs:
                    self._turns.append(key)
                    return self._jobs[key]
            self._busy = False
            return None

    def _keep(self, job: _Job, result: Any) -> None:
        with self._lock:
            if self._jobs.get(job.key) is not job:
                return
            if result is _DONE or isinstance(result, Exception):
                del self._jobs[job.key]
            if result is not _DONE and result is not None:
                self._found[job.key] = (job, result)


_DONE = object()
