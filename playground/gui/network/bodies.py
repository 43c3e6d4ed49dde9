"""How large the picture of a column may be: its sizes from the roomiest to the smallest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from playground.gui.look import theme
from playground.gui.network.columns import MOST_NODES, Column, Form

SAMPLE = 12
"""Neurons shown of a layer that is too large to show whole."""
MAPS_GAP = 2
_USUAL_HEIGHT = 226.0
"""For which the sizes below are meant; taller windows scale them."""
_LEAST_SCALE = 0.5
_LEAST_PITCH = 13
_LONG_WORD = "grandmother"
_LEAST_MAP = 18.0
"""Rows of maps in a lane are rather fewer than lower than this."""

TextWidth = Callable[[str], float]


@dataclass(frozen=True)
class Body:
    """A grid of equal cells, and the room for names beside it."""

    width: float
    height: float
    """Of one cell."""
    columns: int = 1
    rows: int = 1
    gap: float = 0
    shown: int = 1
    """Units that get a cell."""
    left: float = 0
    """Room for the names at the left of the cells."""
    right: float = 0
    """Room for names, bars and answers at the right."""
    bar: float = 0
    """Length of the probability bars within ``right``; 0 for none."""
    is_dear: bool = False
    """Whether others should become smaller before this."""

    @property
    def grid_width(self) -> float:
        """The width of the cells with the gaps between them."""
        return self.columns * (self.width + self.gap) - self.gap

    @property
    def grid_height(self) -> float:
        """The height of the cells with the gaps between them."""
        return self.rows * (self.height + self.gap) - self.gap

    @property
    def total_width(self) -> float:
        """The width with the names beside the cells."""
        return self.left + self.grid_width + self.right


def bodies(column: Column, height: float, text_width: TextWidth) -> list[Body]:
    """Return the sizes that ``column`` may have in this height, the best first."""
    return list(_MAKERS[column.form](column, height, text_width))


def _image(column: Column, height: float, _: TextWidth) -> Iterator[Body]:
    rows, columns, _channels = column.shape
    for share in (0.36, 0.28, 0.2):
        side = max(32, 8 * round(share * height / 8))
        scale = side / max(rows, columns)
        yield Body(columns * scale, rows * scale, shown=column.count)


def _maps(column: Column, height: float, _: TextWidth) -> Iterator[Body]:
    """Yield mosaics of at most eight rows; pools, which shrink images, get smaller cells."""
    scale = max(height / _USUAL_HEIGHT, _LEAST_SCALE)
    most = 48 * scale if column.has_weights else 32 * scale
    rows = min(8, column.count, max(1, int(height / _LEAST_MAP)))
    side = min(most, height / rows - MAPS_GAP)
    if not column.has_weights and rows == min(8, column.count):
        side = min(side, max(12.0, 0.65 * (height / 8 - MAPS_GAP) * (8 / rows) ** 0.5))
    enough = -(-column.count // rows)
    for columns in sorted({min(width, enough) for width in (8, 6, 4, 3, 2, 1)}, reverse=True):
        needed = min(rows, -(-column.count // columns))
        shown = min(column.count, columns * needed)
        yield Body(int(side), int(side), columns, needed, MAPS_GAP, shown)
        if columns <= 4 and side >= 36:  # rather smaller maps than fewer
            side = 0.8 * side
            yield Body(int(side), int(side), columns, needed, MAPS_GAP, shown)


def _strip(column: Column, height: float, _: TextWidth) -> Iterator[Body]:
    yield Body(16, int(0.94 * height), shown=column.count)
    yield Body(12, int(0.94 * height), shown=column.count)


def _slim(column: Column, height: float, _: TextWidth) -> Iterator[Body]:
    yield Body(8, int(0.62 * height), shown=column.count)


def _join(column: Column, height: float, _: TextWidth) -> Iterator[Body]:
    yield Body(10, int(0.94 * height), shown=column.count)


def _pass(column: Column, height: float, _: TextWidth) -> Iterator[Body]:
    """Yield a track as long as the lane; the layout stretches it."""
    yield Body(64, 12, shown=column.count)


def _nodes(column: Column, height: float, text_width: TextWidth) -> Iterator[Body]:
    body = _stack(column.count, height, 64)
    if not column.labels:
        yield body
        return
    widest = max(text_width(label) for label in column.labels) + 8
    if column.says_words:
        body, widest = _stack(column.count, height, 36), max(widest, text_width(_LONG_WORD) + 8)
    for room in (112.0, 72.0):
        yield replace(body, left=min(widest, room))


def _output(column: Column, height: float, text_width: TextWidth) -> Iterator[Body]:
    most = 88 if column.count == 1 else 72 if column.has_maps else 26
    body = _stack(column.count, height, most)
    name = max((text_width(label) for label in column.labels), default=0.0) + 8
    figure = theme.px(4 * theme.CAPTION)
    if column.has_maps:
        beside = max(name, figure + 40) if column.labels else 0
        yield replace(body, right=beside, bar=36 if beside else 0)
        yield replace(body, right=min(beside, 64), bar=0)
        yield body
        return
    for bar, room in ((56, 120.0), (36, 96.0), (24, 64.0), (0, 64.0)):
        right = min(name, room) + (bar + 8 if bar else 0) + figure
        yield replace(body, right=right, bar=bar, is_dear=bar <= 24)
    yield replace(body, right=figure)


def _misfit(column: Column, height: float, _: TextWidth) -> Iterator[Body]:
    if column.form is Form.BROKEN:
        yield Body(176, min(height, 144))
        yield Body(136, min(height, 176))
    else:
        yield Body(32, int(0.5 * height))
        yield Body(20, int(0.5 * height))


def _stack(count: int, height: float, most: float) -> Body:
    """Return cells one above the other, ``most`` apart at the usual height."""
    fitting = max(1, int(height // _LEAST_PITCH))
    shown = count if count <= min(fitting, MOST_NODES) else min(SAMPLE, fitting)
    scale = max(height / _USUAL_HEIGHT, _LEAST_SCALE)
    pitch = min(most * scale, height / shown)
    cell = 2 * round((0.8 if pitch < 40 else 0.75) * pitch / 2)
    return Body(cell, cell, rows=shown, gap=int(pitch) - cell, shown=shown)


_MAKERS: dict[Form, Callable[[Column, float, TextWidth], Iterator[Body]]] = {
    Form.IMAGE: _image,
    Form.MAPS: _maps,
    Form.STRIP: _strip,
    Form.SLIM: _slim,
    Form.NODES: _nodes,
    Form.OUTPUT: _output,
    Form.JOIN: _join,
    Form.PASS: _pass,
    Form.BROKEN: _misfit,
    Form.UNKNOWN: _misfit,
}
