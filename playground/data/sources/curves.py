"""One number in, one number out: curves to be fitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.component import param
from playground.data.dataset import Dataset, Examples, split_rows
from playground.data.progress import Progress, unwatched
from playground.data.sources.base import DataSource


@dataclass(frozen=True)
class Sine(DataSource):
    """Points scattered about a sine wave over [-1, 1]."""

    title: ClassVar[str] = "Sine wave"

    samples: int = param(200, low=10, high=100_000, log=True, doc="Number of points.")
    cycles: float = param(1.0, low=0.1, high=10.0, doc="Whole waves between -1 and 1.")
    noise: float = param(0.1, low=0.0, high=1.0, doc="How far a point may lie off the curve.")
    test_split: float = param(0.2, low=0.0, high=0.8, doc="Share of the points for the last test.")

    def load(self, progress: Progress = unwatched) -> Dataset:
        rng = np.random.default_rng(self.seed)
        x = rng.uniform(-1, 1, (self.samples, 1))
        y = np.sin(np.pi * self.cycles * x) + rng.uniform(-self.noise, self.noise, x.shape)
        examples = Examples(x.astype(np.float32), y.astype(np.float32))
        parts = split_rows(None, self.samples, (self.validation_split, self.test_split), self.seed)
        train, validation, test = (examples.take(rows) for rows in parts)
        progress(1.0)
        return Dataset(
            self.title,
            train,
            validation,
            test,
            features=("x",),
            targets=("y",),
        )
