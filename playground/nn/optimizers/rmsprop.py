from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.optimizers.base import GradientOptimizer


@dataclass(frozen=True)
class RMSprop(GradientOptimizer):
    """Divide each step by the recent size of its gradient (Hinton 2012, lecture 6e).

    ``centered`` divides by the recent deviation from the mean instead (Graves 2013, eq. 38-45).
    """

    rho: float = param(0.9, low=0.0, high=0.9999, doc="Decay of the mean of the squared gradients.")
    momentum: float = param(0.0, low=0.0, high=1.0, doc="Share of the last step that is kept.")
    epsilon: float = param(
        1e-7, low=0.0, high=10.0, log=True, advanced=True, doc="Keeps the division finite."
    )
    centered: bool = param(False, advanced=True, doc="Measure the gradients from their own mean.")

    @property
    def slot_names(self) -> tuple[str, ...]:
        names = ["mean_square"]
        if self.centered:
            names.append("mean_gradient")
        if self.momentum:
            names.append("momentum")
        return tuple(names)

    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        return 1 - self.rho, self.rho, self.epsilon, learning_rate, self.momentum

    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        new, keep, epsilon, rate, momentum = factors
        mean_square = slots[0]
        scratch = g * g
        scratch *= new
        mean_square *= keep
        mean_square += scratch
        if self.centered:
            mean_gradient = slots[1]
            np.multiply(g, new, out=scratch)
            mean_gradient *= keep
            mean_gradient += scratch
            np.multiply(mean_gradient, mean_gradient, out=scratch)
            np.subtract(mean_square, scratch, out=scratch)
            scratch += epsilon
        else:
            np.add(mean_square, epsilon, out=scratch)
        np.sqrt(scratch, out=scratch)
        g *= rate
        g /= scratch
        if self.momentum:
            velocity = slots[-1]
            velocity *= momentum
            velocity += g
            g = velocity
        w -= g
