"""Looks at a run after every epoch, and stops it when the project says so."""

from __future__ import annotations

from dataclasses import dataclass

from playground.language import grouped, tr
from playground.nn.arrays import Array
from playground.nn.metrics import Metric
from playground.nn.progress import Scores
from playground.training.project import Project
from playground.training.stopping import NoEarlyStopping


@dataclass(frozen=True, eq=False)
class Best:
    """The weights after the best epoch so far, as one flat vector."""

    flat: Array
    epoch: int
    """How many epochs were done then."""


@dataclass(frozen=True, eq=False)
class Stop:
    """Why a run has ended before its last epoch."""

    reason: str
    epoch: int
    restored: Best | None = None
    """What the run went back to; None if it stays as it is."""

    @property
    def message(self) -> str:
        """The reason, and which weights there are now."""
        if self.restored is None:
            return f"{self.reason}."
        return tr("{reason}; back to the weights of epoch {epoch}.").format(
            reason=self.reason, epoch=grouped(self.restored.epoch)
        )


class Watch:
    """Waits, on behalf of early stopping, for something better, and keeps the best weights.

    ``since`` is the epoch from which the waiting counts: None while nobody waits. It begins anew
    when the rule is chosen in the middle of a run, and when it has stopped one.
    """

    def __init__(self, since: int | None = None, best: Best | None = None) -> None:
        self.since = since
        self.best = best

    def follow(self, project: Project, epochs: int) -> None:
        """Take over an edit after so many epochs."""
        if isinstance(project.early_stopping, NoEarlyStopping):
            self.since = self.best = None
        elif self.since is None:
            self.since = epochs

    def look(self, project: Project, scores: Scores, metric: Metric, flat: Array) -> Stop | None:
        """Return whether to stop after the epoch that has just ended, and with which weights."""
        rule, epoch, since = project.early_stopping, len(scores), self.since or 0
        if rule.best(scores, since) == epoch - 1:
            self.best = Best(flat.copy(), epoch)
        if reason := project.target.reached(scores, metric):
            return Stop(reason, epoch)
        reason = rule.reason(scores, since, metric)
        if not reason:
            return None
        stop = Stop(reason, epoch, self.best if rule.restores else None)
        self.since, self.best = epoch, None
        return stop
