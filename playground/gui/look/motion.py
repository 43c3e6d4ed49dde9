"""Whether anything may move by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStyle


def is_wanted() -> bool:
    """Return whether the desktop has animations, which who they make ill can switch off."""
    style = QApplication.style()
    return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
