"""What a network says of every example, as far as it has been asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.browse.series import Keys, Mask


@dataclass(frozen=True, eq=False)
class Answers:
    """Of one snapshot; NaN, or for classes -1, where the network has not been asked yet.

    All ``(n,)`` in the order of a ``Catalogue``; a probe tells training, validation and test
    examples one after the other, which ``Catalogue.sorted`` puts right. For classification
    ``classes`` are the numbers of the most probable ones and ``confidences`` their probabilities;
    for regression ``numbers`` ``(n, targets)`` are what is predicted, in the units of the data.
    """

    step: int
    known: int
    """How many examples have been looked at."""
    losses: Keys
    classes: NDArray[np.int32] | None = None
    confidences: Keys | None = None
    right: NDArray[np.int8] | None = None
    """1 if the answer is right, 0 if not, -1 if not known; of numbers None."""
    numbers: Keys | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.known == len(self.losses)

    def are(self, *, right: bool) -> Mask:
        """Return which examples are known to be answered rightly, or wrongly."""
        if self.right is None:
            return np.zeros(len(self.losses), bool)
        found: Mask = self.right == int(right)
        return found
