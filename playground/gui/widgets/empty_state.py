"""What a panel says while it has nothing to show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from playground.gui.look import theme
from playground.gui.look.icons import icon as themed_icon
from playground.gui.widgets.basics import STRETCH, button, column, label, row

Mend = Callable[[], object]
_WIDEST = 400


def _nothing() -> None:
    """Stand for a button that there is not."""


class EmptyState(QWidget):
    """An icon, a sentence on what would be here and how to get it, and a button that does it."""

    def __init__(self, icon: str, sentence: str) -> None:
        super().__init__()
        self._icon = icon
        self._mend: Mend = _nothing
        self._picture = QLabel()
        self._sentence = label(sentence, theme.BODY, colour="muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMaximumWidth(theme.px(_WIDEST))
        self._button = button()
        self._button.clicked.connect(lambda: self._mend())
        self._button.hide()
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
                margins=(16, 8, 16, 8),
            )
        )
        self._draw_icon()
        theme.notifier().changed.connect(self._draw_icon)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def show_text(self, sentence: str, mend: str = "", do: Mend = _nothing) -> None:
        """Say something else; a button with the words ``mend`` does what there is to do."""
        self._mend = do
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setText(mend)
        self._button.setAccessibleName(mend)
        self._button.setVisible(bool(mend))

    def _draw_icon(self) -> None:
        size, ratio = QSize(32, 32), self.devicePixelRatioF()
        self._picture.setPixmap(themed_icon(self._icon, "border").pixmap(size, ratio))
