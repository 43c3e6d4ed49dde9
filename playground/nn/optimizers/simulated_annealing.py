from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.mini_batch import MiniBatch
from playground.nn.optimizers.base import Optimizer, Slots

_PROPOSAL = 2**31
"""Sets the random numbers of a proposal apart from those of the layers' chunks."""


@dataclass(frozen=True)
class SimulatedAnnealing(Optimizer):
    """Try random steps, keep those that help, and now and then one that does not.

    No gradient is computed. A step that adds ``d`` to the batch's loss is kept with probability
    ``exp(-d / temperature)`` (Metropolis et al. 1953); the temperature falls with every step
    (Kirkpatrick et al. 1983). Dropout and noise are off, and statistics such as those of batch
    normalization stay as they are.
    """

    rate_name: ClassVar[str] = "step_size"
    step_size: float = param(
        0.05, low=0.0, high=100.0, log=True, doc="Standard deviation of a step, in each weight."
    )
    temperature: float = param(
        0.01, low=0.0, high=1000.0, log=True, doc="How much worse a step may be, at first."
    )
    cooling: float = param(0.999, low=0.0, high=1.0, doc="The temperature's factor, every step.")

    def look(self, batch: MiniBatch) -> tuple[float, Array]:
        return batch.evaluate()

    def move(self, batch: MiniBatch, slots: Slots, step: int, rate: float) -> float:
        rng = np.random.default_rng((*batch.key, _PROPOSAL))
        weights, before = batch.weights, batch.loss
        kept = weights.copy()
        weights += _proposal(rng, weights, rate)
        after, _ = batch.evaluate()
        if self._accepts(after - before, step, rng.random()):
            return 1.0
        weights[:] = kept
        return 0.0

    def _accepts(self, worse: float, step: int, chance: float) -> bool:
        """Decide by a ``chance`` from 0 to 1; a loss that is not a number is never accepted."""
        if worse <= 0:
            return True
        temperature = self.temperature * self.cooling**step
        return temperature > 0 and chance < math.exp(-worse / temperature)


def _proposal(rng: np.random.Generator, weights: Array, size: float) -> Array:
    kind = np.float32 if weights.dtype == np.float32 else np.float64
    return size * rng.standard_normal(len(weights), dtype=kind)
