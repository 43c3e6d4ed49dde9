"""What the user may ask of a run: play, pause, step, edit, go back."""

from __future__ import annotations

import math
import time

from playground.data.dataset import Dataset, Examples
from playground.errors import DataError
from playground.nn.metrics import Metric
from playground.training.project import Project, check_fit
from playground.training.run import Run
from playground.training.shelf import Shelf
from playground.training.snapshot import Divergence, Snapshot, Status
from playground.training.state import RunState
from playground.training.watch import Stop


class Trainer:
    """Conducts a run. Lives in one thread; its public methods are the commands to that thread.

    A command that raises a ``PlaygroundError`` has changed nothing.
    """

    def __init__(self, project: Project, dataset: Dataset, state: RunState | None = None) -> None:
        self.status = Status.PAUSED
        self.error = ""
        self._divergence: Divergence | None = None
        self._stop: Stop | None = None
        self._shelf = Shelf()
        self._speed = Speedometer()
        self._begin(Run(project, dataset, state))

    @property
    def project(self) -> Project:
        """The choices that training follows."""
        return self._run.project

    @property
    def dataset(self) -> Dataset:
        """The examples."""
        return self._run.dataset

    @property
    def step(self) -> int:
        """Steps done."""
        return self._run.step

    @property
    def epoch(self) -> int:
        """Whole passes over the training examples done."""
        return self._run.epoch

    def play(self) -> None:
        """Train until paused or out of epochs."""
        self._play_to(self.project.epochs)

    def play_epoch(self) -> None:
        """Train to the end of the current epoch, then pause."""
        self._play_to(self.epoch + 1)

    def play_batch(self) -> None:
        """Train on one batch, then pause."""
        self._play_to(self.epoch + 1)
        if self.status is Status.RUNNING:
            self.train_step()
            self.pause()

    def pause(self) -> None:
        """Stop after the current batch."""
        if self.status is Status.RUNNING:
            self._rest()

    def reset(self) -> None:
        """Start again from the same first weights."""
        self._shelf.forget(self._run.key(self.project, self.dataset))
        self._begin(Run(self.project, self.dataset))

    def rename(self, dataset: Dataset) -> None:
        """Go on with the same data under other names."""
        self._run.dataset = dataset

    def apply(self, project: Project, dataset: Dataset | None = None) -> None:
        """Follow an edit from the next batch on.

        The weights stay as long as their shapes do. Others, another seed or another data set
        begin a new run; the old one is kept on a shelf and comes back, weights and all, when its
        shapes do. Data that goes on with what was there, some examples more or fewer, is none.
        """
        was_running = self.status is Status.RUNNING
        dataset = dataset or self.dataset
        check_fit(project, dataset)
        if self.status is Status.DIVERGED:
            self._begin(Run(self.project, self.dataset, self._run.good))
        old, new = self._run.key(self.project, self.dataset), self._run.key(project, dataset)
        if old == new or (old[1:] == new[1:] and project.source.continues(self.project.source)):
            self._run.follow(project, dataset)
            self._rest()
        else:
            run = Run(project, dataset, self._shelf.find(new))
            self._shelf.put(old, self.state())
            self._begin(run)
        if was_running and not dataset.lack:
            self._play_to(max(self._last_epoch, project.epochs))

    def go_back(self, project: Project) -> None:
        """Return to the last good state, follow an edit (a lower learning rate) and go on."""
        self._begin(Run(project, self.dataset, self._run.good))
        self.play()

    def restore(self, state: RunState) -> None:
        """Go on from a state of this network; memory of another optimizer is left out."""
        self._begin(Run(self.project, self.dataset, state))

    def train_step(self) -> None:
        """Train on the next mini-batch, and stop where the user wanted or the loss diverges."""
        seen, started = self._run.passes, time.perf_counter()
        end = self._run.train_step()
        if isinstance(end, Divergence):
            self.status, self.error, self._divergence = Status.DIVERGED, end.message, end
            return
        examples = (self._run.passes - seen) * len(self.dataset.train)
        self._speed.count(examples, time.perf_counter() - started)
        if end:
            self._rest()
            self.status, self._stop = Status.FINISHED, end
        elif self.epoch >= min(self._last_epoch, self.project.epochs):
            self._rest()

    def fail(self, error: str) -> None:
        """Say that the last command could not be carried out."""
        self.status = Status.FAILED
        self.error = error

    def evaluate(self, examples: Examples) -> tuple[float, dict[Metric, float]]:
        """Return the mean loss and all metrics over a part of the data; nan if it is empty."""
        return self._run.evaluate(examples)

    def state(self) -> RunState:
        """Return a copy of all that training changes."""
        return self._run.state()

    def snapshot(self) -> Snapshot:
        """Copy what the views need."""
        run = self._run
        return Snapshot(
            run_id=run.id,
            status=self.status,
            project=run.project,
            dataset=run.dataset,
            metric=run.metric,
            weights=run.frozen_weights(),
            first_weights=run.first_weights,
            step=run.step,
            epoch=run.passes,
            curves=run.curves(),
            speed=self._speed.rate if self.status is Status.RUNNING else 0.0,
            error=self.error,
            divergence=self._divergence,
            rate=run.rate,
            stop=self._stop,
        )

    def _begin(self, run: Run) -> None:
        self._run = run
        self._last_epoch = run.project.epochs
        self._speed = Speedometer()
        self._rest()

    def _rest(self) -> None:
        """Come to rest, with no error."""
        done = self.epoch >= self.project.epochs
        self.status = Status.FINISHED if done else Status.PAUSED
        self.error = ""
        self._divergence = self._stop = None

    def _play_to(self, last_epoch: int) -> None:
        if self.dataset.lack:
            raise DataError(self.dataset.lack)
        stopped_early = self.status is Status.FINISHED and self.epoch < self.project.epochs
        if self.status is Status.PAUSED or stopped_early:
            self._rest()
            self._last_epoch = last_epoch
            self.status = Status.RUNNING


class Speedometer:
    """Follows how many examples a second are trained on, forgetting what is older than a second."""

    def __init__(self) -> None:
        self._examples = 0.0
        self._seconds = 0.0

    def count(self, examples: float, seconds: float) -> None:
        """Add a step."""
        kept = math.exp(-seconds)
        self._examples = kept * self._examples + examples
        self._seconds = kept * self._seconds + seconds

    @property
    def rate(self) -> float:
        """Examples a second; 0 before the first step."""
        return self._examples / self._seconds if self._seconds else 0.0
