"""A panel that opens below a control and goes with the next click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.gui import theme
from playground.gui.widgets import STRETCH, column, label

_WIDTH = 344


class Popup(QWidget):
    """Shows what ``contents`` makes, when it is first opened, below a heading."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # for the round corners
        self.setAccessibleName(self.heading())

    def heading(self) -> str:
        """Return what stands above the contents."""
        raise NotImplementedError

    def contents(self) -> list[QWidget]:
        """Return what stands in the panel, from top to bottom; the first takes the focus."""
        raise NotImplementedError

    def open_below(self, anchor: QWidget) -> None:
        """Appear under a widget, within its window."""
        if self.layout() is None:
            heading = label(self.heading(), theme.BODY, 600)
            contents = self.contents()
            self.setLayout(column(heading, *contents, STRETCH, margins=(16, 12, 16, 16)))
            self.setFixedWidth(round(_WIDTH * theme.notifier().scale))
            self.setFocusProxy(contents[0])
        self.fit()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        window = anchor.window()
        right = window.mapToGlobal(QPoint(window.width(), 0)).x()
        self.move(min(place.x(), right - self.width() - 8), place.y())
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Follow the height of the contents."""
        if (layout := self.layout()) is not None:
            layout.activate()
            self.resize(self.width(), layout.totalSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
