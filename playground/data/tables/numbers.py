"""Numbers as people write them in cells."""

from __future__ import annotations

import re
from functools import cache

_SPACES = "\u00a0\u202f\u2009 "
_APOSTROPHES = "'’"


def number(text: str, decimal: str) -> float | None:
    """Return the number that a cell holds; None if it holds none.

    Groups of three digits may stand apart, by the sign that is not the decimal one, by spaces or
    apostrophes: ``1.234,56`` with a decimal comma.
    """
    if not _plain(decimal).fullmatch(text):
        if not _grouped(decimal).fullmatch(text):
            return None
        text = re.sub(f"[{_group_marks(decimal)}]", "", text)
    return float(text.strip().replace(decimal, "."))


def is_plain_number(text: str, decimal: str) -> bool:
    """Return whether a cell is a number without groups of digits, as pandas reads it."""
    return _plain(decimal).fullmatch(text) is not None


def decimal_signs(text: str) -> str:
    """Return the decimal signs with which a cell is surely a number: of ``.`` and ``,``.

    ``"1,5"`` speaks for the comma, ``"1,500"`` and ``"1"`` for none.
    """
    return "".join(sign for sign in ".," if _sure(sign).fullmatch(text))


def thousands_mark(text: str, decimal: str) -> str:
    """Return what groups the digits of a number; ``""`` if nothing does."""
    if _plain(decimal).fullmatch(text) or not _grouped(decimal).fullmatch(text):
        return ""
    return next(mark for mark in text.strip() if mark in _group_marks(decimal))


@cache
def _plain(decimal: str) -> re.Pattern[str]:
    sign = re.escape(decimal)
    return re.compile(
        rf"\s*[-+]?(?:(?:\d+(?:{sign}\d*)?|{sign}\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?)\s*",
        re.ASCII | re.IGNORECASE,
    )


@cache
def _grouped(decimal: str) -> re.Pattern[str]:
    sign = re.escape(decimal)
    return re.compile(
        rf"\s*[-+]?[1-9]\d{{0,2}}([{_group_marks(decimal)}])\d{{3}}(?:\1\d{{3}})*(?:{sign}\d*)?\s*",
        re.ASCII,
    )


@cache
def _sure(decimal: str) -> re.Pattern[str]:
    sign = re.escape(decimal)
    other = re.escape("," if decimal == "." else ".")
    few, zero = rf"\d*{sign}(?:\d{{1,2}}|\d{{4,}})", rf"0*{sign}\d+"
    groups = rf"[1-9]\d{{0,2}}(?:{other}\d{{3}})+{sign}\d+|[1-9]\d{{0,2}}(?:{other}\d{{3}}){{2,}}"
    return re.compile(
        rf"\s*[-+]?(?:(?:{few}|{zero}|\d{{4,}}{sign}\d+)(?:[eE][-+]?\d+)?|{groups})\s*", re.ASCII
    )


def _group_marks(decimal: str) -> str:
    return ("," if decimal == "." else ".") + _SPACES + _APOSTROPHES  # none is special in []
