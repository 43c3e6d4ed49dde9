from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.optimizers.base import GradientOptimizer


@dataclass(frozen=True)
class Adadelta(GradientOptimizer):
    """Scale each step as the steps before it were (Zeiler 2012, algorithm 1).

    As published it has no learning rate: that is 1. Keras's default is far more careful.
    """

    rho: float = param(0.95, low=0.0, high=0.9999, doc="Decay of the two means of squares.")
    epsilon: float = param(
        1e-7, low=0.0, high=10.0, log=True, advanced=True, doc="Gets the first steps going."
    )

    @property
    def slot_names(self) -> tuple[str, ...]:
        return "mean_square", "mean_square_step"

    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        return 1 - self.rho, self.rho, self.epsilon, learning_rate

    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        new, keep, epsilon, rate = factors
        mean_square, mean_square_step = slots
        scratch = g * g
        scratch *= new
        mean_square *= keep
        mean_square += scratch
        np.add(mean_square, epsilon, out=scratch)
        g /= np.sqrt(scratch, out=scratch)
        np.add(mean_square_step, epsilon, out=scratch)
        g *= np.sqrt(scratch, out=scratch)
        np.multiply(g, g, out=scratch)
        scratch *= new
        mean_square_step *= keep
        mean_square_step += scratch
        g *= rate
        w -= g
