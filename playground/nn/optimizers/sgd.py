from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.optimizers.base import GradientOptimizer


@dataclass(frozen=True)
class SGD(GradientOptimizer):
    """Gradient descent, with momentum (Polyak 1964) or Nesterov's look ahead if wanted."""

    learning_rate: float = param(0.01, low=0.0, high=100.0, log=True, doc="Size of a step.")
    momentum: float = param(0.0, low=0.0, high=1.0, doc="Share of the last step that is kept.")
    nesterov: bool = param(False, doc="Take the gradient's step from where momentum leads.")

    @property
    def slot_names(self) -> tuple[str, ...]:
        return ("velocity",) if self.momentum else ()

    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        return learning_rate, self.momentum

    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        rate, momentum = factors
        g *= rate
        if not slots:
            w -= g
            return
        (velocity,) = slots
        velocity *= momentum
        velocity -= g
        if self.nesterov:
            w -= g
            np.multiply(velocity, momentum, out=g)
            w += g
        else:
            w += velocity
