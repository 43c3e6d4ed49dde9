"""Columns in their places, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from playground.gui.network.bodies import Body
from playground.gui.network.columns import Column, Form
from playground.nn.paths import LayerPath

MOST_ANCHORS = 14
Anchor = tuple[float, tuple[int, ...]]
"""Where a bundle of lines meets a column, and the units that it stands for."""


@dataclass(frozen=True)
class Band:
    """A strip of the picture that one row lies in."""

    top: float
    height: float
    head: float
    """Of this the room for the names."""
    foot: float
    """And for the lines below the columns."""
    is_lane: bool = False
    """Whether it is one of several side by side: its captions are short."""
    is_main: bool = True
    """Whether it goes on to the network's end: + buttons always stand between its names."""

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def body_height(self) -> float:
        """The room for the columns."""
        return self.height - self.head - self.foot

    def room(self, form: Form) -> float:
        """Return the room for a column; the rows of an output have no line below them."""
        is_tall = self.is_lane and form is Form.OUTPUT
        return self.body_height + (self.foot if is_tall else 0)

    def middle(self, form: Form) -> float:
        """Return the middle of a column."""
        return self.top + self.head + self.room(form) / 2


@dataclass(frozen=True, eq=False)
class Placed:
    """A column in its place."""

    column: Column
    body: Body
    band: Band
    left: float
    """Of the cells; names may stand at their left."""
    top: float
    units: tuple[int, ...]
    """Which unit each cell shows."""
    name_room: float
    """How wide its name may be."""
    caption_room: float
    """How wide the lines below it may be."""
    caption_width: float
    """How wide they would like to be."""
    reach: tuple[float, float]
    """How far to the left and to the right its frame may go."""

    @property
    def rect(self) -> QRectF:
        """The cells, without the names beside them."""
        return QRectF(self.left, self.top, self.body.grid_width, self.body.grid_height)

    @property
    def full(self) -> QRectF:
        """The cells with the names beside them."""
        return self.rect.adjusted(-self.body.left, 0, self.body.right, 0)

    @property
    def frame(self) -> QRectF:
        """The column with its captions, which is what a selection frames."""
        centre, half = self.rect.center().x(), self.rect.width() / 2
        text = min(self.caption_width, self.caption_room)
        half = max(half + 8, text / 2 + 6, self.name_room / 2 if self.band.is_lane else 44.0)
        for edge in self.reach:
            half = min(half, max(abs(centre - edge), self.rect.width() / 2 + 4))
        if self.band.is_lane:
            return QRectF(centre - half, self.band.top, 2 * half, self.band.height - 1)
        return QRectF(centre - half, self.band.top + 4.5, 2 * half, self.band.height - 20)

    def cell(self, index: int) -> QRectF:
        """Return the place of one cell."""
        row, column = divmod(index, self.body.columns)
        return QRectF(
            self.left + column * (self.body.width + self.body.gap),
            self.top + row * (self.body.height + self.body.gap),
            self.body.width,
            self.body.height,
        )

    @cached_property
    def anchors(self) -> list[Anchor]:
        """Where edges meet the column, and the units that each of those bundles stands for."""
        form, count = self.column.form, self.column.count
        if form is Form.PASS:
            return bundled(self.rect, count, min(count, 3))
        if form in (Form.STRIP, Form.SLIM, Form.IMAGE, Form.JOIN):
            most = 10 if form is Form.SLIM else MOST_ANCHORS
            return bundled(self.rect, count, min(count, most))
        step, columns = self.body.height + self.body.gap, self.body.columns
        return [
            (
                self.top + row * step + self.body.height / 2,
                self.units[row * columns : (row + 1) * columns],
            )
            for row in range(self.body.rows)
        ]

    def part(self, branch: int) -> list[Anchor]:
        """Return the anchors of one branch's channels in a column that joins branches."""
        parts = self.column.parts
        if not parts:
            return self.anchors
        first, count = sum(parts[:branch]), parts[branch]
        share = self.rect.height() / max(sum(parts), 1)
        rect = QRectF(self.left, self.top + first * share, self.rect.width(), count * share)
        return [
            (y, tuple(first + unit for unit in units))
            for y, units in bundled(rect, count, min(count, 6))
        ]


@dataclass(frozen=True)
class Joint:
    """Two columns between which lines run, by their places in the layout."""

    left: int
    right: int
    bend: tuple[float, float]
    """Between here the lines change their height; before and after they are level."""
    branch: int | None = None
    """Which branch ends here, where the right column joins them."""


@dataclass(frozen=True)
class Gap:
    """A place where a layer can be put in."""

    path: LayerPath
    at: QPointF
    after: str
    """The name of what it would follow."""
    within: LayerPath = ()
    """The layer whose branch this is; ``()`` on the main line."""

    def is_open(self, selected: LayerPath | None) -> bool:
        """Return whether it is offered: on the main line always, in branches once one is in."""
        return (selected or ())[: len(self.within)] == self.within


def bundled(rect: QRectF, count: int, anchors: int) -> list[Anchor]:
    """Return ``anchors`` heights along ``rect``, each for an equal share of the units."""
    step = rect.height() / max(anchors, 1)
    borders = np.linspace(0, count, anchors + 1).round().astype(int).tolist()
    return [
        (rect.top() + (i + 0.5) * step, tuple(range(borders[i], borders[i + 1])))
        for i in range(anchors)
    ]


def shown_units(
    count: int, shown: int, selected: int | None, first: tuple[int, ...] = ()
) -> tuple[int, ...]:
    """Return which units to show: all, or a sample evenly spread that holds the selected one.

    Where some matter more than others, those that come ``first``.
    """
    if shown >= count:
        return tuple(range(count))
    units = np.linspace(0, count - 1, shown).round().astype(int)
    if len(first) >= shown:
        units = np.sort(first[:shown])
    if selected is not None and selected < count and selected not in units:
        units[np.argmin(np.abs(units - selected))] = selected
    return tuple(units.tolist())
