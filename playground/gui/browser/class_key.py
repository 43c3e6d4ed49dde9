"""Which mark stands for which class."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from playground.gui.look import theme
from playground.gui.look.markers import CLASS_TOKENS, class_token, draw_marker, no_pen
from playground.gui.widgets import Painted
from playground.language import tr


class ClassKey(Painted):
    """A mark and a name for each of the classes that have a mark of their own."""

    def __init__(self) -> None:
        super().__init__(self._paint, 16, "")
        self._classes: tuple[str, ...] = ()

    def show_classes(self, classes: Sequence[str]) -> None:
        """Name the first classes, those with a mark of their own."""
        self._classes = tuple(classes[: len(CLASS_TOKENS)])
        if len(classes) > len(CLASS_TOKENS):
            self._classes += (tr("others"),)
        self.setAccessibleName(", ".join(self._classes))
        self.setVisible(bool(classes))
        self.update()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(theme.font(theme.CAPTION))
        metrics, x = QFontMetricsF(painter.font()), 0.0
        room = box.width() / max(1, len(self._classes)) - 20
        for number, name in enumerate(self._classes):
            no_pen(painter, class_token(number))
            draw_marker(painter, QPointF(x + 6, box.center().y()), number, 4)
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.setPen(theme.colour("muted"))
            width = metrics.horizontalAdvance(text)
            place = QRectF(x + 14, box.top(), width + 4, box.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            x = place.right() + 10
