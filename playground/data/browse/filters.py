"""Which examples are shown, and in which order."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from playground.data.browse.answers import Answers
from playground.data.browse.catalogue import Catalogue
from playground.data.browse.series import Keys, Mask, NumberSeries, Rows, Series, number_in
from playground.language import tr

Aspect = Literal["row", "part", "answer", "confidence", "loss", "inspected"]
Key = int | tuple[Literal["answer"], int] | Aspect
"""What to sort or cut by: a column by its number, or what is known of every example besides.

``"answer"`` is the class or the first number predicted, ``("answer", n)`` another number.
"""

_CONDITION = re.compile(r"\s*(.+?)\s*(<=|>=|!=|<|>|=)\s*(.*?)\s*")
_AND = re.compile(r"(?:^|\s+)and(?:\s+|$)")
_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def asks_network(key: Key) -> bool:
    """Return whether a key is about what the network says."""
    return isinstance(key, tuple) or key in ("answer", "confidence", "loss")


@dataclass(frozen=True)
class Range:
    """Values from ``low`` to ``high``, both included; of a category the numbers of its levels."""

    key: Key
    low: float
    high: float


@dataclass(frozen=True)
class Filter:
    """What an example must fulfil to be shown; what is empty lets everything pass.

    ``text`` is looked for in every cell: ``5.1``, ``setosa``; or it is a condition on one column,
    ``petal_length >= 4.5``, ``species = setosa``, ``age =`` for no value; several are joined
    by ``and``.
    """

    classes: frozenset[int] = frozenset()
    parts: frozenset[int] = frozenset()
    verdict: Literal["", "right", "wrong"] = ""
    inspected: bool = False
    text: str = ""
    ranges: tuple[Range, ...] = ()

    def with_range(self, wanted: Range) -> Filter:
        """Return the filter with a range instead of another of the same column."""
        others = tuple(known for known in self.ranges if known.key != wanted.key)
        return replace(self, ranges=(*others, wanted))

    def without_range(self, key: Key) -> Filter:
        """Return the filter without the range of a column."""
        return replace(self, ranges=tuple(known for known in self.ranges if known.key != key))

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts and conditions that ``text`` joins by ``and``."""
        return tuple(part.strip() for part in _AND.split(self.text) if part.strip())

    @property
    def needs_answers(self) -> bool:
        """Whether it looks at what the network says."""
        return bool(self.verdict) or any(asks_network(known.key) for known in self.ranges)


@dataclass(frozen=True)
class Order:
    """By which key the examples are sorted; what is missing always comes last."""

    key: Key = "row"
    descending: bool = False


@dataclass(frozen=True, eq=False)
class Known:
    """A catalogue with what is known of its examples at present."""

    catalogue: Catalogue
    answers: Answers | None = None
    inspected: frozenset[int] = frozenset()
    """Rows of the source."""

    def keys(self, key: Key) -> Keys:
        """Return what to sort by, ``(n,)``; NaN where nothing is known."""
        if isinstance(key, int):
            return self.catalogue.series(key).keys
        if key == "row":
            return self.catalogue.rows.astype(np.float64)
        if key == "part":
            return self.catalogue.parts.astype(np.float64)
        if key == "inspected":
            return (~self.stars).astype(np.float64)
        return self._answered(key)

    @property
    def stars(self) -> Mask:
        """Which examples are in the inspection set."""
        return np.isin(self.catalogue.rows, list(self.inspected))

    def arranged(self, wanted: Filter, order: Order) -> Rows:
        """Return the positions of the examples that pass, in order."""
        positions = np.flatnonzero(self.passing(wanted))
        if order.key == "row":
            return positions[::-1] if order.descending else positions
        keys = self.keys(order.key)[positions]
        sorted_by = np.argsort(-keys if order.descending else keys, kind="stable")
        found: Rows = positions[sorted_by]
        return found

    def passing(self, wanted: Filter) -> Mask:
        """Return which examples pass a filter."""
        catalogue = self.catalogue
        mask = np.ones(len(catalogue), bool)
        if wanted.classes and catalogue.labels is not None:
            mask &= np.isin(catalogue.labels, _numbers(wanted.classes))
        if wanted.parts:
            mask &= np.isin(catalogue.parts, _numbers(wanted.parts))
        if wanted.inspected:
            mask &= self.stars
        if wanted.verdict and self.answers is not None:
            mask &= self.answers.are(right=wanted.verdict == "right")
        for limits in wanted.ranges:
            mask &= self._within(limits)
        for text in wanted.texts:
            mask &= self._reading(text)
        return mask

    def strangers(self, wanted: Filter) -> tuple[str, ...]:
        """Return the names in the conditions of a filter that no column has."""
        conditions = filter(None, map(_CONDITION.fullmatch, wanted.texts))
        return tuple(found[1] for found in conditions if self._named(found[1]) is None)

    def _answered(self, key: Key) -> Keys:
        answers = self.answers
        nothing = np.full(len(self.catalogue), np.nan)
        if answers is None:
            return nothing
        if key == "loss":
            return answers.losses
        if key == "confidence":
            return nothing if answers.confidences is None else answers.confidences
        if answers.classes is not None:
            return np.where(answers.classes < 0, np.nan, answers.classes)
        number = key[1] if isinstance(key, tuple) else 0
        return nothing if answers.numbers is None else answers.numbers[:, number]

    def _within(self, limits: Range) -> Mask:
        keys = self.keys(limits.key)
        with np.errstate(invalid="ignore"):
            inside: Mask = (keys >= limits.low) & (keys <= limits.high)
        return inside

    def _reading(self, text: str) -> Mask:
        """Return which examples have a text in one of their cells, or fulfil a condition."""
        condition = _CONDITION.fullmatch(text)
        series = self._named(condition[1]) if condition else None
        if condition and series is not None:
            return _fulfilling(series, condition[2], condition[3])
        found = np.zeros(len(self.catalogue), bool)
        for number in range(len(self.catalogue.columns)):
            found |= self.catalogue.series(number).containing(text)
        return found

    def _named(self, name: str) -> Series | None:
        """Return what a name in a condition means."""
        wanted = name.casefold()
        for number, shelf in enumerate(self.catalogue.columns):
            if shelf.name.casefold() == wanted:
                return self.catalogue.series(number)
        aspect = _aspect_named(wanted)
        if aspect is None:
            return None
        # people count from 1
        return NumberSeries(wanted, self.keys(aspect) + (1 if aspect == "row" else 0))


def _fulfilling(series: Series, sign: str, text: str) -> Mask:
    """Return which values fulfil ``sign text``, such as ``>= 4.5``; missing ones nothing at all."""
    if sign in ("=", "!="):
        equal = series.missing if not text else series.containing(text)
        return equal if sign == "=" else ~equal & (~series.missing if text else True)
    value = number_in(text)
    if value is None or not isinstance(series, NumberSeries):
        return np.zeros(len(series.missing), bool)
    with np.errstate(invalid="ignore"):
        found: Mask = _COMPARISONS[sign](series.values, value)
    return found


def _aspect_named(word: str) -> Aspect | None:
    """Return what a word means beside the columns, in English or in the language in force."""
    words: dict[Aspect, str] = {
        "row": tr("row"),
        "loss": tr("loss"),
        "confidence": tr("confidence"),
    }
    found = (aspect for aspect, told in words.items() if word in (aspect, told.casefold()))
    return next(found, None)


def _numbers(chosen: Collection[int]) -> Rows:
    return np.array(sorted(chosen), np.intp)
