"""The captions and the lines, kept as a picture: of them training changes little at a time."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter, QPixmap, QTransform

from playground.gui.look import theme
from playground.gui.network import painting
from playground.gui.network.edges import Bundles
from playground.gui.network.painting import Scene

_UNSEEN = 0.05
"""Share of a joint's lines that may want another pen before they are drawn anew while training."""


class Ground:
    """What lies below the answers of the layers.

    A line is drawn by one of some eight pens: most steps change none, and to draw all lines is the
    dearest part of a frame. So while training, ``renew`` draws those of one joint at a time.
    """

    def __init__(self) -> None:
        self._captions = QPixmap()
        self._whole = QPixmap()
        """The captions with the lines."""
        self._drawn: list[Bundles] = []
        self._is_fast = False

    def forget(self) -> None:
        """Draw all anew next time."""
        self._captions = QPixmap()
        self.forget_lines()

    def forget_lines(self) -> None:
        """Draw all lines anew next time."""
        self._whole = QPixmap()

    def pixmap(
        self, scene: Scene, size: QSize, ratio: float, place: QTransform, *, is_fast: bool
    ) -> QPixmap:
        """Return the picture, in pixels of a screen with ``ratio`` of them in a pixel.

        ``place`` is where the scene lies in it; ``is_fast`` while training changes the lines.
        """
        if self._captions.isNull():
            self._captions = QPixmap(size * ratio)
            self._captions.setDevicePixelRatio(ratio)
            self._captions.fill(theme.colour("surface"))
            painter = QPainter(self._captions)
            painter.setTransform(place)
            painting.draw_captions(painter, scene)
            painter.end()
        if self._whole.isNull():
            self._whole = self._captions.copy()
            painter = QPainter(self._whole)
            painter.setTransform(place)
            painting.draw_lines(painter, scene.lines, is_faded=scene.is_failed, is_fast=is_fast)
            painter.end()
            self._drawn, self._is_fast = list(scene.lines), is_fast
        return self._whole

    def holds(self, lines: list[Bundles]) -> bool:
        """Return whether these are the lines that it shows in haste, with other weights at most."""
        if self._whole.isNull() or not self._is_fast or len(lines) != len(self._drawn):
            return False
        pairs = zip(self._drawn, lines, strict=True)
        return all(len(drawn.levels) == len(now.levels) for drawn, now in pairs)

    def renew(self, scene: Scene, place: QTransform) -> QRect | None:
        """Draw the lines of the joint that has changed most; return where in the picture that is.

        None if the eye would see no difference.
        """
        changes = [_change(a, b) for a, b in zip(self._drawn, scene.lines, strict=True)]
        most = int(np.argmax(changes)) if changes else -1
        if most < 0 or changes[most] <= _UNSEEN:
            return None
        self._drawn[most] = scene.lines[most]
        area = scene.lines[most].rect
        within = place.mapRect(area).toAlignedRect()
        ratio = self._whole.devicePixelRatio()
        painter = QPainter(self._whole)
        painter.setClipRect(within)
        source = QRectF(QPointF(within.topLeft()) * ratio, QSizeF(within.size()) * ratio)
        painter.drawPixmap(QRectF(within), self._captions, source)
        painter.setTransform(place, combine=True)
        near = [lines for lines in self._drawn if lines.rect.intersects(area)]
        painting.draw_lines(painter, near, is_faded=scene.is_failed, is_fast=True)
        painter.end()
        return within


def _change(drawn: Bundles, now: Bundles) -> float:
    """Return the share of lines that would get another pen."""
    return float((drawn.levels != now.levels).mean()) if now.learned else 0.0
