"""How wide a row of columns is, and how it gets narrower; lanes are rows within a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QFontMetricsF

from playground.gui.look import theme
from playground.gui.network.bands import lane_foot, lane_head
from playground.gui.network.bodies import Body, bodies
from playground.gui.network.columns import Column, Fork, Row
from playground.gui.network.placed import Band

NORMAL, TIGHT = 26, 22
"""The least gap between two columns, with captions and without."""
FORK_SIDE = 16.0
"""Before and behind lanes, for the lines to spread and meet."""
PLUS, NO_PLUS = 26.0, 6.0
"""Between two names: room for a + button, or none where it stands below them."""
SHORT = 60.0
"""Room for captions in a picture so tight that they are cut short."""
WIDE = 400.0
"""Room for captions that need not be cut short."""
_LOW = 60.0
"""Lanes lower than this have no line below the columns."""
_FEW_MAPS = 4
"""Mosaics are shrunk to this many maps side by side before anything else gets smaller."""
_FOLDED = 72.0
"""Room for the names of what is folded into a column; longer ones are cut short."""
_THIN = 0.4
"""The height of a branch without layers beside that of others."""


@dataclass(frozen=True, eq=False)
class ForkBody:
    """Lanes above each other, with the sizes of the columns in them."""

    rows: tuple[Sizes, ...]
    chosen: tuple[list[AnyBody], ...]

    @cached_property
    def needed(self) -> float:
        """The width at the least gap, for each column of the longest lane."""
        widest = max(range(len(self.rows)), key=lambda i: self._width(i, NORMAL, captions=True))
        return self.width(NORMAL, captions=True) / max(len(self.chosen[widest]), 1)

    def width(self, gap: float, *, captions: bool) -> float:
        """Return how wide the lanes are, with the room beside them for the lines."""
        widths = (self._width(i, inner_gap(gap), captions) for i in range(len(self.rows)))
        return max(widths) + 2 * FORK_SIDE

    def _width(self, lane: int, gap: float, captions: bool) -> float:
        return self.rows[lane].offsets(self.chosen[lane], gap, captions)[1]


AnyBody = Body | ForkBody


class Sizes:
    """A row in a given band, with the sizes its columns may have."""

    def __init__(self, row: Row, band: Band) -> None:
        self.items = row
        self.band = band
        labels = QFontMetricsF(theme.font(theme.SMALL, 500))
        self.choices: list[list[AnyBody]] = [
            list(bodies(item, band.room(item.form), labels.horizontalAdvance))
            if isinstance(item, Column)
            else list(fork_bodies(item, band))
            for item in row
        ]
        self.names = [name_width(item, band) if isinstance(item, Column) else 0.0 for item in row]
        self.captions = [
            _caption_width(item, band) if isinstance(item, Column) else 0.0 for item in row
        ]

    def shrunk(self, room: float, least: int, captions: bool) -> list[AnyBody]:
        """Return the largest bodies that fit, taking from the widest first.

        Mosaics keep at least ``least`` maps side by side.
        """
        rank = [0] * len(self.items)
        while self.offsets(self.chosen(rank), least_gap(captions), captions)[1] > room:
            if not self.shrink(rank, least):
                break
        return self.chosen(rank)

    def chosen(self, rank: list[int]) -> list[AnyBody]:
        """Return the bodies of these ranks."""
        return [options[r] for options, r in zip(self.choices, rank, strict=True)]

    def shrink(self, rank: list[int], least: int) -> bool:
        """Take the next smaller body where that hurts least; return whether there was one."""
        chosen = self.chosen(rank)
        shrinkable = [
            i
            for i, (options, r) in enumerate(zip(self.choices, rank, strict=True))
            if r + 1 < len(options) and _may_shrink(chosen[i], least)
        ]
        if shrinkable:
            rank[max(shrinkable, key=lambda i: (*_readiness(chosen[i]), i))] += 1
        return bool(shrinkable)

    def offsets(
        self, chosen: list[AnyBody], gap: float, captions: bool
    ) -> tuple[list[float], float]:
        """Return where the cells of each column begin with this gap, and the whole width."""
        lefts: list[float] = []
        body_end = name_end = text_end = 0.0
        for index, body in enumerate(chosen):
            first = index == 0
            before = 0 if first else gap
            if isinstance(body, ForkBody):
                left = body_end + (0 if first else NORMAL if captions else FORK_SIDE)
                lefts.append(left)
                body_end = name_end = text_end = left + body.width(gap, captions=captions)
                continue
            half = body.grid_width / 2
            plus = PLUS if captions and self.band.is_main else NO_PLUS
            if not first and isinstance(chosen[index - 1], ForkBody):
                before, plus = NORMAL / 2, 0.0  # nothing is put in before a join
            name = min(self.names[index], WIDE if captions or self.band.is_lane else SHORT) / 2
            text = min(self.captions[index], WIDE if captions else SHORT) / 2
            centre = max(
                body_end + before + body.left + half,
                name_end + (0 if first else plus) + name,
                text_end + (0 if first else 8 if captions else NO_PLUS) + text,
            )
            lefts.append(centre - half)
            body_end = centre + half + body.right
            name_end, text_end = centre + name, centre + text
        return lefts, max(body_end, name_end, text_end)


def fork_bodies(fork: Fork, band: Band) -> Iterator[ForkBody]:
    """Yield the sizes that lanes may have in a band, the best first."""
    bands = lane_bands(fork, band)
    rows = tuple(Sizes(lane.items, one) for lane, one in zip(fork.lanes, bands, strict=True))
    ranks = [[0] * len(row.items) for row in rows]
    while True:
        chosen = tuple(row.chosen(rank) for row, rank in zip(rows, ranks, strict=True))
        yield ForkBody(rows, chosen)
        widths = [
            row.offsets(one, NORMAL, captions=True)[1]
            for row, one in zip(rows, chosen, strict=True)
        ]
        widest = max(range(len(rows)), key=lambda i: widths[i])
        if not any(rows[widest].shrink(ranks[widest], least) for least in (2, 1)):
            return


def lane_bands(fork: Fork, band: Band) -> list[Band]:
    """Return the strips of the lanes: all the height, shared by what lies in each."""
    margin = 0.0 if band.is_lane else 4.0
    room = band.height - (0.0 if band.is_lane else 16.0)
    heights = [_tallness(lane.items) for lane in fork.lanes]
    bands, top = [], band.top + margin
    for branch, share in enumerate(heights):
        height = room * share / sum(heights)
        foot = lane_foot() if height >= _LOW else 0.0
        is_main = band.is_main and not fork.joins and branch == 0
        bands.append(Band(top, height - 4, lane_head(), foot, is_lane=True, is_main=is_main))
        top += height
    return bands


def inner_gap(gap: float) -> float:
    """Return the gap within lanes where that between columns is ``gap``."""
    return max(NORMAL, 0.6 * gap)


def least_gap(has_captions: bool) -> int:
    """Return the least gap between two columns."""
    return NORMAL if has_captions else TIGHT


def name_width(column: Column, band: Band) -> float:
    """Return how wide the name of a column is, with the names folded into it."""
    names = QFontMetricsF(theme.font(theme.SMALL, 600))
    second = QFontMetricsF(theme.font(theme.CAPTION)).horizontalAdvance(column.folded)
    first = names.horizontalAdvance(column.name)
    if band.is_lane:
        return first + (second + 4 if second else 0)
    return max(first, min(second, _FOLDED))


def _caption_width(column: Column, band: Band) -> float:
    if band.is_lane:
        return 0.0  # cut short rather than spread the lanes
    captions = QFontMetricsF(theme.font(theme.CAPTION))
    return max(map(captions.horizontalAdvance, (column.shape_text, column.params_text)))


def _tallness(row: Row) -> float:
    """Return how much height a lane wants: lanes within it want theirs."""
    wants = [
        sum(_tallness(lane.items) for lane in item.lanes)
        if isinstance(item, Fork)
        else 1.0
        if item.layers
        else _THIN
        for item in row
    ]
    return max(wants, default=1.0)


def _may_shrink(body: AnyBody, least: int) -> bool:
    return isinstance(body, ForkBody) or body.columns > least or body.columns == 1


def _readiness(body: AnyBody) -> tuple[bool, bool, float]:
    """Return how ready a body is to become smaller: large mosaics first, then the widest."""
    if isinstance(body, ForkBody):
        return False, True, body.needed
    return body.columns > _FEW_MAPS, not body.is_dear, body.total_width
