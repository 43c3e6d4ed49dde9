"""Small things that only the data panel has."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from playground.data.dataset import Floats
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.look.markers import no_pen, onto
from playground.gui.widgets import Painted, label, row


class Elided(QWidget):
    """A heading that is cut in the middle where there is no room."""

    def __init__(self, px: int, weight: int) -> None:
        super().__init__()
        self._text = ""
        self.setFont(theme.font(px, weight))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Change the heading."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("text"))
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class Notes(QWidget):
    """What the user should know of how the data was read, quietly."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._text = label("", theme.SMALL, colour="muted", wrap=True)
        line = row(self._icon, self._text, margins=(8, 8, 8, 8))
        line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()
        theme.notifier().changed.connect(self._draw_icon)
        self._draw_icon()

    def show_notes(self, notes: tuple[str, ...]) -> None:
        """Show sentences; nothing at all if there are none."""
        self._text.setText("\n".join(notes))
        self.setVisible(bool(notes))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        no_pen(painter, "canvas")
        painter.drawRoundedRect(self.rect(), 6, 6)
        painter.end()

    def _draw_icon(self) -> None:
        picture = icon("information-outline", "muted")
        self._icon.setPixmap(picture.pixmap(QSize(16, 16), self.devicePixelRatioF()))


class CurvePicture(Painted):
    """The points of a curve, y over x."""

    def __init__(self, name: str) -> None:
        super().__init__(self._draw_points, 120, name)
        self._points = np.zeros((0, 2))

    def show_points(self, x: Floats, y: Floats) -> None:
        """Show ``(n, 1)`` inputs and answers; many are thinned out."""
        step = max(1, len(x) // 300)
        self._points = np.concatenate([x[::step, :1], y[::step, :1]], axis=1)
        self.update()

    def _draw_points(self, painter: QPainter, box: QRectF) -> None:
        no_pen(painter, "paper")
        painter.drawRoundedRect(box, 6, 6)
        if not len(self._points):
            return
        low, high = self._points.min(axis=0), self._points.max(axis=0)
        places = onto(box.adjusted(8, 8, -8, -8), self._points, low, high)
        no_pen(painter, "pos", 180)
        for x, y in places.tolist():
            painter.drawEllipse(QRectF(x - 1.5, y - 1.5, 3, 3))
