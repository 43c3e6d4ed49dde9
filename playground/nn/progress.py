"""How far a training is, as schedules and stopping rules see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Monitor = Literal["val_loss", "val_metric", "loss", "metric"]
"""What may be watched at the ends of the epochs; ``loss`` and ``metric`` of the training part."""


Numbers = NDArray[np.float64]


def _none() -> Numbers:
    return np.zeros(0)


@dataclass(frozen=True, eq=False)
class Scores:
    """What was measured at the end of each epoch so far: ``(epochs,)`` each.

    The validation part's are empty if there is none.
    """

    loss: Numbers = field(default_factory=_none)
    metric: Numbers = field(default_factory=_none)
    val_loss: Numbers = field(default_factory=_none)
    val_metric: Numbers = field(default_factory=_none)
    larger_is_better: bool = False
    """Of the metric."""

    def of(self, monitor: Monitor) -> list[float]:
        """Return one number an epoch, the smaller the better.

        Without a validation part the training part's take its place.
        """
        values: Numbers = getattr(self, monitor)
        if not len(values):
            values = getattr(self, monitor.removeprefix("val_"))
        reverse = self.larger_is_better and monitor.endswith("metric")
        scores: list[float] = (-values if reverse else values).tolist()
        return scores

    def __len__(self) -> int:
        return len(self.loss)


class Progress(NamedTuple):
    """A point of a training."""

    passes: float
    """Passes over the training examples so far; 1.5 is halfway through the second."""
    epochs: float
    """Passes that are asked for in all."""
    scores: Scores = Scores()

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return min(1.0, max(0.0, self.passes / self.epochs)) if self.epochs > 0 else 1.0
