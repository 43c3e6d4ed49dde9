"""The probability of each class, as bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.charts.scales import percent
from playground.gui.look import theme

_TALLEST, _LOWEST = 24, 14
"""Of a line."""
_MOST_NAMES = 96
_WIDEST = 560
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AnswerBars(QWidget):
    """A line for each class, in order; where there is no room for all, for the most probable."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._shares: NDArray[np.floating] | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumWidth(_WIDEST)
        theme.notifier().changed.connect(self.update)

    def show_names(self, names: Sequence[str]) -> None:
        """Show the classes without an answer."""
        self._names, self._shares = tuple(names), None
        self.setAccessibleDescription("")
        self.update()

    def show_answer(self, shares: NDArray[np.floating] | None) -> None:
        """Show the probabilities of the classes, ``(classes,)``; None for no answer."""
        self._shares = shares
        words = ""
        if shares is not None:
            best = np.argsort(-shares)[:3].tolist()
            words = ", ".join(f"{self._names[k]} {percent(float(shares[k]))}" for k in best)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 10 * _TALLEST)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 3 * _LOWEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._names:
            return
        shown = self._shown()
        line = min(self.height() / len(shown), _TALLEST)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = theme.SMALL if line >= 16 else theme.CAPTION
        metrics = QFontMetricsF(theme.font(px, 600))
        widest = max(metrics.horizontalAdvance(self._names[k]) for k in shown)
        names = min(widest, _MOST_NAMES) + 8
        figures = metrics.horizontalAdvance("100.0%") + 8
        best = int(self._shares.argmax()) if self._shares is not None else -1
        for place, k in enumerate(shown):
            box = QRectF(0, place * line, self.width(), line)
            painter.setFont(theme.font(px, 600 if k == best else 400))
            self._paint_line(painter, box, k, (names, figures), best == k)
        painter.end()

    def _shown(self) -> list[int]:
        room = max(1, self.height() // _LOWEST)
        if len(self._names) <= room:
            return list(range(len(self._names)))
        if self._shares is None:
            return list(range(room))
        best: list[int] = np.argsort(-self._shares, kind="stable")[:room].tolist()
        return best

    def _paint_line(
        self, painter: QPainter, box: QRectF, k: int, widths: tuple[float, float], best: bool
    ) -> None:
        names, figures = widths
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(self._names[k], Qt.TextElideMode.ElideRight, names - 8)
        painter.setPen(theme.colour("text" if best else "muted"))
        painter.drawText(box, _LEFT, text)
        track = QRectF(names, box.center().y() - 4, box.width() - names - figures, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(track, 2, 2)
        if self._shares is None:
            return
        share = float(self._shares[k])
        painter.setBrush(theme.colour("accent" if best else "border"))
        width = max(track.width() * share, 1)
        painter.drawRoundedRect(QRectF(track.left(), track.top(), width, 8), 2, 2)
        painter.setPen(theme.colour("text" if best else "muted"))
        painter.drawText(box, _RIGHT, percent(share))
