"""What a run made of each inspected example, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from playground.training.inspection import MOST
from playground.training.series import Numbers, Series, empty

CAPACITY = 2**12
"""Epochs that are kept: more than a screen has columns."""
REMEMBERED = 2 * MOST
"""Examples whose trace is kept: those that were taken out may come back."""


@dataclass(frozen=True, eq=False)
class Traces:
    """An entry for every measured epoch, as read-only arrays.

    ``answers``: by the example's number, the probability of the right class; for regression the
    prediction of the first target, in the units of the data. nan where an example was not followed
    yet.
    """

    epoch: Numbers = field(default_factory=empty)
    answers: Mapping[int, Numbers] = field(default_factory=dict)
    stride: int = 1
    """Epochs from one entry to the next: 1 until there are very many."""

    def table(self) -> NDArray[np.float64]:
        """Return the answers ``(examples, entries)``."""
        return np.array(list(self.answers.values()), np.float64).reshape(-1, len(self.epoch))


class TraceBook:
    """The growing series behind ``Traces``.

    When ``CAPACITY`` entries are there, every other one is left out, and from then on only every
    other epoch is entered. What was handed out never changes.
    """

    def __init__(self, traces: Traces) -> None:
        self._epoch = Series(traces.epoch)
        self._answers = {number: Series(trace) for number, trace in traces.answers.items()}
        self._stride = traces.stride

    def wants(self, epoch: int) -> bool:
        """Return whether the end of this epoch is to be entered."""
        return epoch % self._stride == 0

    def add(self, epoch: int, answers: Mapping[int, float]) -> None:
        """Enter what the network makes of examples after some epochs.

        The same epoch again only brings what was not measured the first time.
        """
        self._forget(answers)
        if len(self._epoch) and self._epoch.values()[-1] == epoch:
            self._complete(answers)
            return
        if len(self._epoch) == CAPACITY:
            self._halve()
        if not self.wants(epoch):
            return
        for number in answers:
            if number not in self._answers:
                self._answers[number] = Series(self._unknown())
        for number, trace in self._answers.items():
            trace.append(answers.get(number, math.nan))
        self._epoch.append(float(epoch))

    def traces(self) -> Traces:
        """Return all entries so far; no later one changes them."""
        answers = {number: trace.values() for number, trace in self._answers.items()}
        return Traces(self._epoch.values(), answers, self._stride)

    def _unknown(self) -> Numbers:
        return np.full(len(self._epoch), math.nan)

    def _complete(self, answers: Mapping[int, float]) -> None:
        """Give the last entry the examples that it lacks."""
        for number, answer in answers.items():
            known = self._answers.get(number)
            before = self._unknown() if known is None else known.values()
            if math.isnan(before[-1]):
                self._answers[number] = Series([*before[:-1], answer])  # the old may be looked at

    def _forget(self, followed: Mapping[int, float]) -> None:
        """Drop the traces of examples taken out long ago, if there are too many."""
        others = [number for number in self._answers if number not in followed]
        surplus = len(others) + len(followed) - REMEMBERED
        for number in others[: max(0, surplus)]:
            del self._answers[number]

    def _halve(self) -> None:
        """Leave out every other epoch, and from now on, too."""
        self._stride *= 2
        kept = self._epoch.values() % self._stride == 0
        self._epoch = Series(self._epoch.values()[kept])
        for number, trace in self._answers.items():
            self._answers[number] = Series(trace.values()[kept])
