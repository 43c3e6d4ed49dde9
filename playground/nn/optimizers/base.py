"""What an optimizer is, and the common ground of all that follow a gradient."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from playground.component import Component, label_of, param
from playground.nn.arrays import Array
from playground.nn.mini_batch import MiniBatch

Slots = dict[str, Array]
"""The optimizer's memory: flat vectors as long as the weights, by name."""
BLOCK = 16_384
"""Numbers that go through a rule together: 64 KB of each vector stay in the cache."""
FLUSH_EVERY = 32
"""Steps between two removals of denormals."""


@dataclass(frozen=True)
class Optimizer(Component, family=True):
    """How a mini-batch changes the weights.

    Its memory lives outside, so a setting may change in the middle of a run. Slots of the same
    name mean the same to all optimizers, so one may take over what another has gathered.
    """

    rate_name: ClassVar[str] = "learning_rate"
    """The field that says how far a step goes: what a schedule scales and people tune first."""

    @property
    def rate(self) -> float:
        """How far a step goes, before any schedule."""
        rate: float = getattr(self, self.rate_name)
        return rate

    @property
    def rate_label(self) -> str:
        """What people call it, in the language in force."""
        return label_of(type(self), self.rate_name)

    def with_rate(self, rate: float) -> Self:
        """Return the same optimizer with another rate."""
        changes: dict[str, float] = {self.rate_name: rate}
        return dataclasses.replace(self, **changes)

    @property
    def slot_names(self) -> tuple[str, ...]:
        """The names of the slots that the rule needs with these settings."""
        return ()

    def make_slots(self, weights: Array) -> Slots:
        """Return the memory to begin with: zeros, if the rule does not say otherwise."""
        return {name: np.zeros_like(weights) for name in self.slot_names}

    @abstractmethod
    def look(self, batch: MiniBatch) -> tuple[float, Array]:
        """Return the batch's loss and outputs; leave in ``batch`` what ``move`` needs."""

    @abstractmethod
    def move(self, batch: MiniBatch, slots: Slots, step: int, rate: float) -> float:
        """Change ``batch.weights`` and ``slots`` in place, after ``look`` gave something finite.

        ``step`` counts from 1 since the memory was made; ``rate`` is the optimizer's own as a
        schedule may have changed it. Returns 1.0 if a proposed step was accepted and 0.0 if it
        was refused; nan if nothing was up for decision.
        """


@dataclass(frozen=True)
class GradientOptimizer(Optimizer, abstract=True):
    """A rule that turns each number's gradient into a change of that number.

    The rules never see layers: all the trained weights of a network are one flat vector, and so
    are its gradient and every slot.
    """

    learning_rate: float = param(0.001, low=0.0, high=100.0, log=True, doc="Size of a step.")
    weight_decay: float = param(
        0.0,
        low=0.0,
        high=1.0,
        advanced=True,
        doc="Share of a weight lost in each step, times the learning rate.",
    )
    clipvalue: float = param(
        0.0,
        low=0.0,
        high=1000.0,
        log=True,
        advanced=True,
        doc="Cut every number of the gradient to this size; 0: leave it.",
    )
    global_clipnorm: float = param(
        0.0,
        low=0.0,
        high=1000.0,
        log=True,
        advanced=True,
        doc="Shorten a gradient that is longer than this; 0: leave it.",
    )

    def look(self, batch: MiniBatch) -> tuple[float, Array]:
        return batch.gradients()

    def move(self, batch: MiniBatch, slots: Slots, step: int, rate: float) -> float:
        self.clip(batch.gradient)
        weights, gradient = batch.weights, batch.gradient
        if len(weights) <= BLOCK:
            self.update(weights, gradient, slots, step, rate)
            return np.nan

        def update(part: slice) -> None:
            own = {name: slot[part] for name, slot in slots.items()}
            self.update(weights[part], gradient[part], own, step, rate)

        batch.plan.split(update, len(weights))
        return np.nan

    def clip(self, gradient: Array) -> None:
        """Shorten the whole network's gradient in place (Pascanu et al. 2013, algorithm 1)."""
        if self.global_clipnorm:
            norm = float(np.sqrt(gradient @ gradient))
            if norm > self.global_clipnorm:
                gradient *= self.global_clipnorm / norm

    def update(
        self, weights: Array, gradient: Array, slots: Slots, step: int, learning_rate: float
    ) -> None:
        """Change ``weights`` and ``slots`` in place; ``gradient`` is scratch space afterwards.

        The vectors may be any part of the network's, the same part of each, so that threads can
        share the work.
        """
        # as arrays of the weights' own type: Python numbers make each of these calls twice as long
        factors = [np.array(f, weights.dtype) for f in self.factors(step, learning_rate)]
        vectors = (weights, gradient, *(slots[name] for name in self.slot_names))
        if len(weights) <= BLOCK:
            self._update_block(vectors, factors, step, learning_rate)
            return
        for start in range(0, len(weights), BLOCK):
            block = tuple(vector[start : start + BLOCK] for vector in vectors)
            self._update_block(block, factors, step, learning_rate)

    def _update_block(
        self, block: tuple[Array, ...], factors: list[Array], step: int, learning_rate: float
    ) -> None:
        w, g, *slots = block
        if self.clipvalue:
            np.clip(g, -self.clipvalue, self.clipvalue, out=g)
        if self.weight_decay:
            w *= 1 - self.weight_decay * learning_rate
        self.change(w, g, slots, factors)
        if step % FLUSH_EVERY == 0:
            for slot in slots:
                flush_denormals(slot)

    @abstractmethod
    def factors(self, step: int, learning_rate: float) -> tuple[float, ...]:
        """Return the numbers that a step multiplies or adds, the same for every weight."""

    @abstractmethod
    def change(self, w: Array, g: Array, slots: list[Array], factors: list[Array]) -> None:
        """Apply the rule to some weights in place; ``g``, their gradient, is also scratch space.

        ``slots`` come in the order of ``slot_names``; ``factors`` are those of the step.
        """


def flush_denormals(array: Array) -> None:
    """Set to zero what is too small for full speed: arithmetic on denormals is far slower."""
    limits = np.finfo(array.dtype)
    # adding a number and taking it away rounds to multiples of its last digit, a normal number
    small = limits.dtype.type(8 * limits.tiny / limits.eps)
    array += small
    array -= small
