from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.optimizers.base import GradientOptimizer, Slots


@dataclass(frozen=True)
class Adagrad(GradientOptimizer):
    """Divide each step by the size of all gradients so far (Duchi et al. 2011)."""

    initial_accumulator_value: float = param(
        0.1,
        low=0.0,
        high=100.0,
        advanced=True,
        doc="Sum of the squares to begin with: damps the first steps.",
    )
    epsilon: float = param(
        1e-7, low=0.0, high=10.0, log=True, advanced=True, doc="Keeps the division finite."
    )

    @property
    def slot_names(self) -> tuple[str, ...]:
        return ("accumulator",)

    def make_slots(self, weights: Array) -> Slots:
        return {"accumulator": np.full_like(weights, self.initial_accumulator_value)}

    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        return learning_rate, self.epsilon

    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        rate, epsilon = factors
        (accumulator,) = slots
        scratch = g * g
        accumulator += scratch
        np.add(accumulator, epsilon, out=scratch)
        np.sqrt(scratch, out=scratch)
        g *= rate
        g /= scratch
        w -= g
