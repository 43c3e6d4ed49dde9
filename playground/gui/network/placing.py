"""Gives columns their places, once their sizes are chosen, and finds what is joined to what."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF

from playground.gui.network.bodies import Body
from playground.gui.network.columns import Column, Fork, Form, Lane
from playground.gui.network.placed import Band, Gap, Joint, Placed, shown_units
from playground.gui.network.rows import (
    FORK_SIDE,
    PLUS,
    WIDE,
    AnyBody,
    ForkBody,
    Sizes,
    inner_gap,
)
from playground.nn.paths import LayerPath

_TIGHT_PLUS, _LANE_PLUS = 11.0, 10.0
"""The middle of the + buttons: above the end of the main line's names, below a lane's beginning."""


@dataclass(frozen=True, eq=False)
class Line:
    """A row with the sizes of its columns, and where their cells begin."""

    sizes: Sizes
    chosen: list[AnyBody]
    lefts: list[float]
    start: LayerPath
    """Where a layer before the first one would be put in."""
    within: LayerPath = ()
    """The layer whose branch this is; ``()`` on the main line."""
    fork: LayerPath = ()
    """The layer at which it begins."""


@dataclass(frozen=True)
class _End:
    """A column that the next one is joined to."""

    index: int
    right: float
    """From where on its lines may change their height."""
    branch: int | None = None


@dataclass(frozen=True)
class _Spot:
    """What a column or a fork takes of its row, with the names beside the cells."""

    left: float
    right: float
    centre: float
    """Of the cells."""
    name: float
    """Half the width of the name."""
    is_fork: bool = False

    @property
    def name_left(self) -> float:
        return self.centre - self.name

    @property
    def name_right(self) -> float:
        return self.centre + self.name


@dataclass(eq=False)
class Placing:
    """The places, lines and gaps found so far."""

    gap: float
    captions: bool
    selected: tuple[LayerPath | None, int | None]
    placed: list[Placed] = field(default_factory=list)
    joints: list[Joint] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def place(self, line: Line, ends: list[_End], turn: float | None = None) -> list[_End]:
        """Place a row behind ``ends``; return its own ends.

        Lines to the first column are level from ``turn`` on, or else from that column.
        """
        spots = self._spots(line)
        edges = [self._between(line, one, other) for one, other in pairwise(spots)]
        for index, item in enumerate(line.sizes.items):
            if isinstance(item, Fork):
                ends = self._fork(line, index, ends, turn)
            else:
                ends = [self._column(line, index, (spots, edges), ends, turn)]
            turn = None
        self._add_gaps(line, spots, edges)
        return ends

    def _column(
        self,
        line: Line,
        index: int,
        around: tuple[list[_Spot], list[float]],
        ends: list[_End],
        turn: float | None,
    ) -> _End:
        sizes, (spots, edges), (layer, unit) = line.sizes, around, self.selected
        column, body, place = sizes.items[index], line.chosen[index], len(self.placed)
        assert isinstance(column, Column)
        assert isinstance(body, Body)
        room = _share(spots, index)
        one = Placed(
            column,
            body,
            sizes.band,
            round(line.lefts[index]),
            round(sizes.band.middle(column.form) - body.grid_height / 2),
            shown_units(
                column.count,
                body.shown,
                unit if layer in column.layers else None,
                first=column.first,
            ),
            name_room=sizes.names[index] if self.captions or sizes.band.is_lane else room - 2,
            caption_room=WIDE if self.captions and not sizes.band.is_lane else room - 4,
            caption_width=sizes.captions[index],
            reach=(
                edges[index - 1] if index else -math.inf,
                edges[index] if index < len(edges) else math.inf,
            ),
        )
        self.placed.append(one)
        bend = one.full.left() if turn is None else turn
        self.joints += [Joint(e.index, place, (e.right, bend), e.branch) for e in ends]
        return _End(place, one.full.right())

    def _fork(self, line: Line, index: int, ends: list[_End], turn: float | None) -> list[_End]:
        fork, body = line.sizes.items[index], line.chosen[index]
        assert isinstance(fork, Fork)
        assert isinstance(body, ForkBody)
        left = line.lefts[index] + FORK_SIDE
        right = line.lefts[index] + self._width(body) - FORK_SIDE
        after: list[_End] = []
        for branch, lane in enumerate(fork.lanes):
            is_main = not fork.joins and branch == 0
            within = line.within if is_main else fork.layer
            chosen, lefts = self._spread(lane, body, branch, (left, right))
            inner = Line(body.rows[branch], chosen, lefts, lane.start, within, fork.layer)
            last = self.place(inner, ends, left if turn is None else turn)
            if fork.joins or is_main:
                after += [_End(e.index, right, branch) for e in last]
        return after

    def _spread(
        self, lane: Lane, body: ForkBody, branch: int, inside: tuple[float, float]
    ) -> tuple[list[AnyBody], list[float]]:
        """Return where the columns of a lane lie: evenly over its length."""
        sizes, chosen, (left, right) = body.rows[branch], body.chosen[branch], inside
        if _is_pass(lane.items[0]) and isinstance(chosen[0], Body):
            return [dataclasses.replace(chosen[0], width=right - left)], [left]
        lefts, width = sizes.offsets(chosen, inner_gap(self.gap), self.captions)
        spare = max(right - left - width, 0) / (len(chosen) + 1)
        return chosen, [left + at + spare * (i + 1) for i, at in enumerate(lefts)]

    def _spots(self, line: Line) -> list[_Spot]:
        return [
            self._spot(body, left, name)
            for body, left, name in zip(line.chosen, line.lefts, line.sizes.names, strict=True)
        ]

    def _spot(self, body: AnyBody, left: float, name: float) -> _Spot:
        if isinstance(body, ForkBody):
            half = self._width(body) / 2
            return _Spot(left, left + 2 * half, left + half, half, is_fork=True)
        half = body.grid_width / 2
        right = left + body.grid_width + body.right
        return _Spot(left - body.left, right, left + half, name / 2)

    def _width(self, body: ForkBody) -> float:
        return body.width(self.gap, captions=self.captions)

    def _between(self, line: Line, one: _Spot, other: _Spot) -> float:
        """Return the middle between two columns; on the main line that between their names."""
        middle = (one.right + other.left) / 2
        if not self.captions or not line.sizes.band.is_main:
            return middle
        low, high = one.name_right + PLUS / 2, other.name_left - PLUS / 2
        return min(max(middle, low), high) if low < high else (low + high) / 2

    def _add_gaps(self, line: Line, spots: list[_Spot], edges: list[float]) -> None:
        """Note where a layer can be put in: before, between and behind the columns."""
        items, band = line.sizes.items, line.sizes.band
        height = self._plus_height(band)
        if band.is_lane and not isinstance(items[0], Fork) and not _is_tap(items[0], line):
            at = spots[0].centre if _is_pass(items[0]) else spots[0].left - PLUS / 2
            # on the main line the + before the fork stands right beside this one
            self.gaps.append(Gap(line.start, QPointF(at, height), "", line.fork))
        for index, item in enumerate(items):
            if isinstance(item, Fork) or _is_pass(item):
                continue
            behind = edges[index] if index < len(edges) else _end(line, item, spots[index])
            if behind is not None:
                path = _behind(item, line)
                self.gaps.append(Gap(path, QPointF(behind, height), item.name, line.within))

    def _plus_height(self, band: Band) -> float:
        """Return the middle of the + buttons of a row."""
        if not band.is_lane:
            return band.head / 2 if self.captions else band.head - _TIGHT_PLUS
        between_names = band.is_main and self.captions
        return band.top + _LANE_PLUS if between_names else band.middle(Form.MAPS)


def _end(line: Line, last: Column, spot: _Spot) -> float | None:
    """Return where a layer is put in behind the last column; None where that is not offered."""
    if line.sizes.band.is_lane:
        return None if last.form is Form.OUTPUT else spot.right + PLUS / 2
    return spot.right + PLUS if len(line.sizes.items) == 1 else None


def _is_pass(item: Column | Fork) -> bool:
    return isinstance(item, Column) and item.form is Form.PASS


def _is_tap(column: Column, line: Line) -> bool:
    """Return whether a column is that of the layer whose own branch it begins."""
    return bool(column.layers) and column.layers[-1][:-1] != line.start[:-1]


def _behind(column: Column, line: Line) -> LayerPath:
    """Return the path of a layer put in behind a column."""
    if not column.layers or _is_tap(column, line):
        return line.start
    return (*column.layers[-1][:-1], column.layers[-1][-1] + 1)


def _share(spots: list[_Spot], index: int) -> float:
    """Return the room for captions that reaches halfway to the nearest neighbour."""
    centre = spots[index].centre
    rooms = []
    for other in (spots[i] for i in (index - 1, index + 1) if 0 <= i < len(spots)):
        edge = other.left if other.left > centre else other.right
        rooms.append(
            2 * abs(edge - centre) + FORK_SIDE if other.is_fork else abs(other.centre - centre)
        )
    return min(rooms, default=WIDE)
