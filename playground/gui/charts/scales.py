"""Axes with round numbers on them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from playground.language import grouped

_STEPS = (1, 2, 2.5, 5, 10, 20, 50)


@dataclass(frozen=True)
class Scale:
    """An axis from ``low`` to ``high``, with its (position, label) ticks in rising order."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


def number(value: float) -> str:
    """Return a number for people: three figures, a real minus, no exponent where avoidable."""
    if not value:
        return "0"
    if not 1e-3 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−").replace(".0e", "e")
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return grouped(value, f".{decimals}f").replace("-", "−")


def percent(value: float) -> str:
    """Return a share as a percentage."""
    return f"{100 * value:.0f}%" if value in (0, 1) else f"{100 * value:.1f}%"


def round_ticks(low: float, high: float, count: int) -> list[float]:
    """Return at most ``count`` round numbers from ``low`` to ``high``, evenly spaced."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / max(count, 1)))
    for step in (power * step for step in _STEPS):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < count:
            return [tick * step for tick in range(first, last + 1)]
    return [low, high]


def even_scale(
    low: float, high: float, count: int, *, text: Callable[[float], str] | None = None
) -> Scale:
    """Return a scale from ``low`` to ``high`` exactly, its ticks written with equal decimals."""
    ticks = round_ticks(low, high, count)
    write = text or _equally_precise(ticks)
    return Scale(low, high, tuple((tick, write(tick)) for tick in ticks))


def count_scale(high: float, count: int) -> Scale:
    """Return a scale from 0 to ``high`` with whole numbers on it, the last one too if it fits."""
    power = 10 ** max(0, math.floor(math.log10(max(high, 1) / count)))
    steps = sorted({step * unit for step in (1, 2, 3, 4, 5, 10) for unit in (power, 10 * power)})
    fitting = [step for step in steps if high / step < count]
    step = next((step for step in fitting[:4] if high % step == 0), fitting[0])
    return Scale(0, high, tuple((tick, grouped(tick)) for tick in range(0, int(high) + 1, step)))


def rounded_scale(low: float, high: float, count: int) -> Scale:
    """Return a scale widened to round numbers, which are its first and its last tick."""
    inner = round_ticks(low, high, count)
    step = inner[1] - inner[0] if len(inner) > 1 else (high - low) or 1.0
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [tick * step for tick in range(first, max(last, first + 1) + 1)]
    write = _equally_precise(ticks)
    return Scale(ticks[0], ticks[-1], tuple((tick, write(tick)) for tick in ticks))


def log_scale(low: float, high: float, count: int) -> Scale:
    """Return a scale of decimal logarithms that holds the positive values ``low`` to ``high``.

    Its ticks are powers of ten, or 1, 2 and 5 times these where few fit.
    """
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    every = max(1, math.ceil(len(decades) / count))
    if len(decades) <= count // 2:
        values = [factor * 10.0**decade for decade in decades for factor in (1, 2, 5)]
    else:
        values = [10.0**decade for decade in decades[::every]]
    below = max((value for value in values if value <= low * 1.001), default=low)
    above = min((value for value in values if value >= high * 0.999), default=high)
    shown = [value for value in values if below <= value <= above]
    return Scale(
        math.log10(below),
        math.log10(above if above > below else 10 * below),
        tuple((math.log10(value), _power(value)) for value in shown),
    )


def _equally_precise(ticks: list[float]) -> Callable[[float], str]:
    step = min((b - a for a, b in pairwise(ticks)), default=1.0)
    largest = max((abs(tick) for tick in ticks), default=0.0)
    if largest >= 1e5 or 0 < largest < 1e-3:
        return number
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if round(step * 10**decimals, 6) % 1:  # a step of 2.5 or 0.25
        decimals += 1
    return lambda tick: grouped(tick, f".{decimals}f").replace("-", "−")


def _power(value: float) -> str:
    return (
        f"{value:g}" if 1e-4 <= value < 1e5 else f"1e{round(math.log10(value))}".replace("-", "−")
    )
