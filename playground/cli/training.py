"""Training in the terminal: a bar, a line an epoch, and an end that loses nothing."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playground.cli.progress import ProgressBar, clock
from playground.data.dataset import DataKind, Dataset
from playground.language import grouped, tr
from playground.nn.metrics import Metric
from playground.training.snapshot import Snapshot, Status
from playground.training.trainer import Trainer

INTERRUPTED = 130
"""The exit code after Ctrl+C, as shells have it."""


@dataclass(frozen=True)
class Outcome:
    """How a training ended."""

    seconds: float
    examples: int
    """Examples trained on, each as often as it was seen."""
    interrupted: bool = False
    error: str = ""
    """Why the loss diverged, and the mend; empty if it did not."""
    stopped: str = ""
    """Why it ended before its last epoch; empty if it did not."""

    @property
    def speed(self) -> float:
        """Examples a second."""
        return self.examples / self.seconds if self.seconds else 0.0


def train(trainer: Trainer) -> Outcome:
    """Train until the project says it is enough, until Ctrl+C or until the loss diverges.

    A run that diverged is taken back to its last good state.
    """
    pace = _Pace(trainer)
    with _interruptions() as interrupted, ProgressBar() as bar:
        trainer.play()
        while trainer.status is Status.RUNNING and not interrupted:
            epoch = trainer.epoch
            pace.time_step()
            if trainer.epoch > epoch:
                bar.clear()
                print(epoch_line(trainer.snapshot(), pace.speed), flush=True)
            bar.show(pace.share, pace.text)
    stop = trainer.snapshot().stop
    stopped = stop.message if stop else ""
    if stopped:
        print(stopped)
    error = _settle(trainer)
    return Outcome(pace.seconds, pace.examples, bool(interrupted), error, stopped)


def _settle(trainer: Trainer) -> str:
    """Bring the trainer to rest in a good state; return why the loss diverged, if it did."""
    divergence = trainer.snapshot().divergence
    if divergence is None:
        trainer.pause()
        return ""
    trainer.apply(trainer.project)
    name = trainer.project.optimizer.rate_name
    return tr("{cause} Use --set optimizer.{name}={learning_rate:g}.").format(
        cause=divergence.cause, name=name, learning_rate=divergence.learning_rate
    )


@contextmanager
def _interruptions() -> Iterator[list[int]]:
    """Give a list that fills when Ctrl+C is pressed, so that a step is never left half done.

    The second Ctrl+C ends the program at once.
    """
    pressed: list[int] = []

    def note(number: int, _frame: object) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


class _Pace:
    """Counts the steps of a training and foretells its end."""

    def __init__(self, trainer: Trainer) -> None:
        self.seconds = 0.0
        self.examples = 0
        self._trainer = trainer
        self._rows = len(trainer.dataset.train)
        self._position = trainer.state().position
        self._total = max(trainer.project.epochs - trainer.epoch, 0) * self._rows - self._position
        self._epoch_began = (0.0, 0)

    def time_step(self) -> None:
        """Train one step, and count it if it was made."""
        step, started = self._trainer.step, time.perf_counter()
        self._trainer.train_step()
        self.seconds += time.perf_counter() - started
        if self._trainer.step > step:
            seen = min(self._trainer.project.batch_size, self._rows - self._position)
            self.examples += seen
            self._position = (self._position + seen) % self._rows

    @property
    def speed(self) -> float:
        """Examples a second."""
        return self.examples / self.seconds if self.seconds else 0.0

    @property
    def share(self) -> float:
        """How much of the training is done, from 0 to 1."""
        return self.examples / self._total

    @property
    def text(self) -> str:
        """What stands beside the bar."""
        left = (self._total - self.examples) / self.speed if self.speed else 0.0
        return tr("epoch {epoch}/{epochs}  {speed}  {time} left").format(
            epoch=self._trainer.epoch + 1,
            epochs=self._trainer.project.epochs,
            speed=speed_text(self._trainer.dataset, self.speed),
            time=clock(left),
        )


def epoch_line(snapshot: Snapshot, speed: float) -> str:
    """Return what is printed after an epoch: its mean loss and metric, and the validation's."""
    curves, metric, epochs = snapshot.curves, snapshot.metric, snapshot.project.epochs
    parts = [
        tr("epoch {epoch}/{epochs}").format(
            epoch=f"{snapshot.epoch:{len(str(epochs))}.0f}", epochs=epochs
        ),
        tr("loss {loss:.4f}").format(loss=curves.mean_loss[-1]),
        metric_text(metric, float(curves.mean_metric[-1])),
    ]
    if len(curves.validation_loss):
        parts += [
            tr("validation loss {loss:.4f}").format(loss=curves.validation_loss[-1]),
            metric_text(metric, float(curves.validation_metric[-1])),
            *(
                metric_text(other, float(curves.validation_metrics[other.key][-1]))
                for other in snapshot.metrics[1:]
            ),
        ]
    return "  ".join([*parts, speed_text(snapshot.dataset, speed)])


def metric_text(metric: Metric, value: float) -> str:
    """Return ``accuracy 97.1 %`` or ``RMSE 3.20``."""
    if metric.percent:
        return f"{metric.label} {100 * value:5.1f} %"
    return f"{metric.label} {value:.4g}"


def speed_text(dataset: Dataset, speed: float) -> str:
    """Return ``1,200 images/s``."""
    text = tr("{0} images/s") if dataset.kind is DataKind.IMAGES else tr("{0} examples/s")
    return text.format(grouped(speed, ".0f"))
