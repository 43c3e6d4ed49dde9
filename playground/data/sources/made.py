"""Examples made by a rule rather than read."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.data.dataset import Dataset, Examples, split_rows
from playground.data.progress import Progress, unwatched
from playground.data.sources.base import DataSource


@dataclass(frozen=True)
class MadeSource(DataSource, abstract=True):
    """As many examples as wanted, from a rule and chance."""

    samples: int = param(400, low=10, high=100_000, log=True, doc="Number of points.")
    noise: float = param(0.05, low=0.0, high=1.0, doc="How far a point may lie off its place.")
    test_split: float = param(0.2, low=0.0, high=0.8, doc="Share of the points for the last test.")

    def load(self, progress: Progress = unwatched) -> Dataset:
        every = self.make(np.random.default_rng(self.seed))
        labels = every.y if every.y.ndim == 1 else None
        shares = self.validation_split, self.test_split
        rows = split_rows(labels, self.samples, shares, self.seed)
        train, validation, test = (every.take(part) for part in rows)
        progress(1.0)
        return self.dataset(train, validation, test)

    @abstractmethod
    def make(self, rng: np.random.Generator) -> Examples:
        """Return all examples."""

    @abstractmethod
    def dataset(self, train: Examples, validation: Examples, test: Examples) -> Dataset:
        """Return the data set with these parts."""
