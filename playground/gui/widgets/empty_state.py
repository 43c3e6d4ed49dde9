"""What a panel says while it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from playground.gui import theme
from playground.gui.icons import icon as themed_icon
from playground.gui.widgets.basics import STRETCH, button, column, label, row


class EmptyState(QWidget):
    """A sentence on what would be here and how to get it, with a button that does it."""

    mended = Signal()
    """The button was pressed."""

    def __init__(self, sentence: str, mend: str = "", *, icon: str = "") -> None:
        super().__init__()
        self._icon = icon
        self._picture = QLabel()
        self._sentence = label(sentence, theme.BODY, colour="muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMaximumWidth(360)
        self._button = button(mend)
        self._button.clicked.connect(self.mended)
        self._button.setVisible(bool(mend))
        self._picture.setVisible(bool(icon))
        self.setAccessibleName(sentence)
        line = row(STRETCH, self._sentence, STRETCH)
        line.setStretch(1, 1)  # or it would be broken into many short lines
        self.setLayout(
            column(
                STRETCH,
                row(STRETCH, self._picture, STRETCH),
                line,
                row(STRETCH, self._button, STRETCH),
                STRETCH,
                margins=(16, 16, 16, 16),
            )
        )
        self._draw_icon()
        theme.notifier().changed.connect(self._draw_icon)

    def show_text(self, sentence: str, mend: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setText(mend)
        self._button.setAccessibleName(mend)
        self._button.setVisible(bool(mend))

    def _draw_icon(self) -> None:
        if self._icon:
            size = QSize(32, 32)
            ratio = self.devicePixelRatioF()
            self._picture.setPixmap(themed_icon(self._icon, "border").pixmap(size, ratio))
