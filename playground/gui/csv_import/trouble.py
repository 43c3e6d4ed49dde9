"""What is wrong with a file, and what would mend it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.widgets import button, label, row


class Trouble(QWidget):
    """A message above the rows it is about, with a button that mends it if there is one."""

    mend_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        explain(self, "csv-trouble")
        self.setObjectName("problem")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel()
        self._message = label("", theme.BODY, colour="danger", wrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._mend = button("")
        self._mend.clicked.connect(self.mend_chosen)
        line = row(self._sign, self._message, self._mend, gap=12, margins=(16, 12, 16, 12))
        line.setStretch(1, 1)
        line.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        theme.notifier().changed.connect(self._draw_sign)
        self._draw_sign()
        self.hide()

    def show_message(self, message: str, mend: str = "") -> None:
        """Say what is wrong; ``mend`` is what the button does. Nothing hides it all."""
        self._message.setText(message)
        self._mend.setText(mend)
        self._mend.setAccessibleName(mend)
        self._mend.setVisible(bool(mend))
        self.setAccessibleName(message)
        self.setVisible(bool(message))

    def _draw_sign(self) -> None:
        size = theme.px(20)
        picture = icon("alert-circle-outline", "danger")
        self._sign.setPixmap(picture.pixmap(QSize(size, size), self.devicePixelRatioF()))
