"""What a picture of the plane is drawn from: points, axes, key, notes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from playground.data.dataset import Dataset, Examples, Floats
from playground.gui.charts.scales import even_scale, number
from playground.gui.look import theme
from playground.gui.look.markers import class_token, draw_marker, onto
from playground.gui.plane.plane_colours import value_colours
from playground.probes.decision_map import ClassMap, PlaneMap, ValueMap

_LEFT, _BELOW, _KEY = 32, 24, 28
MOST_POINTS = 3000
"""Of each part that are drawn; more would be one stain."""
_UPRIGHT = 16.0
"""How wide the name of the vertical axis may be if it is not to be turned."""
_SMALL = 500
"""Points up to which each may be large."""


def in_units(dataset: Dataset, plane_map: PlaneMap) -> NDArray[np.float64]:
    """Return the corners of the plane in the units of the data."""
    corners = np.array([plane_map.low, plane_map.high])
    scaling = dataset.scaling
    return corners if scaling is None else scaling.invert(corners).astype(np.float64)


def words_at(dataset: Dataset, plane_map: PlaneMap, at: QPointF) -> str:
    """Return what stands at a place, given as shares of the width and, upwards, the height."""
    low, high = in_units(dataset, plane_map)
    x, y = low + (high - low) * (at.x(), at.y())
    (across, up), answer = dataset.axes, _answer_at(dataset, plane_map, at)
    return f"{across} {x:.2f}   {up} {y:.2f}   ".replace("-", "−") + answer


def _answer_at(dataset: Dataset, plane_map: PlaneMap, at: QPointF) -> str:
    field = plane_map.values if isinstance(plane_map, ValueMap) else plane_map.probabilities
    side = len(field) - 1
    here = field[round((1 - at.y()) * side), round(at.x() * side)]
    if isinstance(plane_map, ValueMap):
        return f"{dataset.targets[0]} {number(float(here))}"
    best = int(here.argmax())
    return f"{dataset.classes[best]} {100 * here[best]:.0f}%"


def draw_points(
    painter: QPainter, box: QRectF, plane_map: PlaneMap, dataset: Dataset, *, kept_aside: bool
) -> None:
    """Draw all points, on nothing; those that are kept aside hollow."""
    radius = 4.0 if len(dataset.train) <= _SMALL and box.width() > 300 else 3.0
    parts = [(dataset.train, False)]
    if kept_aside:
        parts += [(dataset.validation, True), (dataset.test, True)]
    low, high = np.array(plane_map.low), np.array(plane_map.high)
    for part, hollow in parts:
        few = part.take(np.arange(min(len(part), MOST_POINTS)))
        places = onto(box, dataset.points_of(few), low, high)
        if isinstance(plane_map, ClassMap):
            _draw_classes(painter, places, few.y, radius, hollow=hollow)
        else:
            colours = value_colours(_raw_targets(dataset, few), plane_map.span)
            _draw_values(painter, places, colours, radius, hollow=hollow)


def _raw_targets(dataset: Dataset, examples: Examples) -> Floats:
    """Return the numbers to predict in their own units, ``(n,)``."""
    y, scaling = examples.y, dataset.target_scaling
    raw: Floats = (y if scaling is None else scaling.invert(y))[:, 0]
    return raw


def _draw_classes(
    painter: QPainter, places: NDArray[Any], classes: NDArray[Any], radius: float, *, hollow: bool
) -> None:
    for label in np.unique(classes).tolist():
        _take_colour(painter, theme.colour(class_token(label)), hollow=hollow)
        for x, y in places[classes == label].tolist():
            draw_marker(painter, QPointF(x, y), label, radius)


def _draw_values(
    painter: QPainter, places: NDArray[Any], colours: list[QColor], radius: float, *, hollow: bool
) -> None:
    """Draw discs with an edge: a number near the middle has the colour of the map behind it."""
    for (x, y), colour in zip(places.tolist(), colours, strict=True):
        painter.setBrush(colour)
        painter.setPen(theme.pen("muted", 1))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        if hollow:
            painter.setBrush(theme.colour("surface"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(x, y), radius / 2, radius / 2)


def _take_colour(painter: QPainter, colour: QColor, *, hollow: bool) -> None:
    painter.setBrush(theme.colour("surface") if hollow else colour)
    painter.setPen(QPen(colour, 1.5) if hollow else QPen(theme.colour("surface"), 1))


def left() -> int:
    """Return the room for the numbers at the left of the plane."""
    return theme.px(_LEFT)


def below() -> int:
    """Return the room for those below it."""
    return theme.px(_BELOW)


def key() -> int:
    """Return the room for what its colours mean."""
    return theme.px(_KEY)


def paint_axes(
    painter: QPainter, box: QRectF, corners: NDArray[np.float64], names: tuple[str, str]
) -> None:
    """Write the numbers and the names of the axes beside the plane."""
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(theme.colour("muted"))
    _paint_across(painter, box, corners[:, 0].tolist(), names[0])
    _paint_up(painter, box, corners[:, 1].tolist(), names[1])


def _paint_across(painter: QPainter, box: QRectF, ends: list[float], name: str) -> None:
    metrics, (left, right) = QFontMetricsF(painter.font()), ends
    room = metrics.horizontalAdvance(name)
    painter.drawText(QPointF(box.right() - room, box.bottom() + 4 + metrics.ascent()), name)
    for value, text in even_scale(left, right, 5).ticks:
        x = box.left() + (value - left) / (right - left) * box.width()
        width = metrics.horizontalAdvance(text)
        if x + width / 2 < box.right() - room - 8:
            painter.drawText(QPointF(x - width / 2, box.bottom() + 4 + metrics.ascent()), text)


def _paint_up(painter: QPainter, box: QRectF, ends: list[float], name: str) -> None:
    metrics, (bottom, top) = QFontMetricsF(painter.font()), ends
    room = metrics.horizontalAdvance(name)
    if room <= _UPRIGHT:
        painter.drawText(QPointF(left() - 8 - room, box.top() + metrics.ascent()), name)
        room = metrics.height()
    else:
        painter.save()  # a long name is written upwards
        painter.translate(left() - 8, box.top())
        painter.rotate(-90)
        painter.drawText(QPointF(-room, 0), name)
        painter.restore()
    for value, text in even_scale(bottom, top, 5).ticks:
        y = box.bottom() - (value - bottom) / (top - bottom) * box.height()
        if y - metrics.height() / 2 > box.top() + room + 4:
            place = QRectF(0, y - theme.px(8), left() - 6, theme.px(16))
            right_of_row = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, right_of_row, text)


def paint_key(painter: QPainter, box: QRectF, dataset: Dataset, plane_map: PlaneMap) -> None:
    """Draw what the colours mean: classes with their marks, or a scale of numbers."""
    painter.setFont(theme.font(theme.SMALL))
    if isinstance(plane_map, ValueMap):
        low, high = plane_map.span
        ends = (f"{dataset.targets[0]}  {number(low)}", number(high))
        _paint_ends(painter, box, ends, (None, None))
    elif len(dataset.classes) == 2:
        first, second = dataset.classes
        _paint_ends(painter, box, (_short(painter, first), _short(painter, second)), (0, 1))
    else:
        _paint_classes(painter, box, dataset.classes)


def _short(painter: QPainter, name: str) -> str:
    metrics = QFontMetricsF(painter.font())
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, 88)


def _paint_ends(
    painter: QPainter, box: QRectF, names: tuple[str, str], marks: tuple[int | None, int | None]
) -> None:
    """Write two names with all shades between them."""
    widths = [_entry_width(painter, *pair) for pair in zip(names, marks, strict=True)]
    bar = min(192.0, box.width() - sum(widths) - 32)
    total = sum(widths) + (bar + 16 if bar > 32 else 16)
    x = max(box.center().x() - total / 2, 4.0)
    middle = box.bottom() + below() + key() / 2
    _paint_entry(painter, QPointF(x, middle), names[0], marks[0])
    x += widths[0] + 8
    if bar > 32:
        _paint_ramp(painter, QRectF(x, middle - 4, bar, 8))
        x += bar
    _paint_entry(painter, QPointF(x + 8, middle), names[1], marks[1])


def _paint_classes(painter: QPainter, box: QRectF, classes: tuple[str, ...]) -> None:
    names = [_short(painter, name) for name in classes]
    widths = [_entry_width(painter, name, label) for label, name in enumerate(names)]
    gap = min(16.0, (box.width() - sum(widths)) / max(len(names) - 1, 1))
    x = max(box.center().x() - (sum(widths) + gap * (len(names) - 1)) / 2, 4.0)
    for label, (name, width) in enumerate(zip(names, widths, strict=True)):
        _paint_entry(painter, QPointF(x, box.bottom() + below() + key() / 2), name, label)
        x += width + gap


def _entry_width(painter: QPainter, name: str, mark: int | None) -> float:
    return QFontMetricsF(painter.font()).horizontalAdvance(name) + (0 if mark is None else 16)


def _paint_entry(painter: QPainter, at: QPointF, name: str, mark: int | None) -> None:
    if mark is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(class_token(mark)))
        draw_marker(painter, at + QPointF(5, 0), mark, 4)
        at += QPointF(14, 0)
    painter.setPen(theme.colour("text"))
    painter.drawText(at + QPointF(0, QFontMetricsF(painter.font()).ascent() / 2 - 1), name)


def _paint_ramp(painter: QPainter, bar: QRectF) -> None:
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for share in np.linspace(0, 1, 9).tolist():
        (red, green, blue) = theme.decision(np.array([[2 * share - 1]]))[0, 0].tolist()
        gradient.setColorAt(share, QColor(red, green, blue))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawRoundedRect(bar, 4, 4)


def paint_note(painter: QPainter, box: QRectF, at: QPointF, text: str, width: float) -> None:
    """Draw a cross at a place and a dark label beside it, within ``width``."""
    painter.setFont(theme.font(theme.CAPTION, 500))
    room = QFontMetricsF(painter.font()).horizontalAdvance(text) + 16
    note = QRectF(0, 0, room, 24)
    note.moveLeft(min(max(at.x() - room / 2, 0), width - room))
    note.moveTop(at.y() - 36 if at.y() - 36 > box.top() else at.y() + 16)
    paint_cross(painter, at)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text"))
    painter.drawRoundedRect(note, 4, 4)
    painter.setPen(theme.colour("surface"))
    painter.drawText(note, Qt.AlignmentFlag.AlignCenter, text)


def paint_cross(painter: QPainter, at: QPointF) -> None:
    """Draw where the reading or the next stroke is."""
    painter.setPen(theme.pen("text", 1))
    painter.drawLine(at - QPointF(6, 0), at + QPointF(6, 0))
    painter.drawLine(at - QPointF(0, 6), at + QPointF(0, 6))


def paint_hint(painter: QPainter, box: QRectF, text: str) -> None:
    """Write in the middle of an empty plane what to do."""
    painter.setFont(theme.font(theme.BODY, 500))
    room = box.adjusted(32, 32, -32, -32)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    words = painter.boundingRect(room, flags, text)
    painter.setPen(theme.pen("line", 1))
    painter.setBrush(theme.colour("surface", 230))
    painter.drawRoundedRect(words.adjusted(-16, -12, 16, 12), 8, 8)
    painter.setPen(theme.colour("text"))
    painter.drawText(room, flags, text)
