"""A view that scrolls where larger text does not leave it the room it needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollingView(QScrollArea):
    """Gives a view all the room there is, and at least what its words need when they wrap."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(view)
        for each in (self.viewport(), view):
            each.setAutoFillBackground(False)  # which setWidget has turned on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and watched is self._view:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # Qt asks a layout for its least height only at its least width, where all words wrap
        layout = self._view.layout()
        if layout and layout.hasHeightForWidth():
            needed = layout.totalMinimumHeightForWidth(self.viewport().width())
            self._view.setMinimumHeight(needed)
