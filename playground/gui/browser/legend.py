"""Which colour stands for which part of the data."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from playground.gui.browser.bars import PART_COLOURS
from playground.gui.browser.fields import part_name
from playground.gui.look import theme
from playground.gui.widgets import Painted

_HEIGHT, _PATCH, _GAP = 16, 10, 16


class PartLegend(Painted):
    """A patch and a name for each part that there is."""

    def __init__(self) -> None:
        super().__init__(self._paint, theme.px(_HEIGHT), "")
        self._parts: tuple[int, ...] = ()

    def show_parts(self, there: Sequence[bool]) -> None:
        """Name the parts that have examples."""
        self._parts = tuple(part for part, known in enumerate(there) if known)
        self.setAccessibleName(", ".join(part_name(part) for part in self._parts))
        self.update()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(theme.font(theme.CAPTION))
        metrics, x = QFontMetricsF(painter.font()), 0.0
        for part in self._parts:
            patch = QRectF(x, box.center().y() - _PATCH / 2, _PATCH, _PATCH)
            painter.fillRect(patch, theme.colour(*PART_COLOURS[part]))
            painter.setPen(theme.colour("muted"))
            name = part_name(part)
            width = metrics.horizontalAdvance(name)
            place = QRectF(patch.right() + 4, box.top(), width + 4, box.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
            x = place.right() + _GAP - 4
