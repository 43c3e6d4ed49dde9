"""The loss of a whole network, which may have more than one output."""

from __future__ import annotations

import numpy as np

from playground.nn.arrays import Array
from playground.nn.losses import Loss


class Objective:
    """What one chunk of a batch adds to the loss, whichever outputs it comes from.

    The network's own output and every ``AuxiliaryOutput`` call it with their outputs; ``total``
    sums up what they cost. ``shares`` ``(chunk,)`` are the examples' parts in the mean:
    ``1 / batch`` each, times their weight.
    """

    def __init__(self, loss: Loss, targets: Array, shares: Array) -> None:
        self._loss = loss
        self._targets = targets
        self._shares = shares
        self.total = 0.0

    @property
    def takes_logits(self) -> bool:
        """Whether outputs come before their last activation: the loss is a cross-entropy."""
        return self._loss.link is not None

    def __call__(self, outputs: Array, weight: float = 1.0) -> Array:
        """Count the loss of some outputs ``weight`` times; return its gradient by them."""
        losses, dy = self._loss(outputs, self._targets)
        shares = self._shares if weight == 1 else weight * self._shares
        self.total += float(np.dot(losses, shares))
        return dy * shares.reshape(-1, *(1,) * (dy.ndim - 1))
