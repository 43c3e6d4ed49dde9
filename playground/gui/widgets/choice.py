"""A combo box that behaves in a panel."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
)

from playground.gui.look import theme


class Choice(QComboBox):
    """One of some named things; ``tips`` explain them in the list."""

    chosen = Signal(str)
    """The key, by the user's doing."""

    def __init__(
        self, labels: Mapping[str, str], name: str, *, tips: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # on Linux Qt names a combo box by what it shows
        self.setFont(theme.font(theme.BODY))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for key, text in labels.items():
            self.addItem(text, key)
            if tips:
                self.setItemData(self.count() - 1, tips[key], Qt.ItemDataRole.ToolTipRole)
        self.activated.connect(self._activated)

    def choice(self) -> str:
        """Return the key chosen."""
        return str(self.currentData())

    def set_choice(self, key: str) -> None:
        """Show a choice without emitting ``chosen``."""
        self.setCurrentIndex(self.findData(key))

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for the whole text."""
        return self._fitting() != self.currentText()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.is_cut:
            words = (self.currentText(), self.toolTip())
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, words)), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as Qt does, but end what is too long by dots."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._fitting()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _fitting(self) -> str:
        option, right = QStyleOptionComboBox(), Qt.TextElideMode.ElideRight
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        return self.fontMetrics().elidedText(self.currentText(), right, field.width() - 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:  # the wheel scrolls the panel until the box is in use
            event.ignore()

    def _activated(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))
