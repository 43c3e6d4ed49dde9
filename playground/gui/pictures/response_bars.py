"""A maximal image beside the best real one, with the responses to both and to noise."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.look import theme
from playground.gui.network.captions import number

_TITLE = 32
_CAPTION = 20
_LINE = 20
_BARS = 176  # width of their column beside the pictures
_SMALLEST, _LARGEST = 72, 200


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a unit answers to three images; ``pictures`` belong to the first ones."""

    title: str
    note: str
    """What a response is."""
    pictures: tuple[theme.Pixels, ...]
    names: tuple[str, str, str]
    responses: tuple[float, float, float]


class ResponseBars(QWidget):
    """Draws a ``Comparison``: two pictures, and a bar for each response."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Comparison | None = None
        self._side = _SMALLEST
        self._beside = True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)

    def fit(self, height: int, beside: bool) -> None:
        """Take the height there is, with the bars beside the pictures or below them."""
        below = 0 if beside else 3 * theme.px(_LINE)
        self._side = min(max(_SMALLEST, height - _top() - theme.px(_CAPTION) - below), _LARGEST)
        self._beside = beside
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = 2 * self._side + 8 + (16 + theme.px(_BARS) if self._beside else 0)
        return QSize(width, _top() + self._side + theme.px(_CAPTION))

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _SMALLEST + 8, _top() + _SMALLEST + theme.px(_CAPTION))

    def show_comparison(self, shown: Comparison) -> None:
        """Show the responses of a unit."""
        self._shown = shown
        pairs = zip(shown.names, shown.responses, strict=True)
        self.setAccessibleName(shown.title)
        self.setAccessibleDescription(", ".join(f"{name} {number(r)}" for name, r in pairs))
        self.setToolTip(shown.note)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.BODY, 600))
        painter.setPen(theme.colour("text"))
        title = QRectF(0, 0, self.width(), theme.px(_TITLE))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self._shown.title)
        side = self._side if self._beside else min(self._side, (self.width() - 8) // 2)
        self._draw_pictures(painter, self._shown, side)
        left = 2 * side + 24 if self._beside else 0
        top = _top() if self._beside else _top() + side + theme.px(_CAPTION)
        step = 2 * theme.px(_LINE) + 4 if self._beside else theme.px(_LINE)
        for i in range(3):
            bar = QRectF(left, top + i * step, self.width() - left, 2 * theme.px(_LINE))
            self._draw_bar(painter, self._shown, i, bar)
        painter.end()

    def _draw_pictures(self, painter: QPainter, shown: Comparison, side: int) -> None:
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("muted"))
        for i, picture in enumerate(shown.pictures):
            height, width = picture.shape[:2]
            unit = side / max(height, width)
            place = QRectF(i * (side + 8), _top(), unit * width, unit * height)
            painter.drawImage(place, theme.to_image(picture))
            caption = QRectF(place.left(), _top() + side, side, theme.px(_CAPTION))
            name = QFontMetricsF(painter.font()).elidedText(
                shown.names[i], Qt.TextElideMode.ElideRight, side
            )
            painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, name)

    def _draw_bar(self, painter: QPainter, shown: Comparison, i: int, box: QRectF) -> None:
        """Draw a bar with its name above it or, in one line, before it."""
        words = QRectF(box.left(), box.top(), box.width(), theme.px(_LINE))
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("muted"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown.names[i])
        painter.setPen(theme.colour("text"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(words, right, number(shown.responses[i]))
        track = QRectF(box.left(), box.top() + theme.px(_LINE), box.width(), 8)
        if not self._beside:
            metrics = QFontMetricsF(painter.font())
            name = max(metrics.horizontalAdvance(name) for name in shown.names) + 8
            value = metrics.horizontalAdvance("-00.00") + 8
            middle = box.top() + theme.px(_LINE) / 2 - 4
            track = QRectF(box.left() + name, middle, box.width() - name - value, 8)
        self._fill(painter, track, shown, i)

    def _fill(self, painter: QPainter, track: QRectF, shown: Comparison, i: int) -> None:
        low = min(0.0, *shown.responses)
        span = max(*shown.responses, 0.0) - low
        zero = track.left() - track.width() * low / (span or 1.0)
        end = track.left() + track.width() * (shown.responses[i] - low) / (span or 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(theme.colour("accent" if i == 0 else "border"))
        bar = QRectF(min(zero, end), track.top(), max(abs(end - zero), 2), track.height())
        painter.drawRoundedRect(bar, 2, 2)


def _top() -> int:
    """Return where the pictures begin, below the title."""
    return theme.px(_TITLE) + 8
