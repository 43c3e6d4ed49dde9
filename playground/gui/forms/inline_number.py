"""A number that reads as a caption until it is clicked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy

from playground.gui.look import theme
from playground.gui.widgets import NumberBox
from playground.gui.widgets.number_box import Check

_STYLE = """
QLineEdit { border: none; border-radius: 2px; padding: 0; min-height: 16px; max-height: 16px;
  background: transparent; font-size: $px; font-weight: 600; }
QLineEdit:hover, QLineEdit:focus { border: none; padding: 0; background: palette(alternate-base); }
QLineEdit[invalid="true"] { border: none; padding: 0; color: palette(bright-text); }
"""


class InlineNumber(NumberBox):
    """The live value beside the caption of a slider: small, right-aligned, and to be typed over."""

    def __init__(
        self,
        name: str,
        check: Check,
        value: float,
        *,
        whole: bool = False,
        px: int = theme.CAPTION,
    ) -> None:
        super().__init__(name, check, value, whole=whole)
        self.setFont(theme.font(px, 600))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        size = theme.px(px)
        self.setStyleSheet(_STYLE.replace("$px", f"{size}px"))  # polishing forgets setFont()
        self.setTextMargins(-2, 0, -2, 0)  # flush with what is above and below

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance("0.00000"), 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance("0.000"), 16)
