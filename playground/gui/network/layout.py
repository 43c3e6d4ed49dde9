"""Where the columns lie: as roomy as the space allows, smaller, folded, and at last too wide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from playground.gui import theme
from playground.gui.network.bodies import Body, bodies
from playground.gui.network.columns import Column, Form, folded

PAD = 16.0
TOP = 40.0
"""The band of the names and the + buttons."""
BOTTOM = 64.0
"""The band of the shapes, the parameter counts and the layer's own buttons."""
NOTE = 16.0
"""Within the height of the bodies, for the line that says how much is shown."""
MOST_ANCHORS = 14
_ROOMY, _NORMAL, _TIGHT = 112, 26, 22
_FEW_MAPS = 4
"""Mosaics are shrunk to this many maps side by side before anything else gets smaller."""
_PLUS, _NO_PLUS = 26.0, 6.0
"""Between two names: room for a + button, or none where it stands below them."""
_SHORT = 60.0
"""Room for captions in a picture so tight that they are cut short."""
_WIDE = 400.0
"""Room for captions that need not be cut short."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A column in its place."""

    column: Column
    body: Body
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

    @property
    def rect(self) -> QRectF:
        """The cells, without the names beside them."""
        return QRectF(self.left, self.top, self.body.grid_width, self.body.grid_height)

    @property
    def full(self) -> QRectF:
        """The cells with the names beside them."""
        return self.rect.adjusted(-self.body.left, 0, self.body.right, 0)

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
    def anchors(self) -> list[tuple[float, tuple[int, ...]]]:
        """Where edges meet the column, and the units that each of those bundles stands for."""
        form, count = self.column.form, self.column.count
        if form in (Form.STRIP, Form.SLIM, Form.IMAGE):
            most = 10 if form is Form.SLIM else MOST_ANCHORS
            return _bundles(self.rect, count, min(count, most))
        step, columns = self.body.height + self.body.gap, self.body.columns
        return [
            (
                self.top + row * step + self.body.height / 2,
                self.units[row * columns : (row + 1) * columns],
            )
            for row in range(self.body.rows)
        ]


@dataclass(frozen=True, eq=False)
class Layout:
    """All columns in their places, in a picture of this size."""

    placed: tuple[Placed, ...]
    size: QSizeF
    folds: bool
    is_tight: bool
    """Whether captions are cut short and the + buttons stand below the names."""

    @property
    def plus_height(self) -> float:
        """The middle of the + buttons."""
        return 29.0 if self.is_tight else 20.0

    def index_of(self, layer: int | None) -> int:
        """Return the place of the column that holds a layer; the input's for None."""
        for index, placed in enumerate(self.placed):
            if layer in placed.column.layers:
                return index
        return 0

    def gap_centre(self, index: int) -> float:
        """Return where a layer is put in behind column ``index``: between its name and the next."""
        one = self.placed[index]
        if index + 1 == len(self.placed):
            return one.full.right() + _PLUS
        other = self.placed[index + 1]
        middle = (one.full.right() + other.full.left()) / 2
        if self.is_tight:
            return middle
        low = one.rect.center().x() + one.name_room / 2 + _PLUS / 2
        high = other.rect.center().x() - other.name_room / 2 - _PLUS / 2
        return min(max(middle, low), high) if low < high else (low + high) / 2

    def frame(self, index: int) -> QRectF:
        """Return the column with its captions, which is what a selection frames."""
        placed = self.placed[index]
        text = min(placed.caption_width, placed.caption_room)
        half = max(placed.rect.width() / 2 + 8, text / 2 + 6, 44.0)
        reach = [self.gap_centre(i) for i in (index - 1, index) if i >= 0]
        centre = placed.rect.center().x()
        half = min([half, *(max(abs(centre - x), placed.rect.width() / 2 + 4) for x in reach)])
        return QRectF(centre - half, 4.5, 2 * half, self.size.height() - 20)


def arrange(columns: list[Column], size: QSizeF, selected: tuple[int | None, int | None]) -> Layout:
    """Lay the columns out in a picture of this size; it gets wider if they do not fit.

    ``selected`` is a layer and its unit, which is then among the units shown.
    """
    height = size.height() - TOP - BOTTOM - NOTE
    room = size.width() - 2 * PAD
    whole, blocks = _Row(columns, height), _Row(folded(columns), height)
    attempts = ((whole, 2, True), (blocks, 2, True), (blocks, 1, True), (blocks, 1, False))
    for row, least, captions in attempts:
        chosen = row.shrunk(room, least, captions)
        if row.offsets(chosen, _least_gap(captions), captions)[1] <= room:
            break
    most = int(max(_ROOMY, 0.14 * size.width()))
    least_gap = _least_gap(captions)
    gaps = [*range(most, least_gap, -4), least_gap]
    gap = next((g for g in gaps if row.offsets(chosen, g, captions)[1] <= room), least_gap)
    lefts, total = row.offsets(chosen, gap, captions)
    margin = max(PAD, (size.width() - total) / 2)
    return Layout(
        row.placed(chosen, [left + margin for left in lefts], selected, captions),
        QSizeF(max(size.width(), total + 2 * PAD), size.height()),
        folds=row is blocks and len(blocks.columns) < len(columns),
        is_tight=not captions,
    )


