"""What lies under the pointer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF

from playground.gui.network.columns import Form
from playground.gui.network.painting import Scene
from playground.gui.network.placed import Placed

_REACH = 5.0
"""How near to a line the pointer must be, in pixels."""


@dataclass(frozen=True)
class Target:
    """A column, one of its units, or a line between two columns."""

    column: int
    """Of a line: the place of its joint."""
    unit: int | None = None
    line: int | None = None
    share: tuple[float, float] | None = None
    """Where in the unit's picture: from 0 to 1, to the right and down."""


def target_at(scene: Scene, point: QPointF) -> Target | None:
    """Return what is at a point of the picture; None between the columns."""
    for index, placed in enumerate(scene.layout.placed):
        if placed.column.form is not Form.PASS and placed.full.contains(point):
            return _unit_at(index, placed, point)
    line = _line_at(scene, point)
    if line is not None:
        return line
    for index, placed in enumerate(scene.layout.placed):
        if placed.frame.contains(point):
            return Target(index)
    return None


def _unit_at(index: int, placed: Placed, point: QPointF) -> Target:
    column, body = placed.column, placed.body
    if column.form in (Form.BROKEN, Form.UNKNOWN, Form.IMAGE):
        return Target(index)
    if column.form in (Form.STRIP, Form.SLIM, Form.JOIN):
        share = (point.y() - placed.rect.top()) / placed.rect.height()
        return Target(index, min(int(share * column.count), column.count - 1))
    down = (point.y() - placed.top) / (body.height + body.gap)
    right = (point.x() - placed.left) / (body.width + body.gap)
    cell = int(down) * body.columns + int(np.clip(right, 0, body.columns - 1))
    if not 0 <= cell < len(placed.units):
        return Target(index)
    rect = placed.cell(cell)
    share_x = (point.x() - rect.left()) / rect.width()
    share_y = (point.y() - rect.top()) / rect.height()
    inside = rect.contains(point)
    return Target(index, placed.units[cell], share=(share_x, share_y) if inside else None)


def _line_at(scene: Scene, point: QPointF) -> Target | None:
    for index, lines in enumerate(scene.lines):
        if lines.learned and lines.left <= point.x() <= lines.right:
            distance = np.abs(lines.heights(point.x()) - point.y())
            near = np.flatnonzero(distance <= _REACH)
            if len(near):
                # of lines that cross here the nearest; of equally near ones the strongest
                order = distance[near].round() - np.abs(lines.strengths[near])
                return Target(index, line=int(near[np.argmin(order)]))
    return None
