"""Dates in texts, as people and programs write them.

Year first (ISO 8601), day first or month first, with ``-``, ``/``, ``.`` or blanks between, months
also by their English or Italian names, and a time of the day behind if there is one. Where days and
months cannot be told apart, the day comes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.float64]
_MONTHS = (
    ("january", "gennaio"),
    ("february", "febbraio"),
    ("march", "marzo"),
    ("april", "aprile"),
    ("may", "maggio"),
    ("june", "giugno"),
    ("july", "luglio"),
    ("august", "agosto"),
    ("september", "settembre"),
    ("october", "ottobre"),
    ("november", "novembre"),
    ("december", "dicembre"),
)
_DATE = re.compile(
    r"""(?:(?P<first>\d{1,4})[-/. ]{1,2}
          (?P<second>\d{1,2}|[a-z]{3,9})\.?[-/. ,]{1,2}(?P<third>\d{1,4})
        |(?P<name>[a-z]{3,9})\.?\ (?P<day>\d{1,2}),?\ (?P<year>\d{4}))
        (?:,?[t ]\ ?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second_of>\d\d(?:[.,]\d{1,9})?))?
          \ ?(?P<half>[ap]m)?\ ?(?P<zone>z|utc|[-+]\d\d:?\d\d)?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_SAMPLE = 50
_BLOCK = 1 << 16
_FIELDS = np.dtype(
    [
        ("year", np.int16),
        ("one", np.int16),
        ("other", np.int16),
        ("order", np.int8),
        ("is_short", np.bool_),
        ("seconds", np.float64),
    ]
)
_PIVOT = 69  # 69 is 1969 and 68 is 2068, as in POSIX
_LENGTHS = ((4, 1), (4, 2), (1, 2), (2, 2), (1, 4), (2, 4))  # of the first and the last number
_NO_DATE = (0, 0, 0, 0, False, 0.0)
_YEAR_FIRST, _OPEN, _DAY_FIRST = range(3)


@dataclass(frozen=True, eq=False)
class Dates:
    """Days since 1970-01-01 with the time as a fraction; NaN where a text is no date."""

    days: Days
    is_open: bool
    """Whether the same texts are dates with the month first, too."""


