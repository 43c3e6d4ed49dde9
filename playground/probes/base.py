"""What a probe is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playground.component import Component
from playground.training.snapshot import Snapshot


@dataclass(frozen=True)
class Probe(Component, family=True):
    """A costly pure function of a snapshot; its fields are the settings of its view."""

    @abstractmethod
    def compute(self, snapshot: Snapshot) -> Iterator[Any]:
        """Yield results, each better than the one before; the last one is the answer.

        Between two results the computation may be paused or dropped, so a long one yields often
        (every 20 ms or so).
        """
