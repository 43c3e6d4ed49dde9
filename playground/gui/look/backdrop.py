"""What seldom changes in a picture: painted once, then copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap

from playground.gui.look import theme


class Backdrop:
    """Keeps a painting as pixels until its key, its size, the screen or the theme is another.

    Text costs Qt, and every call of the painter costs Python, far more than copying pixels.
    """

    def __init__(self) -> None:
        self._key: object = None
        self._pixmap = QPixmap()

    def draw(
        self, painter: QPainter, rect: QRectF, key: object, paint: Callable[[QPainter], None]
    ) -> None:
        """Draw what ``paint`` draws within ``rect``, on the colour of a panel."""
        if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
            paint(painter)  # a file of vectors shall hold vectors
            return
        ratio = painter.deviceTransform().m11()
        whole = (key, rect, ratio, theme.tokens())
        if whole != self._key:
            self._key = whole
            self._pixmap = QPixmap((rect.size() * ratio).toSize())
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(theme.colour("surface"))
            own = QPainter(self._pixmap)
            own.translate(-rect.topLeft())
            paint(own)
            own.end()
        painter.drawPixmap(rect.topLeft(), self._pixmap)
