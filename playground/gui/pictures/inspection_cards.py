"""What is known of each inspected example, ready to be drawn and put in order."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import DataKind, Dataset, Floats
from playground.data.texts.language import START
from playground.gui.charts.scales import number, percent
from playground.gui.data.text_part import visible
from playground.language import grouped, tr
from playground.nn.arrays import Array
from playground.training.inspection import Followed, Part
from playground.training.snapshot import Snapshot

Order = Literal["picked", "worst", "changed"]
_VALUES = 3
"""Columns of a table that a card has room for."""


@dataclass(frozen=True)
class Verdict:
    """What the network says at present of an example, and whether that is right."""

    words: str
    """The answer; where it is a class, with a sign that tells right from wrong."""
    figure: str
    """How probable the right class is, or how far off the number is."""
    present: float
    """The probability of the right class, or the number predicted; nan if not known yet."""
    truth: float
    """What that should be: 1, or the number to predict."""
    wrong: bool = False


@dataclass(frozen=True, eq=False)
class Card:
    """One example with its past and its present."""

    number: int
    """``Examples.rows``: which one of the source it is."""
    part: Part
    place: int
    """In its part."""
    image: Floats | None
    """Its pixels ``(height, width, channels)``, if it is an image."""
    values: tuple[tuple[str, str], ...]
    """What else it is told by: names and values of its first columns."""
    verdict: Verdict
    trace: NDArray[np.float64]
    """The figure of every measured epoch, the present one last; nan where it is unknown."""
    is_class: bool
    """Whether the answer is a class, and so right or wrong."""

    @property
    def error(self) -> float:
        """How far the latest known answer is from the truth; -1 if none is known."""
        known = self.trace[np.isfinite(self.trace)]
        return abs(float(known[-1]) - self.verdict.truth) if len(known) else -1.0

    @property
    def change(self) -> float:
        """How much the answer has moved so far."""
        known = self.trace[np.isfinite(self.trace)]
        return float(np.ptp(known)) if len(known) else 0.0


_KEYS: Mapping[Order, Callable[[Card], float]] = {
    "picked": lambda card: 0.0,
    "worst": lambda card: -card.error,
    "changed": lambda card: -card.change,
}


def ordered(cards: list[Card], order: Order) -> list[Card]:
    """Return the cards as picked, with the largest error first, or the largest change."""
    return sorted(cards, key=_KEYS[order])


def epochs_of(snapshot: Snapshot) -> NDArray[np.float64]:
    """Return when the entries of the traces were measured; the last one is now."""
    return np.append(snapshot.curves.traces.epoch, snapshot.epoch)


def cards_of(snapshot: Snapshot, found: Followed, answers: Mapping[int, Array]) -> list[Card]:
    """Return a card for every example that the data has, in the order they were picked.

    ``answers``: what the network says at present, by the number of the example, as far as known:
    the probabilities of the classes, or the predicted numbers in the units of the data.
    """
    dataset, traces = snapshot.dataset, snapshot.curves.traces
    unknown = np.full(len(traces.epoch), math.nan)
    values = _main_values(dataset, found)
    cards = []
    for at, name in enumerate(found.numbers):
        judge = _judge_class if dataset.is_classification else _judge_number
        verdict = judge(dataset, answers.get(name), found.examples.y[at])
        is_image = dataset.kind is DataKind.IMAGES
        cards.append(
            Card(
                number=name,
                part=found.parts[at],
                place=found.places[at],
                image=found.examples.x[at] if is_image else None,
                values=() if is_image else values[at],
                verdict=verdict,
                trace=np.append(traces.answers.get(name, unknown), verdict.present),
                is_class=dataset.is_classification,
            )
        )
    return cards


def _judge_class(dataset: Dataset, answer: Array | None, y: NDArray[Any]) -> Verdict:
    right = int(y)
    truth = visible(dataset.classes[right])
    if answer is None:
        return Verdict(truth, "…", math.nan, 1.0)
    best, present = int(answer.argmax()), float(answer[right])
    if best == right:
        return Verdict(f"✓ {truth}", percent(present), present, 1.0)
    words = tr("✕ {0}, is {1}").format(visible(dataset.classes[best]), truth)
    return Verdict(words, percent(present), present, 1.0, wrong=True)


def _judge_number(dataset: Dataset, answer: Array | None, y: NDArray[Any]) -> Verdict:
    scaling = dataset.target_scaling
    truth = float((y if scaling is None else scaling.invert(y))[0])
    if answer is None:
        return Verdict(number(truth), "…", math.nan, truth)
    present = float(answer[0])
    words = tr("{0}, is {1}").format(number(present), number(truth))
    return Verdict(words, _signed(present - truth), present, truth)


def _main_values(dataset: Dataset, found: Followed) -> list[tuple[tuple[str, str], ...]]:
    """Return names and values, in their own units, of the first columns of each example.

    A row of a file is told by its number, and its cells as they stand there.
    """
    x = found.examples.x
    if dataset.columns:
        told = [c for c in dataset.columns if c.name not in dataset.targets][: _VALUES - 1]
        return [
            ((tr("row"), grouped(row + 1)), *((column.name, column.cell(row)) for column in told))
            for row in found.numbers
        ]
    if dataset.kind is DataKind.IMAGES:
        return []
    if dataset.language is not None:
        read, join = dataset.language.read, dataset.language.tokenizer.join
        return [((join(read(row)) or START, ""),) for row in x]
    flat = x.reshape(len(x), math.prod(x.shape[1:]))
    raw = flat if dataset.scaling is None else dataset.scaling.invert(flat)
    names = dataset.features[:_VALUES] or tuple(f"x{i + 1}" for i in range(_VALUES))
    return [
        tuple((name, number(value)) for name, value in zip(names, row, strict=False))
        for row in raw.tolist()
    ]


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value)
