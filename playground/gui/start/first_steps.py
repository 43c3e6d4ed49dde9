"""What to try first, in one line: for whoever has just seen a network learn for the first time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.widgets import GAP, MARGIN, STRETCH, button, label, row
from playground.language import tr

PAUSE, RATE, LAYER = STEPS = ("pause", "rate", "layer")
_LEAST_PAGE = 600
DONE_MS = 2500
"""How long it stays once all was tried."""


class FirstSteps(QWidget):
    """Three hints, each ticked once it was tried; it goes when all are, or when it is closed."""

    pointed = Signal(str)
    """A hint was pressed: show where that is done."""
    finished = Signal()
    """It is not needed any more, ever."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("First steps"))
        self._heading = label(tr("Try this while it learns:"), theme.BODY, 600)
        self._hints = {step: self._hint(step, words) for step, words in self._words().items()}
        self._tried: set[str] = set()
        self._wanted = self._has_room = False
        close = button("", "close", "flat", tr("Hide these hints for good"))
        close.clicked.connect(self._finish)
        hints = self._hints.values()
        margins = (MARGIN, 0, GAP, 0)
        self.setLayout(row(self._heading, *hints, STRETCH, close, gap=GAP, margins=margins))
        self.hide()

    def want(self, wanted: bool) -> None:
        """Show it from now on, wherever there is room, or no more."""
        self._wanted = wanted
        self.setVisible(wanted and self._has_room)

    def fit(self, height: int) -> None:
        """Leave the network its room in a page that is no higher than this."""
        self._has_room = height >= theme.px(_LEAST_PAGE)
        self.setVisible(self._wanted and self._has_room)

    def tick(self, step: str) -> None:
        """Mark a hint as tried."""
        if self.isHidden() or step in self._tried:
            return
        self._tried.add(step)
        hint = self._hints[step]
        hint.setIcon(icon("check-circle", "accent"))
        hint.setAccessibleName(tr("{0}: done").format(hint.text()))
        if len(self._tried) == len(STEPS):
            self._heading.setText(tr("That is how to play: change anything, and watch."))
            QTimer.singleShot(DONE_MS, self, self._finish)

    def when_tried(self, step: str) -> Callable[..., None]:
        """Return what to call, with whatever, once something was tried."""
        return lambda *_anything: self.tick(step)

    def _words(self) -> dict[str, str]:
        return {
            PAUSE: tr("Pause it, and go on"),
            RATE: tr("Change the learning rate"),
            LAYER: tr("Click a layer"),
        }

    def _hint(self, step: str, words: str) -> QPushButton:
        number = STEPS.index(step) + 1
        hint = button(words, f"numeric-{number}-circle-outline", "menu", tr("Show where"))
        hint.clicked.connect(partial(self.pointed.emit, step))
        return hint

    def _finish(self) -> None:
        self.want(False)
        self.finished.emit()
