"""An on/off switch with its label."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from playground.gui.look import theme
from playground.gui.widgets.basics import GAP, draw_focus

_TRACK = QSize(32, 16)
_RING = 4  # room around the contents for the focus ring


class Switch(QAbstractButton):
    """Text at the left, a muted detail, and the switch at the right; ``toggled`` tells.

    Click or Space switches. Without text it is the switch alone.
    """

    def __init__(
        self, text: str = "", on: bool = False, *, detail: str = "", name: str = ""
    ) -> None:
        super().__init__()
        self._detail = detail
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name or text)
        self.setFont(theme.font(theme.BODY))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        wide = QSizePolicy.Policy.Preferred if text else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def set_detail(self, detail: str) -> None:
        """Change the muted words before the switch."""
        self._detail = detail
        self.updateGeometry()
        self.update()

    def set_on(self, on: bool) -> None:
        """Show a state without emitting ``toggled``."""
        with QSignalBlocker(self):
            self.setChecked(on)

    def sizeHint(self) -> QSize:
        words = self._width(self.text(), theme.BODY) + self._width(self._detail, theme.SMALL)
        height = theme.px(24)
        return QSize(words + _TRACK.width() + 2 * _RING, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @staticmethod
    def _width(text: str, px: int) -> int:
        width = QFontMetrics(theme.font(px)).horizontalAdvance(text)
        return width + GAP if text else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        self._draw_switch(painter, box)
        self._draw_words(painter, box.adjusted(0, 0, -_TRACK.width() - _RING - GAP, 0))
        painter.end()

    def _draw_switch(self, painter: QPainter, box: QRectF) -> None:
        on, usable = self.isChecked(), self.isEnabled()
        left, middle = box.right() - _TRACK.width() - _RING, box.center().y()
        track = QRectF(left, middle - 8, 32, 16)
        if self.hasFocus():
            draw_focus(painter, track.adjusted(-_RING, -_RING, _RING, _RING), 12)
        painter.setPen(Qt.PenStyle.NoPen if on else theme.colour("border"))
        painter.setBrush(theme.colour(("accent" if usable else "border") if on else "sunken"))
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), 7.5, 7.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface" if on else "border"))
        x = track.right() - 8 if on else track.left() + 8
        painter.drawEllipse(QPointF(x, middle), 6 if on else 5, 6 if on else 5)

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        usable = self.isEnabled()
        painter.setFont(self.font())
        painter.setPen(theme.colour("text" if usable else "border"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._detail:
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.colour("muted" if usable else "border"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box, right, self._detail)
