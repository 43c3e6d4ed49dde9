"""Large buttons with a picture: what can be started or opened."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from playground.gui import theme
from playground.gui.welcome_pictures import Picture
from playground.language import tr

_LINE = 24
_WORDS = 84
"""Height of the words below a picture, without the lines at the foot."""


@dataclass(frozen=True)
class Start:
    """What a card says and shows. ``preset`` is empty for a file of the user's."""

    preset: str
    title: str
    text: str
    foot: str
    """One line or two."""
    picture: Picture


class Card(QAbstractButton):
    """A picture, a title, a sentence and what it takes: one large button."""

    moved = Signal(int)
    """By how many cards an arrow key leads on."""

    def __init__(self, start: Start, columns: int) -> None:
        super().__init__()
        self._columns = columns
        self._picture: QPixmap | None = None
        self.show_start(start)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self._forget_picture)

    def show_start(self, start: Start) -> None:
        """Show something else."""
        self.start = start
        self.setText(start.title)
        self.setAccessibleName(start.title)
        self.setAccessibleDescription(f"{start.text} {start.foot}")
        self._forget_picture()

    def sizeHint(self) -> QSize:
        return QSize(400, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 184)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (arrows := self._arrows()):
            self.moved.emit(arrows[key])
        else:
            super().keyPressEvent(event)

    def _arrows(self) -> dict[Qt.Key, int]:
        """Return how far each arrow key leads among cards in so many columns."""
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._picture = None
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        text = round(self._words_height())
        clip = QPainterPath()
        clip.addRoundedRect(box, 8, 8)
        painter.fillPath(clip, theme.colour("canvas" if self.isDown() else "surface"))
        painter.setClipPath(clip)
        painter.drawPixmap(
            QPointF(1, 1), self._painted(QSize(self.width() - 2, self.height() - text))
        )
        painter.fillRect(QRectF(0, self.height() - text, self.width(), 1), theme.colour("line"))
        painter.setClipping(False)
        self._paint_frame(painter, box)
        self._paint_words(painter, box.adjusted(16, self.height() - text + 8, -16, 0))
        painter.end()

    def _painted(self, size: QSize) -> QPixmap:
        """Return the picture, painted again only when size or colours have changed."""
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self.start.picture(painter, QRectF(0, 0, size.width(), size.height()))
            painter.end()
        return self._picture

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(theme.pen("accent", 2))
        else:
            painter.setPen(theme.pen("border" if self.underMouse() else "line"))
        painter.drawRoundedRect(box, 8, 8)

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        line = theme.px(_LINE)
        feet = line * self._feet()
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._paint(painter, (theme.TITLE, 600, "text"), left, box, self.start.title)
        middle = box.adjusted(0, line + 4, 0, -feet - 8)
        wrapped = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        self._paint(painter, (theme.BODY, 400, "text"), wrapped, middle, self.start.text)
        foot = QRectF(box.left(), box.bottom() - feet - 8, box.width(), feet)
        self._paint(painter, (theme.SMALL, 400, "muted"), left, foot, self._elided(box.width()))
        if self.hasFocus():
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            words = tr("Start here") + "  \u21b5"
            top = QRectF(box.left(), box.top(), box.width(), line)
            self._paint(painter, (theme.SMALL, 600, "accent"), right, top, words)

    @staticmethod
    def _paint(
        painter: QPainter,
        style: tuple[int, int, str],
        flags: Qt.AlignmentFlag | Qt.TextFlag,
        box: QRectF,
        text: str,
    ) -> None:
        px, weight, token = style
        painter.setFont(theme.font(px, weight))
        painter.setPen(theme.colour(token))
        if px == theme.TITLE:
            box = QRectF(box.left(), box.top(), box.width(), theme.px(_LINE))
        painter.drawText(box, int(flags), text)

    def _elided(self, width: float) -> str:
        """Return the foot, each line cut to what fits."""
        metrics = QFontMetrics(theme.font(theme.SMALL))
        cut = Qt.TextElideMode.ElideRight
        return "\n".join(
            metrics.elidedText(line, cut, int(width)) for line in self.start.foot.split("\n")
        )

    def _feet(self) -> int:
        """Return how many lines the foot has."""
        return 1 + self.start.foot.count("\n")

    def _words_height(self) -> float:
        return (_WORDS + _LINE * self._feet()) * theme.notifier().scale

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()
