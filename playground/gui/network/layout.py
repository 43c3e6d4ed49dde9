"""Where the columns lie: as roomy as the space allows, smaller, folded, and at last too wide."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSizeF

from playground.gui.network import bands
from playground.gui.network.columns import Row, flat, folded
from playground.gui.network.placed import Band, Gap, Joint, Placed
from playground.gui.network.placing import Line, Placing
from playground.gui.network.rows import Sizes, least_gap
from playground.nn.paths import LayerPath

PAD = 16.0
_ROOMY = 112


@dataclass(frozen=True, eq=False)
class Layout:
    """All columns in their places, in a picture of this size."""

    placed: tuple[Placed, ...]
    """Those of the lanes before the column in which these meet."""
    joints: tuple[Joint, ...]
    gaps: tuple[Gap, ...]
    size: QSizeF
    folds: bool
    is_tight: bool
    """Whether captions are cut short and the + buttons stand below the names."""

    def index_of(self, layer: LayerPath | None) -> int:
        """Return the place of the column that holds a layer; the input's for None."""
        for index, placed in enumerate(self.placed):
            if layer in placed.column.layers:
                return index
        return 0


def arrange(row: Row, size: QSizeF, selected: tuple[LayerPath | None, int | None]) -> Layout:
    """Lay the columns out in a picture of this size; it gets wider if they do not fit.

    ``selected`` is a layer and its unit, which is then among the units shown.
    """
    band = Band(0, size.height(), bands.top(), bands.bottom() + bands.note())
    room = size.width() - 2 * PAD
    whole, blocks = Sizes(row, band), Sizes(folded(row), band)
    attempts = ((whole, 2, True), (blocks, 2, True), (blocks, 1, True), (blocks, 1, False))
    for sizes, least, captions in attempts:
        chosen = sizes.shrunk(room, least, captions)
        if sizes.offsets(chosen, least_gap(captions), captions)[1] <= room:
            break
    most = int(max(_ROOMY, 0.14 * size.width()))
    narrowest = least_gap(captions)
    candidates = [*range(most, narrowest, -4), narrowest]
    fitting = (g for g in candidates if sizes.offsets(chosen, g, captions)[1] <= room)
    gap = next(fitting, narrowest)
    lefts, total = sizes.offsets(chosen, gap, captions)
    margin = max(PAD, (size.width() - total) / 2)
    placing = Placing(gap, captions, selected)
    placing.place(Line(sizes, chosen, [left + margin for left in lefts], (0,)), [])
    return Layout(
        tuple(placing.placed),
        tuple(placing.joints),
        tuple(placing.gaps),
        QSizeF(max(size.width(), total + 2 * PAD), size.height()),
        folds=sum(1 for _ in flat(sizes.items)) < sum(1 for _ in flat(row)),
        is_tight=not captions,
    )
