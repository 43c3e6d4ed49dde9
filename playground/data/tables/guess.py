"""What the first records of a CSV file tell of how it is written."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

from playground.data.tables.numbers import decimal_signs, number, thousands_mark
from playground.data.tables.options import TextFormat
from playground.data.tables.records import csv_reader

SAMPLE = 200
"""Records that are looked at."""

Sample = list[list[str]]

_USUAL = ",;\t|"
_OPEN = re.compile(rf"(?:^|[{_USUAL}]) *'", re.MULTILINE)
_CLOSED = re.compile(rf"' *(?=[{_USUAL}]|$)", re.MULTILINE)
_DOUBLE = re.compile(rf'(?:^|[{_USUAL} ]) *"', re.MULTILINE)
_SELDOM = re.compile(r"[;|\t]")
_TORN = re.compile(rf"""[{_USUAL}] *["']|["'] *[{_USUAL}]""")


def guess_quote(text: str) -> str:
    """Return the quotation mark: the double one, unless all that is quoted is in single ones."""
    text = re.sub(r"\r\n?", "\n", text)
    opened = len(_OPEN.findall(text))
    single = opened > 1 and opened == len(_CLOSED.findall(text)) and not _DOUBLE.search(text)
    return "'" if single else '"'


def guess_delimiter(text: str, quote: str) -> str:
    """Return the delimiter that gives the most regular table; a space only if nothing else does."""
    scores = {mark: _regularity(cut(text, mark, quote)) for mark in _USUAL}
    best = max(_USUAL, key=lambda mark: scores[mark])
    return best if scores[best] or not _regularity(cut(text, " ", quote)) else " "


def cut(text: str, delimiter: str, quote: str) -> Sample:
    """Return the first records of a text, without blank ones; none if it cannot be cut so."""
    form = TextFormat("utf-8", delimiter, ".", quote)
    lines = io.StringIO(re.sub(r" +(?=[\r\n])", "", text) if delimiter == " " else text, newline="")
    try:
        records = list(islice(csv_reader(lines, form), SAMPLE))
    except csv.Error:
        return []
    return [cells for cells in records if len(cells) > 1 or any(cell.strip() for cell in cells)]


def _regularity(sample: Sample) -> float:
    """Return how well the records agree with the first one in width, and how whole cells look.

    Numbers speak for a delimiter; quotation marks beside another one, and signs in the cells that
    are seldom anything but delimiters, speak against it.
    """
    width = len(sample[0]) if sample else 0
    if width < 2:
        return 0.0
    alike = sum(len(cells) == width for cells in sample) / len(sample)
    cells = [cell for record in sample for cell in record[:1000]]
    numeric = sum(number(cell, ".") is not None or number(cell, ",") is not None for cell in cells)
    torn = sum(_TORN.search(cell) is not None for cell in cells)
    left = sum(_SELDOM.search(cell.strip()) is not None for cell in cells)
    share = (0.25 * numeric - 0.5 * torn - 0.5 * left) / len(cells)
    return alike + share + min(width, 1000) / 10_000


def guess_decimal(sample: Sample, delimiter: str) -> str:
    """Return the decimal sign; where the cells leave it open, the point."""
    cells = [cell for record in sample for cell in record]
    signs = Counter("".join(map(decimal_signs, cells)))
    if signs[","] == signs["."] == 0 and delimiter != ",":
        # such as 1,234: with three decimals, or a thousand
        commas = sum(number(cell, ",") is not None and "," in cell for cell in cells)
        points = sum(number(cell, ".") is not None and "." in cell for cell in cells)
        return "," if commas > points else "."
    return "," if signs[","] > signs["."] else "."


def guess_thousands(sample: Sample, decimal: str) -> str:
    """Return what groups the digits of the numbers, ``""`` if nothing seems to."""
    marks = Counter(thousands_mark(cell, decimal) for record in sample for cell in record)
    del marks[""]
    return marks.most_common(1)[0][0] if marks else ""


def guess_header(sample: Sample, decimal: str, missing: Sequence[str]) -> bool:
    """Return whether the first record names the columns.

    A text above numbers speaks for it; against it speak a number above numbers, and a text that
    comes again below. Years in order, and numbers from 0 or 1 on, may be names.
    """
    first, rows = sample[0], sample[1:]
    if _are_counted(first, decimal):
        return True
    blank = {"", *missing}
    votes = 0
    for at, name in enumerate(first):
        below = [record[at] for record in rows if at < len(record) and record[at] not in blank]
        if name in blank or not below:
            continue
        if all(number(cell, decimal) is not None for cell in below):
            votes += 1 if number(name, decimal) is None else -1
        elif name in below:
            votes -= 1
    return votes > 0 or (votes == 0 and not _half_numbers(first, decimal))


def _are_counted(cells: Sequence[str], decimal: str) -> bool:
    """Return whether cells look like years in order, or like 0, 1, 2 from a program."""
    found = [value for cell in cells if (value := number(cell, decimal)) is not None]
    if len(found) < 2 or not all(a < b and b.is_integer() for a, b in pairwise(found)):
        return False
    steps = {b - a for a, b in pairwise(found)}
    counts = len(found) > 2 and found[0] in (0, 1) and steps == {1}
    return counts or 1000 <= found[0] < found[-1] < 3000


def _half_numbers(cells: Sequence[str], decimal: str) -> bool:
    return 2 * sum(number(cell, decimal) is not None for cell in cells) >= len(cells)
