"""A mini-batch to improve on."""

from __future__ import annotations

from dataclasses import dataclass

from playground.nn.arrays import Array
from playground.nn.plan import Batch, Plan


@dataclass(eq=False)
class MiniBatch:
    """What an optimizer may ask about a mini-batch, and the weights it is to change."""

    plan: Plan
    weights: Array
    """The numbers to train, in the flat vector that the plan works with."""
    rows: Batch
    key: tuple[int, ...]
    """What the random numbers of this step follow from."""
    loss: float = 0.0
    """The loss that was last computed."""

    @property
    def gradient(self) -> Array:
        """The gradient by ``weights`` that ``gradients`` computed last."""
        return self.plan.gradient[: len(self.weights)]

    def gradients(self) -> tuple[float, Array]:
        """Compute the gradient; return loss and outputs of the batch, with dropout and noise."""
        self.loss, outputs = self.plan.gradients(self.rows, self.key)
        return self.loss, outputs

    def evaluate(self) -> tuple[float, Array]:
        """Return loss and outputs of the batch with the weights as they are now."""
        self.loss, outputs = self.plan.evaluate(self.rows)
        return self.loss, outputs
