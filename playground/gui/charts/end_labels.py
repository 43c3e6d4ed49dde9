"""Names and values at the ends of curves, placed so that they hide nothing and never collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from playground.gui.charts.decimate import Points
from playground.gui.look import theme

_GAP = 8.0


@dataclass(frozen=True)
class EndLabel:
    """What to write at the end of a curve, in the colour of a token."""

    text: str
    token: str
    end: QPointF
    """In pixels."""
    weight: int = 400


@dataclass(frozen=True)
class PlacedLabel:
    """A label and where it stands."""

    label: EndLabel
    place: QRectF


def place_labels(
    labels: Sequence[EndLabel], area: QRectF, curves: Sequence[Points]
) -> list[PlacedLabel]:
    """Return a place inside ``area`` for each label; ``curves`` are all lines in pixels.

    Labels stand right of the ends where there is room, each beside its own, and those that come
    close share one block. Otherwise all share a block above or below the curves.
    """
    if not labels:
        return []
    metrics = QFontMetricsF(theme.font(theme.SMALL, 600))
    width = max(metrics.horizontalAdvance(label.text) for label in labels) + 2
    height = metrics.height()
    ordered = sorted(labels, key=lambda label: label.end.y())
    right = max(label.end.x() for label in labels)
    if right + _GAP + width <= area.right():
        tops = _apart([label.end.y() - height / 2 for label in ordered], height, area)
        left = right + _GAP
    else:
        left = min(right, area.right()) - width
        block = QRectF(left, 0, width, height * len(ordered))
        top = _free_top(block, area, curves)
        tops = [top + height * i for i in range(len(ordered))]
    return [
        PlacedLabel(label, QRectF(left, top, width, height))
        for label, top in zip(ordered, tops, strict=True)
    ]


def _apart(tops: list[float], height: float, area: QRectF) -> list[float]:
    """Push rising positions apart to both sides until none overlap, but not out of the area."""
    result = list(tops)
    for i in range(1, len(result)):
        result[i] = max(result[i], result[i - 1] + height)
    drift = (sum(result) - sum(tops)) / len(tops)
    highest = area.top()
    for i, top in enumerate(result):
        result[i] = highest = max(top - drift, highest)
        highest += height
    lowest = area.bottom()
    for i in reversed(range(len(result))):
        lowest -= height
        result[i] = lowest = min(result[i], lowest)
    return result


def _free_top(block: QRectF, area: QRectF, curves: Sequence[Points]) -> float:
    """Return where a block stands clear above or below the curves, else where it is roomier."""
    highest, lowest = area.bottom(), area.top()
    for x, y in curves:
        beside = y[(x >= block.left() - _GAP) & (x <= block.right() + _GAP)]
        if len(beside):
            highest, lowest = min(highest, beside.min()), max(lowest, beside.max())
    above, below = highest - area.top(), area.bottom() - lowest
    if above > below:
        return float(max(area.top(), highest - _GAP - block.height()))
    return float(min(area.bottom() - block.height(), lowest + _GAP))
