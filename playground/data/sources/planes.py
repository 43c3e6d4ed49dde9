"""What all points in the plane share, whether a rule or the user has made them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.data.plane import PlaneInputs
from playground.data.sources.base import DataSource
from playground.data.sources.made import MadeSource
from playground.language import mark, tr_declared

CLASS_NAMES = (
    mark("diamonds"),
    mark("circles"),
    mark("squares"),
    mark("triangles"),
    mark("crosses"),
)
"""After the marks that the window gives them, whatever its colours; in English."""
Points = NDArray[np.float64]


def class_names(count: int) -> tuple[str, ...]:
    """Return the names of so many classes, in the language in force."""
    return tuple(map(tr_declared, CLASS_NAMES[:count]))


@dataclass(frozen=True)
class PlaneSource(DataSource, abstract=True):
    """Points in the plane, of which a network is told as much as the user wants."""

    is_drawn: ClassVar[bool] = False
    """Whether the user has put every point where it is."""

    test_split: float = param(0.2, low=0.0, high=0.8, doc="Share of the points for the last test.")
    features: tuple[str, ...] = param(
        ("x", "y"),
        doc="What the network is told of a point: some of x, y, x^2, y^2, xy, sin x and sin y.",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "features", PlaneInputs.named(self.features).names)

    @property
    def inputs(self) -> PlaneInputs:
        """How the inputs follow from a point."""
        return PlaneInputs.named(self.features)

    @property
    def class_count(self) -> int:
        """How many classes there are; 0 for a number to predict."""
        return 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no point at all."""
        return False

    def renamed(self, dataset: Dataset) -> Dataset:
        return replace(dataset, classes=class_names(len(dataset.classes)))

    def continues(self, other: DataSource) -> bool:
        """Return whether drawing leads from one to the other: points that mean the same."""
        if not isinstance(other, PlaneSource) or not (self.is_drawn or other.is_drawn):
            return False
        begun = self.is_drawn and other.is_drawn
        return self._terms == other._terms and (begun or not (self.is_empty or other.is_empty))

    @property
    def _terms(self) -> tuple[object, ...]:
        """What must be the same for points to mean the same and to stay in their parts."""
        return (
            self.features,
            self.class_count,
            self.validation_split,
            self.test_split,
            self.seed,
        )


@dataclass(frozen=True)
class MadePoints(PlaneSource, MadeSource, abstract=True):
    """Points in [-1, 1] x [-1, 1] before the noise."""

    noise: float = param(
        0.05, low=0.0, high=1.0, doc="How far a point may be moved, in each direction."
    )

    def examples(self, points: Points, y: NDArray[Any], rng: np.random.Generator) -> Examples:
        """Return examples whose points were moved by the noise after they were judged."""
        moved = points + rng.uniform(-self.noise, self.noise, points.shape)
        return Examples(self.inputs(moved), y, points=moved.astype(np.float32))
