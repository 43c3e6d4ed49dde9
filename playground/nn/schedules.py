"""How the learning rate changes in the course of a training. To add one, add its class here.

Schedules are functions of the progress alone, so a run resumes exactly, and an edit holds from
the next batch on as if it had always been so.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from playground.component import Component, param
from playground.nn.progress import Monitor, Progress, Scores

_TO_THE_END = "Epochs that it takes; 0: all that there are."


@dataclass(frozen=True)
class Schedule(Component, family=True):
    """What becomes of the optimizer's learning rate."""

    title: ClassVar[str]
    """As people write it, in English; translated where it is shown."""

    @abstractmethod
    def __call__(self, rate: float, progress: Progress) -> float:
        """Return the rate for the next batch, from the one that the user set."""


@dataclass(frozen=True)
class Constant(Schedule):
    """The learning rate as it is set."""

    title = "Constant"

    def __call__(self, rate: float, progress: Progress) -> float:
        return rate


@dataclass(frozen=True)
class ExponentialDecay(Schedule):
    """Multiply the rate by the same number again and again: evenly, or at once after the epochs."""

    title = "Exponential decay"

    decay_rate: float = param(0.95, low=0.0, high=1.0, doc="What the rate is multiplied by.")
    decay_epochs: float = param(1.0, low=0.01, high=1e6, log=True, doc="Every so many epochs.")
    staircase: bool = param(False, doc="Change only when these epochs are over.")

    def __call__(self, rate: float, progress: Progress) -> float:
        times = progress.passes / self.decay_epochs
        return rate * self.decay_rate ** (math.floor(times) if self.staircase else times)


@dataclass(frozen=True)
class StepDecay(Schedule):
    """Divide the rate abruptly, every so many epochs."""

    title = "Step decay"

    factor: float = param(0.1, low=0.0, high=1.0, doc="What the rate is multiplied by.")
    every: int = param(10, low=1, high=1_000_000, log=True, doc="Epochs between two steps.")

    def __call__(self, rate: float, progress: Progress) -> float:
        return rate * self.factor ** math.floor(progress.passes / self.every)


@dataclass(frozen=True)
class CosineDecay(Schedule):
    """Glide down along a half cosine, and start anew if wanted (Loshchilov & Hutter 2017)."""

    title = "Cosine decay"

    alpha: float = param(0.0, low=0.0, high=1.0, doc="Share of the rate that is left at the end.")
    first_decay_epochs: float = param(
        0.0, low=0.0, high=1e6, log=True, doc="Epochs before the first restart; 0: no restart."
    )
    t_mul: float = param(2.0, low=1.0, high=10.0, doc="How many times longer each glide is.")
    m_mul: float = param(1.0, low=0.0, high=10.0, doc="What each new start is multiplied by.")

    def __call__(self, rate: float, progress: Progress) -> float:
        start, share = 1.0, progress.share
        if self.first_decay_epochs:
            restarts, share = self._glide(progress.passes / self.first_decay_epochs)
            start = self.m_mul**restarts
        glide = start * 0.5 * (1 + math.cos(math.pi * share))
        return rate * ((1 - self.alpha) * glide + self.alpha)

    def _glide(self, times: float) -> tuple[int, float]:
        """Return how many restarts there were and how much of the glide since is done."""
        if self.t_mul == 1:
            return math.floor(times), times % 1
        restarts = math.floor(math.log1p(times * (self.t_mul - 1)) / math.log(self.t_mul) + 1e-12)
        began = (self.t_mul**restarts - 1) / (self.t_mul - 1)
        return restarts, max(0.0, times - began) / self.t_mul**restarts


