"""Inputs that follow from the two coordinates of a point in the plane."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.errors import ConfigError
from playground.language import tr

Column = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Feature:
    """One input: its name in settings, what it says of itself, and how it is computed."""

    name: str
    label: str
    of: Callable[[Column, Column], Column]


def _wave(value: Column) -> Column:
    """Return two whole waves between -1 and 1.

    That is what sin x is in tensorflow/playground, but for 5 %: its plane ends at 6, ours at 1.
    """
    wave: Column = np.sin(2 * np.pi * value)
    return wave


FEATURES = (
    Feature("x", "x", lambda x, y: x),
    Feature("y", "y", lambda x, y: y),
    Feature("x^2", "x²", lambda x, y: x * x),
    Feature("y^2", "y²", lambda x, y: y * y),
    Feature("xy", "xy", lambda x, y: x * y),
    Feature("sin x", "sin 2πx", lambda x, y: _wave(x)),
    Feature("sin y", "sin 2πy", lambda x, y: _wave(y)),
)
"""All there are, in the order in which a network gets them."""


@dataclass(frozen=True)
class PlaneInputs:
    """Some of the features: what a network is told of a point."""

    features: tuple[Feature, ...] = FEATURES[:2]

    @classmethod
    def named(cls, names: Iterable[str]) -> PlaneInputs:
        """Return the features with these names; raise ``ConfigError`` saying which there are."""
        wanted, known = tuple(names), [feature.name for feature in FEATURES]
        if not wanted:
            raise ConfigError(
                tr("A network needs something to see: keep at least one feature of {0}.").format(
                    ", ".join(known)
                )
            )
        for name in wanted:
            if name not in known:
                raise ConfigError(
                    tr("No feature named {name!r}. Known: {0}.").format(", ".join(known), name=name)
                )
        return cls(tuple(feature for feature in FEATURES if feature.name in wanted))

    @property
    def names(self) -> tuple[str, ...]:
        """What settings call them."""
        return tuple(feature.name for feature in self.features)

    @property
    def labels(self) -> tuple[str, ...]:
        """What they say of themselves."""
        return tuple(feature.label for feature in self.features)

    def __call__(self, points: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Return the inputs ``(n, features)`` for points ``(n, 2)``."""
        x, y = points.T
        return np.stack([feature.of(x, y) for feature in self.features], axis=1).astype(np.float32)
