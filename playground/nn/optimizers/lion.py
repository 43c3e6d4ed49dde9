from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.optimizers.base import GradientOptimizer


@dataclass(frozen=True)
class Lion(GradientOptimizer):
    """Step by the sign of the momentum alone, every weight as far (Chen et al. 2023, alg. 2)."""

    beta_1: float = param(
        0.9, low=0.0, high=1.0, advanced=True, doc="Share of the mean in the step's sign."
    )
    beta_2: float = param(
        0.99, low=0.0, high=0.9999, advanced=True, doc="Decay of the mean of the gradients."
    )

    @property
    def slot_names(self) -> tuple[str, ...]:
        return ("m",)

    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        return self.beta_1, 1 - self.beta_1, self.beta_2, 1 - self.beta_2, learning_rate

    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        keep_1, new_1, keep_2, new_2, rate = factors
        (m,) = slots
        direction = m * keep_1
        scratch = g * new_1
        direction += scratch
        np.sign(direction, out=scratch)  # onto itself it takes twenty times as long
        scratch *= rate
        w -= scratch
        g *= new_2
        m *= keep_2
        m += g
