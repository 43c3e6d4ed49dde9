from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.optimizers.base import GradientOptimizer


@dataclass(frozen=True)
class Adam(GradientOptimizer):
    """Adaptive moments (Kingma & Ba 2015, the form before section 2.1).

    ``amsgrad`` divides by the largest mean of squares so far (Reddi et al. 2018).
    """

    beta_1: float = param(
        0.9, low=0.0, high=0.9999, advanced=True, doc="Decay of the mean of the gradients."
    )
    beta_2: float = param(
        0.999, low=0.0, high=0.9999, advanced=True, doc="Decay of the mean of their squares."
    )
    epsilon: float = param(
        1e-7, low=0.0, high=10.0, log=True, advanced=True, doc="Keeps the division finite."
    )
    amsgrad: bool = param(False, advanced=True, doc="Never let the mean of the squares shrink.")

    @property
    def slot_names(self) -> tuple[str, ...]:
        return ("m", "v", "v_max") if self.amsgrad else ("m", "v")

    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        new_1, new_2 = 1 - self.beta_1, 1 - self.beta_2
        rate = learning_rate * math.sqrt(1 - self.beta_2**step) / (1 - self.beta_1**step)
        return new_1, self.beta_1, new_2 / new_1**2, self.beta_2, self.epsilon, rate

    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        new_1, keep_1, new_2, keep_2, epsilon, rate = factors
        m, v, *largest = slots
        g *= new_1
        m *= keep_1
        m += g
        np.multiply(g, g, out=g)
        g *= new_2  # which makes up for the first factor, squared by now
        v *= keep_2
        v += g
        if largest:
            (v_max,) = largest
            v = np.maximum(v_max, v, out=v_max)
        np.sqrt(v, out=g)
        g += epsilon
        np.divide(m, g, out=g)
        g *= rate
        w -= g


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with weight decay, which the moments do not see (Loshchilov & Hutter 2019)."""

    weight_decay: float = param(
        0.004, low=0.0, high=1.0, doc="Share of a weight lost in a step, times the learning rate."
    )
