"""The one timer behind all that moves: it hands snapshots to the views within a paint budget."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from playground.gui.session import Session
from playground.gui.views.base import ProbeView, View
from playground.probes import Probe
from playground.probes.runner import ProbeThread
from playground.training.right_of_way import RightOfWay
from playground.training.snapshot import Snapshot, Status

RESTING_MS = 33
TRAINING_MS = 33
SLOWEST_MS = 60
SOON_MS = 8
"""Between two pieces of a frame."""
NEWS_MS = 100
"""Between two snapshots while training: the curves and the numbers move ten times a second."""
BUDGET = 0.07
"""Share of a processor that the window may use while training: Python paints holding the lock
that every NumPy call of the trainer waits for."""


class FrameLoop(QObject):
    """Polls the session, shows news in the visible views and keeps painting cheap.

    While training, a frame hands its news to one view, in turn, and does so in pieces of a few
    milliseconds: the window is never busy for longer than one of them. At rest all is done at once.
    """

    polled = Signal()
    """After every poll, for what follows the loading of data."""
    arrived = Signal(Snapshot)
    """A new snapshot, for what is always visible."""

    def __init__(self, session: Session, views: Iterable[View], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._views = {type(view).__name__: view for view in views}
        self._turns = list(self._views)
        self._shown: dict[str, Snapshot] = {}
        self._asked: dict[str, tuple[Probe, Snapshot]] = {}
        self._awaited: set[str] = set()
        """Views that the user has asked for something else."""
        self._results: dict[str, tuple[Snapshot, Any]] = {}
        self._probes = ProbeThread(way=session.way)
        self._probes.start()
        self._newest: Snapshot | None = None
        self._news_at = 0.0
        self._lively_next = False
        self._pieces: deque[Callable[[], object]] = deque()
        self._interval = RESTING_MS
        self._began = time.monotonic()
        self._spent = time.thread_time()
        self._cost_ms = 0.0
        self._timer = QTimer(self, interval=RESTING_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._priority = Priority(session.way, self)

    @property
    def idle(self) -> bool:
        """Whether every visible view shows the newest snapshot and no probe has work to do."""
        newest = self._newest is self._session.snapshot
        return newest and not self._pieces and not self._due() and self._probes.idle

    def has_shown(self, name: str) -> bool:
        """Say whether a view has been given a snapshot of the present run."""
        shown, newest = self._shown.get(name), self._newest
        return shown is not None and newest is not None and shown.run_id == newest.run_id

    def stop(self) -> None:
        """Draw no more and end the probe thread."""
        self._timer.stop()
        self._priority.stop()
        self._probes.stop()

    @property
    def _training(self) -> bool:
        return self._newest is not None and self._newest.status is Status.RUNNING

    @Slot()
    def _tick(self) -> None:
        """Do the next piece of a frame's work: all of it at rest."""
        if not self._pieces:
            self._began = time.monotonic()
            self._pace(time.thread_time())
            self._pieces.extend((self._take_news, self._take_turn))
        while self._pieces:
            self._pieces.popleft()()
            if self._training:
                break
        left = self._interval - 1000 * (time.monotonic() - self._began)
        self._timer.setInterval(SOON_MS if self._pieces else max(SOON_MS, round(left)))

    def _take_news(self) -> None:
        """Fetch the newest snapshot, while training not more often than the eye can follow."""
        now = time.monotonic()
        until_next = self._interval / 2  # of two frames take the one that is nearer
        if not self._training or 1000 * (now - self._news_at) > NEWS_MS - until_next:
            # what others have taken before: a window made anew begins with it
            snapshot = self._session.poll() or (None if self._newest else self._session.snapshot)
            if snapshot is not None:
                self._newest, self._news_at = snapshot, now
                self.arrived.emit(snapshot)
        self.polled.emit()

    def _take_turn(self) -> None:
        """Draw for the view that waits longest; every other turn is one of the lively views'.

        What the user has just asked a view to show goes before all others.
        """
        self._take_results()
        due = self._due()
        if not self._training:
            for name in due:
                self._begin(name)
            return
        for name in due:
            if self._asks_anew(name):
                self._awaited.add(name)
                self._ask(name)
        self._lively_next = not self._lively_next
        first = [name for name in due if name in self._awaited and name in self._results]
        first += [name for name in due if self._views[name].lively is self._lively_next]
        for name in (first or due)[:1]:
            self._begin(name)

    def _begin(self, name: str) -> None:
        """Line up the pieces of work that bring a view up to date."""
        view, snapshot, found = self._views[name], self._newest, self._results.pop(name, None)
        self._turns.remove(name)
        self._turns.append(name)
        if snapshot is not None and self._shown.get(name) is not snapshot:
            self._shown[name] = snapshot
            self._pieces.extend(view.pieces(snapshot))
        self._ask(name)
        if found is not None and isinstance(view, ProbeView):
            self._awaited.discard(name)
            self._pieces.append(partial(view.show_result, *found))

    def _asks_anew(self, name: str) -> bool:
        """Return whether a view wants to know something else than it has asked."""
        question, asked = self._question(name), self._asked.get(name)
        return question is not None and (asked is None or asked[0] != question[0])

    def _take_results(self) -> None:
        """Fetch what the probes have found; results of a run that is over are dropped."""
        for name, snapshot, result in self._probes.take():
            if self._newest is None or snapshot.run_id == self._newest.run_id:
                self._results[name] = snapshot, result

    def _due(self) -> list[str]:
        """Return the visible views that have news, the longest waiting first."""
        return [
            name
            for name in self._turns
            if self._views[name].isVisible()
            and (
                name in self._results
                or self._shown.get(name) is not self._newest
                or self._question(name) != self._asked.get(name)
            )
        ]

    def _question(self, name: str) -> tuple[Probe, Snapshot] | None:
        """Return what a view wants to know of the newest snapshot."""
        view, snapshot = self._views[name], self._newest
        if not isinstance(view, ProbeView) or snapshot is None:
            return None
        probe = view.probe(snapshot)
        return (probe, snapshot) if probe else None

    def _ask(self, name: str) -> None:
        question = self._question(name)
        if question is None:
            self._asked.pop(name, None)
            self._probes.forget(name)
        elif question != self._asked.get(name):
            self._asked[name] = question
            self._probes.ask(name, *question)

    def _pace(self, thread_seconds: float) -> None:
        """Choose the next interval so that the window keeps within its budget while training.

        What counts is all that this thread has used of a processor since the last frame, for Qt
        paints later, when it finds the time; but not what it waited for the trainer.
        """
        spent, self._spent = 1000 * (thread_seconds - self._spent), thread_seconds
        self._cost_ms += 0.1 * (min(spent, SLOWEST_MS) - self._cost_ms)
        wanted = max(TRAINING_MS, self._cost_ms / BUDGET) if self._training else RESTING_MS
        self._interval = round(min(wanted, SLOWEST_MS))


class Priority(QObject):
    """Takes the right of way at any event of the window, and gives it back when all are done."""

    def __init__(self, way: RightOfWay, parent: QObject) -> None:
        super().__init__(parent)
        self._way = way
        QCoreApplication.instance().installEventFilter(self)
        QAbstractEventDispatcher.instance().aboutToBlock.connect(way.give)

    def stop(self) -> None:
        """Let the others work in peace."""
        QCoreApplication.instance().removeEventFilter(self)
        QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._way.give)
        self._way.give()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._way.take()
        return False