@dataclass(frozen=True)
class PolynomialDecay(Schedule):
    """Go down to a last rate, along a line or a power of it."""

    title = "Polynomial decay"

    end_learning_rate: float = param(0.0001, low=0.0, high=100.0, log=True, doc="The last rate.")
    power: float = param(
        1.0, low=0.01, high=100.0, log=True, doc="1 is a line; more falls faster at first."
    )
    decay_epochs: float = param(0.0, low=0.0, high=1e6, log=True, doc=_TO_THE_END)
    cycle: bool = param(False, doc="Begin again, from the middle, when the last rate is reached.")

    def __call__(self, rate: float, progress: Progress) -> float:
        epochs = self.decay_epochs or progress.epochs
        times = progress.passes / epochs
        share = times / max(1, math.ceil(times)) if self.cycle else min(1.0, times)
        left = math.pow(1 - share, self.power)
        return (rate - self.end_learning_rate) * left + self.end_learning_rate


@dataclass(frozen=True)
class Warmup(Schedule):
    """Rise along a line at first (Goyal et al. 2017, section 2.2), then follow another schedule."""

    title = "Warmup"

    warmup_epochs: float = param(
        1.0, low=0.0, high=1e6, log=True, doc="Epochs until the full rate."
    )
    start: float = param(0.1, low=0.0, high=1.0, doc="Share of the rate to begin with.")
    then: Schedule = param(Constant(), doc="What follows, counted from there on.")

    def __call__(self, rate: float, progress: Progress) -> float:
        passes = progress.passes - self.warmup_epochs
        if passes < 0:
            return rate * (1 + (1 - self.start) * passes / self.warmup_epochs)
        later = Progress(passes, progress.epochs - self.warmup_epochs, progress.scores)
        return self.then(rate, later)


@dataclass(frozen=True)
class OneCycle(Schedule):
    """Rise to the set rate and fall far below where it began (Smith & Topin 2018).

    Both along half cosines, as fast.ai does it.
    """

    title = "One cycle"

    pct_start: float = param(0.3, low=0.01, high=0.99, doc="Share of the training that it rises.")
    div_factor: float = param(25.0, low=1.0, high=1e6, log=True, doc="Full rate over the first.")
    final_div_factor: float = param(1e4, low=1.0, high=1e9, log=True, doc="First over the last.")

    def __call__(self, rate: float, progress: Progress) -> float:
        first = rate / self.div_factor
        if progress.share < self.pct_start:
            return _glide(first, rate, progress.share / self.pct_start)
        fallen = (progress.share - self.pct_start) / (1 - self.pct_start)
        return _glide(rate, first / self.final_div_factor, fallen)


@dataclass(frozen=True)
class ReduceLROnPlateau(Schedule):
    """Multiply the rate when an epoch's figure has not become better for some epochs."""

    title = "Reduce LR on plateau"

    monitor: Monitor = param("val_loss", doc="The figure, at the end of each epoch.")
    factor: float = param(0.1, low=0.0, high=1.0, doc="What the rate is multiplied by.")
    patience: int = param(10, low=0, high=1_000_000, doc="Epochs to wait for something better.")
    min_delta: float = param(0.0001, low=0.0, high=100.0, log=True, doc="How much better counts.")
    cooldown: int = param(0, low=0, high=1_000_000, doc="Epochs not counted after a reduction.")
    min_lr: float = param(0.0, low=0.0, high=100.0, log=True, doc="The rate stays above this.")

    def __call__(self, rate: float, progress: Progress) -> float:
        reductions = _reductions(self, progress.scores)
        return rate if rate <= self.min_lr else max(self.min_lr, rate * self.factor**reductions)

    def reductions(self, scores: Sequence[float]) -> int:
        """Return how often the rate has been reduced after these epochs."""
        best, waited, resting, count = math.inf, 0, 0, 0
        for score in scores:
            if resting:
                resting, waited = resting - 1, 0
            if score < best - self.min_delta:
                best, waited = score, 0
            elif not resting:
                waited += 1
                if waited >= self.patience:
                    count, resting, waited = count + 1, self.cooldown, 0
        return count


@lru_cache(maxsize=8)
def _reductions(schedule: ReduceLROnPlateau, scores: Scores) -> int:
    """Remember the count for the batches of an epoch: they share one ``Scores``."""
    return schedule.reductions(scores.of(schedule.monitor))


def _glide(start: float, end: float, share: float) -> float:
    """Return a number between two, along a half cosine."""
    return end + (start - end) * 0.5 * (1 + math.cos(math.pi * share))
