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
from playground.gui.scales import number, percent
from playground.gui.text_part import visible
from playground.probes.inspected import InspectedAnswers
from playground.training.inspection import Part
from playground.training.snapshot import Snapshot

Order = Literal["picked", "worst", "changed"]
_VALUES = 3
"""Columns of a table that a card has room for."""


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
    verdict: str
    """The present answer in words."""
    wrong: bool
    figure: str
    """The present figure: how probable the right class is, or how far off the number is."""
    trace: NDArray[np.float64]
    """The figure of every measured epoch, the present one last; nan before it was followed."""
    truth: float
    """What the trace should become: 1, or the number to predict."""
    is_class: bool
    """Whether the answer is a class, and so right or wrong."""

    @property
    def error(self) -> float:
        """How far the present answer is from the truth."""
        return abs(float(self.trace[-1]) - self.truth)

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


def cards_of(snapshot: Snapshot, found: InspectedAnswers) -> list[Card]:
    """Return a card for every example that the data has, in the order they were picked."""
    dataset, traces = snapshot.dataset, snapshot.curves.traces
    unknown = np.full(len(traces.epoch), math.nan)
    values = _main_values(dataset, found.followed.examples.x)
    cards = []
    members = zip(found.followed.numbers, found.followed.parts, found.followed.places, strict=True)
    for at, (name, part, place) in enumerate(members):
        answer, y = found.answers[at], found.followed.examples.y[at]
        verdict, wrong, present, truth = _judged(dataset, answer, y)
        figure = percent(present) if dataset.is_classification else _signed(present - truth)
        image = found.followed.examples.x[at] if dataset.kind is DataKind.IMAGES else None
        trace = np.append(traces.answers.get(name, unknown), present)
        texts = values[at] if image is None else ()
        cards.append(
            Card(
                name,
                part,
                place,
                image,
                texts,
                verdict,
                wrong,
                figure,
                trace,
                truth,
                dataset.is_classification,
            )
        )
    return cards


def _judged(
    dataset: Dataset, answer: NDArray[Any], y: NDArray[Any]
) -> tuple[str, bool, float, float]:
    """Return the answer in words, whether it is wrong, its figure and what that should be."""
    if dataset.is_classification:
        best, right = int(answer.argmax()), int(y)
        verdict = visible(dataset.classes[best])
        if best != right:
            verdict = f"{verdict}, is {visible(dataset.classes[right])}"
        return verdict, best != right, float(answer[right]), 1.0
    scaling = dataset.target_scaling
    truth = float((y if scaling is None else scaling.invert(y))[0])
    present = float(answer[0])
    return f"{number(present)}, is {number(truth)}", False, present, truth


def _main_values(dataset: Dataset, x: Floats) -> list[tuple[tuple[str, str], ...]]:
    """Return names and values, in their own units, of the first columns of each example."""
    if dataset.kind is DataKind.IMAGES:
        return []
    if dataset.language is not None:
        read, join = dataset.language.read, dataset.language.tokenizer.join
        return [((join(read(row)) or START, ""),) for row in x]
    flat = x.reshape(len(x), -1)
    raw = flat if dataset.scaling is None else dataset.scaling.invert(flat)
    names = dataset.features[:_VALUES] or tuple(f"x{i + 1}" for i in range(_VALUES))
    return [
        tuple((name, number(value)) for name, value in zip(names, row, strict=False))
        for row in raw.tolist()
    ]


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value)
