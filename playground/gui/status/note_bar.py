"""A quiet note over the lower edge of a window: no question, and nothing waits for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from playground.gui.widgets import MARGIN, button, label, row
from playground.language import tr

SHOWN_MS = 20_000
WIDTH = 640


class NoteBar(QFrame):
    """Says something until it is closed, or for a while. It lies over whatever the window shows."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = label("", wrap=True)
        close = button("", "close", "flat", tr("Close this message"))
        close.clicked.connect(self.hide)
        line = row(self._text, close, margins=(MARGIN, 8, 8, 8))
        line.setStretch(0, 1)
        self.setLayout(line)
        self._timer = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Say something, after what it says already."""
        self._text.setText(text if self.isHidden() else f"{self.text}\n{text}")
        self.setAccessibleName(self.text)
        self.show()
        self.raise_()
        self._place()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and not self.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        """Stand in the middle, above the line of the status."""
        window = self._window
        width = min(WIDTH, window.width() - 4 * MARGIN)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        x, y = (window.width() - width) // 2, window.height() - height - 3 * MARGIN
        self.setGeometry(x, y, width, height)
