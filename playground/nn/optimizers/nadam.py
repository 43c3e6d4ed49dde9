from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.optimizers.base import GradientOptimizer

_DECAY = 0.96


@dataclass(frozen=True)
class Nadam(GradientOptimizer):
    """Adam with Nesterov's look ahead (Dozat 2016, algorithm 2)."""

    beta_1: float = param(
        0.9, low=0.0, high=0.9999, advanced=True, doc="Decay of the mean of the gradients."
    )
    beta_2: float = param(
        0.999, low=0.0, high=0.9999, advanced=True, doc="Decay of the mean of their squares."
    )
    epsilon: float = param(
        1e-7, low=0.0, high=10.0, log=True, advanced=True, doc="Keeps the division finite."
    )

    @property
    def slot_names(self) -> tuple[str, ...]:
        return "m", "v"

    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        new_1, new_2 = 1 - self.beta_1, 1 - self.beta_2
        now, ahead = _momentum(self.beta_1, step), _momentum(self.beta_1, step + 1)
        product = _product(self.beta_1, step)
        scale = learning_rate * math.sqrt(1 - self.beta_2**step)
        of_m = scale * ahead / (1 - product * ahead)
        of_g = scale * (1 - now) / (1 - product)
        epsilon = self.epsilon * math.sqrt(1 - self.beta_2**step)
        return new_1, self.beta_1, new_2, self.beta_2, epsilon, of_m, of_g

    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        new_1, keep_1, new_2, keep_2, epsilon, of_m, of_g = factors
        m, v = slots
        part = g * new_1
        m *= keep_1
        m += part
        np.multiply(g, g, out=part)
        part *= new_2
        v *= keep_2
        v += part
        g *= of_g
        np.multiply(m, of_m, out=part)
        g += part
        np.sqrt(v, out=part)
        part += epsilon
        g /= part
        w -= g


def _momentum(beta_1: float, step: int) -> float:
    """Return the momentum of a step: it warms up from about half of ``beta_1``."""
    return float(beta_1 * (1 - 0.5 * _DECAY**step))


def _product(beta_1: float, step: int) -> float:
    """Return the product of the momenta of all steps so far."""
    products = _products(beta_1)
    return float(products[min(step, len(products)) - 1])


@lru_cache(maxsize=4)
def _products(beta_1: float) -> Array:
    """Return the product of the momenta after 1, 2, ... steps, until it no longer matters."""
    steps = 1 + math.ceil(math.log(1e-20) / math.log(max(beta_1, 1e-3)))
    return np.cumprod([_momentum(beta_1, step) for step in range(1, steps + 1)])
