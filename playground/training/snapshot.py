"""What may be looked at of a run: the only thing that leaves the training thread."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from playground.data.dataset import Dataset
from playground.language import tr
from playground.nn.arrays import Shape
from playground.nn.metrics import Metric
from playground.nn.model import ModelWeights, Sequential
from playground.training.history import Curves
from playground.training.project import Project, other_metrics
from playground.training.watch import Stop

LATELY = 100
"""Steps over which the acceptance is averaged."""


class Status(Enum):
    """Where a run stands."""

    PAUSED = "paused"
    RUNNING = "running"
    FINISHED = "finished"
    DIVERGED = "diverged"
    FAILED = "failed"


@dataclass(frozen=True, eq=False)
class Divergence:
    """Why a run stopped by itself, and what would mend it."""

    step: int
    last_good_step: int
    cause: str
    learning_rate: float
    """The rate to go back and try with."""

    @property
    def message(self) -> str:
        """The cause and the mend, in one text."""
        return tr("{cause} Go back to step {last_good_step} and use {learning_rate:g}.").format(
            cause=self.cause, last_good_step=self.last_good_step, learning_rate=self.learning_rate
        )


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that the views may know of a run at one instant. Its arrays are never written again."""

    run_id: int
    """Equal for snapshots of one run; a reset or another network begins a new run."""
    status: Status
    project: Project
    dataset: Dataset
    metric: Metric
    weights: ModelWeights
    first_weights: ModelWeights
    """The weights before the first step."""
    step: int
    epoch: float
    """Passes over the training examples so far; 1.5 is halfway through the second."""
    curves: Curves
    speed: float = 0.0
    """Examples a second, lately; 0 when not training."""
    error: str = ""
    """What went wrong, for ``FAILED`` and ``DIVERGED``, in words that say the mend."""
    divergence: Divergence | None = None
    rate: float = 0.0
    """The learning rate for the next batch, as the schedule makes it."""
    stop: Stop | None = None
    """Why it has ended before its last epoch, if it has."""

    @property
    def acceptance(self) -> float:
        """The share of the latest random steps that were kept; nan if there are none."""
        lately = self.curves.accepted[-LATELY:]
        return float(lately.mean()) if len(lately) else math.nan

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """All that is measured on the validation part, the metric first."""
        return self.metric, *other_metrics(self.project, self.dataset)

    @property
    def model(self) -> Sequential:
        """The network."""
        return self.project.model

    @property
    def input_shape(self) -> Shape:
        """The shape of one input."""
        return self.dataset.input_shape

    @property
    def shapes(self) -> list[Shape]:
        """The input's shape and the shape after each layer."""
        return self.model.shapes(self.input_shape)
