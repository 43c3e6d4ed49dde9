"""Large buttons with a picture: what can be started or opened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)

from playground.gui.gestures import gestures
from playground.gui.look import motion, theme
from playground.gui.look.markers import no_pen
from playground.gui.start.gallery_button import GalleryButton
from playground.gui.start.welcome_pictures import Picture
from playground.language import mark, tr

FRAME_MS, FILM_SECONDS = 50, 2.5
"""Between two pictures of a film; from its first to its last."""
_SIDE, _ABOVE, _BETWEEN, _BELOW = 16, 10, 2, 10
"""Around the words below a picture, and between them."""
_LEAST_PICTURE, _LEAST_SHARE = 72, 0.4
"""Of its card that a picture has in any case: pixels, and share of the height."""


@dataclass(frozen=True)
class Start:
    """What a card says and shows. ``preset`` is empty for what the user has to bring."""

    preset: str
    title: str
    text: str
    foot: str
    """One line or two."""
    picture: Picture
    moves: bool = False
    """Whether the picture is a film, played while the card is pointed at or has the focus."""
    call: str = ""
    """What pressing it does, said while it has the focus; ``Start here`` if left out."""


@dataclass(frozen=True)
class _Words:
    """What a card has the room to say: a line for the title, lines for the rest."""

    text: str
    text_height: int
    foot: str
    foot_height: int
    title_height: int

    @property
    def height(self) -> int:
        """That of all words, with the space around them."""
        gaps = _BETWEEN * (bool(self.text) + bool(self.foot))
        lines = self.title_height + self.text_height + self.foot_height
        return _ABOVE + lines + gaps + _BELOW


@gestures(
    mark("Start page"),
    (("Left", "Right", "Up", "Down"), mark("Go from card to card")),
    (("Return",), mark("Open it")),
)
class Card(GalleryButton):
    """A picture, a title, a sentence and what it takes: one large button.

    Where there is little room the foot is left out, then the sentence.
    """

    def __init__(self, start: Start, columns: int) -> None:
        super().__init__(columns)
        self._picture: QPixmap | None = None
        self._moment = 1.0
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._next_picture)
        self.show_start(start)
        theme.notifier().changed.connect(self._forget_picture)

    def show_start(self, start: Start) -> None:
        """Show something else."""
        self.start = start
        self.setText(start.title)
        self.setAccessibleName(start.title)
        self.setAccessibleDescription(f"{start.text} {start.foot}")
        self._forget_picture()

    @property
    def is_playing(self) -> bool:
        """Whether the picture moves."""
        return self._timer.isActive()

    def play(self) -> None:
        """Let the picture go through its film once, if it has one and motion is wanted."""
        if self.start.moves and not self.is_playing and motion.is_wanted():
            self._moment = 0.0
            self._timer.start()

    def sizeHint(self) -> QSize:
        return QSize(400, 280)

    def minimumSizeHint(self) -> QSize:
        line = QFontMetrics(theme.font(theme.TITLE, 600)).height()
        return QSize(160, _LEAST_PICTURE + _ABOVE + line + _BELOW)

    # What the user does

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.play()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.play()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._picture = None
        return super().event(event)

    # The film

    def _next_picture(self) -> None:
        self._moment += FRAME_MS / 1000 / FILM_SECONDS
        if self._moment >= 1:
            self._stop()
        self._forget_picture()

    def _stop(self) -> None:
        self._timer.stop()
        self._moment = 1.0

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        words = self._fitting_words()
        edge = self.height() - words.height
        clip = QPainterPath()
        clip.addRoundedRect(box, 8, 8)
        painter.fillPath(clip, theme.colour("canvas" if self.isDown() else "surface"))
        painter.setClipPath(clip)
        painter.drawPixmap(QPointF(1, 1), self._painted(QSize(self.width() - 2, edge)))
        painter.fillRect(QRectF(0, edge, self.width(), 1), theme.colour("line"))
        painter.setClipping(False)
        self._paint_frame(painter, box)
        self._paint_words(painter, words, edge + _ABOVE)
        if self.hasFocus():
            self._paint_call(painter, words, edge)
        painter.end()

    def _painted(self, size: QSize) -> QPixmap:
        """Return the picture, painted again only when size, colours or moment have changed."""
        if self._picture is None or self._picture.deviceIndependentSize() != size.toSizeF():
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            box = QRectF(0, 0, size.width(), size.height())
            self.start.picture(painter, box, self._moment)
            painter.end()
        return self._picture

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(theme.pen("accent", 2))
        else:
            painter.setPen(theme.pen("border" if self.underMouse() else "line"))
        painter.drawRoundedRect(box, 8, 8)

    def _paint_call(self, painter: QPainter, words: _Words, edge: int) -> None:
        """Say what Enter does: beside the title, or on the picture where that is too long."""
        text = (self.start.call or tr("Start here")) + "  \u21b5"
        painter.setFont(theme.font(theme.SMALL, 600))
        metrics = QFontMetrics(painter.font())
        place = QRectF(0, 0, metrics.horizontalAdvance(text) + 24, metrics.height() + 8)
        title = QFontMetrics(theme.font(theme.TITLE, 600)).horizontalAdvance(self.start.title)
        if title + place.width() <= self.width() - 2 * _SIDE:
            right = self.width() - _SIDE + 12
            place.moveTopRight(
                QPointF(right, edge + _ABOVE + (words.title_height - place.height()) / 2)
            )
            painter.setPen(theme.colour("accent"))
        else:
            place.moveBottomRight(QPointF(self.width() - 9, edge - 8))
            no_pen(painter, "accent")
            painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
            painter.setPen(theme.colour("on_accent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_words(self, painter: QPainter, words: _Words, top: int) -> None:
        width = self.width() - 2 * _SIDE
        title = QFontMetrics(theme.font(theme.TITLE, 600)).elidedText(
            self.start.title, Qt.TextElideMode.ElideRight, width
        )
        wrapped = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        for text, height, (px, weight, token) in (
            (title, words.title_height, (theme.TITLE, 600, "text")),
            (words.text, words.text_height, (theme.BODY, 400, "text")),
            (words.foot, words.foot_height, (theme.SMALL, 400, "muted")),
        ):
            if text:
                painter.setFont(theme.font(px, weight))
                painter.setPen(theme.colour(token))
                painter.drawText(QRect(_SIDE, top, width, height), int(wrapped), text)
                top += height + _BETWEEN

    # How much there is room for

    def _fitting_words(self) -> _Words:
        """Return as many words as leave the picture its room."""
        width = self.width() - 2 * _SIDE
        title = QFontMetrics(theme.font(theme.TITLE, 600)).height()
        text = QFontMetrics(theme.font(theme.BODY))
        foot = QFontMetrics(theme.font(theme.SMALL))
        lines = text.boundingRect(
            0, 0, width, 1000, int(Qt.TextFlag.TextWordWrap), self.start.text
        ).height()
        feet = foot.height() * (1 + self.start.foot.count("\n"))
        words = _Words(self.start.text, lines, self._elided(foot, width), feet, title)
        room = self.height() - max(_LEAST_PICTURE, round(_LEAST_SHARE * self.height()))
        if words.height > room:
            words = replace(words, foot="", foot_height=0)
        if words.height > room:
            words = replace(words, text="", text_height=0)
        return words

    def _elided(self, metrics: QFontMetrics, width: int) -> str:
        """Return the foot, each line cut to what fits."""
        cut = Qt.TextElideMode.ElideRight
        return "\n".join(
            metrics.elidedText(line, cut, width) for line in self.start.foot.split("\n")
        )

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()