def looks_like_dates(texts: Sequence[str]) -> bool:
    """Return whether all of these are dates, with years of four digits."""
    some = texts[:: max(1, len(texts) // _SAMPLE)]
    if not some or any((found := _fields(text)) is None or found[4] for text in some):
        return False
    return not np.isnan(parse_dates(texts).days).any()


def parse_dates(texts: Sequence[str]) -> Dates:
    """Return the dates that the texts are."""
    fields = np.zeros(len(texts), _FIELDS)
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        if not _read_alike(block, fields[start : start + _BLOCK]):
            for i, text in enumerate(block, start):
                fields[i] = _fields(text) or _NO_DATE
    is_open = fields["order"] == _OPEN
    days_first = bool((fields["one"][is_open] > 12).any())
    month_first = bool((fields["other"][is_open] > 12).any()) and not days_first
    days = np.empty(len(texts))
    for start in range(0, len(texts), _BLOCK):
        part = slice(start, start + _BLOCK)
        days[part] = _days(fields[part], month_first)
    return Dates(days, bool(is_open.any()) and not month_first and not days_first)


def iso(days: float) -> str:
    """Return the date of a day as ``2024-01-31``."""
    return str(np.datetime64(int(np.floor(days)), "D"))


def _fields(text: str) -> tuple[int, int, int, int, bool, float] | None:
    """Return year, two numbers, which of them is which, whether the year is short, and seconds."""
    match = _DATE.fullmatch(text.strip())
    seconds = _seconds(match) if match else None
    if match is None or seconds is None:
        return None
    if match["name"]:
        month = _month(match["name"])
        found = month and (int(match["year"]), int(match["day"]), month, _DAY_FIRST, False, seconds)
        return found or None
    first, second, third = match["first"], match["second"], match["third"]
    month = int(second) if second.isdecimal() else _month(second)
    if not month or (len(first), len(third)) not in _LENGTHS:
        return None
    if len(first) == 4:
        return int(first), month, int(third), _YEAR_FIRST, False, seconds
    year = int(third) if len(third) == 4 else int(third) + (1900 if int(third) >= _PIVOT else 2000)
    order = _OPEN if second.isdecimal() else _DAY_FIRST
    return year, int(first), month, order, len(third) == 2, seconds


def _month(word: str) -> int:
    """Return the number of a month by the beginning of its name, 0 if it has none."""
    for number, names in enumerate(_MONTHS, 1):
        if any(name.startswith(word.lower()) for name in names):
            return number
    return 0


def _seconds(match: re.Match[str]) -> float | None:
    """Return the time of the day in universal time, 0 if none is given, None if there is none."""
    if match["hour"] is None:
        return 0.0
    hour, minute = int(match["hour"]), int(match["minute"])
    second = float((match["second_of"] or "0").replace(",", "."))
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    if hour > 24 or minute > 59 or second >= 61 or (hour == 24 and (minute or second)):
        return None
    zone = (match["zone"] or "z").replace(":", "")
    shift = 0 if zone[0].isalpha() else int(zone[:3]) * 60 + int(zone[0] + zone[3:])
    return hour * 3600.0 + (minute - shift) * 60.0 + second


def _read_alike(texts: Sequence[str], fields: NDArray[np.void]) -> bool:
    """Read texts that all look like ``2024-01-31 18:30:00``, or its first 10 or 16 signs.

    Years and days may have changed places. Return whether it was so: many times as fast.
    """
    width = len(texts[0])
    if width not in (10, 16, 19) or any(len(text) != width for text in texts):
        return False
    signs = np.array(texts, f"U{width}").view(np.uint32).reshape(-1, width)
    for layout in _LAYOUTS:
        marks = {at: codes for at, codes in layout.marks.items() if at < width}
        if all(np.isin(signs[:, at], codes).all() for at, codes in marks.items()):
            digits = signs - ord("0")  # what is no digit becomes huge: there is no sign
            numbers = [at for at in range(width) if at not in marks]
            return bool((digits[:, numbers] <= 9).all()) and _fill(fields, digits, layout)
    return False


@dataclass(frozen=True)
class _Layout:
    """Where the parts of a date begin."""

    year: int
    one: int
    other: int
    order: int

    @property
    def marks(self) -> dict[int, list[int]]:
        """Which signs may stand where there is no digit."""
        dashes = [at - 1 for at in (self.year, self.one, self.other) if at]
        places = {**dict.fromkeys(dashes, "-/."), 10: " Tt", 13: ":", 16: ":"}
        return {at: [ord(sign) for sign in signs] for at, signs in places.items()}


_LAYOUTS = (_Layout(0, 5, 8, _YEAR_FIRST), _Layout(6, 0, 3, _OPEN))


def _fill(fields: NDArray[np.void], digits: NDArray[np.uint32], layout: _Layout) -> bool:
    def number(at: int, length: int = 2) -> Days:
        if at + length > digits.shape[1]:
            return np.zeros(len(digits))
        return digits[:, at : at + length] @ 10.0 ** np.arange(length)[::-1]

    hour, minute, second = number(11), number(14), number(17)
    seconds = hour * 3600 + minute * 60 + second
    real = (seconds <= 86_400) & (minute <= 59) & (second <= 60)
    fields["year"] = np.where(real, number(layout.year, 4), 0)
    fields["one"], fields["other"] = number(layout.one), number(layout.other)
    fields["order"], fields["seconds"] = layout.order, seconds
    return True


def _days(fields: NDArray[np.void], month_first: bool) -> Days:
    """Return the days since 1970 of civil dates, NaN where there is no such day."""
    year, one, other = (fields[name].astype(np.int64) for name in ("year", "one", "other"))
    order = fields["order"]
    swapped = (order == _DAY_FIRST) | ((order == _OPEN) & (not month_first))
    month, day = np.where(swapped, other, one), np.where(swapped, one, other)
    within = (month >= 1) & (month <= 12) & (year >= 1) & (day >= 1)
    months = np.where(within, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    start = months.astype("datetime64[D]")
    length = (months + 1).astype("datetime64[D]") - start
    real = within & (day <= length.astype(np.int64))
    days = start.astype(np.int64) + day - 1 + fields["seconds"] / 86_400
    return np.where(real, days, np.nan)
