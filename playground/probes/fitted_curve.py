"""The curve that a network of one input draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.data.dataset import Dataset, Floats, Scaling
from playground.data.sources.drawn_source import DrawnSource
from playground.nn.arrays import Array
from playground.probes.base import Probe
from playground.training.snapshot import Snapshot

_MARGIN = 0.05


@dataclass(frozen=True, eq=False)
class Curve:
    """The network's answer ``y`` all over ``x``, both ``(n,)``, in the units of the data."""

    x: Array
    y: Array


@dataclass(frozen=True)
class FittedCurve(Probe):
    """Answer with a ``Curve``, at once: it takes one forward pass."""

    resolution: int = param(300, low=8, high=2000, doc="Points along the curve.")

    def compute(self, snapshot: Snapshot) -> Iterator[Curve]:
        dataset = snapshot.dataset
        parts = (dataset.train, dataset.validation, dataset.test)
        every = np.concatenate([part.x for part in parts])
        least = 1.0 if isinstance(snapshot.project.source, DrawnSource) else -np.inf
        low, high = float(every.min(initial=-least)), float(every.max(initial=least))
        margin = _MARGIN * (high - low or 1.0)
        x = np.linspace(low - margin, high + margin, self.resolution, dtype=np.float32)[:, None]
        y, _ = snapshot.model.forward(snapshot.weights, x)
        inputs, targets = _unscaled(x, dataset.scaling), _unscaled(y, dataset.target_scaling)
        yield Curve(inputs[:, 0], targets[:, 0])


def data_points(dataset: Dataset, part: str) -> tuple[Floats, Floats]:
    """Return the x and y of ``train``, ``validation`` or ``test`` in the units of the data."""
    examples = getattr(dataset, part)
    x, y = _unscaled(examples.x, dataset.scaling), _unscaled(examples.y, dataset.target_scaling)
    return x[:, 0], y[:, 0]


def _unscaled(values: Array, scaling: Scaling | None) -> Array:
    return values if scaling is None else scaling.invert(values)
