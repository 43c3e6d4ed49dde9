"""Controls in rows: what does not fit goes to the next one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Wrap(QWidget):
    """Places the widgets it is given, those that are not hidden, as words in a text."""

    def __init__(self, name: str, *, gap: int = 4) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QWidget] = []
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_items(self, items: Iterable[QWidget]) -> None:
        """Hold other widgets; those it held before and does not any more are deleted."""
        items = list(items)
        for old in self._items:
            if old not in items:
                old.hide()
                old.deleteLater()  # not now: its signal may be what is handled
        self._items = items
        for item in items:
            if item.parentWidget() is not self:
                item.setParent(self)
                item.show()
        self._arrange()

    def sizeHint(self) -> QSize:
        width = max(self.width(), self._widest())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), self.heightForWidth(max(self.width(), self._widest())))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _widest(self) -> int:
        return max((item.sizeHint().width() for item in self._items), default=0)

    def _arrange(self) -> None:
        for item, place in zip(self._items, self._places(self.width()), strict=True):
            item.setGeometry(place)
        self.updateGeometry()

    def _places(self, width: int) -> list[QRect]:
        places, at, below = [], QPoint(0, 0), 0
        for item in self._items:
            size = item.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at = QPoint(0, below + self._gap)
            places.append(QRect(at, size))
            below = max(below, at.y() + size.height())
            at = QPoint(at.x() + size.width() + self._gap, at.y())
        return places
