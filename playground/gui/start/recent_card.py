"""A project of before on the start page: how it looked, when, and how far it was trained."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.start.gallery_button import GalleryButton
from playground.gui.start.recent import PICTURE, Recent

_GAP, _CORNER = 12, 8
_SHARE = 0.45
"""Of its card that a picture may take."""


class RecentCard(GalleryButton):
    """A small button with a picture at its left."""

    def __init__(self, recent: Recent, now: datetime, columns: int) -> None:
        super().__init__(columns)
        self.recent = recent
        said = (recent.progress, recent.metric)
        self._progress = " \u00b7 ".join(words for words in said if words)
        self._lines = [line for line in (self._progress, recent.when(now)) if line]
        self.setText(recent.name)
        self.setToolTip(str(recent.path))
        self.setAccessibleName(recent.name)
        self.setAccessibleDescription(", ".join(self._lines))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        title, line = self._line_heights()
        return QSize(280, max(PICTURE.height() // 2, title + 2 * line + _CORNER) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        clip = QPainterPath()
        clip.addRoundedRect(box, _CORNER, _CORNER)
        painter.fillPath(clip, theme.colour("canvas" if self.isDown() else "surface"))
        painter.setClipPath(clip)
        picture = self._picture_box(box)
        self._paint_picture(painter, picture)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = ("accent", 2) if self.hasFocus() else ("border" if self.underMouse() else "line", 1)
        painter.setPen(theme.pen(*ring))
        painter.drawRoundedRect(box, _CORNER, _CORNER)
        self._paint_words(painter, round(picture.right()) + _GAP)
        painter.end()

    def _picture_box(self, box: QRectF) -> QRectF:
        width = min(box.height() * PICTURE.width() / PICTURE.height(), _SHARE * box.width())
        return QRectF(box.left(), box.top(), width, box.height())

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        image = self.recent.picture
        if image.isNull():
            painter.fillRect(box, theme.colour("sunken"))
            place = QRect(0, 0, 24, 24)
            place.moveCenter(box.center().toPoint())
            icon("file-outline", "muted").paint(painter, place)
            return
        width = min(image.width(), image.height() * box.width() / box.height())
        height = width * box.height() / box.width()
        part = QRectF(0, 0, width, height)
        part.moveCenter(QPointF(image.width() / 2, image.height() / 2))
        painter.drawImage(box, image, part)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        width = self.width() - left - _GAP
        title, line = self._line_heights()
        top = (self.height() - title - line * len(self._lines)) // 2
        styles = [(theme.BODY, 600, "text"), *[(theme.SMALL, 400, "muted")] * len(self._lines)]
        for text, (px, weight, token) in zip((self.text(), *self._lines), styles, strict=True):
            painter.setFont(theme.font(px, weight))
            painter.setPen(theme.colour(token))
            height = title if weight > 400 else line
            place = QRect(left, top, width, height)
            shown = self._fitted(text, QFontMetrics(painter.font()), width)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            top += height

    def _fitted(self, text: str, metrics: QFontMetrics, width: int) -> str:
        """Return what there is room for of a line; the metric goes first."""
        if text == self._progress and metrics.horizontalAdvance(text) > width:
            return metrics.elidedText(self.recent.progress, Qt.TextElideMode.ElideRight, width)
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    @staticmethod
    def _line_heights() -> tuple[int, int]:
        """Return the heights of the title and of the lines below it."""
        title = QFontMetrics(theme.font(theme.BODY, 600)).height()
        return title + 2, QFontMetrics(theme.font(theme.SMALL)).height() + 2
