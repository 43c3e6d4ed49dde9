from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.optimizers.base import GradientOptimizer


@dataclass(frozen=True)
class Adamax(GradientOptimizer):
    """Adam with the largest recent gradient for the mean of squares (Kingma & Ba 2015, alg. 2)."""

    beta_1: float = param(
        0.9, low=0.0, high=0.9999, advanced=True, doc="Decay of the mean of the gradients."
    )
    beta_2: float = param(
        0.999, low=0.0, high=0.9999, advanced=True, doc="Decay of the largest gradient."
    )
    epsilon: float = param(
        1e-7, low=0.0, high=10.0, log=True, advanced=True, doc="Keeps the division finite."
    )

    @property
    def slot_names(self) -> tuple[str, ...]:
        return "m", "u"

    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        rate = learning_rate / (1 - self.beta_1**step)
        return 1 - self.beta_1, self.beta_1, self.beta_2, self.epsilon, rate

    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        new, keep, decay, epsilon, rate = factors
        m, u = slots
        m *= keep
        m += g * new
        np.absolute(g, out=g)
        u *= decay
        np.maximum(u, g, out=u)
        np.add(u, epsilon, out=g)
        np.divide(m, g, out=g)
        g *= rate
        w -= g
