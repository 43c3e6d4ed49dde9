"""The columns that the table shows: those of the data, and what is known of each example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playground.data.browse.catalogue import Catalogue
from playground.data.browse.filters import Key, Order
from playground.gui.browser.state import Shown
from playground.gui.charts.scales import number, percent
from playground.language import grouped, tr

FEW = 5
"""Columns of data that fit beside the answers; of more, the answers come first."""
_UP, _DOWN = " ↑", " ↓"
Kind = Literal["star", "row", "part", "data", "answer", "confidence", "loss"]


def part_name(part: int) -> str:
    """Return what a part of the data is called."""
    return (tr("Training"), tr("Validation"), tr("Test"))[part]


@dataclass(frozen=True)
class Field:
    """A column of the table. ``index`` is the column of the data or the target it is about."""

    kind: Kind
    index: int = 0

    @property
    def key(self) -> Key:
        """What to sort by."""
        if self.kind == "data":
            return self.index
        if self.kind == "answer" and self.index:
            return "answer", self.index
        return "inspected" if self.kind == "star" else self.kind

    def title(self, catalogue: Catalogue) -> str:
        """Return the heading, without what tells the order."""
        name = self.name(catalogue)
        if self.kind == "data" and catalogue.columns[self.index].is_answer:
            return tr("{0} (target)").format(name)
        return name

    def name(self, catalogue: Catalogue) -> str:
        """Return what the column is called."""
        if self.kind == "data":
            return catalogue.columns[self.index].name
        several = len(catalogue.dataset.targets) > 1 and not catalogue.dataset.is_classification
        if self.kind == "answer" and several:
            return tr("{0}, predicted").format(catalogue.dataset.targets[self.index])
        return {
            "star": "★",
            "row": tr("row"),
            "part": tr("part"),
            "answer": tr("predicted"),
            "confidence": tr("confidence"),
            "loss": tr("loss"),
        }[self.kind]

    def heading(self, catalogue: Catalogue, order: Order) -> str:
        """Return the heading with an arrow where the table is sorted by it."""
        arrow = (_DOWN if order.descending else _UP) if order.key == self.key else ""
        return self.title(catalogue) + arrow

    def is_number(self, catalogue: Catalogue) -> bool:
        """Whether the values stand at the right."""
        if self.kind == "data":
            return catalogue.columns[self.index].is_number
        if self.kind == "answer":
            return not catalogue.dataset.is_classification
        return self.kind in ("row", "loss")

    def text(self, shown: Shown, position: int) -> str:
        """Return a cell as people write it; nothing where it is missing or not known."""
        if self.kind == "data":
            return shown.catalogue.text(position, self.index)
        if self.kind == "row":
            return grouped(int(shown.catalogue.rows[position]) + 1)
        if self.kind == "part":
            return part_name(int(shown.catalogue.parts[position]))
        if self.kind == "star":
            return "★" if shown.is_inspected(position) else ""
        return self._answer(shown, position)

    def _answer(self, shown: Shown, position: int) -> str:
        answers = shown.answers
        if answers is None or answers.losses[position] != answers.losses[position]:
            return ""
        if self.kind == "loss":
            return number(float(answers.losses[position]))
        if self.kind == "confidence":
            known = answers.confidences
            return "" if known is None else percent(float(known[position]))
        if answers.classes is not None:
            return shown.catalogue.dataset.classes[int(answers.classes[position])]
        return (
            "" if answers.numbers is None else number(float(answers.numbers[position, self.index]))
        )


def key_name(catalogue: Catalogue, key: Key) -> str:
    """Return what people call a key to sort by."""
    return field_of(key).name(catalogue)


def field_of(key: Key) -> Field:
    """Return the column of the table that is sorted by a key."""
    if isinstance(key, int):
        return Field("data", key)
    if isinstance(key, tuple):
        return Field(*key)
    return Field("star" if key == "inspected" else key)


def fields_of(catalogue: Catalogue) -> tuple[Field, ...]:
    """Return the columns of the table, in order."""
    dataset = catalogue.dataset
    answers = [number for number, shelf in enumerate(catalogue.columns) if shelf.is_answer]
    inputs = [number for number, shelf in enumerate(catalogue.columns) if not shelf.is_answer]
    predicted = 1 if dataset.is_classification else len(dataset.targets)
    said = [Field("answer", number) for number in range(predicted)]
    if dataset.is_classification:
        said.append(Field("confidence"))
    said.append(Field("loss"))
    data = [Field("data", number) for number in inputs]
    truth = [Field("data", number) for number in answers]
    first = [Field("star"), Field("row")]
    if len(inputs) > FEW:
        return (*first, *truth, *said, Field("part"), *data)
    return (*first, *data, *truth, *said, Field("part"))
