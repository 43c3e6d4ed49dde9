"""What the parts of the browser show, in one value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.data.browse.answers import Answers
from playground.data.browse.catalogue import Catalogue
from playground.data.browse.filters import Known, Order
from playground.data.browse.series import Rows


@dataclass(frozen=True, eq=False)
class Shown:
    """The examples that pass the filter, by their positions, and what is known of them."""

    catalogue: Catalogue
    positions: Rows
    order: Order = Order()
    answers: Answers | None = None
    inspected: frozenset[int] = frozenset()

    @property
    def known(self) -> Known:
        """What can be sorted and filtered."""
        return Known(self.catalogue, self.answers, self.inspected)

    def place_of(self, position: int) -> int | None:
        """Return at which place an example is shown, if it is."""
        found = np.flatnonzero(self.positions == position)
        return int(found[0]) if len(found) else None

    def is_inspected(self, position: int) -> bool:
        """Return whether an example is in the inspection set."""
        return int(self.catalogue.rows[position]) in self.inspected
