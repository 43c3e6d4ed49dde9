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
_PIVOT = 69  # 69 is 1969 and 68 is 2068, as in POSIX
_LENGTHS = ((4, 1), (4, 2), (1, 2), (2, 2), (1, 4), (2, 4))  # of the first and the last number
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
    nothing = (np.nan, np.nan, np.nan, _YEAR_FIRST, False, np.nan)
    fields = np.array([_fields(text) or nothing for text in texts], np.float64).reshape(-1, 6)
    year, one, other, order, _, seconds = fields.T
    is_open = order == _OPEN
    month_first = bool((other[is_open] > 12).any() and not (one[is_open] > 12).any())
    starts_with_day = (order == _DAY_FIRST) | (is_open & (not month_first))
    month, day = np.where(starts_with_day, other, one), np.where(starts_with_day, one, other)
    unclear = bool(is_open.any()) and not month_first and not (one[is_open] > 12).any()
    return Dates(_days(year, month, day) + seconds / 86_400, unclear)


def iso(days: float) -> str:
    """Return the date of a day as ``2024-01-31``."""
    return str(np.datetime64(int(np.floor(days)), "D"))


def _fields(text: str) -> tuple[float, float, float, int, bool, float] | None:
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


def _days(year: Days, month: Days, day: Days) -> Days:
    """Return the days since 1970 of civil dates, NaN where there is no such day."""
    within = (month >= 1) & (month <= 12) & (year >= 1) & (day >= 1)
    months = np.where(within, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    start = months.astype("datetime64[D]")
    length = (months + 1).astype("datetime64[D]") - start
    real = within & (day <= length.astype(np.int64))
    return np.where(real, start.astype(np.int64) + day - 1, np.nan)
