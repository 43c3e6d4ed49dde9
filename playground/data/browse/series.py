"""The values of one column over all examples, as they are looked at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Series(ABC):
    """A named column of ``n`` values, some of which may be missing."""

    name: str

    @property
    @abstractmethod
    def keys(self) -> Keys:
        """Numbers ``(n,)`` in the order of the values; NaN where one is missing."""

    @cached_property
    def missing(self) -> Mask:
        """Which values are not known."""
        return np.isnan(self.keys)

    @abstractmethod
    def containing(self, text: str) -> Mask:
        """Return which values read like a text: see ``Condition``."""


@dataclass(frozen=True, eq=False)
class NumberSeries(Series):
    """Numbers; NaN where there is none."""

    values: Keys

    @property
    def keys(self) -> Keys:
        return self.values

    def containing(self, text: str) -> Mask:
        value = number_in(text)
        if value is None:
            return np.zeros(len(self.values), bool)
        return as_typed(self.values, text, value)


@dataclass(frozen=True, eq=False)
class CategorySeries(Series):
    """Texts: the ``levels``, and for each row the number of its level or -1 for none."""

    levels: tuple[str, ...]
    codes: NDArray[np.integer]

    @cached_property
    def keys(self) -> Keys:
        return np.where(self.codes < 0, np.nan, self.codes)

    @cached_property
    def missing(self) -> Mask:
        return self.codes < 0

    def containing(self, text: str) -> Mask:
        wanted = text.casefold()
        fits = np.array([wanted in level.casefold() for level in self.levels] + [False])
        found: Mask = fits[self.codes]  # -1 is the last one: a missing value reads like nothing
        return found


def number_in(text: str) -> float | None:
    """Return the number that a text is; None if it is none."""
    try:
        value = float(text.replace("−", "-").replace(",", ""))
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def as_typed(values: Keys, text: str, value: float) -> Mask:
    """Return which numbers are ``value`` when they are rounded as the text is."""
    plain = text.strip().casefold()
    decimals = 0 if "e" in plain else len(plain.partition(".")[2])
    room = 0.5 * 10.0**-decimals if "." in plain else 1e-6 * max(abs(value), 1e-12)
    with np.errstate(invalid="ignore"):
        found: Mask = np.abs(values - value) <= room * (1 + 1e-6)
    return found


def written(value: float) -> str:
    """Return a number without the digits that rounding to float32 has made: five figures."""
    if np.isnan(value):
        return ""
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-4:
        return f"{value:.4g}".replace("-", "−")
    return (f"{value:.0f}" if size >= 1e5 else f"{value:.5g}").replace("-", "−")
