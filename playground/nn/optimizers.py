"""How a gradient changes a weight. To add an optimizer, add its class here.

The rules work number by number, so they never see layers: all the weights of a network are one
flat vector, and so are its gradient and every slot of the optimizer's memory.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.component import Component, param
from playground.nn.arrays import Array

Slots = dict[str, Array]
"""The optimizer's memory: flat vectors as long as the weights, by name."""


@dataclass(frozen=True)
class Optimizer(Component, family=True):
    """An update rule. Its memory lives outside, so a setting may change in the middle of a run."""

    slot_names: ClassVar[tuple[str, ...]] = ()
    learning_rate: float = param(0.01, low=0.0, high=100.0, log=True, doc="Size of a step.")

    @abstractmethod
    def update(
        self, weights: Array, gradient: Array, slots: Slots, step: int, learning_rate: float
    ) -> None:
        """Change ``weights`` and ``slots`` in place; ``step`` counts from 1.

        ``learning_rate`` is the optimizer's own as a schedule may have changed it. ``gradient``
        is scratch space afterwards.
        """

    def make_slots(self, weights: Array) -> Slots:
        """Return the memory to begin with: zeros."""
        return {name: np.zeros_like(weights) for name in self.slot_names}


@dataclass(frozen=True)
class SGD(Optimizer):
    """Gradient descent, with momentum (Polyak 1964) or Nesterov's look ahead if wanted."""

    slot_names = ("velocity",)
    momentum: float = param(0.0, low=0.0, high=1.0, doc="Share of the last step that is kept.")
    nesterov: bool = param(False, doc="Take the gradient's step from where momentum leads.")

    def update(
        self, weights: Array, gradient: Array, slots: Slots, step: int, learning_rate: float
    ) -> None:
        velocity = slots["velocity"]
        gradient *= -learning_rate
        velocity *= self.momentum
        velocity += gradient
        if self.nesterov:
            weights += self.momentum * velocity + gradient
        else:
            weights += velocity


@dataclass(frozen=True)
class RMSprop(Optimizer):
    """Divide each step by the recent size of its gradient (Hinton 2012, lecture 6e)."""

    slot_names = ("mean_square", "velocity")
    learning_rate: float = param(0.001, low=0.0, high=100.0, log=True, doc="Size of a step.")
    rho: float = param(0.9, low=0.0, high=1.0, doc="Decay of the mean of the squared gradients.")
    momentum: float = param(0.0, low=0.0, high=1.0, doc="Share of the last step that is kept.")
    epsilon: float = param(1e-7, low=0.0, high=1.0, log=True, doc="Keeps the division finite.")

    def update(
        self, weights: Array, gradient: Array, slots: Slots, step: int, learning_rate: float
    ) -> None:
        mean_square, velocity = slots["mean_square"], slots["velocity"]
        mean_square += (1 - self.rho) * (gradient**2 - mean_square)
        gradient *= learning_rate
        gradient /= np.sqrt(mean_square + self.epsilon)
        velocity *= self.momentum
        velocity += gradient
        weights -= velocity


@dataclass(frozen=True)
class Adam(Optimizer):
    """Adaptive moments (Kingma & Ba 2015, the form before section 2.1)."""

    slot_names = ("m", "v")
    learning_rate: float = param(0.001, low=0.0, high=100.0, log=True, doc="Size of a step.")
    beta_1: float = param(0.9, low=0.0, high=0.9999, doc="Decay of the mean of the gradients.")
    beta_2: float = param(0.999, low=0.0, high=0.9999, doc="Decay of the mean of their squares.")
    epsilon: float = param(1e-7, low=0.0, high=1.0, log=True, doc="Keeps the division finite.")

    def update(
        self, weights: Array, gradient: Array, slots: Slots, step: int, learning_rate: float
    ) -> None:
        m, v = slots["m"], slots["v"]
        m += (1 - self.beta_1) * (gradient - m)
        np.square(gradient, out=gradient)
        v += (1 - self.beta_2) * (gradient - v)
        rate = learning_rate * math.sqrt(1 - self.beta_2**step) / (1 - self.beta_1**step)
        np.sqrt(v, out=gradient)
        gradient += self.epsilon
        np.divide(m, gradient, out=gradient)
        gradient *= rate
        weights -= gradient
        if step % 32 == 0:
            _flush_denormals(m, v)


def _flush_denormals(*arrays: Array) -> None:
    """Set to zero what is too small for full speed: arithmetic on denormals is far slower."""
    for array in arrays:
        array += 1e-30
        array -= 1e-30