def _least_gap(has_captions: bool) -> int:
    return _NORMAL if has_captions else _TIGHT


class _Row:
    """Columns side by side in a given height, with the sizes they may have."""

    def __init__(self, columns: list[Column], height: float) -> None:
        self.columns = columns
        self.height = height
        names = QFontMetricsF(theme.font(theme.SMALL, 600))
        labels = QFontMetricsF(theme.font(theme.SMALL, 500))
        captions = QFontMetricsF(theme.font(theme.CAPTION))
        self.choices = [bodies(column, height, labels.horizontalAdvance) for column in columns]
        self.names = [
            max(names.horizontalAdvance(column.name), captions.horizontalAdvance(column.folded))
            for column in columns
        ]
        self.captions = [
            max(map(captions.horizontalAdvance, (column.shape_text, column.params_text)))
            for column in columns
        ]

    def shrunk(self, room: float, least: int, captions: bool) -> list[Body]:
        """Return the largest bodies that fit, taking from the widest first.

        Mosaics keep at least ``least`` maps side by side.
        """
        rank = [0] * len(self.columns)
        while True:
            chosen = [options[r] for options, r in zip(self.choices, rank, strict=True)]
            if self.offsets(chosen, _least_gap(captions), captions)[1] <= room:
                return chosen
            shrinkable = [
                i
                for i, (options, r) in enumerate(zip(self.choices, rank, strict=True))
                if r + 1 < len(options) and (chosen[i].columns > least or chosen[i].columns == 1)
            ]
            if not shrinkable:
                return chosen
            rank[max(shrinkable, key=lambda i: (*_readiness(chosen[i]), i))] += 1

    def offsets(self, chosen: list[Body], gap: float, captions: bool) -> tuple[list[float], float]:
        """Return where the cells of each column begin with this gap, and the whole width."""
        lefts: list[float] = []
        body_end = name_end = text_end = 0.0
        for index, body in enumerate(chosen):
            half = body.grid_width / 2
            name = min(self.names[index], _WIDE if captions else _SHORT) / 2
            text = min(self.captions[index], _WIDE if captions else _SHORT) / 2
            plus = _PLUS if captions else _NO_PLUS
            first = index == 0
            centre = max(
                body_end + (0 if first else gap) + body.left + half,
                name_end + (0 if first else plus) + name,
                text_end + (0 if first else 8 if captions else _NO_PLUS) + text,
            )
            lefts.append(centre - half)
            body_end = centre + half + body.right
            name_end, text_end = centre + name, centre + text
        return lefts, max(body_end, name_end, text_end)

    def placed(
        self,
        chosen: list[Body],
        lefts: list[float],
        selected: tuple[int | None, int | None],
        captions: bool,
    ) -> tuple[Placed, ...]:
        """Return the columns in their places; without ``captions`` those are cut short."""
        layer, unit = selected
        centres = [left + body.grid_width / 2 for left, body in zip(lefts, chosen, strict=True)]
        return tuple(
            Placed(
                column,
                body,
                round(lefts[i]),
                round(TOP + (self.height - body.grid_height) / 2),
                shown_units(column.count, body.shown, unit if layer in column.layers else None),
                self.names[i] if captions else _share(centres, i) - 2,
                _WIDE if captions else _share(centres, i) - 4,
                self.captions[i],
            )
            for i, (column, body) in enumerate(zip(self.columns, chosen, strict=True))
        )


def _readiness(body: Body) -> tuple[bool, bool, float]:
    """Return how ready a body is to become smaller: large mosaics first, then the widest."""
    return body.columns > _FEW_MAPS, not body.is_dear, body.total_width


def _share(centres: list[float], index: int) -> float:
    """Return the room for captions that reaches halfway to the nearest neighbour."""
    neighbours = [centres[i] for i in (index - 1, index + 1) if 0 <= i < len(centres)]
    return min((abs(centres[index] - other) for other in neighbours), default=_WIDE)


def shown_units(count: int, shown: int, selected: int | None) -> tuple[int, ...]:
    """Return which units to show: all, or a sample evenly spread that holds the selected one."""
    if shown >= count:
        return tuple(range(count))
    units = np.linspace(0, count - 1, shown).round().astype(int)
    if selected is not None and selected < count and selected not in units:
        units[np.argmin(np.abs(units - selected))] = selected
    return tuple(units.tolist())


def _bundles(rect: QRectF, count: int, anchors: int) -> list[tuple[float, tuple[int, ...]]]:
    """Return ``anchors`` heights along ``rect``, each for an equal share of the units."""
    step = rect.height() / max(anchors, 1)
    borders = np.linspace(0, count, anchors + 1).round().astype(int).tolist()
    return [
        (rect.top() + (i + 0.5) * step, tuple(range(borders[i], borders[i + 1])))
        for i in range(anchors)
    ]
